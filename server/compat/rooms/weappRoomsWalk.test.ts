/** Seeded random walks of old and new clients through rooms: people, streams, time, ends and restarts in any order. */
import type { WeappWorld } from '../testing/WeappWorld'
import type { Caller, RoomShape, RoomType } from '../types'
import { afterEach, expect, it } from 'vitest'
import { unlessRefused } from '../../errors'
import { seededRandom } from '../../testing/seededRandom'
import { settled } from '../../testing/VirtualClock'
import { openWeappWorld, OTHER_APP } from '../testing/WeappWorld'
import { ANCHORS_MAX, ROOM_TYPES } from '../types'
import { WeappError } from '../WeappError'

const STEPS = 400
const PEOPLE = ['ann', 'bob', 'cem', 'dan', 'eve', 'fay', 'gus']
const NAMES = ['stage', 'lounge']
const here = { id: 'uanna', nickname: 'anna', avatar: 1 }

let world: WeappWorld
afterEach(() => world.close())

it.each([1, 2, 3, 4, 5, 6])('[RS56] [RS64] walk %i: no room is too full, creators come first, lists are true, and nothing is left when everybody has gone', async (seed) => {
  const random = seededRandom(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]
  world = await openWeappWorld({ random })
  const pushUrls = new Map<string, string>()
  const roomIds: string[] = ['nowhere']
  const granted = new Map<string, number>()

  const somebody = (): Caller => world.as(pick(PEOPLE), random() < 0.7 ? 'live_room' : pick(ROOM_TYPES), random() < 0.9 ? undefined : OTHER_APP)
  const someRoom = (): string => pick(roomIds.slice(-8))

  /** Somebody in a room that they have a part in, mostly. */
  function someVisit(): [Caller, string] {
    const places = world.records.all().flatMap(record => [world.rooms.weapp.find(record.roomId)].filter(room => room !== undefined).map(room => ({ record, room })))
    if (places.length === 0 || random() < 0.3)
      return [somebody(), someRoom()]
    const { record: { name, type, sdkAppId }, room: { anchor, stage } } = pick(places)
    const person = world.sessions.personOf(pick([anchor, ...stage.guests.map(({ user }) => user)]).id)
    return person && person.sdkAppId === sdkAppId ? [world.as(person.account, type, sdkAppId), name] : [somebody(), name]
  }

  async function attempt<Result>(name: string, request: Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await request
      granted.set(name, (granted.get(name) ?? 0) + 1)
      return result
    }
    catch (error) {
      if (!(error instanceof WeappError))
        throw error
      return undefined
    }
  }

  async function goLive(): Promise<void> {
    const caller = somebody()
    const roomID = await attempt('create', world.weapp.create(caller, { roomInfo: 'Walk', roomID: random() < 0.3 ? pick(NAMES) : undefined }))
    if (roomID === undefined)
      return
    roomIds.push(roomID)
    if (random() < 0.9)
      await add(caller, roomID)
  }

  async function add(caller: Caller, roomID: string): Promise<void> {
    const own = caller.person.user.id
    if (random() < 0.9 || !pushUrls.has(own))
      pushUrls.set(own, await world.push(caller))
    const pushURL = random() < 0.95 ? pushUrls.get(own)! : pick([...pushUrls.values()])
    const added = await attempt('add', world.add(caller, roomID, pushURL))
    if (added !== undefined)
      expect(pushURL).toBe(pushUrls.get(own))
  }

  async function destroyed(caller: Caller, roomID: string): Promise<void> {
    const before = await attempt('get', world.weapp.get(caller, roomID))
    if (await attempt('destroy', world.weapp.destroy(caller, roomID).then(() => true)) && before)
      expect(before.roomCreator).toBe(caller.person.account)
  }

  const steps: (() => unknown)[] = [
    goLive,
    goLive,
    () => add(somebody(), someRoom()),
    () => add(somebody(), someVisit()[1]),
    () => add(somebody(), someVisit()[1]),
    () => add(...someVisit()),
    () => attempt('delete', world.weapp.deleteAnchor(...someVisit())),
    () => destroyed(...someVisit()),
    () => attempt('beat', world.beat(...someVisit())),
    () => attempt('beat', world.beat(...someVisit())),
    () => attempt('audience', world.weapp.addAudience(somebody(), someVisit()[1], '{}')),
    () => attempt('leave audience', world.weapp.deleteAudience(...someVisit())),
    () => attempt('custom', world.weapp.setCustomField(...someVisit(), { operation: 'inc', fieldName: 'likes', by: 1 })),
    () => attempt('log out', world.weapp.loggedOut(somebody().person)),
    () => world.media.live.size > 0 && world.media.unpublish(pick([...world.media.live.keys()])),
    () => world.rooms.create(here, { title: 'Ours' }).then(({ id, streamId }) => {
      roomIds.push(id)
      world.media.publish(streamId)
    }).catch(unlessRefused),
    () => world.rooms.end(someRoom(), here.id).catch(unlessRefused),
  ]

  async function look(): Promise<void> {
    for (const type of ROOM_TYPES) {
      const caller = world.as('zoe', type)
      const list = await world.weapp.list(caller, { cnt: 100, index: 0 })
      for (const shape of list)
        await check(caller, type, shape)
      expect(new Set(list.map(({ roomID }) => roomID)).size).toBe(list.length)
    }
    const seats = world.rooms.weapp.openRooms().flatMap(({ anchor, stage }) => [anchor, ...stage.guests.map(({ user }) => user)]).map(({ id }) => id).filter(id => id !== here.id)
    expect(seats.toSorted()).toEqual([...new Set(seats)].toSorted())
  }

  async function check(caller: Caller, type: RoomType, shape: RoomShape): Promise<void> {
    const accounts = shape.pushers.map(({ userID }) => userID)
    expect(accounts.length).toBeLessThanOrEqual(ANCHORS_MAX[type])
    expect(accounts[0]).toBe(shape.roomCreator)
    expect(new Set(accounts).size).toBe(accounts.length)
    expect(JSON.stringify(shape)).not.toContain('?push')
    expect(await world.weapp.get(caller, shape.roomID)).toEqual(shape)
  }

  async function restart(): Promise<void> {
    await settled()
    world = await world.restarted()
  }

  for (let i = 0; i < STEPS; i++) {
    const work = Promise.resolve(pick(steps)())
    if (random() < 0.7) // else the next step comes in between
      await work
    if (random() < 0.15)
      await world.clock.advance(random() * 30_000)
    if (random() < 0.02)
      await restart()
    if (i % 10 === 0) {
      await settled()
      await look()
    }
  }
  await settled()
  for (const account of PEOPLE) {
    for (const app of [undefined, OTHER_APP])
      await world.weapp.loggedOut(world.as(account, 'live_room', app).person)
  }
  for (const { id } of world.rooms.weapp.openRooms())
    await world.rooms.end(id, here.id)
  await world.clock.advance(60_000)
  expect(world.rooms.weapp.openRooms()).toEqual([])
  expect(world.records.all()).toEqual([])
  for (const type of ROOM_TYPES)
    expect(await world.weapp.list(world.as('zoe', type), { cnt: 100, index: 0 })).toEqual([])
  expect(world.errors).toEqual([])
  for (const name of ['create', 'add', 'delete', 'destroy', 'beat', 'audience', 'custom', 'log out'])
    expect(granted.get(name), name).toBeGreaterThan(0)
})
