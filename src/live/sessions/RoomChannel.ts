/**
 * A room's news: its state, who is there, what is said. One connection, listened to by the room's session and by its chat.
 * Joining that fails for want of a network is tried again; other refusals are final.
 */
import type { Pace } from './pace'
import type { ServerTime } from './serverTime'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { LinkMicView } from '@/shared/protocol/linkMic'
import type { Room } from '@/shared/protocol/rest'
import type { RoomMessage } from '@/shared/protocol/ws'
import type { Clock } from '@/src/ports/Clock'
import type { ImClient, ImJoined, ImState } from '@/src/ports/ImClient'
import { backoffMs, SOCKET_BACKOFF } from '@/shared/domain/backoff'
import { ApiFailure } from '@/src/ports/RoomApi'
import { isPassing } from './failureCode'
import { createPace } from './pace'

/** What is drawn in the chat. */
export type Utterance = Extract<RoomMessage, { type: 'chat' | 'joinNotice' }>

export interface RoomChannelEvents {
  room: (room: Room) => void
  online: (online: number) => void
  /** New, in order, once per frame. */
  utterances: (utterances: readonly Utterance[]) => void
  /** On joining, and after a drop so long that messages were lost: all that is known of what was said. */
  history: (utterances: readonly Utterance[]) => void
  connection: (state: ImState) => void
  /** How this person stands in the room's link-mic. */
  linkMic: (view: LinkMicView) => void
  /** Whether this person has been silenced. */
  standing: (isSilenced: boolean) => void
  /** The room does not let us in, or not any more, and trying again is pointless. */
  refused: (code: ErrorCode) => void
}

/** The newest number of people is shown at most this often. */
export const ONLINE_INTERVAL_MS = 2000

/** Who speaks before the room has let them in is patient for so long. */
export const ENTRY_PATIENCE_MS = 8000

/** A refused session is renewed at most this often. */
const RENEW_INTERVAL_MS = 60_000

export interface RoomChannelPorts {
  readonly im: ImClient
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  /** Lets chat know who we are; `isFresh` wants a session that the server has just renewed. @throws ApiFailure */
  readonly signIn: (isFresh: boolean) => Promise<void>
  /** Hears the server's clock in every message. */
  readonly time: Pick<ServerTime, 'observe'>
}

export class RoomChannel {
  private readonly listeners = new Set<Partial<RoomChannelEvents>>()
  private stops: (() => void)[] = []
  private rejoin = () => {}
  private hasEntered = false
  private readonly waiting = new Set<(failure?: ApiFailure) => void>()
  private renewedAt = Number.NEGATIVE_INFINITY
  private newestOnline = 0
  private readonly onlinePace: Pace

  constructor(private readonly ports: RoomChannelPorts) {
    this.onlinePace = createPace(ports.clock, () => ONLINE_INTERVAL_MS, () => this.tell('online', this.newestOnline))
  }

  get connection(): ImState {
    return this.ports.im.state
  }

  listen(events: Partial<RoomChannelEvents>): () => void {
    this.listeners.add(events)
    return () => void this.listeners.delete(events)
  }

  /** Joins the room and stays in it through drops, until `leave` or what this returns. */
  enter(roomId: string): () => void {
    this.leave()
    const { im } = this.ports
    this.stops = [im.listen({
      state: state => this.whenChanged(state),
      messages: messages => this.receive(messages),
      online: (online) => {
        this.newestOnline = online
        this.onlinePace.ask()
      },
      linkMic: (view) => {
        this.ports.time.observe(view.at)
        this.tell('linkMic', view)
      },
      standing: ({ isSilenced }) => this.tell('standing', isSilenced),
      rejoined: joined => this.welcome(joined),
    })]
    let isHere = true
    this.stops.push(() => {
      isHere = false
      im.leave()
    })
    const join = async (attempt: number, isFresh = false): Promise<void> => {
      try {
        await this.ports.signIn(isFresh)
        const joined = isHere ? await im.join(roomId) : undefined
        if (joined && isHere)
          this.welcome(joined)
      }
      catch (error) {
        if (isHere)
          this.whenRefused(error, attempt, join)
      }
    }
    this.rejoin = () => void join(0, true)
    void join(0)
    return () => isHere && this.leave()
  }

  leave(): void {
    const stops = this.stops
    this.stops = []
    this.hasEntered = false
    this.waiting.forEach(settle => settle(new ApiFailure('NOT_IN_ROOM', 'The room was left.')))
    this.rejoin = () => {}
    stops.forEach(stop => stop())
    this.onlinePace.stop()
  }

  /** The page or the network is back: a broken connection is tried again at once. */
  wake(): void {
    this.ports.im.retryNow()
  }

  /** Said too early, it waits for the room to let us in. @throws ApiFailure */
  say(text: string): Promise<string> {
    const { im } = this.ports
    return this.hasEntered ? im.sendText(text) : this.entered().then(() => im.sendText(text))
  }

  /** @throws ApiFailure when it takes too long */
  private entered(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (failure?: ApiFailure) => {
        stopTimer()
        this.waiting.delete(settle)
        failure ? reject(failure) : resolve()
      }
      const stopTimer = this.ports.clock.after(ENTRY_PATIENCE_MS, () => settle(new ApiFailure('TIMEOUT', 'The room has not let us in yet.')))
      this.waiting.add(settle)
    })
  }

  private welcome(joined: ImJoined): void {
    this.hasEntered = true
    this.waiting.forEach(settle => settle())
    this.tell('room', joined.room)
    this.tell('online', joined.online)
    this.tell('history', joined.messages.filter(isUtterance))
  }

  private receive(messages: readonly RoomMessage[]): void {
    messages.forEach(({ at }) => this.ports.time.observe(at))
    const utterances = messages.filter(isUtterance)
    if (utterances.length > 0)
      this.tell('utterances', utterances)
    for (const message of messages) {
      if (message.type === 'roomChanged' || message.type === 'roomEnded')
        this.tell('room', message.room)
    }
  }

  private whenChanged(state: ImState): void {
    this.tell('connection', state)
    if (state.status !== 'refused')
      return
    if (state.code === 'REMOVED')
      this.tell('refused', state.code)
    if (state.code === 'UNAUTHORIZED' && this.canRenew())
      this.rejoin()
  }

  private whenRefused(error: unknown, attempt: number, join: (attempt: number) => Promise<void>): void {
    if (!(error instanceof ApiFailure))
      throw error
    if (error.code === 'UNAUTHORIZED' && this.canRenew())
      return this.rejoin()
    if (!isPassing(error.code))
      return this.tell('refused', error.code)
    this.stops.push(this.ports.clock.after(backoffMs(SOCKET_BACKOFF, attempt, this.ports.random()), () => void join(attempt + 1)))
  }

  /** A session that is refused right after it was renewed will not get better. */
  private canRenew(): boolean {
    const now = this.ports.clock.now()
    const isTooSoon = now - this.renewedAt < RENEW_INTERVAL_MS
    if (!isTooSoon)
      this.renewedAt = now
    return !isTooSoon
  }

  private tell<Name extends keyof RoomChannelEvents>(name: Name, ...[value]: Parameters<RoomChannelEvents[Name]>): void {
    for (const listener of [...this.listeners])
      (listener[name] as ((value: unknown) => void) | undefined)?.(value)
  }
}

const isUtterance = (message: RoomMessage): message is Utterance => message.type === 'chat' || message.type === 'joinNotice'
