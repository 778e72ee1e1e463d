import type { WeappWorld, WeappWorldOptions } from '../testing/WeappWorld'
import type { Caller } from '../types'
import { afterEach, describe, expect, it } from 'vitest'
import { anna, boris, openWeappWorld, ORIGIN, OTHER_APP } from '../testing/WeappWorld'
import { ANCHORS_MAX } from '../types'

let world: WeappWorld
afterEach(() => world.close())
const open = async (options?: WeappWorldOptions) => world = await openWeappWorld(options)
const pushersOf = (caller: Caller, roomID: string) => world.pushersOf(caller, roomID)

describe('a guest', () => {
  it.each(['live_room', 'double_room', 'multi_room'] as const)('[RS45] %s: comes by add_anchor while there is a place, and again changes name and face alone', async (type) => {
    const { weapp, as } = await open()
    const roomID = await world.goLive(as('ann', type))
    const guests = ['bob', 'cem', 'dan'].slice(0, ANCHORS_MAX[type] - 1)
    for (const name of guests)
      expect(await world.join(as(name, type), roomID)).toBe(roomID)
    expect(await world.codeOf(world.join(as('eve', type), roomID))).toBe(203_007)
    await world.add(as('bob', type), roomID, (await weapp.pushUrl(as('bob', type))).pushURL, { userName: 'Robert' })
    const { pushers } = await weapp.get(as('eve', type), roomID)
    expect(pushers.map(({ userName }) => userName)).toEqual(['Name of ann', 'Robert', ...guests.slice(1).map(name => `Name of ${name}`)])
    expect((await world.rooms.listOnAir(null, 10)).rooms).toHaveLength(type === 'live_room' ? 1 : 0)
  })

  it('[RS46] of an old anchor is trusted to have been accepted, unless this server would have heard of it', async () => {
    const { as } = await open({ chatAppId: OTHER_APP })
    expect(await world.codeOf(world.join(as('bob'), await world.goLive(as('ann'))))).toBe(0)
    const asked = await world.goLive(as('ann', 'live_room', OTHER_APP))
    expect(await world.codeOf(world.join(as('bob', 'live_room', OTHER_APP), asked))).toBe(203_006)
    expect((await world.rooms.get(asked)).stage.admission).toBe('ask')
  })

  it('[RS46] is trusted with `trusted`, and never with `required`', async () => {
    const trusting = await open({ chatAppId: OTHER_APP, consent: 'trusted' })
    const caller = (name: string) => trusting.as(name, 'live_room', OTHER_APP)
    expect(await world.codeOf(world.join(caller('bob'), await world.goLive(caller('ann'))))).toBe(0)
    await trusting.close()
    const strict = await open({ consent: 'required' })
    expect(await world.codeOf(world.join(strict.as('bob'), await world.goLive(strict.as('ann'))))).toBe(203_006)
  })

  it.each(['double_room', 'multi_room'] as const)('[RS46] of a %s is asked nothing', async (type) => {
    const { as } = await open({ consent: 'required', chatAppId: OTHER_APP })
    const caller = (name: string) => as(name, type, OTHER_APP)
    expect(await world.codeOf(world.join(caller('bob'), await world.goLive(caller('ann'))))).toBe(0)
  })

  it('[RS46] of an anchor in our own app needs that anchor\'s word', async () => {
    const { as, rooms } = await open({ consent: 'trusted' })
    const { id } = await world.goLiveHere(anna)
    expect(await world.codeOf(world.join(as('bob'), id))).toBe(203_006)
    const bob = world.person('bob').user
    world.im.presence(id, bob, 'here')
    await rooms.linkMic.obey(id, bob, { type: 'apply', requestId: 'q1', medium: 'video' })
    await rooms.linkMic.obey(id, anna, { type: 'accept', userId: bob.id, requestId: 'q1' })
    expect(await world.codeOf(world.join(as('bob'), id))).toBe(0)
    expect(await pushersOf(as('bob'), id)).toEqual([anna.id, 'bob'])
    expect((await rooms.get(id)).stage.guests).toMatchObject([{ user: { id: bob.id }, status: 'linked' }])
  })

  it('[RS47] an unknown room is made by an add_anchor that says what it is about, and by no other', async () => {
    const { as } = await open()
    const pushURL = await world.push(as('ann'))
    expect(await world.codeOf(world.add(as('ann'), 'nowhere', pushURL))).toBe(203_006)
    expect(await world.add(as('ann'), 'nowhere', pushURL, { roomInfo: 'Anew' })).toBe('nowhere')
    expect(await pushersOf(as('bob'), 'nowhere')).toEqual(['ann'])
    const bobUrl = await world.push(as('bob'))
    const made = await world.add(as('bob'), '', bobUrl, { roomInfo: '' })
    expect(await pushersOf(as('ann'), made)).toEqual(['bob'])
  })

  it('[RS48] the creator comes first, then guests as they came, of old and new clients alike', async () => {
    const { weapp, as, rooms } = await open({ chatAppId: OTHER_APP })
    const roomID = await world.goLive(as('ann'))
    await rooms.linkMic.obey(roomID, world.person('ann').user, { type: 'setAdmission', admission: 'ask' })
    for (const name of ['bob', 'cem'])
      await world.join(as(name), roomID)
    await world.beat(as('ann'), roomID)
    await weapp.deleteAnchor(as('bob'), roomID)
    const guest = { ...boris, picture: '/pictures/b.jpg' }
    await world.linkHere(roomID, world.person('ann').user.id, guest)
    const { pushers } = await weapp.get(as('dan'), roomID)
    expect(pushers).toMatchObject([
      { userID: 'ann' },
      { userID: 'cem' },
      { userID: boris.id, userName: 'boris', userAvatar: `${ORIGIN.http}/pictures/b.jpg`, accelerateURL: `rtmp://here:1935/live/${roomID}-uboris?play` },
    ])
  })

  it('[RS48] who was let in but has not come is not shown', async () => {
    const { as, rooms } = await open()
    const { id } = await world.goLiveHere(anna)
    world.im.presence(id, boris, 'here')
    await rooms.linkMic.obey(id, boris, { type: 'apply', requestId: 'q1', medium: 'video' })
    await rooms.linkMic.obey(id, anna, { type: 'accept', userId: boris.id, requestId: 'q1' })
    expect(await pushersOf(as('ann'), id)).toEqual([anna.id])
  })

  it('[RS49] who was sent out of a room is refused there', async () => {
    const { weapp, as, rooms } = await open()
    const { id } = await world.goLiveHere(anna)
    await weapp.addAudience(as('bob'), id, '{}')
    await rooms.moderation.obey(id, anna.id, { type: 'remove', userId: world.person('bob').user.id })
    for (const request of [
      () => weapp.get(as('bob'), id),
      () => world.join(as('bob'), id),
      () => weapp.addAudience(as('bob'), id, ''),
      () => weapp.audiences(as('bob'), id),
      () => weapp.customInfo(as('bob'), id),
      () => weapp.setCustomField(as('bob'), id, { operation: 'inc', fieldName: 'x', by: 1 }),
    ])
      expect(await world.codeOf(request())).toBe(203_006)
    expect((await weapp.audiences(as('cem'), id)).audienceCount).toBe(0)
  })
})

describe('leaving', () => {
  it('[RS51] a guest leaves by delete_anchor, the room goes with its creator', async () => {
    const { weapp, as, rooms } = await open()
    const roomID = await world.goLive(as('ann'))
    await world.join(as('bob'), roomID)
    expect(await world.codeOf(weapp.deleteAnchor(as('cem'), roomID))).toBe(203_010)
    await weapp.deleteAnchor(as('bob'), roomID)
    expect(await world.codeOf(weapp.deleteAnchor(as('bob'), roomID))).toBe(203_010)
    expect(await pushersOf(as('cem'), roomID)).toEqual(['ann'])
    await weapp.deleteAnchor(as('ann'), roomID)
    expect(await rooms.get(roomID)).toMatchObject({ status: 'ended', endReason: 'anchor' })
    expect(await world.codeOf(weapp.deleteAnchor(as('ann'), roomID))).toBe(204_003)
  })

  it('[RS51] only its creator destroys a room, reserved or open', async () => {
    const { weapp, as, rooms } = await open()
    const roomID = await world.goLive(as('ann'))
    await world.join(as('bob'), roomID)
    for (const name of ['bob', 'cem'])
      expect(await world.codeOf(weapp.destroy(as(name), roomID))).toBe(203_003)
    await weapp.destroy(as('ann'), roomID)
    expect((await rooms.get(roomID)).status).toBe('ended')
    expect(await world.codeOf(weapp.destroy(as('ann'), roomID))).toBe(203_003)
    const reserved = await weapp.create(as('ann'), { roomInfo: '', roomID: 'mine' })
    expect(await world.codeOf(weapp.destroy(as('bob'), reserved))).toBe(203_003)
    await weapp.destroy(as('ann'), reserved)
    expect(await world.codeOf(weapp.create(as('bob'), { roomInfo: '', roomID: 'mine' }))).toBe(0)
  })

  it('[RS52] a person is in one room: the next ends or leaves the one before', async () => {
    const { weapp, as, rooms } = await open()
    const first = await world.goLive(as('ann'))
    const second = await world.goLive(as('ann'))
    expect((await rooms.get(first)).status).toBe('ended')
    const bobs = await world.goLive(as('bob'))
    await world.join(as('bob'), second)
    expect((await rooms.get(bobs)).status).toBe('ended')
    expect((await rooms.get(second)).stage.guests).toMatchObject([{ status: 'linked' }])
    const cems = await world.goLive(as('cem'))
    await world.join(as('bob'), cems)
    expect(await pushersOf(as('dan'), second)).toEqual(['ann'])
    expect(await pushersOf(as('dan'), cems)).toEqual(['cem', 'bob'])
    await weapp.create(as('cem'), { roomInfo: '' })
    expect((await rooms.get(cems)).status).toBe('ended')
  })

  it('[RS51] who was let in and has not come leaves, too', async () => {
    const { weapp, as, rooms } = await open()
    const { id } = await world.goLiveHere(anna)
    for (const [name, leave] of [['bob', () => weapp.deleteAnchor(as('bob'), id)], ['cem', () => weapp.loggedOut(world.person('cem'))]] as const) {
      const { user } = world.person(name)
      world.im.presence(id, user, 'here')
      await rooms.linkMic.obey(id, user, { type: 'apply', requestId: `q${name}`, medium: 'video' })
      await rooms.linkMic.obey(id, anna, { type: 'accept', userId: user.id, requestId: `q${name}` })
      expect((await rooms.get(id)).stage.guests).toMatchObject([{ status: 'connecting' }])
      expect(await world.codeOf(world.beat(as(name), id))).toBe(203_010)
      await leave()
      expect((await rooms.get(id)).stage.guests).toEqual([])
    }
  })

  it('[RS52] who is refused elsewhere stays where they are', async () => {
    const { as, rooms } = await open()
    const full = await world.goLive(as('ann', 'double_room'))
    await world.join(as('bob', 'double_room'), full)
    const cems = await world.goLive(as('cem'), { roomID: 'mine' })
    expect(await world.codeOf(world.join(as('cem', 'double_room'), full))).toBe(203_007)
    expect(await world.codeOf(world.weapp.create(as('cem'), { roomInfo: '', roomID: '@TGS#' }))).toBe(203_001)
    await world.weapp.create(as('dan'), { roomInfo: '', roomID: 'taken' })
    expect(await world.codeOf(world.weapp.create(as('cem'), { roomInfo: '', roomID: 'taken' }))).toBe(203_002)
    expect((await rooms.weapp.openRooms()).map(({ anchor }) => anchor.id)).toContain(world.person('cem').user.id)
    expect(await pushersOf(as('dan'), cems)).toEqual(['cem'])
  })

  it('[RS52] a logout leaves, as delete_anchor does', async () => {
    const { weapp, as, rooms } = await open()
    const roomID = await world.goLive(as('ann'))
    await world.join(as('bob'), roomID)
    await weapp.addAudience(as('cem'), roomID, '{}')
    await weapp.loggedOut(world.person('cem'))
    await weapp.loggedOut(world.person('bob'))
    expect(await weapp.get(as('dan'), roomID)).toMatchObject({ audienceCount: 0, pushers: [{ userID: 'ann' }] })
    await weapp.loggedOut(world.person('ann'))
    expect((await rooms.get(roomID)).status).toBe('ended')
    const reserved = await weapp.create(as('ann'), { roomInfo: '', roomID: 'mine' })
    await weapp.loggedOut(world.person('ann'))
    expect(await world.codeOf(weapp.create(as('bob'), { roomInfo: '', roomID: reserved }))).toBe(0)
  })
})

it('[RS63] what one person asks at once is done one after the other', async () => {
  const { weapp, as, rooms } = await open()
  const pushURL = await world.push(as('ann'))
  const created = await Promise.all([1, 2, 3].map(() => weapp.create(as('ann'), { roomInfo: '', roomID: 'mine' })))
  expect(created).toEqual(['mine', 'mine', 'mine'])
  await Promise.all([1, 2, 3].map(() => world.add(as('ann'), 'mine', pushURL)))
  expect(rooms.weapp.openRooms()).toHaveLength(1)
  const bobUrl = await world.push(as('bob'))
  await Promise.all([world.add(as('bob'), 'mine', bobUrl), world.add(as('bob'), 'mine', bobUrl), weapp.loggedOut(world.person('bob'))])
  expect(await pushersOf(as('cem'), 'mine')).toEqual(['ann'])
})
