/** Seeded random walks: people with lines and without, in rooms of their own and each other's, streams, time and restarts in any order. */
import type { User } from '../../shared/protocol/rest'
import type { AppError } from '../errors'
import type { RoomService } from './RoomService'
import { afterEach, expect, it } from 'vitest'
import { lineStreamIdOf, mixStreamIdOf, streamIdOf } from '../../shared/domain/ids'
import { seatedOf } from '../../shared/domain/stage'
import { createDatabase } from '../database/createDatabase'
import { unlessRefused } from '../errors'
import { FakeIm } from '../testing/FakeIm'
import { FakeMedia } from '../testing/FakeMedia'
import { freshSeed, seededRandom } from '../testing/seededRandom'
import { settled, VirtualClock } from '../testing/VirtualClock'
import { createRoomService } from './RoomService'
import { createSqlRoomStore } from './SqlRoomStore'

const STEPS = 400
const OLD: readonly User[] = ['olga', 'pete', 'quinn', 'rosa', 'saul'].map((name, avatar) => ({ id: `ul${name}`.padEnd(14, '0'), nickname: name, avatar }))
const NEW: readonly User[] = ['uanna', 'uboris'].map((id, avatar) => ({ id, nickname: id, avatar }))
const NEXT: Record<string, readonly string[]> = { preparing: ['preparing', 'live', 'ended'], live: ['live', 'interrupted', 'ended'], interrupted: ['live', 'interrupted', 'ended'], ended: [] }

let cleanUp = async () => {}
afterEach(() => cleanUp())

const met = new Set<string>()

it.each([1, 2, 3, 4, 5, 6, 7, 8, freshSeed()])('[LN42] walk %i: lines are on air where their people may publish, seats show what is on air, and every room has one story', async (seed) => {
  const random = seededRandom(seed)
  const chance = (probability: number) => random() < probability
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]
  const randomBytes = (count: number) => Uint8Array.from({ length: count }, () => random() * 256)
  const clock = new VirtualClock()
  const db = await createDatabase(':memory:')
  const store = createSqlRoomStore(db)
  const media = new FakeMedia(clock.now, { mix: true })
  const stories = new Map<string, string[]>()
  const created: string[] = []
  const atTheDoor: string[] = []
  let rooms!: RoomService
  let stop!: () => Promise<void>

  async function start(): Promise<void> {
    const im = new FakeIm()
    const { broadcast } = im
    im.broadcast = async (id, news) => {
      stories.set(id, [...stories.get(id) ?? ['preparing'], news.room.status])
      await broadcast(id, news)
    }
    rooms = createRoomService({ store, media, im, findUser: async () => undefined, clock, randomBytes, log: { info: () => {}, error: fields => expect.unreachable(JSON.stringify(fields)) } })
    stop = await rooms.start()
  }
  cleanUp = async () => {
    await stop()
    await db.destroy()
  }
  await start()

  const aRoomId = () => created.length > 0 ? pick(created.slice(-6)) : 'rnone'
  const noted = async (what: string, work: Promise<unknown>) => work.then(() => met.add(what), (error: unknown) => {
    unlessRefused(error)
    met.add(`${what} ${(error as AppError).code}`)
  })

  async function open(): Promise<void> {
    const id = chance(0.15) ? aRoomId() : `rold${created.length}`
    if (rooms.weapp.find(id) === undefined && created.includes(id))
      return // names are never used again
    created.push(id)
    await noted('open', rooms.weapp.open(pick(OLD), { id, title: 'Walk', isListed: chance(0.7), admission: 'ask' }))
  }

  async function create(): Promise<void> {
    const room = await rooms.create(pick(NEW), { title: 'Walk' }).catch(unlessRefused)
    if (room) {
      created.push(room.id)
      media.publish(room.streamId)
    }
  }

  /** The engine asks at its door; the first packets come at once, or when the answer may be another. */
  function publish(): void {
    const streamId = lineStreamIdOf(pick(OLD).id)
    if (!rooms.canPublish(streamId))
      return
    if (chance(0.2))
      atTheDoor.push(streamId)
    else
      goLive(streamId)
  }

  function goLive(streamId: string): void {
    const former = media.live.get(streamId)
    media.publish(streamId)
    if (former)
      media.unpublish(streamId, former)
  }

  async function kick(): Promise<void> {
    const room = rooms.weapp.find(aRoomId())
    const guest = room?.stage.guests[0]
    if (room && guest)
      await noted('kick', rooms.linkMic.obey(room.id, room.anchor, { type: 'kick', userId: guest.user.id, requestId: guest.requestId }))
  }

  async function restart(): Promise<void> {
    await settled()
    await stop()
    atTheDoor.length = 0
    media.live.clear() // the streams go down with the process
    media.mixes.clear()
    await start()
  }

  const acts: (() => unknown)[] = [
    open,
    open,
    create,
    () => rooms.weapp.openLine(pick(OLD).id, 20_000),
    () => rooms.weapp.openLine(pick(OLD).id, 20_000),
    publish,
    publish,
    publish,
    publish,
    () => atTheDoor.splice(0).forEach(goLive),
    () => media.live.size > 0 && media.unpublish(pick([...media.live.keys()])),
    () => noted('seat', rooms.weapp.seat(aRoomId(), pick(OLD), { seatsMax: pick([1, 3, 3]), needsConsent: chance(0.2) })),
    () => noted('seat', rooms.weapp.seat(aRoomId(), pick(OLD), { seatsMax: 3, needsConsent: false })),
    () => noted('seat', rooms.weapp.seat(aRoomId(), pick(OLD), { seatsMax: 3, needsConsent: false })),
    () => noted('leave', rooms.weapp.leaveSeat(aRoomId(), pick(OLD).id)),
    () => rooms.weapp.isThere(aRoomId(), pick(OLD)),
    () => rooms.weapp.chooseMixed(aRoomId(), pick([null, [pick(OLD).id], []])),
    () => rooms.weapp.setViewersElsewhere(aRoomId(), Math.floor(random() * 9)),
    () => chance(0.3) && noted('end', rooms.end(aRoomId(), pick([...OLD, ...NEW]).id)),
    kick,
  ]

  async function check(): Promise<void> {
    const open = rooms.weapp.openRooms()
    const seatsOf = (userId: string) => open.filter(({ stage }) => stage.guests.some(({ user }) => user.id === userId))
    for (const { id } of OLD) {
      const streamId = lineStreamIdOf(id)
      if (media.live.has(streamId))
        expect(rooms.canPublish(streamId), streamId).toBe(true)
      expect(open.filter(({ anchor }) => anchor.id === id).length).toBeLessThan(2)
      expect(seatsOf(id).length).toBeLessThan(2)
    }
    for (const { id } of open) {
      const { anchor, life, stage } = (await store.get(id))!
      expect(life.status === 'live' ? life.sessionId : undefined, `${id} of ${anchor.id}`).toBe(media.live.get(streamIdOf(id, anchor.id)))
      for (const { user, sessionId } of seatedOf(stage))
        expect(sessionId, `${user.id} in ${id}`).toBe(media.live.get(lineStreamIdOf(user.id)) ?? null)
      const mixed = media.mixes.get(mixStreamIdOf(id))?.guests.map(({ streamId }) => streamId) ?? []
      expect(mixed.filter(streamId => !media.live.has(streamId) || !seatedOf(stage).some(({ user }) => lineStreamIdOf(user.id) === streamId))).toEqual([])
    }
  }

  for (let i = 0; i < STEPS; i++) {
    const work = pick(acts)()
    if (chance(0.5)) // else the next step comes in between
      await work
    if (chance(0.2))
      await clock.advance(random() * 12_000)
    if (chance(0.01))
      await restart()
    if (chance(0.3)) {
      await settled()
      await check()
    }
  }
  await clock.advance(0)
  await settled()
  await check()
  for (const [id, story] of stories) {
    for (const [index, status] of story.slice(1).entries())
      expect(NEXT[story[index]], `${id}: ${story.join(' → ')}`).toContain(status)
  }
}, 60_000)

it('[LN42] the walks have met what may be said', () => {
  for (const what of ['open', 'open NOT_ROOM_ANCHOR', 'seat', 'seat LINK_MIC_GONE', 'seat LINK_MIC_STAGE_FULL', 'seat LINK_MIC_WAIT', 'seat LINK_MIC_BUSY', 'seat ROOM_ENDED', 'leave', 'kick', 'end', 'end NOT_ROOM_ANCHOR'])
    expect([...met]).toContain(what)
})
