/** One socket's conversation: hello, then a room. Requests are answered in their order; texts when they are stored. */
import type { InferOutput } from 'valibot'
import type { Room, User } from '../../shared/protocol/rest'
import type { ClientMessage, Join, Leave, Ping, Say } from '../../shared/protocol/ws'
import type { Clock } from '../clock'
import type { JudgeText } from '../moderation/createTextJudge'
import type { ChatCounts } from './ChatCounts'
import type { ChatRoom, Entry } from './ChatRoom'
import type { ChatLimits } from './limits'
import type { ChatLog } from './log'
import type { ChatSocket } from './Outbox'
import type { Reader } from './Reader'
import type { RoomLog } from './RoomLog'
import { cleanText, textProblem } from '../../shared/domain/chatText'
import { CloseCode, PING_INTERVAL_MS, PROTOCOL_VERSION } from '../../shared/protocol/ws'
import { AppError, BadRequest, Removed, RoomEnded, RoomNotFound, TextBlocked, TooManyRequests } from '../errors'
import { missed } from './ChatRoom'
import { HELLO_TIMEOUT_MS, SILENCE_MS, STRIKES, WAITING_FRAMES_MAX } from './limits'
import { Outbox } from './Outbox'
import { parseFrame, parseMessage } from './parse'
import { NotInRoom, ProtocolVersion, TextEmpty, TextTooLong } from './refusals'
import { TokenBucket } from './TokenBucket'

/** What a conversation needs of the hub. */
export interface SessionHost {
  readonly clock: Clock
  readonly limits: ChatLimits
  readonly counts: ChatCounts
  readonly log: ChatLog
  /** What everybody may know of a room; undefined when there is none. */
  roomFor: (roomId: string) => Promise<Room | undefined>
  readonly judgeText: JudgeText
  open: (roomId: string) => Promise<ChatRoom>
  /** @throws AppError when this person has to wait before speaking again */
  admit: (userId: string) => void
  forget: (session: ChatSession) => void
}

type State
  = | { readonly status: 'awaitingHello', readonly stopWaiting: () => void }
    | { readonly status: 'ready' }
    | { readonly status: 'inRoom', readonly roomId: string, readonly room: ChatRoom, readonly reader: Reader }
    | { readonly status: 'closed' }

type Request<Schema extends typeof Join | typeof Leave | typeof Say | typeof Ping> = InferOutput<Schema>

export class ChatSession {
  private state: State
  private readonly outbox: Outbox
  private readonly requests: TokenBucket
  private readonly strikes: TokenBucket
  private turn: Promise<void> = Promise.resolve()
  /** Texts are judged side by side and go on in the order in which they came. */
  private judged: Promise<unknown> = Promise.resolve()
  private waitingFrames = 0
  private lastHeardAt: number

  constructor(private readonly host: SessionHost, public user: User, socket: ChatSocket) {
    const { clock, limits } = host
    const now = clock.now()
    this.outbox = new Outbox(socket)
    this.requests = new TokenBucket(limits.requestsPerSocket, now)
    this.strikes = new TokenBucket(STRIKES, now)
    this.lastHeardAt = now
    this.state = { status: 'awaitingHello', stopWaiting: clock.after(HELLO_TIMEOUT_MS, () => this.close(CloseCode.silent, 'no hello')) }
  }

  /** A text frame has come. */
  receive(text: string): void {
    if (this.state.status === 'closed')
      return
    this.lastHeardAt = this.host.clock.now()
    const items = parseFrame(text)
    if (!items)
      return this.close(CloseCode.badFrame, 'not an array of messages')
    if (this.waitingFrames >= WAITING_FRAMES_MAX)
      return this.close(CloseCode.badFrame, 'too many frames at once')
    this.waitingFrames++
    this.turn = this.turn.then(async () => {
      for (const item of items)
        await this.handle(item)
      this.waitingFrames--
    })
  }

  /** The socket is gone; the person may come back. */
  closed(): void {
    const { state } = this
    if (state.status === 'closed')
      return
    this.state = { status: 'closed' }
    this.host.forget(this)
    if (state.status === 'awaitingHello')
      state.stopWaiting()
    if (state.status === 'inRoom')
      state.room.drop(this.user, state.reader)
  }

  close(code: number, reason: string): void {
    this.outbox.close(code, reason)
    this.closed()
  }

  /** Out of the room, if it is in it: for good, as far as the client is concerned. */
  sendAway(roomId: string): void {
    if (this.state.status !== 'inRoom' || this.state.roomId !== roomId)
      return
    const { code, message } = Removed(roomId)
    this.outbox.answer({ type: 'failed', re: null, code, message })
    this.leaveRoom()
  }

  tick(now: number): void {
    this.outbox.look(now)
    if (now - this.lastHeardAt > SILENCE_MS)
      this.close(CloseCode.silent, 'no pings')
  }

  private async handle(item: unknown): Promise<void> {
    const { message, requestId } = parseMessage(item)
    await this.answering(requestId, async () => {
      const waitMs = this.requests.take(this.host.clock.now())
      if (waitMs > 0)
        throw TooManyRequests(waitMs)
      if (!message)
        throw BadRequest('This is not a message of the protocol.')
      await this.obey(message)
    })
  }

  private async obey(message: ClientMessage): Promise<void> {
    if (this.state.status === 'closed')
      return
    if (message.type === 'hello')
      return this.hello(message.id, message.version)
    if (this.state.status === 'awaitingHello')
      throw BadRequest('Say hello first.')
    switch (message.type) {
      case 'join': return this.join(message)
      case 'leave': return this.leave(message)
      case 'say': return void this.answering(message.id, () => this.say(message)) // later requests need not wait for the store
      case 'ping': return this.ping(message)
    }
  }

  private hello(re: string, version: number): void {
    if (this.state.status !== 'awaitingHello')
      throw BadRequest('Hello has been said.')
    if (version !== PROTOCOL_VERSION) {
      this.refuse(re, ProtocolVersion(version))
      return this.close(CloseCode.protocolVersion, 'another protocol version')
    }
    this.state.stopWaiting()
    this.state = { status: 'ready' }
    this.outbox.answer({ type: 'welcome', re, version: PROTOCOL_VERSION, user: this.user, pingIntervalMs: PING_INTERVAL_MS })
  }

  private async join({ id: re, roomId, since }: Request<typeof Join>): Promise<void> {
    await this.existing(roomId)
    const chat = await this.host.open(roomId)
    const room = await this.existing(roomId) // asked last: it may have changed while its log was read
    if (this.isClosed)
      return
    if (room.status === 'ended')
      return this.readEnded(re, room, since, chat.messages)
    const before = this.state.status === 'inRoom' && this.state.room === chat ? this.state.reader : undefined
    if (!before)
      this.leaveRoom()
    const reader = chat.enter(this.user, this.outbox, room.anchor.id === this.user.id, since, entry => this.answerJoined(re, room, entry))
    if (before)
      chat.drop(this.user, before) // the same room again is no departure
    this.state = { status: 'inRoom', roomId, room: chat, reader }
  }

  /** Who was there may read how it ended. Nobody comes in any more. */
  private readEnded(re: string, room: Room, since: number | undefined, messages: RoomLog): void {
    if (since === undefined)
      throw RoomEnded(room.id)
    this.leaveRoom()
    this.answerJoined(re, room, { ...missed(messages, since), seq: messages.seq, online: 0 })
  }

  private async existing(roomId: string): Promise<Room> {
    const room = await this.host.roomFor(roomId)
    if (!room)
      throw RoomNotFound(roomId)
    return room
  }

  private answerJoined(re: string, room: Room, { lines, seq, online, isGap }: Entry): void {
    const head = JSON.stringify({ type: 'joined', re, room, seq, online, isGap })
    this.outbox.send(Buffer.from(`[${head.slice(0, -1)},"messages":[${lines.map(line => line.json).join(',')}]}]`))
  }

  private leave({ id: re, roomId }: Request<typeof Leave>): void {
    if (this.state.status !== 'inRoom' || this.state.roomId !== roomId)
      throw NotInRoom(roomId)
    this.leaveRoom()
    this.outbox.answer({ type: 'left', re })
  }

  private async say({ id, roomId, text: raw }: Request<typeof Say>): Promise<void> {
    if (this.state.status !== 'inRoom' || this.state.roomId !== roomId)
      throw NotInRoom(roomId)
    const text = cleanText(raw)
    const problem = textProblem(text)
    if (problem)
      throw problem === 'TEXT_EMPTY' ? TextEmpty() : TextTooLong()
    const { user, host, state: { room } } = this
    const judgement = host.judgeText(text, 'chat', user.id)
    this.judged = this.judged.then(() => judgement)
    await this.judged
    if (await judgement === 'blocked')
      throw TextBlocked()
    const message = await room.say({ user, requestId: id, text, admit: () => host.admit(user.id) })
    this.outbox.answer({ type: 'said', re: id, messageId: message.id, seq: message.seq, at: message.at })
  }

  private ping({ seq }: Request<typeof Ping>): void {
    const now = this.host.clock.now()
    if (seq !== undefined && this.state.status === 'inRoom')
      this.state.reader.acknowledge(seq, now)
    this.outbox.answer({ type: 'pong', at: now })
  }

  private leaveRoom(): void {
    if (this.state.status !== 'inRoom')
      return
    this.state.room.leave(this.user, this.state.reader)
    this.state = { status: 'ready' }
  }

  private get isClosed(): boolean {
    return this.state.status === 'closed'
  }

  /** Does what was asked; what goes wrong is said to the client and ends nothing but this request. */
  private async answering(re: string | null, act: () => void | Promise<void>): Promise<void> {
    try {
      await act()
    }
    catch (error) {
      this.refuse(re, error)
    }
  }

  private refuse(re: string | null, error: unknown): void {
    if (this.isClosed)
      return
    const { counts, log, clock } = this.host
    counts.refused++
    if (error instanceof AppError) {
      this.outbox.answer({ type: 'failed', re, code: error.code, message: error.message, retryAfterMs: error.retryAfterMs })
    }
    else {
      log.error({ userId: this.user.id, err: error }, 'a chat request failed')
      this.outbox.answer({ type: 'failed', re, code: 'INTERNAL', message: 'The server could not do this.' })
    }
    if (this.strikes.take(clock.now()) > 0)
      this.close(CloseCode.badFrame, 'too many refused requests')
  }
}
