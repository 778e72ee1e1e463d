/** Seeded random walks over whole rooms: people, streams, time and restarts in any order. */
import type { RoomService } from './RoomService'
import { afterEach, expect, it } from 'vitest'
import { createDatabase } from '../database/createDatabase'
import { unlessRefused } from '../errors'
import { FakeIm } from '../testing/FakeIm'
import { FakeMedia } from '../testing/FakeMedia'
import { seededRandom } from '../testing/seededRandom'
import { settled, VirtualClock } from '../testing/VirtualClock'
import { createRoomService } from './RoomService'
import { createSqlRoomStore } from './SqlRoomStore'

const PEOPLE = ['uanna', 'uboris', 'uclara'].map((id, avatar) => ({ id, nickname: id, avatar }))
const STEPS = 150
/** What may follow what, as those in the room hear it. */
const NEXT: Record<string, readonly string[]> = {
  preparing: ['live', 'ended'],
  live: ['interrupted', 'ended'],
  interrupted: ['live', 'interrupted', 'ended'], // a restart begins the grace anew, and says so
  ended: [],
}

let cleanUp = async () => {}
afterEach(() => cleanUp())

it.each([1, 2, 3, 4, 5, 6, 7, 8])('[RM6] [RM10] [RM13] [RM15] walk %i: everyone hears one sensible story, and store, list and chat agree with it', async (seed) => {
  const random = seededRandom(seed)
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]
  const clock = new VirtualClock()
  const db = await createDatabase(':memory:')
  const store = createSqlRoomStore(db)
  const media = new FakeMedia(clock.now)
  const told = new Map<string, string[]>()
  const created: { readonly id: string, readonly streamId: string }[] = []
  let im!: FakeIm
  let rooms!: RoomService
  let stop!: () => Promise<void>

  function storyOf(id: string): string[] {
    if (!told.has(id))
      told.set(id, ['preparing'])
    return told.get(id)!
  }

  async function start(): Promise<void> {
    im = new FakeIm()
    const { broadcast } = im
    im.broadcast = async (id, news) => {
      storyOf(id).push(news.room.status)
      await broadcast(id, news)
    }
    rooms = createRoomService({ store, media, im, findUser: async () => undefined, clock, randomBytes: count => Uint8Array.from({ length: count }, () => random() * 256), log: { info: () => {}, error: fields => expect.unreachable(JSON.stringify(fields)) } })
    stop = await rooms.start()
  }
  cleanUp = async () => {
    await stop()
    await db.destroy()
  }
  await start()

  async function create(): Promise<void> {
    const anchor = pick(PEOPLE)
    const room = await rooms.create(anchor, { title: 'Walk' }).catch(unlessRefused)
    if (room)
      created.push(room)
  }
  async function restart(): Promise<void> {
    await settled()
    await stop()
    media.live.clear() // the streams go down with the process
    await start()
  }
  const steps: (() => unknown)[] = [
    create,
    () => created.length > 0 && media.publish(pick(created).streamId),
    () => created.length > 0 && media.publish(pick(created).streamId),
    () => media.live.size > 0 && media.unpublish(pick([...media.live.keys()])),
    () => created.length > 0 && rooms.end(pick(created).id, pick(PEOPLE).id).catch(unlessRefused),
  ]
  for (let i = 0; i < STEPS; i++) {
    const work = pick(steps)()
    if (random() < 0.5) // else the next step comes in between
      await work
    if (random() < 0.2)
      await clock.advance(random() * 90_000)
    if (random() < 0.03)
      await restart()
  }
  await settled()

  const onAir: string[] = []
  for (const { id } of created) {
    const story = storyOf(id)
    for (const [index, status] of story.slice(1).entries())
      expect(NEXT[story[index]], `${id}: ${story.join(' → ')}`).toContain(status)
    const { status } = await rooms.get(id)
    expect((await store.get(id))!.life.status).toBe(status)
    expect(story.at(-1)).toBe(status)
    expect(im.rooms.has(id)).toBe(status !== 'ended')
    if (status === 'live' || status === 'interrupted')
      onAir.push(id)
  }
  expect((await rooms.listOnAir(null, 50)).rooms.map(({ id }) => id).toSorted()).toEqual(onAir.toSorted())
  expect(created.length).toBeGreaterThan(3)
})
