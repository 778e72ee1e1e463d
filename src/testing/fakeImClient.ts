/** Chat in memory. A test plays the server: `receive`, `setOnline`, `setState`, `rejoin`. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { LinkMicView } from '@/shared/protocol/linkMic'
import type { ImCredential } from '@/shared/protocol/rest'
import type { RoomMessage } from '@/shared/protocol/ws'
import type { ImClient, ImEvents, ImJoined, ImState } from '@/src/ports/ImClient'
import { ApiFailure } from '@/src/ports/RoomApi'
import { aRoom } from './fixtures'

export class FakeImClient implements ImClient {
  state: ImState = { status: 'offline' }
  credential: ImCredential | undefined
  roomId: string | undefined
  readonly sent: string[] = []
  retries = 0
  /** What `join` answers; by default a room with nothing said in it. */
  joined: ImJoined = { room: aRoom(), online: 1, messages: [] }
  /** The next join or text fails with this. */
  nextFailure: ErrorCode | undefined

  private readonly listeners = new Set<Partial<ImEvents>>()

  get listenerCount(): number {
    return this.listeners.size
  }

  login(credential: ImCredential, _token: string): void {
    this.credential = credential
    this.setState({ status: 'online' })
  }

  logout(): void {
    this.credential = undefined
    this.roomId = undefined
    this.setState({ status: 'offline' })
  }

  retryNow(): void {
    this.retries++
  }

  async join(roomId: string): Promise<ImJoined> {
    this.throwIfTold()
    this.roomId = roomId
    return this.joined
  }

  leave(): void {
    this.roomId = undefined
  }

  async sendText(text: string): Promise<string> {
    this.throwIfTold()
    return `m${this.sent.push(text)}`
  }

  listen(events: Partial<ImEvents>): () => void {
    this.listeners.add(events)
    return () => this.listeners.delete(events)
  }

  receive(...messages: RoomMessage[]): void {
    this.listeners.forEach(({ messages: hear }) => hear?.(messages))
  }

  setOnline(online: number): void {
    this.listeners.forEach(({ online: hear }) => hear?.(online))
  }

  tellLinkMic(view: LinkMicView): void {
    this.listeners.forEach(({ linkMic: hear }) => hear?.(view))
  }

  tellStanding(isSilenced: boolean, roomId = this.roomId ?? ''): void {
    this.listeners.forEach(({ standing: hear }) => hear?.({ roomId, isSilenced }))
  }

  setState(state: ImState): void {
    this.state = state
    this.listeners.forEach(({ state: hear }) => hear?.(state))
  }

  rejoin(joined: ImJoined): void {
    this.listeners.forEach(({ rejoined: hear }) => hear?.(joined))
  }

  private throwIfTold(): void {
    const code = this.nextFailure
    this.nextFailure = undefined
    if (code)
      throw new ApiFailure(code, 'was told to fail')
  }
}
