import type { OldWorld } from './testing/openOldWorld'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { APPLY_TIMEOUT_MS, REJECTED_WAIT_MS } from '../../../../shared/domain/linkMic'
import { DESTROY_AFTER_MS } from '../limits'
import { ImCode } from '../TencentImError'
import { newAnchor, newViewer, oldAnchor, oldViewer, openOldWorld, otherOld, stranger } from './testing/openOldWorld'

let world: OldWorld
beforeEach(async () => {
  world = await openOldWorld()
})
afterEach(() => world.close())

const request = (roomID: string) => ({ cmd: 'linkmic', data: { type: 'request', roomID, userID: 'viewer_1', userName: 'x', userAvatar: '', timestamp: 1 } })
const answer = (roomID: string, result: 'accept' | 'reject', reason: string) => ({ cmd: 'linkmic', data: { type: 'response', result, reason, message: reason, roomID, timestamp: world.clock.now() } })

describe('names', () => {
  it('[OI1] an old client is its account, in the one application; everybody else is their id', () => {
    const { accountOf, userAt, isOldClient } = world.addresses
    expect([oldViewer, stranger, newViewer].map(({ id }) => accountOf(id))).toEqual(['viewer_1', undefined, 'uviewer'])
    expect(['viewer_1', 'stranger', 'uviewer', oldViewer.id, 'some one'].map(userAt)).toEqual([oldViewer.id, undefined, 'uviewer', undefined, undefined])
    expect([oldViewer, stranger, newViewer].map(({ id }) => isOldClient(id))).toEqual([true, false, false])
  })

  it('[OI1] a room is the group that its creator has named, or that of its id', () => {
    world.names.set('rnamed', 'my room')
    expect(['rnamed', 'rplain'].map(world.addresses.groupOf)).toEqual(['my room', 'rplain'])
    expect(['my room', 'rplain'].map(world.addresses.roomAt)).toEqual(['rnamed', 'rplain'])
  })
})

describe('the group of an old anchor\'s room', () => {
  it('[OI2] is to be the anchor\'s own, and is made nobody else\'s later', async () => {
    await world.goLive(newAnchor)
    const roomId = await world.goLive(oldAnchor)
    expect(world.api.of('createGroup').at(-1)).toBe(`${roomId} ${oldAnchor.id}`)
    world.api.refusals.set('tellGroup', ImCode.noSuchGroup)
    await world.rooms.update(roomId, oldAnchor.id, { title: 'Again' })
    await world.clock.advance(100)
    expect(world.api.of('createGroup').at(-1)).toBe(`${roomId} ${oldAnchor.id}`)
  })

  it('[OI2] that the anchor has dismissed at the end is not made anew', async () => {
    const roomId = await world.goLive(oldAnchor)
    const made = world.api.of('createGroup').length
    world.api.refusals.set('tellGroup', ImCode.noSuchGroup)
    await world.rooms.end(roomId, oldAnchor.id)
    await world.clock.advance(DESTROY_AFTER_MS)
    expect(world.api.of('createGroup')).toHaveLength(made)
    expect(world.api.of('destroyGroup')).toEqual([roomId])
    expect(world.tencent.figures().passedOver).toBe(0)
  })

  it('[OI3] is not destroyed when another room has its name by then', async () => {
    const first = await world.goLive(oldAnchor, 'my room')
    await world.rooms.end(first, oldAnchor.id)
    await world.clock.advance(1000)
    await world.goLive(oldAnchor, 'my room')
    await world.clock.advance(DESTROY_AFTER_MS)
    expect(world.api.of('destroyGroup')).toEqual([])
  })

  it('[OI2] that is somebody else\'s already is not taken under a chosen name, nor destroyed', async () => {
    world.api.owned = 'foreign'
    await expect(world.goLive(oldAnchor, 'their group')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await world.clock.advance(DESTROY_AFTER_MS)
    expect(world.api.of('destroyGroup')).toEqual([])
    expect(await world.say('their group', 'nobody', { MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } })).toEqual({ type: 'fine' })
  })

  it('[OI2] of a name that cannot be had for now is not destroyed either', async () => {
    world.api.refusals.set('createGroup', 60_002)
    await expect(world.goLive(oldAnchor, 'their group')).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE' })
    await world.clock.advance(DESTROY_AFTER_MS)
    expect(world.api.of('destroyGroup')).toEqual([])
  })

  it('[OI17] does not count its anchor, who sends no beats, among those who watch', async () => {
    const roomId = await world.goLive(oldAnchor)
    world.api.online = 3
    await world.clock.advance(20_000)
    expect(await world.tencent.im.onlineCount(roomId)).toBe(2)
  })
})

describe('an old anchor', () => {
  it('[OI4] [OI6] is asked once about each application, in the applicant\'s name', async () => {
    const roomId = await world.goLive(oldAnchor, 'my room')
    await world.come(roomId, newViewer)
    world.takeOldNews()
    await world.obey(roomId, newViewer, { type: 'apply', requestId: 'q1', medium: 'video' })
    const data = { type: 'request', roomID: 'my room', userID: 'uviewer', userName: 'Viewer', userAvatar: '', reason: '', timestamp: world.clock.now() }
    expect(world.takeOldNews()).toEqual([[`uviewer ${oldAnchor.id}`, { cmd: 'linkmic', data }]])
    await world.whisper('viewer_1', 'anchor_1', request('my room'))
    expect(world.takeOldNews()).toEqual([[`${oldViewer.id} ${oldAnchor.id}`, { cmd: 'linkmic', data: { ...data, userID: 'viewer_1', userName: '老观众', userAvatar: 'https://pictures.example/1.png' } }]])
    await world.obey(roomId, newViewer, { type: 'leave', requestId: 'q1' })
    await world.obey(roomId, newViewer, { type: 'apply', requestId: 'q2', medium: 'video' })
    expect(world.takeOldNews().map(([whom]) => whom)).toEqual([`uviewer ${oldAnchor.id}`])
  })

  it('[OI6] is told when a message leaves, not when it was thought of', async () => {
    const roomId = await world.goLive(oldAnchor)
    await world.come(roomId, newViewer)
    world.api.refusals.set('whisper', undefined)
    await world.obey(roomId, newViewer, { type: 'apply', requestId: 'q1', medium: 'video' })
    world.api.refusals.clear()
    world.takeOldNews()
    await world.clock.advance(2000)
    const [[, message]] = world.takeOldNews()
    expect(message).toMatchObject({ data: { timestamp: expect.closeTo(world.clock.now(), -4) } })
    expect((message as ReturnType<typeof answer>).data.timestamp).toBeGreaterThan(world.clock.now() - 2000)
  })
})

describe('an old guest', () => {
  let roomId: string
  beforeEach(async () => {
    roomId = await world.goLive(newAnchor)
    expect(await world.whisper('viewer_1', 'uanchor', request(roomId))).toBe('swallowed')
    world.takeOldNews()
  })
  const whom = `uanchor ${oldViewer.id}`
  const decide = async (type: 'accept' | 'reject') => world.obey(roomId, newAnchor, { type, ...(await world.queueOf(roomId, newAnchor))[0]! })

  it('[OI5] [OI6] hears once that it is let in, from the anchor', async () => {
    await decide('accept')
    expect(world.takeOldNews()).toEqual([[whom, answer(roomId, 'accept', '')]])
    await world.rooms.weapp.seat(roomId, oldViewer, { seatsMax: 3, needsConsent: true })
    await world.clock.advance(100)
    expect(world.takeOldNews().filter(([to]) => to === whom)).toEqual([])
  })

  it('[OI5] hears that it was rejected, and why', async () => {
    await decide('reject')
    expect(world.takeOldNews()).toEqual([[whom, answer(roomId, 'reject', '主播拒绝了你的连麦申请')]])
  })

  it('[OI5] [OI13] hears that nobody has answered, and not before: it is here without beats', async () => {
    await world.clock.advance(APPLY_TIMEOUT_MS - 1000)
    expect(world.takeOldNews()).toEqual([])
    await world.clock.advance(1000)
    expect(world.takeOldNews()).toEqual([[whom, answer(roomId, 'reject', '主播没有应答')]])
  })

  it('[OI5] hears that applications were switched off', async () => {
    await world.obey(roomId, newAnchor, { type: 'setAdmission', admission: 'closed' })
    expect(world.takeOldNews()).toEqual([[whom, answer(roomId, 'reject', '主播关闭了连麦')]])
  })

  it('[OI5] hears that it is let in at once, where nobody is asked', async () => {
    await world.obey(roomId, newAnchor, { type: 'setAdmission', admission: 'open' })
    expect(world.takeOldNews()).toEqual([[whom, answer(roomId, 'accept', '')]])
    await world.whisper('viewer_2', 'uanchor', request(roomId))
    expect(world.takeOldNews()).toEqual([[`uanchor ${otherOld.id}`, answer(roomId, 'accept', '')]])
  })

  it('[OI5] hears that it was removed, and nothing of what it did itself', async () => {
    await decide('accept')
    await world.rooms.weapp.seat(roomId, oldViewer, { seatsMax: 3, needsConsent: true })
    await world.clock.advance(100)
    world.takeOldNews()
    const [{ requestId }] = (await world.rooms.get(roomId)).stage.guests
    await world.obey(roomId, newAnchor, { type: 'kick', userId: oldViewer.id, requestId })
    expect(world.takeOldNews().find(([to]) => to === whom)).toEqual([whom, { cmd: 'linkmic', data: { type: 'kickout', roomID: roomId, timestamp: world.clock.now() } }])
  })

  it('[OI5] hears that it has to go when its stream does not come', async () => {
    await decide('accept')
    world.takeOldNews()
    await world.clock.advance(APPLY_TIMEOUT_MS)
    expect(world.takeOldNews().filter(([to]) => to === whom)).toMatchObject([[whom, { data: { type: 'kickout' } }]])
  })

  it('[OI5] that goes by itself hears nothing', async () => {
    await decide('accept')
    await world.rooms.weapp.seat(roomId, oldViewer, { seatsMax: 3, needsConsent: true })
    await world.clock.advance(100)
    world.takeOldNews()
    await world.rooms.weapp.leaveSeat(roomId, oldViewer.id)
    await world.clock.advance(100)
    expect(world.takeOldNews().filter(([to]) => to === whom)).toEqual([])
  })

  it('[OI8] [OI16] is sent nothing that only our app understands, and is kept in order by its account', async () => {
    await world.rooms.moderation.obey(roomId, newAnchor.id, { type: 'silence', userId: oldViewer.id })
    await world.rooms.moderation.obey(roomId, newAnchor.id, { type: 'remove', userId: oldViewer.id })
    await world.clock.advance(1000)
    expect(world.api.whispers.filter(({ userId }) => userId === oldViewer.id)).toEqual([])
    expect(world.api.of('silence')).toContain(`${roomId} true ${oldViewer.id}`)
    expect(world.api.of('ban')).toEqual([`${roomId} true ${oldViewer.id}`])
  })

  it('[OI10] is refused at once where it is of no use to ask, with the reason', async () => {
    await decide('reject')
    world.takeOldNews()
    await world.whisper('viewer_1', 'uanchor', request(roomId))
    expect(world.takeOldNews()).toEqual([[whom, answer(roomId, 'reject', '申请太频繁，请稍后再试')]])
    await world.clock.advance(REJECTED_WAIT_MS)
    await world.obey(roomId, newAnchor, { type: 'setAdmission', admission: 'closed' })
    await world.whisper('viewer_1', 'uanchor', request(roomId))
    expect(world.takeOldNews()).toEqual([[whom, answer(roomId, 'reject', '主播暂不接受连麦')]])
    await world.rooms.end(roomId, newAnchor.id)
    await world.whisper('viewer_1', 'uanchor', request(roomId))
    expect(world.takeOldNews()).toEqual([[whom, answer(roomId, 'reject', '直播已结束')]])
  })
})

describe('who is on stage', () => {
  const changes = () => world.takeOldNews().filter(([, message]) => 'cmd' in message && message.cmd === 'notifyPusherChange')

  it('[OI7] is told to look at anew where an old client is among them, as both generations know it, once a second', async () => {
    const roomId = await world.goLive(newAnchor)
    await world.whisper('viewer_1', 'uanchor', request(roomId))
    await world.obey(roomId, newAnchor, { type: 'accept', ...(await world.queueOf(roomId, newAnchor))[0]! })
    expect(changes()).toEqual([])
    await world.rooms.weapp.seat(roomId, oldViewer, { seatsMax: 3, needsConsent: true })
    await world.clock.advance(10)
    expect(changes()).toEqual([[roomId, { cmd: 'notifyPusherChange', data: {} }], [roomId, { cmd: 'notifyPusherChange', data: '' }]])
    await world.rooms.weapp.leaveSeat(roomId, oldViewer.id)
    await world.clock.advance(100)
    expect(changes()).toEqual([])
    await world.clock.advance(1000)
    expect(changes()).toHaveLength(2)
  })

  it('[OI7] is no news for rooms without old clients', async () => {
    const roomId = await world.goLive(newAnchor)
    await world.come(roomId, newViewer)
    await world.obey(roomId, newViewer, { type: 'apply', requestId: 'q1', medium: 'video' })
    await world.obey(roomId, newAnchor, { type: 'accept', requestId: 'q1', userId: newViewer.id })
    await world.clock.advance(2000)
    expect(world.takeOldNews()).toEqual([])
  })
})
