import type { Socket } from './Hub'
import type { Server } from './Server'
import type { User } from '@/shared/protocol/rest'
import type { ImClient, ImEvents, ImJoined, ImState } from '@/src/ports/ImClient'
import { ApiFailure } from '@/src/ports/RoomApi'

/** A page's chat over the hub: comes back by itself after its socket has broken, and is sent what it missed. */
export class PageIm implements ImClient {
  state: ImState = { status: 'offline' }
  private readonly listeners = new Set<Partial<ImEvents>>()
  private socket: Socket | undefined
  private isDead = false
  private isInRoom = false

  constructor(private readonly server: Server, private readonly user: User) {}

  login(): void {
    this.set({ status: 'online' })
  }

  logout(): void {}
  retryNow(): void {}
  sendText = async (): Promise<string> => 'm1'

  listen(events: Partial<ImEvents>): () => void {
    this.listeners.add(events)
    return () => this.listeners.delete(events)
  }

  async join(): Promise<ImJoined> {
    const { net } = this.server
    await net.travel()
    if (!this.server.isUp || (net.isRough && net.chance(0.1)))
      throw new ApiFailure('NETWORK', 'not now')
    this.isInRoom = true
    const joined: ImJoined = { room: await this.server.room(), online: 0, messages: [] }
    this.connect(this.server.hub.length)
    return joined
  }

  leave(): void {
    this.isInRoom = false
    if (this.socket)
      this.server.hub.close(this.server.roomId, this.socket, 'left')
    this.socket = undefined
  }

  /** The socket breaks. */
  drop(): void {
    if (!this.socket?.isOpen)
      return
    this.server.hub.close(this.server.roomId, this.socket, 'dropped')
    this.whenClosed()
  }

  /** The page is gone, and nothing on it runs any more. */
  die(): void {
    this.isDead = true
    if (this.socket)
      this.server.hub.close(this.server.roomId, this.socket, 'dropped')
  }

  private whenClosed(): void {
    this.set({ status: 'connecting', attempt: 1 })
    this.server.net.later(() => this.resume(), this.server.net.pick([200, 1500, 6000, 19_000, 25_000]))
  }

  private resume(): void {
    if (this.isDead || !this.isInRoom || this.socket?.isOpen)
      return
    if (!this.server.isUp)
      return this.whenClosed()
    this.connect(this.socket?.sent ?? 0)
    this.set({ status: 'online' })
  }

  private connect(sent: number): void {
    if (this.isDead || !this.isInRoom)
      return
    this.socket = {
      user: this.user,
      isOpen: true,
      sent,
      hear: messages => this.tell('messages', messages),
      hearLinkMic: view => this.tell('linkMic', view),
      whenClosed: () => this.whenClosed(),
    }
    this.server.hub.open(this.server.roomId, this.socket)
  }

  private set(state: ImState): void {
    this.state = state
    this.tell('state', state)
  }

  private tell<Name extends keyof ImEvents>(name: Name, ...[value]: Parameters<ImEvents[Name]>): void {
    if (this.isDead)
      return
    for (const events of [...this.listeners])
      (events[name] as ((value: unknown) => void) | undefined)?.(value)
  }
}
