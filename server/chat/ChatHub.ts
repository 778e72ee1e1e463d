/** All rooms' chat in this process: opens rooms from the store, knows who is connected, keeps the beat. */
import type { Moderation } from '../../shared/domain/moderation'
import type { Room, User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { ImServerEvents, RoomNews, Signal } from '../im/ImServer'
import type { JudgeText } from '../moderation/createTextJudge'
import type { SessionHost } from './ChatSession'
import type { ChatLimits } from './limits'
import type { ChatLog } from './log'
import type { MessageStore } from './MessageStore'
import type { ChatSocket } from './Outbox'
import { CloseCode } from '../../shared/protocol/ws'
import { createChatCounts } from './ChatCounts'
import { ChatRoom } from './ChatRoom'
import { ChatSession } from './ChatSession'
import { TICK_MS } from './limits'
import { People } from './People'
import { RateMeter } from './RateMeter'
import { RoomLog } from './RoomLog'
import { RoomOrder } from './RoomOrder'

export interface ChatHubOptions {
  readonly store: MessageStore
  readonly clock: Clock
  /** Lets other work run, then continues: setImmediate. */
  readonly nextTurn: (action: () => void) => void
  readonly createMessageId: () => string
  readonly limits: ChatLimits
  /** What everybody may know of a room; undefined when there is none. */
  readonly roomFor: (roomId: string) => Promise<Room | undefined>
  readonly judgeText: JudgeText
  readonly log: ChatLog
}

/** For /metrics. The first three are of now; the rest only grow. */
export interface ChatFigures {
  readonly rooms: number
  readonly sockets: number
  readonly messagesPerSecond: number
  readonly said: number
  readonly frames: number
  readonly passedOver: number
  readonly refused: number
}

export class ChatHub {
  private readonly counts = createChatCounts()
  private readonly people: People<ChatSession>
  private readonly rooms = new Map<string, ChatRoom>()
  private readonly opening = new Map<string, Promise<ChatRoom>>()
  /** Outlives the rooms, which leave memory when nobody is in them. */
  private readonly orders = new Map<string, RoomOrder>()
  private readonly listeners = new Set<Partial<ImServerEvents>>()
  private readonly saidRate = new RateMeter()
  private readonly host: SessionHost
  private readonly stopTicking: () => void

  constructor(private readonly options: ChatHubOptions) {
    this.people = new People(options.limits)
    this.host = {
      ...options,
      counts: this.counts,
      open: roomId => this.open(roomId),
      admit: userId => this.people.admit(userId, options.clock.now()),
      forget: session => this.people.remove(session),
    }
    this.stopTicking = options.clock.every(TICK_MS, () => this.tick())
  }

  /** A socket whose token was good. The caller passes on what it receives, and that it has closed. */
  connect(user: User, socket: ChatSocket): ChatSession {
    const session = new ChatSession(this.host, user, socket)
    this.people.add(session, this.options.clock.now())?.close(CloseCode.replaced, 'opened elsewhere')
    return session
  }

  /** A person's new nickname or picture holds for what they say from now on. */
  profileChanged(user: User): void {
    for (const session of this.people.sessionsOf(user.id))
      session.user = user
    for (const room of this.rooms.values())
      room.rename(user)
  }

  /** The room in memory, with what was said in it before. */
  async open(roomId: string): Promise<ChatRoom> {
    const room = this.rooms.get(roomId) ?? this.opening.get(roomId)
    if (room)
      return room
    const opening = this.load(roomId).finally(() => this.opening.delete(roomId))
    this.opening.set(roomId, opening)
    return opening
  }

  /** People may join and speak. */
  async begin(roomId: string): Promise<void> {
    (await this.open(roomId)).begin()
  }

  async broadcast(roomId: string, news: RoomNews): Promise<void> {
    await (await this.open(roomId)).tell(news)
  }

  async end(roomId: string): Promise<void> {
    this.orders.delete(roomId)
    const room = await this.open(roomId)
    room.end()
  }

  /** Who was sent away is disconnected from the room. */
  moderate(roomId: string, anchorId: string, moderation: Moderation<string>): void {
    this.orders.set(roomId, new RoomOrder(roomId, anchorId, moderation))
    for (const userId of moderation.removed) {
      for (const session of this.people.sessionsOf(userId))
        session.sendAway(roomId)
    }
  }

  /** To one person in a room; who is not there is told on joining. */
  signal(roomId: string, userId: string, signal: Signal): void {
    this.rooms.get(roomId)?.signal(userId, Buffer.from(JSON.stringify([signal])))
  }

  online(roomId: string): number {
    return this.rooms.get(roomId)?.online ?? 0
  }

  /** Who watches, who came last first. */
  audience(roomId: string, limit: number): readonly User[] {
    return this.rooms.get(roomId)?.audience(limit) ?? []
  }

  listen(events: Partial<ImServerEvents>): () => void {
    this.listeners.add(events)
    return () => void this.listeners.delete(events)
  }

  figures(): ChatFigures {
    return { rooms: this.rooms.size, sockets: this.people.sessions.size, messagesPerSecond: this.saidRate.perSecond, ...this.counts }
  }

  /** Says goodbye to everyone and stops every timer. */
  close(): void {
    this.stopTicking()
    for (const session of this.people.sessions)
      session.close(CloseCode.goingAway, 'the server is stopping')
    for (const room of this.rooms.values())
      room.stop()
  }

  private async load(roomId: string): Promise<ChatRoom> {
    const messages = await RoomLog.load(this.options.store, roomId)
    const room = new ChatRoom({ ...this.options, roomId, messages, counts: this.counts, events: this.events, order: () => this.orders.get(roomId) })
    this.rooms.set(roomId, room)
    return room
  }

  private tick(): void {
    const now = this.options.clock.now()
    for (const session of this.people.sessions)
      session.tick(now)
    for (const [roomId, room] of this.rooms) {
      if (!room.tick(now))
        continue
      room.stop()
      this.rooms.delete(roomId)
    }
    this.people.sweep(now)
    this.saidRate.record(this.counts.said, now)
  }

  private readonly events: ImServerEvents = {
    onlineChanged: (...news) => this.listeners.forEach(listener => listener.onlineChanged?.(...news)),
    joined: (...news) => this.listeners.forEach(listener => listener.joined?.(...news)),
    said: (...news) => this.listeners.forEach(listener => listener.said?.(...news)),
    presenceChanged: (...news) => this.listeners.forEach(listener => listener.presenceChanged?.(...news)),
  }
}
