import type { RoomService } from './RoomService'
import type { RoomStore } from './RoomStore'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { INTERRUPTED_GRACE_MS, PREPARING_EXPIRY_MS } from '../../shared/domain/room'
import { FakeIm } from '../testing/FakeIm'
import { FakeMedia } from '../testing/FakeMedia'
import { settled, VirtualClock } from '../testing/VirtualClock'
import { createRoomService, ROOMS_ON_AIR_MAX } from './RoomService'
import { createMemoryRoomStore } from './testing/MemoryRoomStore'

const anna = { id: 'uanna', nickname: 'Anna', avatar: 1 }
const boris = { id: 'uboris', nickname: 'Boris', avatar: 2 }
const STANDING = { id: 'rstanding', title: 'House', anchor: { id: 'uhouse', nickname: 'House', avatar: 0 }, cover: null, isDemo: true }

describe('roomService', () => {
  let clock: VirtualClock
  let store: RoomStore
  let media: FakeMedia
  let im: FakeIm
  let rooms: RoomService
  let stop: () => Promise<void>
  let logged: string[]

  beforeEach(async () => {
    clock = new VirtualClock()
    store = createMemoryRoomStore()
    logged = []
    await start()
  })
  afterEach(() => stop())

  async function start(chat = new FakeIm()): Promise<void> {
    media = new FakeMedia(clock.now)
    im = chat
    const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`)
    rooms = createRoomService({ store, media, im, findUser: async () => undefined, clock, randomBytes, log: { info: note, error: note } })
    stop = await rooms.start()
  }

  async function goLive(anchor = anna, title = 'Evening') {
    const { id, streamId } = await rooms.create(anchor, { title })
    const sessionId = media.publish(streamId)
    await settled()
    return { id, streamId, sessionId }
  }

  it('[RM2] a room is live from its anchor\'s first stream, and everyone in it hears', async () => {
    const room = await rooms.create(anna, { title: 'Evening' })
    expect(room).toMatchObject({ status: 'preparing', title: 'Evening', anchor: anna, startedAt: null, viewers: 0, isDemo: false })
    await clock.advance(5000)
    media.publish(room.streamId)
    await settled()
    expect(await rooms.get(room.id)).toMatchObject({ status: 'live', startedAt: room.createdAt + 5000 })
    expect(im.statusesTold(room.id)).toEqual(['live'])
  })

  it('[RM3] an interrupted room says when it will end, and is live again when the stream returns', async () => {
    const { id, streamId } = await goLive()
    media.unpublish(streamId)
    await settled()
    const now = clock.now()
    expect(await rooms.get(id)).toMatchObject({ status: 'interrupted', interruptedAt: now, graceEndsAt: now + INTERRUPTED_GRACE_MS })
    await clock.advance(INTERRUPTED_GRACE_MS - 1)
    media.publish(streamId)
    await settled()
    expect(await rooms.get(id)).toMatchObject({ status: 'live', startedAt: now, interruptedAt: null })
    expect(im.statusesTold(id)).toEqual(['live', 'interrupted', 'live'])
  })

  it('[RM5] the sweep ends a room whose stream did not return', async () => {
    const { id, streamId } = await goLive()
    media.unpublish(streamId)
    await settled()
    await clock.advance(INTERRUPTED_GRACE_MS + 1000)
    expect(await rooms.get(id)).toMatchObject({ status: 'ended', endReason: 'interrupted' })
    expect(im.statusesTold(id)).toEqual(['live', 'interrupted', 'ended'])
  })

  it('[RM5] the sweep ends a room that never started', async () => {
    const { id } = await rooms.create(anna, { title: 'Never' })
    await clock.advance(PREPARING_EXPIRY_MS + 1000)
    expect(await rooms.get(id)).toMatchObject({ status: 'ended', endReason: 'expired', startedAt: null })
  })

  it('[RM4] a takeover goes on without an interruption', async () => {
    const { id, streamId, sessionId } = await goLive()
    media.publish(streamId)
    media.unpublish(streamId, sessionId)
    await settled()
    expect(await rooms.get(id)).toMatchObject({ status: 'live' })
    expect(im.statusesTold(id)).toEqual(['live'])
  })

  it('[RM15] ending cuts the stream, tells the audience and closes the chat; the figures stay', async () => {
    const { id, streamId } = await goLive()
    im.tell('onlineChanged', id, 3)
    const ended = await rooms.end(id, anna.id)
    expect(ended).toMatchObject({ status: 'ended', endReason: 'anchor', viewers: 0, peakViewers: 3 })
    expect(media.kicked).toEqual([streamId])
    expect(im.news.at(-1)).toMatchObject({ type: 'roomEnded', roomId: id, room: { status: 'ended' } })
    expect(im.rooms).not.toContain(id)
    await settled()
    expect(await rooms.get(id)).toEqual(ended)
    expect(im.statusesTold(id)).toEqual(['live', 'ended']) // the cut stream is no interruption
  })

  it('[RM6] ending twice answers the same and does nothing more', async () => {
    const { id } = await goLive()
    const [first, second] = await Promise.all([rooms.end(id, anna.id), rooms.end(id, anna.id)])
    expect(second).toEqual(first)
    expect(media.kicked).toHaveLength(1)
    expect(im.news.filter(({ type }) => type === 'roomEnded')).toHaveLength(1)
  })

  it('[RM11] nobody but the anchor changes or ends a room', async () => {
    const { id } = await goLive()
    await expect(rooms.update(id, boris.id, { title: 'Mine' })).rejects.toMatchObject({ code: 'NOT_ROOM_ANCHOR' })
    await expect(rooms.end(id, boris.id)).rejects.toMatchObject({ code: 'NOT_ROOM_ANCHOR' })
    expect(await rooms.get(id)).toMatchObject({ status: 'live', title: 'Evening' })
  })

  it('[RM11] an ended room takes no change, and an unknown one is not found', async () => {
    const { id } = await goLive()
    await rooms.end(id, anna.id)
    await expect(rooms.update(id, anna.id, { title: 'Later' })).rejects.toMatchObject({ code: 'ROOM_ENDED' })
    await expect(rooms.get('rnone')).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
    await expect(rooms.end('rnone', anna.id)).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
  })

  it('[RM13] a new title is stored and told', async () => {
    const { id } = await goLive()
    expect(await rooms.update(id, anna.id, { title: 'Night' })).toMatchObject({ title: 'Night' })
    expect(await store.get(id)).toMatchObject({ title: 'Night' })
    expect(im.news.at(-1)).toMatchObject({ type: 'roomChanged', room: { title: 'Night', status: 'live' } })
  })

  it('[SE3] a new name reaches the rooms that the person has open', async () => {
    const { id } = await goLive()
    const { id: other } = await goLive(boris)
    await rooms.profileChanged({ ...anna, nickname: 'Anne' })
    expect((await rooms.get(id)).anchor.nickname).toBe('Anne')
    expect((await rooms.get(other)).anchor.nickname).toBe('Boris')
    expect(im.news.at(-1)).toMatchObject({ roomId: id, room: { anchor: { nickname: 'Anne' } } })
  })

  it('[RM12] a new room ends the older one that never started, and no other', async () => {
    const live = await goLive()
    const waiting = await rooms.create(anna, { title: 'First try' })
    const next = await rooms.create(anna, { title: 'Second try' })
    expect(await rooms.get(waiting.id)).toMatchObject({ status: 'ended', endReason: 'anchor' })
    expect(await rooms.get(next.id)).toMatchObject({ status: 'preparing' })
    expect(await rooms.get(live.id)).toMatchObject({ status: 'live' })
  })

  it('[RM12] a new room that cannot be had ends none', async () => {
    const waiting = await rooms.create(anna, { title: 'First try' })
    im.createRoom = async () => {
      throw new Error('chat is down')
    }
    await expect(rooms.create(anna, { title: 'Second try' })).rejects.toThrow('chat is down')
    expect(await rooms.get(waiting.id)).toMatchObject({ status: 'preparing' })
  })

  it('[RM12] a person has three rooms on air at most, even when asking at once', async () => {
    for (let i = 0; i < ROOMS_ON_AIR_MAX; i++)
      await goLive()
    await expect(rooms.create(anna, { title: 'One more' })).rejects.toMatchObject({ code: 'TOO_MANY_ROOMS' })
    await goLive(boris)
    const both = await Promise.all([rooms.create(boris, { title: 'a' }), rooms.create(boris, { title: 'b' })])
    const statuses = await Promise.all(both.map(async ({ id }) => (await rooms.get(id)).status))
    expect(statuses).toEqual(['ended', 'preparing'])
  })

  it('[RM17] only the anchor\'s stream of an open room may be published', async () => {
    const { id, streamId } = await rooms.create(anna, { title: 'Evening' })
    expect(rooms.canPublish(streamId)).toBe(true)
    expect(rooms.canPublish(`${id}-uboris`)).toBe(false)
    expect(rooms.canPublish('rnone-uanna')).toBe(false)
    expect(rooms.canPublish('nonsense')).toBe(false)
    await rooms.end(id, anna.id)
    expect(rooms.canPublish(streamId)).toBe(false)
  })

  it('[RM7] a stream that arrives as the room ends is cut', async () => {
    const { id, streamId } = await rooms.create(anna, { title: 'Evening' })
    await rooms.end(id, anna.id)
    media.kicked.length = 0
    media.publish(streamId)
    await settled()
    expect(media.kicked).toEqual([streamId])
  })

  it('[RM17] a stream under another person\'s name changes nothing', async () => {
    const { id } = await rooms.create(anna, { title: 'Evening' })
    media.publish(`${id}-uboris`)
    await settled()
    expect(await rooms.get(id)).toMatchObject({ status: 'preparing' })
  })

  it('[RM16] counts viewers, their peak, different visitors, and messages', async () => {
    const { id } = await goLive()
    im.tell('joined', id, boris)
    im.tell('joined', id, boris)
    im.tell('onlineChanged', id, 2)
    im.tell('onlineChanged', id, 1)
    im.tell('said', id)
    im.tell('said', 'rnone')
    expect(await rooms.get(id)).toMatchObject({ viewers: 1, peakViewers: 2, visitors: 1, messages: 1 })
  })

  it('[RM16] figures are stored within five seconds, and at the stop', async () => {
    const { id } = await goLive()
    im.tell('said', id)
    expect(await store.get(id)).toMatchObject({ messages: 0 })
    await clock.advance(5000)
    expect(await store.get(id)).toMatchObject({ messages: 1 })
    im.tell('said', id)
    await stop()
    expect(await store.get(id)).toMatchObject({ messages: 2 })
  })

  it('[RM14] lists rooms on air with what is known of them now', async () => {
    const { id } = await goLive()
    await rooms.create(boris, { title: 'Not yet' })
    im.tell('onlineChanged', id, 7)
    expect(rooms.figures()).toEqual({ byStatus: { preparing: 1, live: 1, interrupted: 0 }, viewers: 7, linkMic: { seats: 0, applications: 0, mixes: 0 } })
    expect(await rooms.listOnAir(null, 10)).toMatchObject({ rooms: [{ id, viewers: 7 }], nextCursor: null })
  })

  it('[RM10] after a restart rooms on air wait for their anchor, and figures go on', async () => {
    const { id, streamId } = await goLive()
    const waiting = await rooms.create(boris, { title: 'Not yet' })
    im.tell('joined', id, boris)
    await stop()
    await clock.advance(3_600_000)
    await start()
    const restarted = clock.now()
    expect(await rooms.get(id)).toMatchObject({ status: 'interrupted', graceEndsAt: restarted + INTERRUPTED_GRACE_MS, visitors: 1 })
    expect(im.rooms).toEqual(new Set([id, waiting.id]))
    expect(rooms.canPublish(streamId)).toBe(true)
    media.publish(streamId)
    await settled()
    expect(await rooms.get(id)).toMatchObject({ status: 'live' })
  })

  it('[RM10] while rooms are taken up no stream is let in to be missed, and the audience is counted', async () => {
    const { id, streamId } = await goLive()
    await stop()
    im = new FakeIm()
    const early: boolean[] = []
    im.broadcast = async () => {
      early.push(rooms.canPublish(streamId))
      im.tell('onlineChanged', id, 2)
    }
    await start(im)
    expect([early, rooms.canPublish(streamId)]).toEqual([[false], true])
    expect(await rooms.get(id)).toMatchObject({ status: 'interrupted', viewers: 2 })
  })

  it('[RM18] a standing room is open at once and cannot be taken away by its absence', async () => {
    await rooms.addStanding(STANDING)
    expect(await rooms.get('rstanding')).toMatchObject({ status: 'preparing', isDemo: true })
    await stop()
    await start()
    await rooms.addStanding({ ...STANDING, title: 'House, painted' })
    expect(await rooms.get('rstanding')).toMatchObject({ title: 'House, painted' })
    expect(rooms.figures().byStatus).toEqual({ preparing: 1, live: 0, interrupted: 0 })
  })

  it('[RM18] a standing room that opens on publishing shows up with its stream, again and again, with empty figures', async () => {
    await rooms.addStanding(STANDING, { opensOnPublish: true })
    await expect(rooms.get('rstanding')).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
    expect(rooms.canPublish('rstanding-uhouse')).toBe(true)
    media.publish('rstanding-uhouse')
    await settled()
    im.tell('said', 'rstanding')
    expect(await rooms.get('rstanding')).toMatchObject({ status: 'live', messages: 1 })

    media.unpublish('rstanding-uhouse')
    await settled()
    await clock.advance(INTERRUPTED_GRACE_MS + 1000)
    expect(await rooms.get('rstanding')).toMatchObject({ status: 'ended', messages: 1 })
    expect(rooms.canPublish('rstanding-uhouse')).toBe(true)

    media.publish('rstanding-uhouse')
    await settled()
    expect(await rooms.get('rstanding')).toMatchObject({ status: 'live', startedAt: clock.now(), endedAt: null, messages: 0 })
  })

  it('[RM18] a standing room that is not wanted any more ends', async () => {
    await rooms.addStanding(STANDING)
    await rooms.endStanding(STANDING.id)
    expect(await rooms.get('rstanding')).toMatchObject({ status: 'ended', endReason: 'operator' })
    expect(rooms.canPublish('rstanding-uhouse')).toBe(false)
  })

  it('[RM13] an effect that fails is logged, and the change stands', async () => {
    const { id } = await goLive()
    im.broadcast = async () => {
      throw new Error('chat is down')
    }
    expect(await rooms.end(id, anna.id)).toMatchObject({ status: 'ended' })
    expect(logged.join()).toMatch(/an effect of a room failed/)
  })

  it('[RM15] the audience hears of the end though the stream cannot be cut, and nobody waits for that', async () => {
    const { id } = await goLive()
    const other = await goLive(boris)
    media.kick = async () => {
      throw new Error('media is down')
    }
    expect(await rooms.end(id, anna.id)).toMatchObject({ status: 'ended' })
    expect([im.statusesTold(id).at(-1), im.rooms.has(id)]).toEqual(['ended', false])
    expect(logged.join()).toMatch(/a stream could not be cut/)
    media.kick = () => new Promise(() => {})
    await rooms.end(other.id, boris.id)
    expect([im.statusesTold(other.id).at(-1), im.rooms.has(other.id)]).toEqual(['ended', false])
  })

  it('[OP6] every change of status is in the log with room, person, from, event and to', async () => {
    const { id } = await goLive()
    expect(logged).toEqual([`room ${JSON.stringify({ roomId: id, userId: 'uanna', from: 'preparing', event: 'published', to: 'live' })}`])
  })
})
