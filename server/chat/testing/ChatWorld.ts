/** A hub on a virtual clock with rooms and people at hand; sockets are pairs in memory. */
import type { Room, User } from '../../../shared/protocol/rest'
import type { ServerMessage } from '../../../shared/protocol/ws'
import type { JudgeText } from '../../moderation/createTextJudge'
import type { ChatLimits } from '../limits'
import type { ChatSocket } from '../Outbox'
import { PROTOCOL_VERSION } from '../../../shared/protocol/ws'
import { settled, VirtualClock } from '../../testing/VirtualClock'
import { ChatHub } from '../ChatHub'
import { DEFAULT_CHAT_LIMITS } from '../limits'
import { MemoryMessageStore } from './MemoryMessageStore'

export const silentLog = { info: () => {}, warn: () => {}, error: () => {} }

export function person(name: string): User {
  return { id: `u${name}`, nickname: name, avatar: 1 }
}

export function roomNamed(id: string, changes: Partial<Room> = {}): Room {
  return {
    id,
    title: `Room ${id}`,
    cover: null,
    anchor: person('anchor'),
    streamId: `${id}-uanchor`,
    status: 'live',
    createdAt: 1,
    startedAt: 2,
    interruptedAt: null,
    graceEndsAt: null,
    endedAt: null,
    endReason: null,
    viewers: 0,
    viewersElsewhere: 0,
    peakViewers: 0,
    visitors: 0,
    messages: 0,
    isDemo: false,
    stage: { admission: 'ask', guests: [], isMixed: false },
    isSilenced: false,
    ...changes,
  }
}

/** The client's end of a socket in memory. */
export class TestClient implements ChatSocket {
  /** A test makes it grow to be a slow reader. */
  bufferedAmount = 0
  readonly frames: ServerMessage[][] = []
  closedWith?: number
  private requests = 0
  private session!: ReturnType<ChatHub['connect']>

  constructor(private readonly hub: ChatHub, private readonly name: string, private readonly window: number /* ids of requests differ between a person's windows */) {}

  open(): this {
    this.session = this.hub.connect(person(this.name), this)
    return this
  }

  send = (frame: Buffer): void => {
    if (this.closedWith === undefined)
      this.frames.push(JSON.parse(frame.toString()) as ServerMessage[])
  }

  close = (code: number): void => {
    if (this.closedWith !== undefined)
      return
    this.closedWith = code
    this.session?.closed()
  }

  /** The wire breaks. */
  drop(): void {
    this.close(1006)
  }

  get received(): ServerMessage[] {
    return this.frames.flat()
  }

  of<Type extends ServerMessage['type']>(type: Type): Extract<ServerMessage, { type: Type }>[] {
    return this.received.filter(message => message.type === type) as Extract<ServerMessage, { type: Type }>[]
  }

  get texts(): string[] {
    return this.of('chat').map(({ text }) => text)
  }

  raw(text: string): Promise<void> {
    this.session.receive(text)
    return settled()
  }

  /** Sends a frame with one request; answers its id. */
  async ask(message: Record<string, unknown>): Promise<string> {
    const id = `${this.name}${this.window > 1 ? `-${this.window}-` : ''}${++this.requests}`
    await this.raw(JSON.stringify([{ id, ...message }]))
    return id
  }

  hello = () => this.ask({ type: 'hello', version: PROTOCOL_VERSION })
  join = (roomId = 'rone', since?: number) => this.ask({ type: 'join', roomId, since })
  say = (text: string, roomId = 'rone') => this.ask({ type: 'say', roomId, text })
}

export class ChatWorld {
  readonly clock = new VirtualClock()
  readonly store: MemoryMessageStore
  readonly rooms = new Map<string, Room>([['rone', roomNamed('rone')], ['rtwo', roomNamed('rtwo')]])
  readonly hub: ChatHub
  /** A test may judge otherwise. */
  judgeText: JudgeText = async () => 'fine'
  private readonly windows = new Map<string, number>()
  private messageIds = 0

  constructor(limits: Partial<ChatLimits> = {}, store = new MemoryMessageStore()) {
    this.store = store
    this.hub = new ChatHub({
      store,
      clock: this.clock,
      nextTurn: action => void this.clock.after(0, action),
      createMessageId: () => `m${++this.messageIds}-${store.stored.length}`,
      limits: { ...DEFAULT_CHAT_LIMITS, ...limits },
      roomFor: async roomId => this.rooms.get(roomId),
      judgeText: (...question) => this.judgeText(...question),
      log: silentLog,
    })
  }

  client(name: string): TestClient {
    const window = (this.windows.get(name) ?? 0) + 1
    this.windows.set(name, window)
    return new TestClient(this.hub, name, window).open()
  }

  /** Somebody who has said hello and joined. */
  async member(name: string, roomId = 'rone', since?: number): Promise<TestClient> {
    const client = this.client(name)
    await client.hello()
    await client.join(roomId, since)
    return client
  }
}
