import type { WeappWorld } from '../testing/WeappWorld'
import { afterEach, describe, expect, it } from 'vitest'
import { lineStreamIdOf } from '../../../shared/domain/ids'
import { settled } from '../../testing/VirtualClock'
import { openWeappWorld } from '../testing/WeappWorld'
import { AUDIENCE_TTL_MS } from './audiences'

let world: WeappWorld
afterEach(() => world.close())
const lineOf = (name: string) => lineStreamIdOf(world.person(name).user.id)
const statusOf = async (roomID: string) => (await world.rooms.get(roomID)).status
const pushers = async (roomID: string) => (await world.weapp.get(world.as('zoe'), roomID)).pushers.map(({ userID }) => userID)

async function twoOnAir(): Promise<string> {
  world = await openWeappWorld()
  const roomID = await world.goLive(world.as('ann'))
  await world.join(world.as('bob'), roomID)
  return roomID
}

describe('beats', () => {
  it('[RS53] of members answer the room, and the status that its creator says', async () => {
    const roomID = await twoOnAir()
    const { as } = world
    expect(await world.beat(as('ann'), roomID, 7)).toMatchObject({ roomID, roomStatusCode: 7, pushers: [{ userID: 'ann' }, { userID: 'bob' }] })
    expect(await world.beat(as('bob'), roomID, 9)).toMatchObject({ roomStatusCode: 7 })
    expect(await world.codeOf(world.beat(as('cem'), roomID))).toBe(203_010)
    expect(await world.codeOf(world.beat(as('ann'), 'nowhere'))).toBe(206_000)
  })

  it('[RS54] beats keep a guest whose stream is away for as long as any guest\'s seat is kept', async () => {
    const roomID = await twoOnAir()
    await world.beatFor(10_000, [world.as('ann'), roomID])
    world.media.unpublish(lineOf('bob'))
    await world.beatFor(15_000, [world.as('ann'), roomID], [world.as('bob'), roomID])
    expect(await pushers(roomID)).toEqual(['ann', 'bob'])
    await world.clock.advance(5000)
    expect(await world.codeOf(world.beat(world.as('bob'), roomID))).toBe(203_010)
  })

  it('[RS54] who neither beats nor publishes is out within 25 s; without its creator the room ends', async () => {
    const roomID = await twoOnAir()
    world.media.unpublish(lineOf('bob'))
    await world.beatFor(15_000, [world.as('ann'), roomID])
    expect(await pushers(roomID)).toEqual(['ann', 'bob'])
    await world.beatFor(10_000, [world.as('ann'), roomID])
    expect(await pushers(roomID)).toEqual(['ann'])
    expect(await world.codeOf(world.beat(world.as('bob'), roomID))).toBe(203_010)
    world.media.unpublish(lineOf('ann'))
    await world.clock.advance(25_000)
    expect(await world.rooms.get(roomID)).toMatchObject({ status: 'ended', endReason: 'anchor' })
  })

  it('[RS54] who publishes is there without any beat', async () => {
    const roomID = await twoOnAir()
    const asked: string[] = []
    const { isLive } = world.media
    world.media.isLive = (streamId) => {
      asked.push(streamId)
      return isLive(streamId)
    }
    await world.clock.advance(10 * 60_000)
    expect(await pushers(roomID)).toEqual(['ann', 'bob'])
    expect(asked).toHaveLength(2 * 10 * 60 / 20)
    expect(await statusOf(roomID)).toBe('live')
  })

  it('[RS54] a beat that comes while the stream is asked for counts', async () => {
    const roomID = await twoOnAir()
    const answers: ((isLive: boolean) => void)[] = []
    await world.beatFor(10_000, [world.as('ann'), roomID])
    world.media.unpublish(lineOf('bob'))
    const { isLive } = world.media
    world.media.isLive = streamId => streamId === lineOf('bob') ? new Promise(resolve => answers.push(resolve)) : isLive(streamId)
    await world.beatFor(15_000, [world.as('ann'), roomID])
    await world.beat(world.as('bob'), roomID)
    expect(answers).toHaveLength(1)
    answers[0](false)
    await settled()
    expect(await pushers(roomID)).toEqual(['ann', 'bob'])
  })

  it('[RS55] a question that fails leaves everybody where they are, but not for more than two minutes', async () => {
    const roomID = await twoOnAir()
    world.media.isLive = () => Promise.reject(new Error('away'))
    await world.beatFor(60_000, [world.as('ann'), roomID])
    expect(await pushers(roomID)).toEqual(['ann', 'bob'])
    await world.beatFor(90_000, [world.as('ann'), roomID])
    expect(await pushers(roomID)).toEqual(['ann'])
    expect(world.errors.length).toBeGreaterThan(5)
  })

  it('[RS55] an answer in between begins those minutes anew', async () => {
    const roomID = await twoOnAir()
    const { isLive } = world.media
    for (let i = 0; i < 3; i++) {
      world.media.isLive = () => Promise.reject(new Error('away'))
      await world.beatFor(100_000, [world.as('ann'), roomID])
      world.media.isLive = isLive
      await world.beatFor(5000, [world.as('ann'), roomID])
    }
    expect(await pushers(roomID)).toEqual(['ann', 'bob'])
  })
})

describe('audiences', () => {
  it('[RS60] forget who has said nothing for hours, and who has left', async () => {
    const roomID = await twoOnAir()
    const { weapp, as, clock } = world
    for (const name of ['cem', 'dan', 'eve'])
      await weapp.addAudience(as(name), roomID, '{}')
    await weapp.deleteAudience(as('eve'), roomID)
    await clock.advance(AUDIENCE_TTL_MS / 2)
    await weapp.get(as('dan'), roomID)
    await clock.advance(AUDIENCE_TTL_MS / 2 + 5000)
    expect((await weapp.audiences(as('ann'), roomID)).audiences.map(({ userID }) => userID)).toEqual(['dan'])
    expect((await world.rooms.get(roomID)).viewers).toBe(1)
    const other = await world.goLive(as('fay'))
    await weapp.addAudience(as('dan'), other, '{}')
    expect((await weapp.audiences(as('ann'), roomID)).audienceCount).toBe(0)
    expect((await weapp.audiences(as('ann'), other)).audienceCount).toBe(1)
  })
})

it('[RS56] after a restart rooms, names and fields are there; members have the time of a beat anew', async () => {
  world = await openWeappWorld()
  const kept = await world.goLive(world.as('ann'), { roomID: 'mine', roomInfo: 'Kept' })
  await world.join(world.as('bob'), kept)
  await world.weapp.setCustomField(world.as('bob'), kept, { operation: 'inc', fieldName: 'likes', by: 5 })
  await world.goLive(world.as('cem'), { roomID: 'ends' })
  await world.weapp.destroy(world.as('cem'), 'ends')
  await world.clock.advance(3000)
  world = await world.restarted()
  expect(world.records.all().map(({ name }) => name)).toEqual(['mine'])
  for (const name of ['ann', 'bob'])
    world.media.publish(lineOf(name))
  await world.clock.advance(15_000)
  expect(await world.weapp.get(world.as('cem'), 'mine')).toMatchObject({ roomInfo: 'Kept', custom: { likes: 5 }, pushers: [{ userID: 'ann' }, { userID: 'bob' }] })
  expect(await world.beat(world.as('ann'), 'mine')).toMatchObject({ roomID: 'mine' })
  expect(await world.codeOf(world.weapp.create(world.as('cem'), { roomInfo: '', roomID: 'mine' }))).toBe(203_002)
})
