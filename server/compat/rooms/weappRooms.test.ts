import type { WeappWorld, WeappWorldOptions } from '../testing/WeappWorld'
import type { Caller } from '../types'
import { afterEach, describe, expect, it } from 'vitest'
import { lineStreamIdOf } from '../../../shared/domain/ids'
import { CloudUnavailable } from '../../errors'
import { settled } from '../../testing/VirtualClock'
import { anna, APP, boris, openWeappWorld, ORIGIN, OTHER_APP } from '../testing/WeappWorld'
import { chosenNames } from './roomRecords'

let world: WeappWorld
afterEach(() => world.close())
const open = async (options?: WeappWorldOptions) => world = await openWeappWorld(options)
const pushersOf = (caller: Caller, roomID: string) => world.pushersOf(caller, roomID)

describe('a room', () => {
  it('[RS40] is reserved by create_room: nobody sees it, and for others it is not there', async () => {
    const { weapp, as } = await open()
    const roomID = await weapp.create(as('ann'), { roomInfo: 'Evening' })
    expect(roomID).toMatch(/^r[0-9a-z]{12}$/)
    expect(await weapp.list(as('bob'), { cnt: 20, index: 0 })).toEqual([])
    expect(await world.codeOf(weapp.get(as('ann'), roomID))).toBe(204_002)
    expect(await world.codeOf(world.join(as('bob'), roomID))).toBe(203_006)
  })

  it('[RS40] that nobody has joined is gone after 30 s', async () => {
    const { weapp, as, clock } = await open()
    const roomID = await weapp.create(as('ann'), { roomInfo: 'Evening', roomID: 'mine' })
    const pushURL = await world.push(as('ann'))
    await clock.advance(30_000)
    expect(await world.codeOf(world.add(as('ann'), roomID, pushURL))).toBe(203_006)
    expect(await world.codeOf(weapp.create(as('bob'), { roomInfo: '', roomID: 'mine' }))).toBe(0)
  })

  it('[RS41] takes the roomID that its creator chose, unless somebody else has it', async () => {
    const { weapp, as } = await open()
    expect(await world.goLive(as('ann'), { roomID: 'room_1-x' })).toBe('room_1-x')
    const [room] = world.rooms.weapp.openRooms()
    expect(room.id).toMatch(/^r[0-9a-z]{12}$/)
    expect(await pushersOf(as('bob'), 'room_1-x')).toEqual(['ann'])
    expect(await world.codeOf(weapp.get(as('bob'), room.id))).toBe(204_002)
    expect(await world.codeOf(weapp.create(as('bob'), { roomInfo: '', roomID: 'room_1-x' }))).toBe(203_002)
    await weapp.create(as('cem'), { roomInfo: '', roomID: 'free' })
    expect(await world.codeOf(weapp.create(as('bob'), { roomInfo: '', roomID: 'free' }))).toBe(203_002)
    expect(await world.goLive(as('ann', 'live_room', OTHER_APP), { roomID: 'room_1-x' })).toBe('room_1-x')
  })

  it.each([' x', '@TGS#1', '房间', 'x'.repeat(49), 'rdemo', 'rlocal', 'r23456789abcd', 'a\nb'])('[RS41] %j is no roomID that can be chosen', async (roomID) => {
    const { weapp, as } = await open()
    expect(await world.codeOf(weapp.create(as('ann'), { roomInfo: '', roomID }))).toBe(203_001)
  })

  it('[RS41] a roomID is free again when its room has ended', async () => {
    const { weapp, as } = await open()
    await world.goLive(as('ann'), { roomID: 'mine' })
    await weapp.destroy(as('ann'), 'mine')
    expect(await world.goLive(as('bob'), { roomID: 'mine' })).toBe('mine')
    expect(await pushersOf(as('ann'), 'mine')).toEqual(['bob'])
    await world.clock.advance(10_000)
    expect(await pushersOf(as('ann'), 'mine')).toEqual(['bob'])
  })

  it('[RS42] begins with its creator\'s add_anchor, live at once, and is in both lists', async () => {
    const { weapp, as, rooms } = await open()
    const roomID = await world.goLive(as('ann'), { roomInfo: 'Evening' })
    const [room] = await weapp.list(as('bob'), { cnt: 20, index: 0 })
    expect(room).toMatchObject({ roomID, roomInfo: 'Evening', roomName: 'Evening', roomCreator: 'ann', roomStatusCode: 0, custom: {}, audienceCount: 0 })
    const line = lineStreamIdOf(world.person('ann').user.id)
    expect(room.pushers).toEqual([{ userID: 'ann', userName: 'Name of ann', userAvatar: 'http://face/ann', accelerateURL: `rtmp://here:1935/live/${line}?play` }])
    expect(room.mixedPlayURL).toBe(`${ORIGIN.http}/live/${roomID}-uall.flv`)
    const { rooms: [ours] } = await rooms.listOnAir(null, 10)
    expect(ours).toMatchObject({ id: roomID, status: 'live', title: 'Evening', anchor: { nickname: 'Name of ann' }, stage: { admission: 'closed' } })
  })

  it('[RS43] has the title in its roomInfo, or its creator\'s name; bad words keep it from being made', async () => {
    const { weapp, as, rooms } = await open()
    await world.goLive(as('ann'), { roomInfo: '{"title":"  From  JSON ","frontcover":"http://x"}' })
    await world.goLive(as('bob'), { roomInfo: '' })
    const { rooms: list } = await rooms.listOnAir(null, 10)
    expect(list.map(({ title }) => title).toSorted()).toEqual(['From JSON', 'Name of bob的直播间'])
    expect(await world.codeOf(weapp.create(as('cem'), { roomInfo: '{"title":"\\u0062locked"}' }))).toBe(203_002)
    expect(await world.codeOf(weapp.create(as('cem'), { roomInfo: '播'.repeat(342) }))).toBe(203_009)
  })

  it('[RS44] takes nobody with a pushURL that is not their own, and shows none', async () => {
    const { weapp, as } = await open()
    const roomID = await world.goLive(as('ann'))
    const annUrl = (await weapp.pushUrl(as('ann'))).pushURL
    for (const pushURL of [annUrl, '', 'rtmp://here:1935/live/', annUrl.replace('?', '-x?')])
      expect(await world.codeOf(world.add(as('bob'), roomID, pushURL))).toBe(203_008)
    await world.join(as('bob'), roomID)
    const seen = JSON.stringify([await weapp.get(as('bob'), roomID), await world.beat(as('bob'), roomID), await weapp.list(as('cem'), { cnt: 9, index: 0 })])
    expect(seen).not.toContain('?push')
  })
})

describe('the list', () => {
  it('[RS50] holds rooms of the caller\'s application and kind, and live rooms of our own app; newest first', async () => {
    const { weapp, as, clock } = await open()
    const mine = await world.goLive(as('ann'))
    await clock.advance(1000)
    const ours = await world.goLiveHere(anna)
    await clock.advance(1000)
    const later = await world.goLive(as('bob'), { roomID: 'later' })
    const call = await world.goLive(as('cem', 'double_room'))
    const theirs = await world.goLive(as('ann', 'live_room', OTHER_APP))
    const preparing = await world.rooms.create(boris, { title: 'Not yet' })
    const idsOf = async (caller: Caller, page = { cnt: 20, index: 0 }) => (await weapp.list(caller, page)).map(({ roomID }) => roomID)
    expect(await idsOf(as('dan'))).toEqual([later, ours.id, mine])
    expect(await idsOf(as('dan'), { cnt: 1, index: 1 })).toEqual([ours.id])
    expect(await idsOf(as('dan', 'double_room'))).toEqual([call])
    expect(await idsOf(as('dan', 'multi_room'))).toEqual([])
    expect(await idsOf(as('dan', 'live_room', OTHER_APP))).toEqual([theirs, ours.id])
    for (const unseen of [theirs, call, preparing.id])
      expect(await world.codeOf(weapp.get(as('dan'), unseen))).toBe(204_002)
    expect(await weapp.get(as('dan'), ours.id)).toMatchObject({ roomID: ours.id, roomInfo: 'Ours', roomName: 'Ours', roomCreator: anna.id })
  })

  it('[RS50] shows rooms of old clients alone where the setting says so', async () => {
    const { weapp, as } = await open({ listsAll: false })
    const roomID = await world.goLive(as('ann'))
    const { id } = await world.goLiveHere(anna)
    expect((await weapp.list(as('bob'), { cnt: 20, index: 0 })).map(room => room.roomID)).toEqual([roomID])
    expect(await pushersOf(as('bob'), id)).toEqual([anna.id])
  })

  it('[RS50] has at most 100 rooms a page', async () => {
    const { weapp, as } = await open()
    for (let i = 0; i < 101; i++)
      await world.goLive(as(`ann${i}`))
    expect(await weapp.list(as('bob'), { cnt: 1000, index: 0 })).toHaveLength(100)
    expect(await weapp.list(as('bob'), { cnt: 1000, index: 100 })).toHaveLength(1)
  })
})

describe('get_anchor_url', () => {
  it('[RS58] answers where to publish for seven days, and where that is played', async () => {
    const { weapp, as, rooms, clock } = await open()
    const line = lineStreamIdOf(world.person('ann').user.id)
    expect(rooms.canPublish(line)).toBe(false)
    expect(await weapp.pushUrl(as('ann'))).toEqual({ pushURL: `rtmp://here:1935/live/${line}?push`, accelerateURL: `rtmp://here:1935/live/${line}?play` })
    expect(rooms.canPublish(line)).toBe(true)
    world.media.publish(line)
    await clock.advance(60 * 60_000)
    expect(world.media.live.has(line)).toBe(false)
  })

  it('[RS58] is refused where nothing is played by RTMP', async () => {
    const { weapp, as } = await open()
    const { playUrls } = world.media
    world.media.playUrls = (...args) => ({ ...playUrls(...args), rtmp: undefined }) as unknown as ReturnType<typeof playUrls>
    expect(await world.codeOf(weapp.pushUrl(as('ann')))).toBe(204_004)
    expect(world.rooms.canPublish(lineStreamIdOf(world.person('ann').user.id))).toBe(false)
  })
})

describe('custom fields', () => {
  it('[RS59] are set and counted by anybody in a room of any kind', async () => {
    const { weapp, as } = await open()
    const { id } = await world.goLiveHere(anna)
    for (const roomID of [await world.goLive(as('ann')), id]) {
      expect(await weapp.setCustomField(as('ann'), roomID, { operation: 'set', fieldName: 'topic', value: 'tea' })).toEqual({ topic: 'tea' })
      expect(await weapp.setCustomField(as('bob'), roomID, { operation: 'inc', fieldName: 'likes', by: 3 })).toEqual({ topic: 'tea', likes: 3 })
      expect(await weapp.customInfo(as('cem'), roomID)).toEqual({ topic: 'tea', likes: 3 })
      expect((await weapp.get(as('cem'), roomID)).custom).toEqual({ topic: 'tea', likes: 3 })
    }
    expect(await world.codeOf(weapp.setCustomField(as('ann'), 'nowhere', { operation: 'inc', fieldName: 'likes', by: 1 }))).toBe(207_003)
    expect(await world.codeOf(weapp.customInfo(as('ann'), 'nowhere'))).toBe(207_004)
    expect(await world.codeOf(weapp.setCustomField(as('ann'), id, { operation: 'inc', fieldName: 'topic', by: 1 }))).toBe(207_003)
    expect(await world.codeOf(weapp.setCustomField(as('ann'), id, { operation: 'set', fieldName: 'topic', value: 'blocked' }))).toBe(207_003)
    expect(await weapp.customInfo(as('ann'), id)).toEqual({ topic: 'tea', likes: 3 })
  })
})

describe('merge_stream', () => {
  const nameOf = (name: string) => lineStreamIdOf(world.person(name).user.id)

  it('[RS62] chooses who is mixed with the creator, of guests on stage alone', async () => {
    const { weapp, as } = await open()
    const roomID = await world.goLive(as('ann'))
    for (const name of ['bob', 'cem'])
      await world.join(as(name), roomID)
    const chosen: unknown[] = []
    Object.assign(world.rooms.weapp, { chooseMixed: (...said: unknown[]) => chosen.push(said) })
    await weapp.merge(as('ann'), roomID, ['ann', 'cem'].map(nameOf))
    await weapp.merge(as('ann'), roomID, [nameOf('ann')])
    expect(chosen).toEqual([[roomID, [world.person('cem').user.id]], [roomID, []]])
    for (const [name, room, streams] of [
      ['bob', roomID, ['bob', 'ann']],
      ['bob', roomID, ['ann']],
      ['ann', roomID, ['bob']],
      ['ann', roomID, ['bob', 'ann']],
      ['ann', roomID, ['ann', 'eve']],
      ['ann', 'nowhere', ['ann']],
    ] as const)
      expect(await world.codeOf(weapp.merge(as(name), room, streams.map(nameOf)))).toBe(207_002)
    expect(await world.codeOf(weapp.merge(as('ann'), roomID, []))).toBe(207_002)
    expect(chosen).toHaveLength(2)
  })
})

it('[RS57] what ends otherwise is forgotten: nothing of it is left but its figures', async () => {
  const { weapp, as, rooms } = await open()
  const roomID = await world.goLive(as('ann'), { roomID: 'mine' })
  await weapp.addAudience(as('bob'), roomID, '{}')
  await weapp.setCustomField(as('bob'), roomID, { operation: 'inc', fieldName: 'likes', by: 1 })
  const [room] = rooms.weapp.openRooms()
  await rooms.end(room.id, world.person('ann').user.id)
  for (const [request, code] of [
    [() => weapp.get(as('bob'), roomID), 204_002],
    [() => world.beat(as('ann'), roomID), 206_000],
    [() => weapp.customInfo(as('bob'), roomID), 207_004],
    [() => weapp.audiences(as('bob'), roomID), 205_004],
    [() => world.join(as('bob'), roomID), 203_006],
  ] as const)
    expect(await world.codeOf(request())).toBe(code)
  await world.clock.advance(5000)
  await settled()
  expect(world.records.all()).toEqual([])
  expect(world.programmesEnded).toEqual([room.id])

  const { id } = await world.goLiveHere(anna)
  await weapp.addAudience(as('bob'), id, '')
  await rooms.end(id, anna.id)
  await world.clock.advance(5000)
  expect(world.programmesEnded).toEqual([room.id, id])
})

describe('a chat in which this server takes part', () => {
  const caller = (name: string) => world.as(name, 'live_room', OTHER_APP)

  it('[RS65] is there when create_room answers, and goes with a reservation that nobody comes for', async () => {
    const { weapp, im } = await open({ chatAppId: OTHER_APP })
    const roomID = await weapp.create(caller('ann'), { roomInfo: '' })
    expect([...im.rooms]).toEqual([roomID])
    await world.clock.advance(35_000)
    expect([...im.rooms]).toEqual([])
    expect(world.records.all()).toEqual([])
    await weapp.create(world.as('bob'), { roomInfo: '' })
    expect([...im.rooms]).toEqual([])
  })

  it('[RS65] is called by the chosen roomID from then on; where it cannot begin, nothing is reserved', async () => {
    const { weapp, im, records } = await open({ chatAppId: OTHER_APP })
    const asked: (string | undefined)[] = []
    const { createRoom } = im
    im.createRoom = (roomId) => {
      asked.push(chosenNames(records, OTHER_APP).nameOf(roomId))
      return createRoom(roomId)
    }
    await world.goLive(caller('ann'), { roomID: 'mine' })
    expect(asked).toEqual(['mine', 'mine'])
    const [{ id }] = world.rooms.weapp.openRooms()
    expect(chosenNames(records, OTHER_APP).idOf('mine')).toBe(id)
    await weapp.destroy(caller('ann'), 'mine')
    await world.clock.advance(10_000)
    expect(chosenNames(records, OTHER_APP).nameOf(id)).toBe('mine')
    expect(chosenNames(records, OTHER_APP).idOf('mine')).toBe(id)
    expect(chosenNames(records, APP).idOf('mine')).toBeUndefined()

    im.createRoom = () => Promise.reject(CloudUnavailable('Tencent IM'))
    await expect(weapp.create(caller('bob'), { roomInfo: '', roomID: 'mine' })).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE' })
    expect(records.all()).toEqual([])
    im.createRoom = createRoom
    expect(await world.goLive(caller('cem'), { roomID: 'mine' })).toBe('mine')
    expect(chosenNames(records, OTHER_APP).idOf('mine')).toBe(world.rooms.weapp.openRooms()[0].id)
  })

  it('[RS40] [RS65] may take longer to begin than a reservation waits', async () => {
    const { im, records } = await open({ chatAppId: OTHER_APP })
    const pushURL = await world.push(caller('ann'))
    await world.weapp.create(caller('ann'), { roomInfo: '', roomID: 'mine' })
    await world.clock.advance(20_000)
    let begin!: () => void
    const { createRoom } = im
    im.createRoom = roomId => new Promise<void>(resolve => begin = resolve).then(() => createRoom(roomId))
    const added = world.add(caller('ann'), 'mine', pushURL)
    await world.clock.advance(40_000)
    expect(records.all()).toMatchObject([{ name: 'mine' }])
    begin()
    expect(await added).toBe('mine')
    await world.clock.advance(10_000)
    expect(await pushersOf(caller('bob'), 'mine')).toEqual(['ann'])
  })

  it('[RS40] that runs out while its creator\'s name is being judged is no room', async () => {
    await open()
    const pushURL = await world.push(world.as('ann'))
    const roomID = await world.weapp.create(world.as('ann'), { roomInfo: '' })
    let judged!: () => void
    world.sessions.changed = () => new Promise<void>(resolve => judged = resolve)
    const code = world.codeOf(world.add(world.as('ann'), roomID, pushURL))
    await world.clock.advance(35_000)
    judged()
    expect(await code).toBe(203_006)
    expect(world.rooms.weapp.openRooms()).toEqual([])
  })

  it('[RS65] that fails as the room begins leaves it reserved', async () => {
    const { weapp, im } = await open({ chatAppId: OTHER_APP })
    const pushURL = await world.push(caller('ann'))
    const roomID = await weapp.create(caller('ann'), { roomInfo: '' })
    const { createRoom } = im
    im.createRoom = () => Promise.reject(CloudUnavailable('Tencent IM'))
    expect(await world.codeOf(world.add(caller('ann'), roomID, pushURL))).toBe(203_006)
    im.createRoom = createRoom
    expect(await world.add(caller('ann'), roomID, pushURL)).toBe(roomID)
  })
})
