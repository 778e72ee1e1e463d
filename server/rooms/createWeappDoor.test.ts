import type { User } from '../../shared/protocol/rest'
import type { StageWorld } from './testing/StageWorld'
import type { WeappRoom } from './WeappDoor'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lineStreamIdOf, mixStreamIdOf, streamIdOf } from '../../shared/domain/ids'
import { APPLY_TIMEOUT_MS, CONNECT_TIMEOUT_MS, DROP_GRACE_MS, KICKED_WAIT_MS } from '../../shared/domain/linkMic'
import { settled } from '../testing/VirtualClock'
import { anna, boris, openStageWorld } from './testing/StageWorld'

const [olga, pete, quinn, rosa, saul]: User[] = ['Olga', 'Pete', 'Quinn', 'Rosa', 'Saul'].map(name => ({ id: `ul${name.toLowerCase()}`.padEnd(14, '0'), nickname: name, avatar: 1 }))
const TTL_MS = 10 * 60_000
const trusted = { seatsMax: 3, needsConsent: false }
const asked = { seatsMax: 3, needsConsent: true }

let world: StageWorld
beforeEach(async () => {
  world = await openStageWorld({ canMix: true })
})
afterEach(() => world.close())

const lineOf = (user: User) => lineStreamIdOf(user.id)
const aRoom = (id: string, changes: Partial<WeappRoom> = {}): WeappRoom => ({ id, title: 'Evening', isListed: true, admission: 'ask', ...changes })
const guestsOf = async (id: string) => (await world.rooms.get(id)).stage.guests.map(({ user, seat, status }) => [user.id, seat, status])
const statusOf = async (id: string) => (await world.rooms.get(id)).status

/** As old clients do: an address first, then the stream. */
async function goOnAir(...people: readonly User[]): Promise<void> {
  for (const user of people) {
    world.rooms.weapp.openLine(user.id, TTL_MS)
    expect(world.rooms.canPublish(lineOf(user))).toBe(true)
    world.media.publish(lineOf(user))
  }
  await settled()
}

async function openRoom(id = 'rold', changes?: Partial<WeappRoom>): Promise<string> {
  await goOnAir(olga)
  await world.rooms.weapp.open(olga, aRoom(id, changes))
  return id
}

describe('a room around a line', () => {
  it('[LN30] is live at once where the line is on air', async () => {
    await goOnAir(olga)
    const room = await world.rooms.weapp.open(olga, aRoom('rold', { title: 'Songs', admission: 'closed' }))
    expect(room).toMatchObject({ id: 'rold', title: 'Songs', status: 'live', streamId: lineOf(olga), anchor: olga, stage: { admission: 'closed', guests: [] } })
    expect([await world.rooms.get('rold'), world.rooms.weapp.find('rold'), world.im.statusesTold('rold')]).toEqual([room, room, ['live']])
  })

  it('[LN30] is live with the first publication otherwise, and goes through interruption and takeover as any', async () => {
    world.rooms.weapp.openLine(olga.id, TTL_MS)
    expect((await world.rooms.weapp.open(olga, aRoom('rold'))).status).toBe('preparing')
    const first = world.media.publish(lineOf(olga))
    await settled()
    expect(await statusOf('rold')).toBe('live')
    world.media.publish(lineOf(olga))
    world.media.unpublish(lineOf(olga), first)
    await settled()
    expect(await statusOf('rold')).toBe('live')
    world.media.unpublish(lineOf(olga))
    await settled()
    expect(await statusOf('rold')).toBe('interrupted')
    expect(world.im.statusesTold('rold')).toEqual(['live', 'interrupted'])
  })

  it('[LN31] opened twice it is one', async () => {
    await openRoom()
    const again = await world.rooms.weapp.open(olga, aRoom('rold', { title: 'Other' }))
    expect(again).toMatchObject({ status: 'live', title: 'Evening' })
    expect(world.im.statusesTold('rold')).toEqual(['live'])
    expect(world.rooms.weapp.openRooms()).toHaveLength(1)
  })

  it('[LN31] under the id of another\'s it is refused, and nothing has changed', async () => {
    const { id } = await world.goLive()
    await openRoom()
    await expect(world.rooms.weapp.open(olga, aRoom(id))).rejects.toMatchObject({ code: 'NOT_ROOM_ANCHOR' })
    expect([await statusOf(id), await statusOf('rold'), (await world.rooms.get(id)).anchor]).toEqual(['live', 'live', anna])
    expect(world.media.kicked).toEqual([])
  })

  it('[LN20] [LN24] the anchor may publish while it is open; its end cuts the line', async () => {
    const id = await openRoom()
    await world.clock.advance(TTL_MS)
    expect([world.rooms.canPublish(lineOf(olga)), await statusOf(id)]).toEqual([true, 'live'])
    await world.rooms.end(id, olga.id)
    expect([world.media.kicked, world.rooms.canPublish(lineOf(olga)), world.rooms.weapp.find(id)]).toEqual([[lineOf(olga)], false, undefined])
  })

  it('[LN24] a line that was opened since goes on when the room ends, until its time is over', async () => {
    const id = await openRoom()
    world.rooms.weapp.openLine(olga.id, TTL_MS)
    world.media.publish(lineOf(olga))
    await settled()
    await world.rooms.end(id, olga.id)
    expect(world.media.kicked).toEqual([])
    await world.clock.advance(TTL_MS)
    expect(world.media.kicked).toEqual([lineOf(olga)])
  })

  it('[LN24] the line of a room that ends by time is cut', async () => {
    await openRoom()
    const session = world.media.live.get(lineOf(olga))
    world.media.unpublish(lineOf(olga))
    await world.clock.advance(61_000)
    expect([await statusOf('rold'), session, world.media.kicked]).toEqual(['ended', 'session1', [lineOf(olga)]])
  })

  it.each<[string, { readonly isTakenOver: boolean, readonly endsBefore: boolean }]>([
    ['the same publication', { isTakenOver: false, endsBefore: false }],
    ['a takeover before', { isTakenOver: true, endsBefore: true }],
    ['a takeover whose first publication ends late', { isTakenOver: true, endsBefore: false }],
  ])('[LN32] another room ends the first without a cut: %s', async (_, { isTakenOver, endsBefore }) => {
    const first = await openRoom('rfirst')
    if (isTakenOver)
      world.media.publish(lineOf(olga))
    if (endsBefore)
      world.media.unpublish(lineOf(olga), 'session1')
    expect((await world.rooms.weapp.open(olga, aRoom('rsecond'))).status).toBe('live')
    if (isTakenOver && !endsBefore)
      world.media.unpublish(lineOf(olga), 'session1')
    await settled()
    expect([await statusOf(first), await statusOf('rsecond')]).toEqual(['ended', 'live'])
    expect([world.media.kicked, world.media.live.get(lineOf(olga))]).toEqual([[], isTakenOver ? 'session2' : 'session1'])
    expect(world.im.statusesTold('rsecond')).toEqual(['live'])
  })

  it('[LN32] a takeover on the way into the other room is that room\'s, and the first one\'s end does not cut it', async () => {
    await openRoom('rfirst')
    const opening = world.rooms.weapp.open(olga, aRoom('rsecond'))
    world.rooms.weapp.openLine(olga.id, TTL_MS)
    world.media.publish(lineOf(olga))
    await opening
    world.media.unpublish(lineOf(olga), 'session1')
    await settled()
    expect([await statusOf('rfirst'), await statusOf('rsecond'), world.media.kicked]).toEqual(['ended', 'live', []])
    world.media.unpublish(lineOf(olga), 'session2')
    await settled()
    expect(await statusOf('rsecond')).toBe('interrupted')
  })

  it('[LN32] a seat elsewhere is left for it', async () => {
    const { id } = await world.goLive()
    await goOnAir(olga)
    await world.rooms.weapp.seat(id, olga, trusted)
    await world.rooms.weapp.open(olga, aRoom('rold'))
    expect([await guestsOf(id), await statusOf('rold'), world.media.kicked]).toEqual([[], 'live', []])
  })

  it('[LN23] on a line that is in no room nothing happens to rooms', async () => {
    const { id } = await world.goLive()
    await goOnAir(olga)
    world.media.unpublish(lineOf(olga))
    await settled()
    expect([world.im.statusesTold(id), world.rooms.weapp.openRooms().length, world.media.kicked]).toEqual([['live'], 1, []])
  })

  it('[LN38] is in no list, and nobody is reminded of it, unless it is listed', async () => {
    await openRoom('rcall', { isListed: false })
    expect([await statusOf('rcall'), (await world.rooms.listOnAir(null, 10)).rooms, world.wentLive]).toEqual(['live', [], []])
    await openRoom('rshow')
    expect([(await world.rooms.listOnAir(null, 10)).rooms.map(({ id }) => id), world.wentLive]).toEqual([['rshow'], ['rshow']])
  })

  it('[LN40] open rooms come newest first, listed or not, and no other is found', async () => {
    await openRoom('rcall', { isListed: false })
    await world.clock.advance(1000)
    const { id } = await world.goLive()
    await world.clock.advance(1000)
    await goOnAir(pete)
    await world.rooms.weapp.open(pete, aRoom('rpete'))
    expect(world.rooms.weapp.openRooms().map(room => room.id)).toEqual(['rpete', id, 'rcall'])
    await world.rooms.end(id, anna.id)
    expect([world.rooms.weapp.openRooms().map(room => room.id), world.rooms.weapp.find(id), world.rooms.weapp.find('rnone')]).toEqual([['rpete', 'rcall'], undefined, undefined])
  })

  it('[LN39] viewers elsewhere are viewers, and those in the room are told within a second', async () => {
    const id = await openRoom()
    world.im.tell('onlineChanged', id, 4)
    world.rooms.weapp.setViewersElsewhere(id, 7)
    world.rooms.weapp.setViewersElsewhere(id, 9)
    world.rooms.weapp.setViewersElsewhere('rnone', 100)
    expect(await world.rooms.get(id)).toMatchObject({ viewers: 13, viewersElsewhere: 9, peakViewers: 13 })
    expect(world.rooms.figures().viewers).toBe(13)
    await world.clock.advance(1000)
    expect(world.im.news.filter(news => news.type === 'roomChanged').map(({ room }) => room.viewersElsewhere)).toEqual([0, 9])
    world.rooms.weapp.setViewersElsewhere(id, 9)
    await world.clock.advance(10_000)
    expect(world.im.news).toHaveLength(2)
    world.rooms.weapp.setViewersElsewhere(id, 0)
    world.im.tell('onlineChanged', id, 5)
    await world.clock.advance(5000)
    await world.rooms.end(id, olga.id)
    expect(await world.rooms.get(id)).toMatchObject({ viewers: 0, viewersElsewhere: 0, peakViewers: 13, visitors: 9 })
  })
})

describe('a seat for somebody with a line', () => {
  let id: string
  beforeEach(async () => {
    ({ id } = await world.goLive())
  })

  it('[LN33] has its picture at once where the line is on air, also in the mix', async () => {
    await goOnAir(olga)
    const room = await world.rooms.weapp.seat(id, olga, trusted)
    expect(room.stage.guests).toMatchObject([{ user: olga, seat: 1, status: 'linked', streamId: lineOf(olga) }])
    await settled()
    expect(world.media.mixes.get(mixStreamIdOf(id))?.guests).toEqual([{ streamId: lineOf(olga), seat: 1, hasPicture: true, hasSound: true }])
  })

  it('[LN33] has it with the publication otherwise', async () => {
    await world.rooms.weapp.seat(id, olga, trusted)
    expect([await guestsOf(id), world.rooms.canPublish(lineOf(olga)), world.media.mixes.size]).toEqual([[[olga.id, 1, 'linked']], true, 0])
    await world.clock.advance(CONNECT_TIMEOUT_MS + DROP_GRACE_MS)
    expect(await guestsOf(id)).toEqual([[olga.id, 1, 'linked']])
    world.media.publish(lineOf(olga))
    await settled()
    expect(world.media.mixes.get(mixStreamIdOf(id))?.guests).toMatchObject([{ streamId: lineOf(olga) }])
    world.media.unpublish(lineOf(olga))
    await settled()
    expect([await guestsOf(id), world.media.mixes.size]).toEqual([[[olga.id, 1, 'dropped']], 0])
    await world.clock.advance(DROP_GRACE_MS)
    expect(await guestsOf(id)).toEqual([])
  })

  it('[LN33] leaves seats in other rooms, without a cut', async () => {
    await goOnAir(olga, pete)
    await world.rooms.weapp.open(pete, aRoom('rpete'))
    await world.rooms.weapp.seat(id, olga, trusted)
    await world.rooms.weapp.seat('rpete', olga, trusted)
    expect([await guestsOf(id), await guestsOf('rpete'), world.media.kicked]).toEqual([[], [[olga.id, 1, 'linked']], []])
    expect(world.media.mixes.get(mixStreamIdOf('rpete'))?.guests).toMatchObject([{ streamId: lineOf(olga) }])
  })

  it('[LN34] where consent is needed it is refused before the anchor\'s yes, and granted after it', async () => {
    await goOnAir(olga)
    await world.come(id, olga)
    await expect(world.rooms.weapp.seat(id, olga, asked)).rejects.toMatchObject({ code: 'LINK_MIC_GONE' })
    const requestId = await world.apply(id, olga)
    await expect(world.rooms.weapp.seat(id, olga, asked)).rejects.toMatchObject({ code: 'LINK_MIC_GONE' })
    await world.say(id, anna, { type: 'accept', userId: olga.id, requestId })
    const { stage } = await world.rooms.weapp.seat(id, olga, asked)
    expect(stage.guests).toMatchObject([{ user: olga, requestId, status: 'linked' }])
    await settled()
    expect(world.media.mixes.get(mixStreamIdOf(id))?.guests).toMatchObject([{ streamId: lineOf(olga) }])
  })

  it('[LN33] between yes and seat the guest\'s stream links them as it does anybody', async () => {
    await world.come(id, olga)
    const requestId = await world.apply(id, olga)
    await world.say(id, anna, { type: 'accept', userId: olga.id, requestId })
    await goOnAir(olga)
    expect(await guestsOf(id)).toEqual([[olga.id, 1, 'linked']])
    await world.rooms.weapp.seat(id, olga, asked)
    expect(await guestsOf(id)).toEqual([[olga.id, 1, 'linked']])
  })

  it('[LN34] a seat is refused by code, and nothing has changed', async () => {
    const before = await world.rooms.get(id)
    await expect(world.rooms.weapp.seat('rnone', olga, trusted)).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
    await goOnAir(pete)
    await world.rooms.weapp.open(pete, aRoom('rpete'))
    await expect(world.rooms.weapp.seat('rpete', pete, trusted)).rejects.toMatchObject({ code: 'LINK_MIC_BUSY' })
    await world.rooms.end('rpete', pete.id)
    await expect(world.rooms.weapp.seat('rpete', olga, trusted)).rejects.toMatchObject({ code: 'ROOM_ENDED' })
    expect(await world.rooms.get(id)).toEqual(before)
  })

  it('[LN34] who was sent out of the room gets none', async () => {
    await world.close()
    world = await openStageWorld({ findUser: async userId => userId === olga.id ? olga : undefined });
    ({ id } = await world.goLive())
    await goOnAir(olga)
    await world.rooms.weapp.seat(id, olga, trusted)
    await world.rooms.moderation.obey(id, anna.id, { type: 'remove', userId: olga.id })
    expect([await guestsOf(id), world.media.kicked]).toEqual([[], [lineOf(olga)]])
    await expect(world.rooms.weapp.seat(id, olga, trusted)).rejects.toMatchObject({ code: 'REMOVED' })
  })

  it('[LN34] full is full, also below three, and of two for the last seat one gets it', async () => {
    await expect(world.rooms.weapp.seat(id, olga, { seatsMax: 1, needsConsent: false })).resolves.toBeDefined()
    await expect(world.rooms.weapp.seat(id, pete, { seatsMax: 1, needsConsent: false })).rejects.toMatchObject({ code: 'LINK_MIC_STAGE_FULL' })
    await world.rooms.weapp.seat(id, pete, trusted)
    const results = await Promise.allSettled([quinn, rosa, saul].map(user => world.rooms.weapp.seat(id, user, trusted)))
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect((await guestsOf(id)).map(([, seat]) => seat)).toEqual([1, 2, 3])
  })

  it('[LN34] who was removed from the stage waits, and is told how long', async () => {
    await goOnAir(olga)
    const { stage: { guests: [{ requestId }] } } = await world.rooms.weapp.seat(id, olga, trusted)
    await world.say(id, anna, { type: 'kick', userId: olga.id, requestId })
    expect([world.media.kicked, world.rooms.canPublish(lineOf(olga))]).toEqual([[lineOf(olga)], false])
    await world.clock.advance(1000)
    await expect(world.rooms.weapp.seat(id, olga, trusted)).rejects.toMatchObject({ code: 'LINK_MIC_WAIT', retryAfterMs: KICKED_WAIT_MS - 1000 })
    await world.clock.advance(KICKED_WAIT_MS - 1000)
    await expect(world.rooms.weapp.seat(id, olga, trusted)).resolves.toMatchObject({ stage: { guests: [{ user: olga }] } })
  })

  it('[LN41] nobody misses the socket of an applicant with a line', async () => {
    await world.apply(id, olga)
    await world.clock.advance(APPLY_TIMEOUT_MS - 1)
    expect(await world.statusOf(id, olga)).toBe('applying')
    await world.clock.advance(1)
    expect(await world.statusOf(id, olga)).toBe('expired')
  })

  it('[LN35] is left once, and then the line is cut', async () => {
    await world.rooms.weapp.leaveSeat(id, olga.id)
    await goOnAir(olga)
    await world.rooms.weapp.seat(id, olga, trusted)
    await world.rooms.weapp.leaveSeat(id, olga.id)
    await world.rooms.weapp.leaveSeat(id, olga.id)
    await world.rooms.weapp.leaveSeat('rnone', olga.id)
    expect([await world.statusOf(id, olga), world.media.kicked, await guestsOf(id)]).toEqual(['left', [lineOf(olga)], []])
  })

  it('[LN35] an application is no seat', async () => {
    await world.come(id, olga)
    await world.apply(id, olga)
    await world.rooms.weapp.leaveSeat(id, olga.id)
    expect(await world.statusOf(id, olga)).toBe('applying')
  })

  it('[LN24] what the anchor of the old room still has is not cut with the seat', async () => {
    await openRoom()
    await world.rooms.weapp.seat(id, olga, trusted)
    expect([await guestsOf(id), await statusOf('rold')]).toEqual([[[olga.id, 1, 'linked']], 'live'])
    await world.rooms.weapp.leaveSeat(id, olga.id)
    expect([await statusOf('rold'), world.media.kicked]).toEqual(['live', []])
  })

  it('[LN37] the anchor chooses who is mixed, for as long as the room is open', async () => {
    await goOnAir(olga, pete)
    await world.link(id, boris)
    await world.rooms.weapp.seat(id, olga, trusted)
    const mixed = async () => {
      await settled()
      return world.media.mixes.get(mixStreamIdOf(id))?.guests.map(({ streamId }) => streamId)
    }
    const borissStream = streamIdOf(id, boris.id)
    expect(await mixed()).toEqual([borissStream, lineOf(olga)])
    world.rooms.weapp.chooseMixed(id, [olga.id, pete.id])
    expect(await mixed()).toEqual([lineOf(olga)])
    await world.rooms.weapp.seat(id, pete, trusted)
    expect(await mixed()).toEqual([lineOf(olga), lineOf(pete)])
    world.rooms.weapp.chooseMixed(id, [])
    expect([await mixed(), (await guestsOf(id)).length]).toEqual([undefined, 3])
    world.rooms.weapp.chooseMixed(id, null)
    expect(await mixed()).toEqual([borissStream, lineOf(olga), lineOf(pete)])
    world.rooms.weapp.chooseMixed(id, [pete.id])
    await world.rooms.end(id, anna.id)
    world.rooms.weapp.chooseMixed(id, [pete.id])
    expect(await mixed()).toBeUndefined()
    expect(world.logged.filter(line => line.includes('err'))).toEqual([])
  })

  it('[LN37] with a room under the same id the choice is forgotten', async () => {
    await openRoom()
    await goOnAir(pete)
    world.rooms.weapp.chooseMixed('rold', [])
    await world.rooms.end('rold', olga.id)
    await openRoom()
    await goOnAir(pete)
    await world.rooms.weapp.seat('rold', pete, trusted)
    await settled()
    expect(world.media.mixes.get(mixStreamIdOf('rold'))?.guests).toMatchObject([{ streamId: lineOf(pete) }])
  })
})

describe('after a restart', () => {
  let folder: string
  beforeEach(async () => {
    await world.close()
    folder = mkdtempSync(path.join(tmpdir(), 'lines-'))
    world = await openStageWorld({ file: path.join(folder, 'db.sqlite') })
    await openRoom()
    await goOnAir(pete, quinn, rosa)
    for (const user of [pete, quinn, rosa])
      await world.rooms.weapp.seat('rold', user, trusted)
    await world.close()
    world = await openStageWorld({ file: path.join(folder, 'db.sqlite'), clock: world.clock.later(5000) })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('[LN36] lines of before may be published on again, and who is there is back on their seat', async () => {
    expect([await statusOf('rold'), await guestsOf('rold')]).toEqual(['interrupted', [pete, quinn, rosa].map(({ id }, index) => [id, index + 1, 'dropped'])])
    for (const user of [olga, pete, quinn, rosa])
      expect(world.rooms.canPublish(lineOf(user))).toBe(true)
    expect(world.rooms.canPublish(lineOf(saul))).toBe(false)
    for (const user of [olga, pete, quinn])
      world.media.publish(lineOf(user))
    await world.clock.advance(DROP_GRACE_MS - 1)
    world.rooms.weapp.isThere('rold', pete)
    world.rooms.weapp.isThere('rold', rosa)
    world.rooms.weapp.isThere('rold', saul)
    world.rooms.weapp.isThere('rnone', pete)
    await settled()
    expect([await statusOf('rold'), await guestsOf('rold')]).toEqual(['live', [[pete.id, 1, 'linked'], [quinn.id, 2, 'dropped'], [rosa.id, 3, 'dropped']]])
    await world.clock.advance(1)
    expect(await guestsOf('rold')).toEqual([[pete.id, 1, 'linked']])
    expect(world.media.kicked.toSorted()).toEqual([lineOf(quinn), lineOf(rosa)])
  })

  it('[LN20] nobody publishes on a line while the rooms of the last run are taken up', async () => {
    await world.close()
    let wasLetIn: boolean | undefined
    world = await openStageWorld({
      file: path.join(folder, 'db.sqlite'),
      prepare: ({ rooms, im }) => {
        rooms.weapp.openLine(saul.id, TTL_MS)
        const { createRoom } = im
        im.createRoom = async (id) => {
          wasLetIn = rooms.canPublish(lineOf(olga)) || rooms.canPublish(lineOf(saul))
          return createRoom(id)
        }
      },
    })
    expect([wasLetIn, world.rooms.canPublish(lineOf(olga)), world.rooms.canPublish(lineOf(saul))]).toEqual([false, true, true])
  })
})
