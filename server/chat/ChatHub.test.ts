import { describe, expect, it } from 'vitest'
import { CloseCode, HISTORY_LENGTH, PING_INTERVAL_MS } from '../../shared/protocol/ws'
import { settled } from '../testing/VirtualClock'
import { BATCH_MS, DROP_GRACE_MS, HELLO_TIMEOUT_MS, LAG_MS, LOG_LENGTH, NOTICE_MS, ROOM_REST_MS, SILENCE_MS, STALL_MS } from './limits'
import { ChatWorld, roomNamed } from './testing/ChatWorld'
import { MemoryMessageStore } from './testing/MemoryMessageStore'

const FAST = { saysPerUser: { perSecond: 10_000, burst: 10_000 }, saysPerRoom: { perSecond: 10_000, burst: 10_000 }, requestsPerSocket: { perSecond: 10_000, burst: 10_000 } }

describe('a conversation', () => {
  it('[CH1] begins with hello, answered with who one is and how often to ping', async () => {
    const client = new ChatWorld().client('anna')
    const id = await client.hello()
    expect(client.received).toEqual([{ type: 'welcome', re: id, version: 1, user: { id: 'uanna', nickname: 'anna', avatar: 1 }, pingIntervalMs: PING_INTERVAL_MS }])
  })

  it('[CH1] ends without hello after three seconds, and not with it', async () => {
    const world = new ChatWorld()
    const [silent, polite] = [world.client('silent'), world.client('polite')]
    await polite.hello()
    await world.clock.advance(HELLO_TIMEOUT_MS - 1)
    expect(silent.closedWith).toBeUndefined()
    await world.clock.advance(1)
    expect([silent.closedWith, polite.closedWith]).toEqual([CloseCode.silent, undefined])
  })

  it('[CH1] ends with another version, which is said first', async () => {
    const client = new ChatWorld().client('anna')
    const re = await client.ask({ type: 'hello', version: 99 })
    expect(client.received).toMatchObject([{ type: 'failed', re, code: 'PROTOCOL_VERSION' }])
    expect(client.closedWith).toBe(CloseCode.protocolVersion)
  })

  it('[CH1] knows nothing but hello before hello, and hello only once', async () => {
    const world = new ChatWorld()
    const client = world.client('anna')
    await client.join()
    await client.hello()
    await client.hello()
    expect(client.of('failed').map(({ re, code }) => [re, code])).toEqual([['anna1', 'BAD_REQUEST'], ['anna3', 'BAD_REQUEST']])
  })

  it.each([
    ['no JSON', '{{'],
    ['no array', '{"type":"ping"}'],
    ['an empty array', '[]'],
    ['too many messages', JSON.stringify(Array.from({ length: 17 }, () => ({ type: 'ping' })))],
  ])('[CH2] a frame that is %s ends it', async (_, frame) => {
    const client = new ChatWorld().client('anna')
    await client.raw(frame)
    expect(client.closedWith).toBe(CloseCode.badFrame)
  })

  it('[CH2] an unknown or broken message fails alone, by its id', async () => {
    const world = new ChatWorld()
    const client = await world.member('anna')
    await client.raw(JSON.stringify([{ type: 'dance', id: 'd' }, { type: 'say', id: 's', roomId: '../etc', text: 'x' }, 7, { type: 'ping' }]))
    expect(client.of('failed').map(({ re, code }) => [re, code])).toEqual([['d', 'BAD_REQUEST'], ['s', 'BAD_REQUEST'], [null, 'BAD_REQUEST']])
    expect(client.of('pong')).toHaveLength(1)
  })

  it('[CH2] too many refused requests end it', async () => {
    const client = await new ChatWorld(FAST).member('anna')
    for (let i = 0; i < 50; i++)
      await client.ask({ type: 'dance' })
    expect(client.closedWith).toBeUndefined()
    await client.ask({ type: 'dance' })
    expect(client.closedWith).toBe(CloseCode.badFrame)
  })

  it('[CH3] ends when nothing was heard for two and a half pings', async () => {
    const world = new ChatWorld()
    const [alive, gone] = [await world.member('alive'), await world.member('gone')]
    for (let t = 0; t < SILENCE_MS + 2000; t += 10_000) {
      await world.clock.advance(10_000)
      await alive.raw('[{"type":"ping"}]')
    }
    expect([alive.closedWith, gone.closedWith]).toEqual([undefined, CloseCode.silent])
  })
})

describe('a room', () => {
  it('[CH4] answers a join with the room, its place, the people and what was said', async () => {
    const world = new ChatWorld()
    const anna = await world.member('anna')
    await anna.say('hello')
    await world.clock.advance(NOTICE_MS)
    const ben = await world.member('ben')
    const [joined] = ben.of('joined')
    expect(joined).toMatchObject({ re: 'ben2', room: { id: 'rone', title: 'Room rone' }, online: 2, isGap: false, messages: [{ type: 'chat', text: 'hello' }] })
    expect(joined.seq).toBe(world.store.stored.at(-1)!.message.seq - 1) // its own arrival comes after
    expect(ben.received.findIndex(({ type }) => type === 'joined')).toBe(1)
  })

  it('[CH4] tells the room as it is when its log has been read, however long that took', async () => {
    const world = new ChatWorld()
    const { latest } = world.store
    let goOn = () => {}
    world.store.latest = async (...args) => {
      await new Promise<void>(resolve => (goOn = resolve))
      return latest.apply(world.store, args)
    }
    const anna = await world.member('anna')
    world.rooms.set('rone', roomNamed('rone', { title: 'New title' }))
    goOn()
    await settled()
    expect(anna.of('joined')).toMatchObject([{ room: { title: 'New title' } }])
  })

  it('[CH4] refuses a room that is not there, and one that has ended', async () => {
    const world = new ChatWorld()
    world.rooms.set('rover', roomNamed('rover', { status: 'ended' }))
    const anna = world.client('anna')
    await anna.hello()
    await anna.join('rnone')
    await anna.join('rover')
    expect(anna.of('failed').map(({ code }) => code)).toEqual(['ROOM_NOT_FOUND', 'ROOM_ENDED'])
  })

  it('[CH5] gives every message the next number, the same to everyone', async () => {
    const world = new ChatWorld(FAST)
    const [anna, ben] = [await world.member('anna'), await world.member('ben')]
    for (let i = 0; i < 20; i++)
      await (i % 2 ? anna : ben).say(`text ${i}`)
    await world.clock.advance(2 * NOTICE_MS)
    const order = (client: typeof anna) => client.received.filter(message => message.type === 'chat' || message.type === 'joinNotice').map(({ seq }) => seq)
    expect(order(anna)).toEqual(Array.from({ length: order(anna).length }, (_, index) => index + 1))
    expect(anna.texts).toEqual(Array.from({ length: 20 }, (_, index) => `text ${index}`))
    expect(ben.texts).toEqual(anna.texts)
  })

  it('[CH6] answers `said` only when the text is stored, and tells nobody what is not', async () => {
    const world = new ChatWorld()
    const [anna, ben] = [await world.member('anna'), await world.member('ben')]
    await world.clock.advance(NOTICE_MS)
    world.store.failure = new Error('disk full')
    const re = await anna.say('lost')
    expect(anna.of('failed')).toMatchObject([{ re, code: 'INTERNAL' }])
    world.store.failure = undefined
    const again = await anna.say('kept')
    await world.clock.advance(BATCH_MS)
    const stored = world.store.stored.at(-1)!.message
    expect(anna.of('said')).toEqual([{ type: 'said', re: again, messageId: (stored as { id: string }).id, seq: stored.seq, at: stored.at }])
    expect(ben.texts).toEqual(['kept'])
    expect(world.store.stored.map(({ message }) => message.seq)).toEqual([1, 2, 3]) // no hole where the lost one was
  })

  it('[CH6] goes on after a restart where it was', async () => {
    const store = new MemoryMessageStore()
    const before = new ChatWorld(FAST, store)
    const anna = await before.member('anna')
    for (let i = 0; i < 70; i++)
      await anna.say(`text ${i}`)
    await before.clock.advance(NOTICE_MS)
    const { seq } = store.stored.at(-1)!.message
    before.hub.close()

    const after = new ChatWorld(FAST, store)
    const late = await after.member('late')
    const [joined] = late.of('joined')
    expect(joined.seq).toBe(seq)
    expect(joined.messages.map(message => message.type === 'chat' && message.text)).toEqual(Array.from({ length: HISTORY_LENGTH }, (_, index) => `text ${20 + index}`))
    await late.say('next')
    expect(late.of('said')[0].seq).toBe(seq + 2) // its own arrival came between

    const back = await after.member('anna', 'rone', seq - 3)
    expect(back.of('joined')[0].messages.map(message => message.seq)).toEqual([seq - 2, seq - 1, seq, seq + 1, seq + 2])
  })

  it('[CH7] a request said again is answered the same and heard once', async () => {
    const store = new MemoryMessageStore()
    const world = new ChatWorld({}, store)
    const anna = await world.member('anna')
    const frame = JSON.stringify([{ type: 'say', id: 'once', roomId: 'rone', text: 'hello' }])
    void anna.raw(frame)
    await anna.raw(frame) // while the first is under way
    await anna.raw(frame) // after it
    anna.drop()
    const again = await world.member('anna')
    await again.raw(frame) // from another socket
    const restarted = await new ChatWorld({}, store).member('anna')
    await restarted.raw(frame) // to another process

    const [first, ...repeats] = [...anna.of('said'), ...again.of('said'), ...restarted.of('said')]
    expect(repeats).toEqual([first, first, first, first])
    expect(store.stored.filter(({ message }) => message.type === 'chat')).toHaveLength(1)
  })

  it('[CH7] the same request id of two people are two texts', async () => {
    const world = new ChatWorld()
    const [anna, ben] = [await world.member('anna'), await world.member('ben')]
    await anna.raw('[{"type":"say","id":"x","roomId":"rone","text":"from anna"}]')
    await ben.raw('[{"type":"say","id":"x","roomId":"rone","text":"from ben"}]')
    await world.clock.advance(BATCH_MS)
    expect(ben.texts).toEqual(['from anna', 'from ben'])
  })

  it('[CH8] who comes back with `since` is sent exactly what was missed', async () => {
    const world = new ChatWorld(FAST)
    const [anna, ben] = [await world.member('anna'), await world.member('ben')]
    await anna.say('one')
    await world.clock.advance(NOTICE_MS)
    const seen = ben.of('chat').at(-1)!.seq
    ben.drop()
    for (const text of ['two', 'three', 'four'])
      await anna.say(text)
    const back = await world.member('ben', 'rone', seen)
    const [joined] = back.of('joined')
    expect(joined.isGap).toBe(false)
    expect(joined.messages.filter(({ type }) => type === 'chat').map(message => (message as { text: string }).text)).toEqual(['two', 'three', 'four'])
    expect(joined.messages[0].seq).toBeGreaterThan(seen)
    await world.clock.advance(NOTICE_MS)
    expect(back.texts).toEqual([])
  })

  it('[CH8] who missed more than is kept gets the last texts and is told of the gap', async () => {
    const world = new ChatWorld(FAST)
    const anna = await world.member('anna')
    for (let i = 0; i < 2 * LOG_LENGTH + 10; i++)
      await anna.say(`text ${i}`)
    const back = await world.member('ben', 'rone', 3)
    expect(back.of('joined')[0]).toMatchObject({ isGap: true })
    expect(back.of('joined')[0].messages).toHaveLength(HISTORY_LENGTH)
    const future = await world.member('cat', 'rone', 1_000_000) // the store was wiped meanwhile
    expect(future.of('joined')[0].isGap).toBe(true)
  })

  it('[CH8] joining again on the same socket is a resume, not a second window', async () => {
    const world = new ChatWorld()
    const anna = await world.member('anna')
    await world.clock.advance(2 * NOTICE_MS)
    anna.frames.length = 0
    await anna.say('one')
    await anna.join('rone', 0)
    await anna.say('two')
    await world.clock.advance(NOTICE_MS)
    expect(anna.of('joined')[0]).toMatchObject({ online: 1, isGap: false, messages: [{ type: 'joinNotice' }, { text: 'one' }] })
    expect(anna.texts.slice(-1)).toEqual(['two'])
    expect(anna.of('joinNotice')).toHaveLength(0)
    expect(world.hub.online('rone')).toBe(1)
  })

  it('[CH9] one person with two windows is one, and both hear', async () => {
    const world = new ChatWorld()
    const [one, two] = [await world.member('anna'), await world.member('anna')]
    expect(world.hub.online('rone')).toBe(1)
    await one.say('hello')
    await world.clock.advance(NOTICE_MS)
    expect([one.texts, two.texts]).toEqual([['hello'], ['hello']])
    expect(two.of('joinNotice')).toHaveLength(0)
    await one.ask({ type: 'leave', roomId: 'rone' })
    expect(world.hub.online('rone')).toBe(1)
    await two.ask({ type: 'leave', roomId: 'rone' })
    expect(world.hub.online('rone')).toBe(0)
  })

  it('[SE3] a new nickname holds for what is said from now on, in every window', async () => {
    const world = new ChatWorld()
    const [one, two] = [await world.member('anna'), await world.member('anna')]
    await one.say('old')
    world.hub.profileChanged({ id: 'uanna', nickname: 'Anne', avatar: 2 })
    await two.say('new')
    await world.clock.advance(NOTICE_MS)
    expect(one.of('chat').map(({ from, text }) => [from.nickname, text])).toEqual([['anna', 'old'], ['Anne', 'new']])
  })

  it('[CH9] a person in another room is in that one only', async () => {
    const world = new ChatWorld()
    const anna = await world.member('anna')
    await anna.join('rtwo')
    expect([world.hub.online('rone'), world.hub.online('rtwo')]).toEqual([0, 1])
    await anna.say('for one', 'rone')
    expect(anna.of('failed').at(-1)?.code).toBe('NOT_IN_ROOM')
  })

  it('[CH10] who drops and returns within the grace has not left; later they have', async () => {
    const world = new ChatWorld()
    const joined: string[] = []
    world.hub.listen({ joined: (_, { id }) => joined.push(id) })
    const [anna, ben] = [await world.member('anna'), await world.member('ben')]
    await world.clock.advance(NOTICE_MS)
    ben.drop()
    await world.clock.advance(DROP_GRACE_MS - 1000)
    expect(world.hub.online('rone')).toBe(2)
    const back = await world.member('ben')
    await world.clock.advance(2 * DROP_GRACE_MS)
    expect(world.hub.online('rone')).toBe(2)
    expect(joined).toEqual(['uanna', 'uben'])
    back.drop()
    await world.clock.advance(DROP_GRACE_MS + 1000)
    expect(world.hub.online('rone')).toBe(1)
    await world.member('ben')
    await settled()
    expect(joined).toEqual(['uanna', 'uben', 'uben'])
    expect(anna.closedWith).toBeUndefined()
  })

  it('[CH11] arrivals within a second are one notice', async () => {
    const world = new ChatWorld()
    const anna = await world.member('anna')
    await world.clock.advance(NOTICE_MS)
    for (const name of ['ben', 'cat', 'dan', 'eve'])
      await world.member(name)
    await world.clock.advance(NOTICE_MS)
    const notices = anna.of('joinNotice').map(({ user, others }) => [user.nickname, others])
    expect(notices).toEqual([['anna', 0], ['ben', 0], ['cat', 2]])
  })

  it('[CH12] the head count is told at most once a second, in the end rightly', async () => {
    const world = new ChatWorld()
    const told: number[] = []
    world.hub.listen({ onlineChanged: (_, online) => told.push(online) })
    const anna = await world.member('anna')
    for (let i = 0; i < 30; i++) {
      await world.member(`guest${i}`)
      await world.clock.advance(100)
    }
    await world.clock.advance(NOTICE_MS)
    expect(told.length).toBeLessThanOrEqual(5)
    expect(told.at(-1)).toBe(31)
    expect(anna.of('online').at(-1)).toEqual({ type: 'online', roomId: 'rone', online: 31 })
    expect(anna.of('online')).toHaveLength(told.length)
  })

  it('[CH27] the anchor is nobody\'s audience: neither counted nor announced, and told the count like everyone', async () => {
    const world = new ChatWorld()
    const joined: string[] = []
    world.hub.listen({ joined: (_, { id }) => joined.push(id) })
    const anchor = await world.member('anchor')
    await world.clock.advance(NOTICE_MS)
    expect(anchor.of('joined')).toMatchObject([{ online: 0 }])
    expect(anchor.of('joinNotice')).toEqual([])

    const ben = await world.member('ben')
    await world.clock.advance(NOTICE_MS)
    expect([world.hub.online('rone'), ben.of('joined')[0].online, anchor.of('online').at(-1)?.online]).toEqual([1, 1, 1])
    expect(joined).toEqual(['uben'])
    await ben.ask({ type: 'leave', roomId: 'rone' })
    await world.clock.advance(NOTICE_MS)
    expect([world.hub.online('rone'), anchor.of('online').at(-1)?.online]).toEqual([0, 0])
  })

  it('[CH13] after its end everyone has heard it, and nobody joins or speaks', async () => {
    const world = new ChatWorld()
    const anna = await world.member('anna')
    await world.clock.advance(NOTICE_MS)
    const ended = roomNamed('rone', { status: 'ended', endedAt: 5, endReason: 'anchor' })
    await world.hub.broadcast('rone', { type: 'roomEnded', room: ended })
    world.rooms.set('rone', ended)
    await world.hub.end('rone')
    await world.clock.advance(BATCH_MS)
    expect(anna.of('roomEnded')).toMatchObject([{ room: { status: 'ended', endReason: 'anchor' } }])
    await anna.say('still there?')
    await anna.join()
    expect(anna.of('failed').map(({ code }) => code)).toEqual(['ROOM_ENDED', 'ROOM_ENDED'])
  })

  it('[CH13] nothing is said after the end, not even while it is being stored', async () => {
    const world = new ChatWorld(FAST)
    const [anna, ben] = [await world.member('anna'), await world.member('ben')]
    await world.clock.advance(NOTICE_MS)
    const told = world.hub.broadcast('rone', { type: 'roomEnded', room: roomNamed('rone', { status: 'ended' }) })
    const said = ben.say('me too')
    await Promise.all([told.then(() => world.hub.end('rone')), said])
    await world.clock.advance(NOTICE_MS)
    expect(ben.of('failed')).toMatchObject([{ code: 'ROOM_ENDED' }])
    expect(world.store.stored.at(-1)?.message.type).toBe('roomEnded')
    expect(anna.texts).toEqual([])
  })

  it('[CH28] a room that opens anew takes people and texts again, though some have not left since its end', async () => {
    const world = new ChatWorld()
    const anna = await world.member('anna')
    await world.clock.advance(NOTICE_MS)
    await world.hub.broadcast('rone', { type: 'roomEnded', room: roomNamed('rone', { status: 'ended' }) })
    await world.hub.end('rone')
    let online = 0
    world.hub.listen({ onlineChanged: (_, count) => online = count })
    await world.hub.begin('rone')
    const ben = await world.member('ben')
    await ben.say('again')
    await world.clock.advance(NOTICE_MS)
    expect([anna.texts, online]).toEqual([['again'], 2])
  })

  it('[CH13] who was there may still read how it ended, also after a restart', async () => {
    const world = new ChatWorld()
    const anna = await world.member('anna')
    await world.clock.advance(NOTICE_MS)
    const seen = anna.of('joinNotice').at(-1)!.seq
    anna.drop()
    const ended = roomNamed('rone', { status: 'ended' })
    await world.hub.broadcast('rone', { type: 'roomEnded', room: ended })
    await world.hub.end('rone')
    const restarted = new ChatWorld({}, world.store)
    for (const { hub, rooms, member } of [world, restarted].map(each => ({ hub: each.hub, rooms: each.rooms, member: each.member.bind(each) }))) {
      rooms.set('rone', ended)
      const back = await member('anna', 'rone', seen)
      expect(back.of('joined')).toMatchObject([{ isGap: false, online: 0, room: { status: 'ended' }, messages: [{ type: 'roomEnded' }] }])
      expect(hub.online('rone')).toBe(world.hub === hub ? 1 : 0) // in the grace of the first process
      await back.say('hello?')
      expect(back.of('failed')).toMatchObject([{ code: 'NOT_IN_ROOM' }])
    }
  })

  it('[CH14] an idle room sends at once; a busy one every 50 ms', async () => {
    const world = new ChatWorld(FAST)
    const [anna, ben] = [await world.member('anna'), await world.member('ben')]
    await world.clock.advance(5 * NOTICE_MS)
    const before = ben.frames.length
    await anna.say('first')
    expect(ben.texts).toEqual(['first'])
    for (let i = 0; i < 10; i++)
      await anna.say(`more ${i}`)
    expect(ben.frames).toHaveLength(before + 1)
    await world.clock.advance(BATCH_MS)
    expect(ben.frames).toHaveLength(before + 2)
    expect(ben.texts).toHaveLength(11)
  })

  it('[CH14] thousands of readers are served in slices, each once and in order', async () => {
    const world = new ChatWorld({ ...FAST, socketsPerUser: 10_000 })
    const crowd = await Promise.all(Array.from({ length: 1200 }, () => world.member('crowd')))
    const anna = await world.member('anna')
    await world.clock.advance(NOTICE_MS)
    for (let i = 0; i < 5; i++)
      await anna.say(`text ${i}`)
    await world.clock.advance(10 * BATCH_MS)
    for (const client of crowd)
      expect(client.texts).toEqual(['text 0', 'text 1', 'text 2', 'text 3', 'text 4'])
  })

  it('[CH15] a reader that falls behind is passed over by the less important first', async () => {
    const world = new ChatWorld(FAST)
    const [anna, slow] = [await world.member('anna'), await world.member('slow')]
    await world.clock.advance(NOTICE_MS)
    const counts = slow.of('online').length
    slow.bufferedAmount = 100_000 // more than low priority may add to
    await world.member('cat')
    await anna.say('one')
    await world.clock.advance(NOTICE_MS)
    expect(slow.of('online')).toHaveLength(counts)
    expect(slow.texts).toEqual(['one'])

    slow.bufferedAmount = 300_000 // more than texts may add to
    await anna.say('two')
    await world.clock.advance(BATCH_MS)
    expect(slow.texts).toEqual(['one'])
    expect(slow.closedWith).toBeUndefined()

    await world.hub.broadcast('rone', { type: 'roomChanged', room: roomNamed('rone', { title: 'new' }) })
    await world.clock.advance(BATCH_MS)
    expect(slow.texts).toEqual(['one', 'two']) // what is urgent takes along what comes before it
    expect(slow.of('roomChanged')).toHaveLength(1)

    slow.bufferedAmount = 600_000
    await anna.say('three')
    await world.clock.advance(BATCH_MS)
    expect(slow.closedWith).toBe(CloseCode.tooSlow)
    expect(anna.texts).toEqual(['one', 'two', 'three'])
  })

  it('[CH15] a reader that fell behind catches up in order, also when the room has gone quiet', async () => {
    const world = new ChatWorld(FAST)
    const [anna, slow] = [await world.member('anna'), await world.member('slow')]
    await world.clock.advance(NOTICE_MS)
    slow.bufferedAmount = 300_000
    for (let i = 0; i < 30; i++) {
      await anna.say(`text ${i}`)
      await world.clock.advance(BATCH_MS)
    }
    expect(slow.texts).toEqual([])
    slow.bufferedAmount = 0
    await world.clock.advance(2000)
    expect(slow.texts).toEqual(Array.from({ length: 30 }, (_, index) => `text ${index}`))
    expect(world.hub.figures().passedOver).toBeGreaterThan(0)
  })

  it('[CH15] a reader that fell behind further than the log reaches is sent away to resume', async () => {
    const world = new ChatWorld(FAST)
    const [anna, slow] = [await world.member('anna'), await world.member('slow')]
    slow.bufferedAmount = 300_000
    for (let i = 0; i < 2 * LOG_LENGTH + 10; i++)
      await anna.say(`text ${i}`)
    await world.clock.advance(BATCH_MS)
    slow.bufferedAmount = 0
    await world.clock.advance(2000)
    expect(slow.closedWith).toBe(CloseCode.tooSlow)
  })

  it('[CH15] a reader that takes nothing for 15 s is hung up on; a slow one that moves is not', async () => {
    const world = new ChatWorld(FAST)
    const [anna, stuck, slow] = [await world.member('anna'), await world.member('stuck'), await world.member('slow')]
    await world.clock.advance(2 * NOTICE_MS)
    stuck.bufferedAmount = 1000
    slow.bufferedAmount = 60_000
    for (let t = 0; t <= STALL_MS + 2000; t += 1000) {
      slow.bufferedAmount -= 1000
      for (const client of [anna, stuck, slow])
        await client.raw('[{"type":"ping"}]')
      const waiting = stuck.bufferedAmount
      await world.clock.advance(1000)
      stuck.bufferedAmount = waiting + stuck.frames.splice(0).reduce((sum, frame) => sum + Buffer.byteLength(JSON.stringify(frame)), 0)
    }
    expect([stuck.closedWith, slow.closedWith, anna.closedWith]).toEqual([CloseCode.tooSlow, undefined, undefined])
  })

  it('[CH15] a client whose pings stay more than 30 s behind is hung up on', async () => {
    const world = new ChatWorld(FAST)
    const [anna, late] = [await world.member('anna'), await world.member('late')]
    await world.clock.advance(NOTICE_MS)
    await anna.say('one')
    await world.clock.advance(BATCH_MS)
    const { seq } = late.of('chat')[0]
    const ping = (seen: number) => late.raw(JSON.stringify([{ type: 'ping', seq: seen }]))
    await ping(seq)
    await anna.say('two')
    await world.clock.advance(BATCH_MS)
    await ping(seq)
    for (let t = 0; t <= LAG_MS; t += 10_000) {
      await world.clock.advance(10_000)
      await ping(seq)
      await anna.raw('[{"type":"ping"}]')
    }
    expect([late.closedWith, anna.closedWith]).toEqual([CloseCode.tooSlow, undefined])
  })

  it('[CH20] leaves memory when nobody is in it, and comes back whole', async () => {
    const world = new ChatWorld()
    const anna = await world.member('anna')
    await anna.say('hello')
    expect(world.hub.figures()).toMatchObject({ rooms: 1, sockets: 1, said: 1 })
    anna.drop()
    await world.clock.advance(DROP_GRACE_MS + ROOM_REST_MS + 2000)
    expect(world.hub.figures()).toMatchObject({ rooms: 0, sockets: 0 })
    const back = await world.member('ben')
    expect(back.of('joined')[0].messages).toMatchObject([{ text: 'hello' }])
  })

  it('[CH20] figures tell how much is said', async () => {
    const world = new ChatWorld(FAST)
    const anna = await world.member('anna')
    for (let t = 0; t < 20; t++) {
      for (let i = 0; i < 5; i++)
        await anna.say(`text ${t} ${i}`)
      await world.clock.advance(1000)
    }
    expect(world.hub.figures().messagesPerSecond).toBeCloseTo(5, 1)
  })
})

describe('limits', () => {
  it('[CH16] who speaks too fast is told how long to wait, over all their sockets', async () => {
    const world = new ChatWorld({ saysPerUser: { perSecond: 1, burst: 3 } })
    const [one, two] = [await world.member('anna'), await world.member('anna')]
    for (const text of ['a', 'b'])
      await one.say(text)
    await two.say('c')
    const re = await two.say('d')
    expect(two.of('failed')).toEqual([{ type: 'failed', re, code: 'SENDING_TOO_FAST', message: expect.any(String), retryAfterMs: 1000 }])
    one.drop()
    two.drop()
    const back = await world.member('anna')
    await back.say('reconnecting buys nothing')
    expect(back.of('failed')).toHaveLength(1)
    await world.clock.advance(1000)
    await back.say('e')
    expect(back.of('said')).toHaveLength(1)
  })

  it('[CH16] a text already said is answered whatever the speed', async () => {
    const world = new ChatWorld({ saysPerUser: { perSecond: 1, burst: 1 } })
    const anna = await world.member('anna')
    const frame = '[{"type":"say","id":"x","roomId":"rone","text":"hi"}]'
    await anna.raw(frame)
    await anna.raw(frame)
    expect(anna.of('said')).toHaveLength(2)
    expect(anna.of('failed')).toHaveLength(0)
  })

  it('[CH16] a room takes so many texts a second from everyone together', async () => {
    const world = new ChatWorld({ saysPerRoom: { perSecond: 1, burst: 2 } })
    const people = await Promise.all(['anna', 'ben', 'cat'].map(name => world.member(name)))
    for (const one of people)
      await one.say('hi')
    expect(people.map(one => one.of('said').length)).toEqual([1, 1, 0])
    expect(people[2].of('failed')[0].code).toBe('SENDING_TOO_FAST')
  })

  it('[CH17] more requests than a socket may send are refused', async () => {
    const client = await new ChatWorld({ requestsPerSocket: { perSecond: 1, burst: 4 } }).member('anna')
    await client.raw(JSON.stringify(Array.from({ length: 4 }, () => ({ type: 'ping' }))))
    expect(client.of('pong')).toHaveLength(2)
    expect(client.of('failed').map(({ code }) => code)).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS'])
  })

  it('[CH17] a person\'s oldest socket makes room for one too many', async () => {
    const world = new ChatWorld({ socketsPerUser: 2 })
    const sockets = [world.client('anna'), world.client('anna'), world.client('anna')]
    expect(sockets.map(({ closedWith }) => closedWith)).toEqual([CloseCode.replaced, undefined, undefined])
    expect(world.hub.figures().sockets).toBe(2)
  })

  it.each([
    ['blank', ' \n\t\u200B\uFE0F ', 'TEXT_EMPTY'],
    ['201 characters', '👍'.repeat(201), 'TEXT_TOO_LONG'],
  ])('[CH18] a text that is %s is refused', async (_, text, code) => {
    const client = await new ChatWorld().member('anna')
    await client.say(text)
    expect(client.of('failed')[0].code).toBe(code)
  })

  it('[CH18] a text of 200 characters passes, without what would hide or break it', async () => {
    const world = new ChatWorld()
    const client = await world.member('anna')
    await world.clock.advance(NOTICE_MS)
    await client.say('👍'.repeat(200))
    await client.say('  a\u202Eb\u0007\nc\uD800d 👩‍👧 ')
    await world.clock.advance(BATCH_MS)
    expect(client.texts).toEqual(['👍'.repeat(200), 'ab cd 👩‍👧'])
  })
})

it('[CH21] closing says goodbye to everyone and sends nothing more', async () => {
  const world = new ChatWorld()
  const anna = await world.member('anna')
  await anna.say('a')
  await anna.say('b')
  world.hub.close()
  expect(anna.closedWith).toBe(CloseCode.goingAway)
  const frames = anna.frames.length
  await world.clock.advance(60_000)
  expect(anna.frames).toHaveLength(frames)
  world.hub.close()
})
