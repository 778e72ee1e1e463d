import type { SocketEvents } from './Socket'
import type { LinkMicView } from '@/shared/protocol/linkMic'
import type { RoomMessage } from '@/shared/protocol/ws'
import type { ImJoined, ImState } from '@/src/ports/ImClient'
import type { VirtualClock } from '@/src/testing/virtualClock'
import { beforeEach, describe, expect, it } from 'vitest'
import { NOT_LINKED } from '@/shared/domain/linkMic'
import { CLIENT_FRAME_MAX_BYTES, CloseCode, PING_INTERVAL_MS } from '@/shared/protocol/ws'
import { aRoom, aUser, aView } from '@/src/testing/fixtures'
import { createVirtualClock, settle } from '@/src/testing/virtualClock'
import { PONG_TIMEOUT_MS, WELCOME_TIMEOUT_MS } from './ChatConnection'
import { createEmbeddedImClient } from './EmbeddedImClient'
import { JOIN_TIMEOUT_MS } from './Joining'
import { SAY_TIMEOUT_MS } from './UnansweredTexts'

/** The server's end of a socket. */
class FakeSocket {
  readonly sent: { type: string, id: string, [key: string]: unknown }[] = []
  isClosed = false

  constructor(readonly url: string, private readonly events: SocketEvents) {}

  readonly frames: string[] = []
  send = (text: string): void => {
    this.frames.push(text)
    this.sent.push(...JSON.parse(text))
  }

  close = (): void => void (this.isClosed = true)
  open = (): void => this.events.opened()
  deliver = (...messages: object[]): void => this.events.received(JSON.stringify(messages))
  raw = (text: string): void => this.events.received(text)
  drop = (code = 1006): void => this.events.closed(code)

  last(type: string): { id: string, [key: string]: unknown } {
    const message = this.sent.findLast(one => one.type === type)
    if (!message)
      throw new Error(`no ${type} was sent`)
    return message
  }

  welcome(): this {
    this.open()
    this.deliver({ type: 'welcome', re: this.last('hello').id, version: 1, user: aUser(), pingIntervalMs: PING_INTERVAL_MS })
    return this
  }

  joined(part: { seq?: number, messages?: object[], isGap?: boolean, online?: number } = {}): void {
    this.deliver({ type: 'joined', re: this.last('join').id, room: aRoom({ id: ROOM }), seq: 0, online: 1, messages: [], isGap: false, ...part })
  }
}

const ROOM = 'rroom0000001'
const chat = (seq: number): RoomMessage => ({ type: 'chat', seq, id: `m${seq}`, at: 1, from: aUser(), text: `text ${seq}` })

let clock: VirtualClock
let sockets: FakeSocket[]
let client: ReturnType<typeof createEmbeddedImClient>
let heard: (readonly RoomMessage[])[]
let states: ImState[]
let online: number[]
let rejoined: ImJoined[]
let views: LinkMicView[]
const socket = () => sockets.at(-1)!
const seqsHeard = () => heard.map(messages => messages.map(({ seq }) => seq))

beforeEach(() => {
  clock = createVirtualClock()
  ;[sockets, heard, states, online, rejoined, views] = [[], [], [], [], [], []]
  client = createEmbeddedImClient({
    url: 'ws://chat/ws',
    clock,
    random: () => 0.5,
    connect: (url, events) => sockets[sockets.push(new FakeSocket(url, events)) - 1],
  })
  client.listen({
    messages: messages => heard.push(messages),
    state: state => states.push(state),
    online: count => online.push(count),
    rejoined: joined => rejoined.push(joined),
    linkMic: view => views.push(view),
  })
})

const login = (token = 'a+b') => client.login({ kind: 'embedded' }, token)

async function inRoom(seq = 0): Promise<void> {
  login()
  socket().welcome()
  const joining = client.join(ROOM)
  socket().joined({ seq })
  await joining
}

describe('connecting', () => {
  it('[CH1] says hello with the token in the address, and is online when welcomed', () => {
    login()
    expect(socket().url).toBe('ws://chat/ws?token=a%2Bb')
    socket().open()
    expect(socket().sent).toMatchObject([{ type: 'hello', version: 1 }])
    expect(client.state).toEqual({ status: 'connecting', attempt: 0 })
    socket().welcome()
    expect(states.map(({ status }) => status)).toEqual(['connecting', 'online'])
  })

  it('[CH24] tries again, waiting longer each time, and soon again after success', async () => {
    login()
    for (const waitMs of [375, 750, 1500, 3000]) {
      const tries = sockets.length
      socket().drop()
      await clock.advance(waitMs - 1)
      expect(sockets).toHaveLength(tries)
      await clock.advance(1)
      expect(sockets).toHaveLength(tries + 1)
    }
    expect(client.state).toEqual({ status: 'connecting', attempt: 4 })
    socket().welcome()
    socket().drop()
    await clock.advance(375)
    expect(sockets).toHaveLength(6)
  })

  it('[CH24] a server that does not welcome in time is tried again', async () => {
    login()
    socket().open()
    await clock.advance(WELCOME_TIMEOUT_MS + 375)
    expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true, false])
  })

  it('[CH24] tries at once when told that the app or the network is back', async () => {
    login()
    socket().drop()
    client.retryNow()
    expect(sockets).toHaveLength(2)
    await clock.advance(1000)
    expect(sockets).toHaveLength(2)
  })

  it('[CH24] doubts a socket that looks open when told so', async () => {
    await inRoom(7)
    client.retryNow()
    expect(socket().last('ping')).toEqual({ type: 'ping', seq: 7 })
    await clock.advance(PONG_TIMEOUT_MS)
    expect(sockets[0].isClosed).toBe(true)
    await clock.advance(375)
    expect(sockets).toHaveLength(2)
  })

  it.each([
    [CloseCode.unauthorized, 'UNAUTHORIZED'],
    [CloseCode.protocolVersion, 'PROTOCOL_VERSION'],
    [CloseCode.replaced, 'REPLACED'],
    [CloseCode.badFrame, 'BAD_REQUEST'],
  ])('[CH24] close code %i is final until the next login', async (code, errorCode) => {
    await inRoom(5)
    const text = client.sendText('hi')
    socket().drop(code)
    await expect(text).rejects.toMatchObject({ code: errorCode })
    expect(client.state).toEqual({ status: 'refused', code: errorCode })
    await clock.advance(3_600_000)
    client.retryNow()
    expect(sockets).toHaveLength(1)
    await expect(client.join(ROOM)).rejects.toMatchObject({ code: errorCode })
    login('fresh')
    socket().welcome()
    expect(socket().last('join')).toMatchObject({ roomId: ROOM, since: 5 })
  })

  it('[CH25] pings as often as the server says, with the last number seen', async () => {
    await inRoom()
    socket().deliver(chat(1))
    await clock.advance(PING_INTERVAL_MS)
    expect(socket().last('ping')).toEqual({ type: 'ping', seq: 1 })
    socket().deliver({ type: 'pong', at: 1 })
    await clock.advance(PONG_TIMEOUT_MS)
    expect(client.state).toEqual({ status: 'online' })
  })

  it('a new token is used at once, on a new socket that takes the room over', async () => {
    await inRoom(3)
    login('other')
    expect(sockets[0].isClosed).toBe(true)
    sockets[0].deliver(chat(4)) // too late
    sockets[0].drop()
    socket().welcome()
    expect(socket().last('join')).toMatchObject({ since: 3 })
    expect(heard).toEqual([])
    login('other')
    expect(sockets).toHaveLength(2)
  })

  it('after logout nothing is left: no socket, no timer, no promise', async () => {
    await inRoom()
    const text = client.sendText('hi')
    client.logout()
    await expect(text).rejects.toMatchObject({ code: 'NOT_IN_ROOM' })
    expect([sockets[0].isClosed, clock.pending, client.state.status]).toEqual([true, 0, 'offline'])
    client.logout()
    await expect(client.join(ROOM)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    await expect(client.sendText('hi')).rejects.toMatchObject({ code: 'NOT_IN_ROOM' })
  })
})

describe('a room', () => {
  it('[CH4] joining answers with the room and what was said', async () => {
    login()
    const joining = client.join(ROOM) // before the socket is open
    socket().welcome()
    socket().joined({ seq: 9, online: 4, messages: [chat(3), chat(9)] })
    expect(await joining).toEqual({ room: aRoom({ id: ROOM }), online: 4, messages: [chat(3), chat(9)] })
    expect(heard).toEqual([])
  })

  it('[CH4] a refusal to join is the caller\'s, and the room is not asked for again', async () => {
    login()
    socket().welcome()
    const joining = client.join(ROOM)
    socket().deliver({ type: 'failed', re: socket().last('join').id, code: 'ROOM_NOT_FOUND', message: 'no' })
    await expect(joining).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
    socket().drop()
    await clock.advance(375)
    socket().welcome()
    expect(socket().sent.map(({ type }) => type)).toEqual(['hello'])
  })

  it('joining that is not answered in time fails, and so does one that another replaces', async () => {
    login()
    const [first, second] = [client.join(ROOM), client.join('rother')]
    await expect(first).rejects.toMatchObject({ code: 'NOT_IN_ROOM' })
    const late = expect(second).rejects.toMatchObject({ code: 'TIMEOUT' })
    await clock.advance(JOIN_TIMEOUT_MS)
    await late
  })

  it('[CH22] messages come once per frame, in order, without repeats', async () => {
    await inRoom(2)
    socket().deliver(chat(1), chat(2), chat(3), chat(4))
    socket().deliver(chat(4), chat(3))
    socket().deliver({ type: 'online', roomId: ROOM, online: 8 }, chat(5))
    expect(seqsHeard()).toEqual([[3, 4], [5]])
    expect(online).toEqual([8])
  })

  it('[CH22] after a drop it asks for what came since, and goes on', async () => {
    await inRoom()
    socket().deliver(chat(1), chat(2))
    socket().drop()
    await clock.advance(375)
    socket().welcome()
    expect(socket().last('join')).toMatchObject({ roomId: ROOM, since: 2 })
    socket().joined({ seq: 5, messages: [chat(3), chat(4), chat(5)], online: 6 })
    socket().deliver(chat(5), chat(6))
    expect(seqsHeard()).toEqual([[1, 2], [3, 4, 5], [6]])
    expect(online).toEqual([6])
    expect(rejoined).toEqual([])
  })

  it('[CH22] after too long a drop the room is told as it is now', async () => {
    await inRoom(2)
    socket().drop()
    await clock.advance(375)
    socket().welcome()
    socket().joined({ seq: 900, messages: [chat(899), chat(900)], isGap: true })
    socket().deliver(chat(901))
    expect(rejoined).toMatchObject([{ messages: [{ seq: 899 }, { seq: 900 }] }])
    expect(seqsHeard()).toEqual([[901]])
  })

  it('[CH22] a missing number is asked for', async () => {
    await inRoom()
    socket().deliver(chat(1), chat(3))
    socket().deliver(chat(4)) // while asking
    expect(seqsHeard()).toEqual([[1]])
    expect(socket().last('join')).toMatchObject({ since: 1 })
    expect(socket().sent.filter(({ type }) => type === 'join')).toHaveLength(2)
    socket().joined({ seq: 4, messages: [chat(2), chat(3), chat(4)] })
    expect(seqsHeard()).toEqual([[1], [2, 3, 4]])
  })

  it('[CH22] kinds it does not know are passed over, in their place', async () => {
    await inRoom()
    socket().deliver(chat(1), { type: 'gift', seq: 2, gift: 'rose' }, { type: 'weather' }, chat(3))
    expect(seqsHeard()).toEqual([[1, 3]])
    for (const nonsense of ['{{', '7', '[null,[],"x"]', '[{"type":"chat","seq":"4"}]'])
      socket().raw(nonsense)
    socket().drop()
    await clock.advance(375)
    socket().welcome()
    socket().joined({ seq: 5, messages: [{ type: 'gift', seq: 4 }, chat(5)] })
    expect(seqsHeard()).toEqual([[1, 3], [5]])
  })

  it('[CH22] a room that cannot be resumed for now is tried again later; one that is gone is given up', async () => {
    await inRoom(1)
    socket().drop()
    await clock.advance(375)
    socket().welcome()
    socket().deliver({ type: 'failed', re: socket().last('join').id, code: 'UNAVAILABLE', message: '' })
    await clock.advance(375)
    socket().welcome()
    socket().deliver({ type: 'failed', re: socket().last('join').id, code: 'ROOM_NOT_FOUND', message: '' })
    expect(client.state).toEqual({ status: 'refused', code: 'ROOM_NOT_FOUND' })
  })

  it('leaving is said, and nothing is heard any more', async () => {
    await inRoom()
    client.leave()
    expect(socket().last('leave')).toMatchObject({ roomId: ROOM })
    socket().deliver(chat(1), { type: 'online', roomId: ROOM, online: 8 })
    expect([heard, online]).toEqual([[], []])
    client.leave()
    expect(socket().sent.filter(({ type }) => type === 'leave')).toHaveLength(1)
  })
})

describe('link-mic', () => {
  const signal = (version: number, roomId = ROOM) => ({ type: 'linkMic', view: aView(version, NOT_LINKED, { roomId }) })
  const versions = () => views.map(({ version }) => version)

  it('[LM122] signals of the room are heard, from joining on and after every drop', async () => {
    login()
    const joining = client.join(ROOM)
    socket().welcome().deliver(signal(1))
    socket().joined()
    await joining
    socket().deliver(signal(2), chat(1))
    socket().drop()
    await clock.advance(375)
    socket().welcome().joined({ seq: 1 })
    socket().deliver(signal(7))
    expect(versions()).toEqual([1, 2, 7])
  })

  it('[LM122] those of another room, of a room that was left, and nonsense are not', async () => {
    await inRoom()
    socket().deliver(signal(1, 'rroom0000002'), { type: 'linkMic', view: { roomId: ROOM, version: 2 } })
    client.leave()
    socket().deliver(signal(3))
    expect(views).toEqual([])
  })
})

describe('the order in a room', () => {
  const standing = (isSilenced: boolean, roomId = ROOM) => ({ type: 'standing', standing: { roomId, isSilenced } })

  it('[MO45] a standing of this room is heard, of another not; resuming begins free', async () => {
    const heard: boolean[] = []
    client.listen({ standing: ({ isSilenced }) => heard.push(isSilenced) })
    await inRoom()
    socket().deliver(standing(true), standing(false, 'rother0000001'), { type: 'standing', standing: {} })
    socket().drop()
    await clock.advance(375)
    socket().welcome().joined()
    expect(heard).toEqual([false, true, false])
  })

  it('[MO45] who is sent away is out for good; what concerned a room left before does not', async () => {
    const removed = { type: 'failed', re: null, code: 'REMOVED', message: 'out' }
    await inRoom()
    const next = client.join('rother0000001')
    socket().deliver(removed, { type: 'failed', re: null, code: 'TOO_MANY_REQUESTS', message: 'slow' })
    socket().deliver({ type: 'joined', re: socket().last('join').id, room: aRoom({ id: 'rother0000001' }), seq: 0, online: 1, messages: [], isGap: false })
    await next
    const text = client.sendText('hi')
    socket().deliver(removed)
    await expect(text).rejects.toMatchObject({ code: 'REMOVED' })
    expect(client.state).toEqual({ status: 'refused', code: 'REMOVED' })
    await clock.advance(3_600_000)
    expect([sockets.length, clock.pending]).toEqual([1, 0])
  })
})

describe('a text', () => {
  it('[CH6] is answered with its id when it is stored', async () => {
    await inRoom()
    const sent = client.sendText('hello')
    const { id, text, roomId } = socket().last('say')
    expect([text, roomId]).toEqual(['hello', ROOM])
    socket().deliver({ type: 'said', re: id, messageId: 'm1', seq: 1, at: 1 })
    expect(await sent).toBe('m1')
  })

  it('[CH16] is refused with the code and how long to wait', async () => {
    await inRoom()
    const sent = client.sendText('hello')
    socket().deliver({ type: 'failed', re: socket().last('say').id, code: 'SENDING_TOO_FAST', message: 'slow', retryAfterMs: 800 })
    await expect(sent).rejects.toMatchObject({ code: 'SENDING_TOO_FAST', retryAfterMs: 800 })
    const unknown = client.sendText('again')
    socket().deliver({ type: 'failed', re: socket().last('say').id, code: 'A_CODE_OF_TOMORROW', message: '?' })
    await expect(unknown).rejects.toMatchObject({ code: 'BAD_RESPONSE' })
  })

  it.each([['   ', 'TEXT_EMPTY'], ['字'.repeat(201), 'TEXT_TOO_LONG']])('[CH18] that the server would refuse is not sent', async (text, code) => {
    await inRoom()
    await expect(client.sendText(text)).rejects.toMatchObject({ code })
    expect(socket().sent.some(({ type }) => type === 'say')).toBe(false)
  })

  it('[CH23] many unanswered ones share frames, within what the server takes', async () => {
    await inRoom()
    socket().drop()
    const texts = Array.from({ length: 40 }, (_, index) => `${'🎤'.repeat(190)}${index}`)
    const sent = texts.map(text => client.sendText(text))
    await clock.advance(375)
    socket().welcome()
    const before = socket().frames.length
    socket().joined()
    const frames = socket().frames.slice(before)
    expect(frames.map(frame => JSON.parse(frame).length)).toEqual([16, 16, 8])
    expect(Math.max(...frames.map(frame => new TextEncoder().encode(frame).length))).toBeLessThan(CLIENT_FRAME_MAX_BYTES)
    client.leave()
    await Promise.allSettled(sent)
  })

  it('[CH23] unanswered ones are sent again after a drop: same ids, same order, after joining', async () => {
    await inRoom()
    const first = client.sendText('one')
    const [{ id }] = socket().sent.filter(({ type }) => type === 'say')
    socket().drop()
    const second = client.sendText('two') // while there is no socket
    await clock.advance(375)
    socket().welcome()
    expect(socket().sent.map(({ type }) => type)).toEqual(['hello', 'join'])
    socket().joined()
    const says = socket().sent.filter(({ type }) => type === 'say')
    expect(says.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(says[0].id).toBe(id)
    socket().deliver(...says.map((say, index) => ({ type: 'said', re: say.id, messageId: `m${index}`, seq: index + 1, at: 1 })))
    expect(await Promise.all([first, second])).toEqual(['m0', 'm1'])
    socket().drop()
    await clock.advance(375)
    socket().welcome().joined()
    expect(socket().sent.filter(({ type }) => type === 'say')).toHaveLength(0)
  })

  it('[CH23] fails after 20 s without an answer, and is not sent any more', async () => {
    await inRoom()
    socket().drop()
    const failed = expect(client.sendText('hello')).rejects.toMatchObject({ code: 'TIMEOUT' })
    await clock.advance(SAY_TIMEOUT_MS)
    await failed
    socket().welcome().joined()
    await settle()
    expect(socket().sent.map(({ type }) => type)).toEqual(['hello', 'join'])
  })
})
