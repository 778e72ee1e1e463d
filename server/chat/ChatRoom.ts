/** One room's chat: its order, its log, who is in it, and what they are told. */
import type { User } from '../../shared/protocol/rest'
import type { ChatMessage, RoomMessage } from '../../shared/protocol/ws'
import type { Clock } from '../clock'
import type { ImServerEvents, Presence, RoomNews } from '../im/ImServer'
import type { ChatCounts } from './ChatCounts'
import type { ChatLimits } from './limits'
import type { ChatLog } from './log'
import type { MessageStore } from './MessageStore'
import type { Outbox } from './Outbox'
import type { Line, RoomLog } from './RoomLog'
import type { RoomOrder } from './RoomOrder'
import { RoomEnded } from '../errors'
import { Attendance } from './Attendance'
import { Fanout } from './Fanout'
import { NOTICE_MS, ROOM_REST_MS } from './limits'
import { Pacer } from './Pacer'
import { Reader } from './Reader'
import { SendingTooFast } from './refusals'
import { RoomWriter } from './RoomWriter'
import { TokenBucket } from './TokenBucket'

export interface ChatRoomOptions {
  readonly roomId: string
  readonly messages: RoomLog
  readonly store: MessageStore
  readonly clock: Clock
  readonly nextTurn: (action: () => void) => void
  readonly createMessageId: () => string
  readonly limits: ChatLimits
  readonly counts: ChatCounts
  readonly events: ImServerEvents
  /** Undefined: nothing has been said about it. */
  readonly order: () => RoomOrder | undefined
  readonly log: ChatLog
}

export interface Entry {
  readonly seq: number
  readonly online: number
  readonly lines: readonly Line[]
  readonly isGap: boolean
}

export interface Saying {
  readonly user: User
  readonly requestId: string
  readonly text: string
  /** @throws AppError when this person may not speak now */
  readonly admit: () => void
}

export class ChatRoom {
  readonly messages: RoomLog
  private readonly attendance = new Attendance<Reader>()
  private readonly fanout: Fanout
  private readonly writer: RoomWriter
  private readonly says: TokenBucket
  private readonly arrivals: User[] = []
  private readonly arrivalPacer: Pacer
  private readonly onlinePacer: Pacer
  private hasEnded = false
  private emptySince: number

  constructor(private readonly options: ChatRoomOptions) {
    const { roomId, messages, store, clock, limits } = options
    this.messages = messages
    this.fanout = new Fanout({ ...options, log: messages })
    this.writer = new RoomWriter({ roomId, lastSeq: messages.seq, store, clock, onStored: stored => this.spread(stored) })
    this.says = new TokenBucket(limits.saysPerRoom, clock.now())
    this.arrivalPacer = new Pacer(clock, NOTICE_MS, () => this.tellArrivals())
    this.onlinePacer = new Pacer(clock, NOTICE_MS, () => this.tellOnline())
    this.emptySince = clock.now()
  }

  get online(): number {
    return this.attendance.online
  }

  /**
   * @param user who comes
   * @param outbox the way to the client
   * @param isAnchor the room is this person's: not one of its viewers, and no arrival to announce
   * @param since the last seq this client has seen of the room, if it has been here before
   * @param greet answers the client, before it is sent anything that its own coming sets off
   * @throws AppError when the room has ended, or the person was sent away
   */
  enter(user: User, outbox: Outbox, isAnchor: boolean, since: number | undefined, greet: (entry: Entry) => void): Reader {
    if (this.hasEnded)
      throw RoomEnded(this.options.roomId)
    this.options.order()?.admit(user.id)
    const { messages } = this
    const reader = new Reader(outbox, messages.seq)
    const hasCome = this.attendance.enter(user, reader, isAnchor)
    greet({ ...missed(messages, since), seq: messages.seq, online: this.online })
    this.fanout.add(reader)
    if (hasCome && !isAnchor)
      this.welcome(user)
    this.tellPresence(user, 'here')
    return reader
  }

  /** On purpose. */
  leave(user: User, reader: Reader): void {
    this.fanout.remove(reader)
    if (!this.attendance.leave(user.id, reader))
      return
    this.countAgain()
    this.tellPresence(user, 'left')
  }

  /** By a broken socket: the person stays in the room until the grace is over. */
  drop(user: User, reader: Reader): void {
    this.fanout.remove(reader)
    if (this.attendance.drop(user.id, reader, this.options.clock.now()))
      this.tellPresence(user, 'dropped')
  }

  /** For one person alone, in all their windows. */
  signal(userId: string, frame: Buffer): void {
    for (const reader of this.attendance.readersOf(userId))
      reader.signal(frame)
  }

  audience(limit: number): User[] {
    return this.attendance.audience(limit)
  }

  rename(user: User): void {
    this.attendance.rename(user)
  }

  /** Resolves when the text is stored; a request said before gets the same answer. @throws AppError */
  async say({ user, requestId, text, admit }: Saying): Promise<ChatMessage> {
    return await this.writer.write({
      userId: user.id,
      requestId,
      admit: () => this.admit(user.id, admit),
      compose: (seq, at) => ({ type: 'chat', seq, id: this.options.createMessageId(), at, from: asSpeaker(user), text }),
    }) as ChatMessage
  }

  /** Resolves when the news has its place and is on its way. */
  async tell(news: RoomNews): Promise<void> {
    if (news.type === 'roomEnded')
      this.end() // before it has its place: it is to be the last
    await this.writer.write({ compose: (seq, at) => ({ ...news, seq, at }) })
  }

  /** A standing room may open anew while some are still inside from before its end. */
  begin(): void {
    this.hasEnded = false
    if (!this.attendance.isEmpty)
      this.countAgain()
  }

  /** Nobody may join or speak any more; those inside may still read. */
  end(): void {
    this.hasEnded = true
    this.arrivals.length = 0
    this.arrivalPacer.stop()
  }

  /** Once a second. @returns whether the room may leave memory */
  tick(now: number): boolean {
    if (this.attendance.sweep(now))
      this.countAgain()
    this.fanout.catchUp()
    if (!this.attendance.isEmpty || this.writer.isBusy) {
      this.emptySince = now
      return false
    }
    return this.hasEnded || now - this.emptySince >= ROOM_REST_MS
  }

  stop(): void {
    this.fanout.stop()
    this.arrivalPacer.stop()
    this.onlinePacer.stop()
  }

  private spread(stored: readonly RoomMessage[]): void {
    const { roomId, counts, events } = this.options
    this.fanout.post(stored.map(message => this.messages.append(message)))
    for (const { type } of stored) {
      if (type !== 'chat')
        continue
      counts.said++
      events.said(roomId)
    }
  }

  private admit(userId: string, admitUser: () => void): void {
    const { roomId, clock, order } = this.options
    if (this.hasEnded)
      throw RoomEnded(roomId)
    order()?.hear(userId)
    admitUser()
    const waitMs = this.says.take(clock.now())
    if (waitMs > 0)
      throw SendingTooFast(waitMs)
  }

  private welcome(user: User): void {
    this.options.events.joined(this.options.roomId, user)
    this.arrivals.push(user)
    this.arrivalPacer.request()
    this.countAgain()
  }

  private tellPresence(user: User, presence: Presence): void {
    this.options.events.presenceChanged(this.options.roomId, user, presence)
  }

  private countAgain(): void {
    this.onlinePacer.request()
  }

  private tellArrivals(): void {
    const [user, ...others] = this.arrivals.splice(0)
    const { roomId, log } = this.options
    this.writer.write({ compose: (seq, at) => ({ type: 'joinNotice', seq, at, user: asSpeaker(user), others: others.length }) })
      .catch(error => log.warn({ roomId, error }, 'an arrival could not be stored'))
  }

  private tellOnline(): void {
    const { roomId, events } = this.options
    this.fanout.postAside(JSON.stringify({ type: 'online', roomId, online: this.online }))
    events.onlineChanged(roomId, this.online)
  }
}

/** What somebody who comes is sent first. */
export function missed(messages: RoomLog, since?: number): Pick<Entry, 'lines' | 'isGap'> {
  const lines = since === undefined ? undefined : messages.since(since)
  return { lines: lines ?? messages.history, isGap: since !== undefined && lines === undefined }
}

/** Rows of chat show no pictures: a message that goes to thousands carries none. */
const asSpeaker = ({ id, nickname, avatar }: User): User => ({ id, nickname, avatar })
