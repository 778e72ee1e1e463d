import type { Room } from '../../../shared/protocol/rest'
import type { TencentIm } from './createTencentIm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UNMODERATED } from '../../../shared/domain/moderation'
import { PRESENCE_INTERVAL_MS } from '../../../shared/protocol/presence'
import { person, roomNamed, silentLog } from '../../chat/testing/ChatWorld'
import { settled, VirtualClock } from '../../testing/VirtualClock'
import { PLAIN_ADDRESSES } from '../ImAddresses'
import { createTencentIm } from './createTencentIm'
import { BEAT_STALE_MS, COUNT_EVERY_MS, DESTROY_AFTER_MS, RETURN_GRACE_MS } from './limits'
import { ImCode } from './TencentImError'
import { FakeImApi } from './testing/FakeImApi'

const ROOM = 'rone'
function view(status: 'idle' | 'applying', version = 1) {
  return {
    roomId: ROOM,
    version,
    at: 1,
    admission: 'ask' as const,
    link: status === 'idle' ? { status, ending: null } : { status, requestId: 'q1', medium: 'video' as const, at: 1, deadline: null, lostAt: null },
    position: null,
    seat: null,
    sound: null,
    picture: null,
  }
}

/** Nobody here brings a name, nor speaks the old language. */
const unasked = async () => Promise.reject(new Error('nobody asks'))
let clock: VirtualClock
let api: FakeImApi
let rooms: Map<string, Room>
let tencent: TencentIm
let told: string[]

beforeEach(async () => {
  clock = new VirtualClock()
  api = new FakeImApi()
  rooms = new Map([[ROOM, roomNamed(ROOM)]])
  let randoms = 0
  tencent = createTencentIm({
    api,
    admin: 'administrator',
    clock,
    randomBytes: count => new Uint8Array(count).fill(++randoms),
    random: () => 0,
    log: silentLog,
    addresses: PLAIN_ADDRESSES,
    findUser: async userId => userId === 'uguest' ? undefined : person(userId.slice(1)),
    linkMic: { view: unasked, obey: unasked },
    judgeText: async text => text.includes('blocked') ? 'blocked' : 'fine',
    roomFor: async roomId => rooms.get(roomId),
  })
  told = []
  tencent.im.listen({
    joined: (_, { nickname }) => told.push(`${nickname} joined`),
    presenceChanged: (_, { nickname }, presence) => told.push(`${nickname} ${presence}`),
    onlineChanged: (_, online) => told.push(`online ${online}`),
    said: () => told.push('said'),
  })
})
afterEach(async () => {
  const closing = tencent.close()
  await clock.advance(1000)
  await closing
  expect(clock.pending).toBe(0)
})

const beat = (name: string, visitId = 'v1', isFresh = false) => tencent.presence.beat(ROOM, person(name), { visitId, isFresh })
async function end() {
  rooms.set(ROOM, roomNamed(ROOM, { status: 'ended' }))
  await tencent.im.broadcast(ROOM, { type: 'roomEnded', room: rooms.get(ROOM)! })
  await tencent.im.closeRoom(ROOM)
}

describe('a room', () => {
  it('[IS3] is created once its group is there', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    await tencent.im.createRoom(ROOM, 'uanchor')
    expect(api.of('createGroup')).toEqual([ROOM])
  })

  it('[IS3] is tried again for a passing failure, and is refused within two seconds', async () => {
    api.refusals.set('createGroup', 10_002)
    const refused = expect(tencent.im.createRoom(ROOM, 'uanchor')).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE', status: 503 })
    await clock.advance(2000)
    await refused
    expect(api.of('createGroup').length).toBeGreaterThan(3)
    const created = tencent.im.createRoom(ROOM, 'uanchor')
    api.refusals.clear()
    await clock.advance(250)
    await created
  })

  it('[IS3] is refused at once for what stays wrong', async () => {
    api.refusals.set('createGroup', 70_003)
    await expect(tencent.im.createRoom(ROOM, 'uanchor')).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE' })
    expect(api.of('createGroup')).toHaveLength(1)
  })

  it('[IS6] has its group made anew when it is gone', async () => {
    api.refusals.set('tellGroup', ImCode.noSuchGroup)
    await tencent.im.broadcast(ROOM, { type: 'roomChanged', room: roomNamed(ROOM) })
    await settled()
    expect(api.asked).toEqual(['tellGroup rone roomChanged', 'createGroup rone', 'tellGroup rone roomChanged'])
  })

  it('[IS6] that is too full of messages is told its changes by notification, and no head counts', async () => {
    api.refusals.set('tellGroup', ImCode.tooManyMessages)
    await tencent.im.createRoom(ROOM, 'uanchor')
    await beat('anna')
    await tencent.im.broadcast(ROOM, { type: 'roomChanged', room: roomNamed(ROOM) })
    await clock.advance(10_000)
    expect(api.news.map(({ type, priority }) => [type, priority])).toEqual([['roomChanged', 'notification']])
  })

  it('[IS4] is told news with its priority; a message tried again is the same message', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    api.refusals.set('tellGroup', 10_002)
    await tencent.im.broadcast(ROOM, { type: 'roomChanged', room: roomNamed(ROOM) })
    await settled()
    api.refusals.clear()
    await clock.advance(1000)
    await beat('anna')
    await clock.advance(1000)
    expect(api.news.map(({ type, priority }) => [type, priority])).toEqual([['roomChanged', 'High'], ['joinNotice', 'Low'], ['online', 'Lowest']])
    expect([api.of('tellGroup').length, api.news[0].random]).toEqual([4, 0x01010101])
  })

  it('[IS7] loses its group a while after its end', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    await end()
    await clock.advance(DESTROY_AFTER_MS - 1)
    expect(api.asked).toEqual(['createGroup rone', 'tellGroup rone roomEnded'])
    await clock.advance(1)
    expect(api.asked.at(-1)).toBe('destroyGroup rone')
    expect(tencent.figures().rooms).toBe(0)
  })

  it('[IS7] is forgotten when the cloud cannot be told of its end', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    await end()
    api.refusals.set('destroyGroup', 10_007)
    await clock.advance(DESTROY_AFTER_MS)
    expect(tencent.figures().rooms).toBe(0)
  })

  it('[IS14] takes no messages until its group is gone', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    await end()
    api.gate = new Promise(() => {})
    await clock.advance(DESTROY_AFTER_MS)
    expect(await tencent.callbacks({ CallbackCommand: 'Group.CallbackBeforeSendMsg', GroupId: ROOM, From_Account: 'uanna', MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hi' } }] })).toEqual({ type: 'refused', code: 'FORBIDDEN' })
  })

  it('[IS7] that begins anew before keeps it', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    await end()
    rooms.set(ROOM, roomNamed(ROOM))
    await tencent.im.createRoom(ROOM, 'uanchor')
    await clock.advance(DESTROY_AFTER_MS * 2)
    expect(api.of('destroyGroup')).toEqual([])
    await beat('anna')
  })

  it('[IS7] that has just ended when the server stops loses it then', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    await end()
    await tencent.close()
    expect(api.of('destroyGroup')).toEqual([ROOM])
  })

  it('[IS7] a cloud that does not answer keeps no server from stopping', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    await end()
    api.gate = new Promise(() => {})
    const closed = tencent.close()
    await clock.advance(1000)
    await closed
  })
})

describe('presence', () => {
  it('[IS8] begins with a beat and ends with a leaving; two windows are one person', async () => {
    await beat('anna')
    await beat('anna', 'v2')
    tencent.presence.leave(ROOM, 'uanna', 'v1')
    expect(told).toEqual(['anna here', 'anna joined', 'online 1', 'anna here'])
    tencent.presence.leave(ROOM, 'uanna', 'v2')
    tencent.presence.leave(ROOM, 'uanna', 'v2')
    await clock.advance(1000)
    expect(told.slice(4)).toEqual(['anna left', 'online 0'])
  })

  it('[IS8] is lost without beats, and was never away for who is back soon', async () => {
    await beat('anna')
    for (let ms = 0; ms < 60_000; ms += PRESENCE_INTERVAL_MS) {
      await clock.advance(PRESENCE_INTERVAL_MS)
      await beat('anna')
    }
    expect(told).toEqual(['anna here', 'anna joined', 'online 1'])
    await clock.advance(BEAT_STALE_MS)
    expect(told.slice(3)).toEqual(['anna dropped'])
    await beat('anna')
    expect(told.slice(4)).toEqual(['anna here'])
    await clock.advance(BEAT_STALE_MS + RETURN_GRACE_MS + 1000)
    expect(told.slice(5)).toEqual(['anna dropped', 'online 0'])
    await beat('anna')
    expect(told.slice(7)).toEqual(['anna here', 'anna joined', 'online 1'])
  })

  it('[IS8] is told again for a window that knows nothing yet', async () => {
    await beat('anna', 'v1', true)
    await beat('anna')
    await beat('anna', 'v1', true)
    expect(told.filter(line => line === 'anna here')).toHaveLength(2)
  })

  it('[IS8] five windows of one person are remembered', async () => {
    for (let i = 1; i <= 7; i++)
      await beat('anna', `v${i}`)
    for (let i = 3; i <= 6; i++)
      tencent.presence.leave(ROOM, 'uanna', `v${i}`)
    expect(told).not.toContain('anna left')
    tencent.presence.leave(ROOM, 'uanna', 'v7')
    expect(told).toContain('anna left')
  })

  it('[IS8] [IS15] the cloud tells sooner that somebody is lost, and that they are back', async () => {
    await beat('anna')
    await beat('boris')
    await tencent.callbacks({ CallbackCommand: 'State.StateChange', Info: { Action: 'Disconnect', To_Account: 'uanna' } })
    expect(told.at(-1)).toBe('anna dropped')
    await beat('anna')
    await tencent.callbacks({ CallbackCommand: 'Group.CallbackOnMemberStateChange', GroupId: ROOM, EventType: 'Offline', MemberList: [{ Member_Account: 'uboris' }, { Member_Account: 'unobody' }] })
    expect(told.at(-1)).toBe('boris dropped')
    await tencent.callbacks({ CallbackCommand: 'Group.CallbackOnMemberStateChange', GroupId: ROOM, EventType: 'Online', MemberList: [{ Member_Account: 'uboris' }, { Member_Account: 'unobody' }] })
    expect(told.at(-1)).toBe('boris here')
    await tencent.callbacks({ CallbackCommand: 'State.StateChange', Info: { Action: 'Login', To_Account: 'uboris' } })
    expect(told.at(-1)).toBe('boris here')
  })

  it('[IS8] [IS15] one window of several that the cloud loses is no loss; all of them in a room are', async () => {
    await beat('anna', 'v1')
    await beat('anna', 'v2')
    await tencent.callbacks({ CallbackCommand: 'State.StateChange', Info: { Action: 'Disconnect', To_Account: 'uanna' } })
    expect(told.at(-1)).not.toBe('anna dropped')
    await tencent.callbacks({ CallbackCommand: 'Group.CallbackOnMemberStateChange', GroupId: ROOM, EventType: 'Offline', MemberList: [{ Member_Account: 'uanna' }] })
    expect(told.at(-1)).toBe('anna dropped')
  })

  it('[IS8] a leaving that comes after the loss is a leaving all the same', async () => {
    await beat('anna')
    await tencent.callbacks({ CallbackCommand: 'State.StateChange', Info: { Action: 'Disconnect', To_Account: 'uanna' } })
    tencent.presence.leave(ROOM, 'uanna', 'v1')
    await clock.advance(1000)
    expect(told.slice(-3)).toEqual(['anna dropped', 'anna left', 'online 0'])
  })

  it('[IS9] who was sent away while lost is not brought back by the cloud', async () => {
    await beat('anna')
    await tencent.callbacks({ CallbackCommand: 'State.StateChange', Info: { Action: 'Disconnect', To_Account: 'uanna' } })
    await tencent.im.moderate(ROOM, 'uanchor', { ...UNMODERATED, removed: ['uanna'] })
    await tencent.callbacks({ CallbackCommand: 'Group.CallbackOnMemberStateChange', GroupId: ROOM, EventType: 'Online', MemberList: [{ Member_Account: 'uanna' }] })
    expect(told.filter(one => one.startsWith('anna ')).at(-1)).not.toBe('anna here')
    expect(await tencent.im.audience(ROOM, 10)).toEqual([])
  })

  it('[IS9] is refused in a room that is not there or has ended, and to who was sent away', async () => {
    await expect(tencent.presence.beat('rnone', person('anna'), { visitId: 'v1', isFresh: true })).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
    await tencent.im.moderate(ROOM, 'uanchor', { ...UNMODERATED, removed: ['uanna'] })
    await expect(beat('anna')).rejects.toMatchObject({ code: 'REMOVED' })
    await end()
    await expect(beat('boris')).rejects.toMatchObject({ code: 'ROOM_ENDED' })
    expect(told).toEqual([])
  })
})

describe('the head count', () => {
  it('[IS10] is what the cloud counts without the anchor, and what the beats say when that is more or all there is', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    await beat('anchor')
    await beat('anna')
    api.online = 12
    await clock.advance(COUNT_EVERY_MS)
    expect(await tencent.im.onlineCount(ROOM)).toBe(11)
    api.online = 1
    await clock.advance(COUNT_EVERY_MS)
    expect(await tencent.im.onlineCount(ROOM)).toBe(1)
    api.online = 12
    await clock.advance(COUNT_EVERY_MS)
    api.refusals.set('countOnline', undefined)
    await beat('anna')
    await clock.advance(COUNT_EVERY_MS)
    expect(await tencent.im.onlineCount(ROOM)).toBe(1)
    expect(told.filter(line => line.startsWith('online'))).toEqual(['online 1', 'online 11', 'online 1', 'online 11', 'online 1'])
  })

  it('[IS10] does not make one of the audience of an anchor who reloads the page', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    await beat('anchor')
    await beat('anna')
    api.online = 2
    await clock.advance(COUNT_EVERY_MS)
    await tencent.presence.leave(ROOM, 'uanchor', 'v1')
    await clock.advance(1000)
    expect(await tencent.im.onlineCount(ROOM)).toBe(1)
    await beat('anchor', 'v2')
    expect(await tencent.im.onlineCount(ROOM)).toBe(1)
    expect(told.filter(line => line.startsWith('online'))).toEqual(['online 1'])
  })

  it('[IS10] is asked for every ten seconds, and not of rooms that have ended', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    await clock.advance(3 * COUNT_EVERY_MS)
    expect(api.of('countOnline')).toHaveLength(3)
    await end()
    await clock.advance(3 * COUNT_EVERY_MS)
    expect(api.of('countOnline')).toHaveLength(3)
  })

  it('[IS10] and arrivals are told at most once a second', async () => {
    for (const name of ['anna', 'boris', 'clara', 'dora'])
      await beat(name)
    await clock.advance(900)
    expect(api.news.map(({ type }) => type).sort()).toEqual(['joinNotice', 'online'])
    await clock.advance(1100)
    expect(api.news.slice(2)).toMatchObject([{ type: 'joinNotice', user: { nickname: 'boris' }, others: 2 }, { type: 'online', online: 4 }])
  })
})

describe('what is for one person', () => {
  it('[IS4] [IS5] is told that person, the newest of what waits; who stands nowhere is told nothing of it', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    await tencent.im.signal(ROOM, 'uanna', { type: 'linkMic', view: view('idle') })
    await tencent.im.signal(ROOM, 'uanna', { type: 'linkMic', view: view('applying', 2) })
    await tencent.im.signal(ROOM, 'uanna', { type: 'linkMic', view: view('applying', 3) })
    await tencent.im.signal(ROOM, 'uanna', { type: 'linkMic', view: view('idle', 4) })
    await tencent.im.signal(ROOM, 'uanna', { type: 'standing', standing: { roomId: ROOM, isSilenced: true } })
    await settled()
    expect(api.whispers.map(whisper => [whisper.userId, whisper.type, 'view' in whisper && whisper.view.version])).toEqual([['uanna', 'linkMic', 2], ['uanna', 'linkMic', 4], ['uanna', 'standing', false]])
  })
})

describe('order', () => {
  it('[IS11] is told to the cloud as it changes, in twenties, and once', async () => {
    await tencent.im.createRoom(ROOM, 'uanchor')
    const many = Array.from({ length: 25 }, (_, i) => `u${i}`)
    await tencent.im.moderate(ROOM, 'uanchor', { isEveryoneSilenced: false, silenced: many, removed: ['ubad'] })
    await tencent.im.moderate(ROOM, 'uanchor', { isEveryoneSilenced: true, silenced: many, removed: ['ubad'] })
    await settled()
    expect(api.of('silence')).toEqual([`rone true ${many.slice(0, 20).join()}`, `rone true ${[...many.slice(20), 'ubad'].join()}`])
    expect(api.of('ban')).toEqual(['rone true ubad'])
    expect(api.whispers).toEqual([{ userId: 'ubad', type: 'removed', roomId: ROOM }])
    await tencent.im.moderate(ROOM, 'uanchor', { isEveryoneSilenced: false, silenced: many.slice(1), removed: [] })
    await settled()
    expect(api.of('silence').slice(2)).toEqual(['rone false u0,ubad'])
    expect(api.of('ban').slice(1)).toEqual(['rone false ubad'])
  })

  it('[IS11] holds without the edition that bans', async () => {
    api.refusals.set('ban', 10_007)
    await tencent.im.createRoom(ROOM, 'uanchor')
    await beat('bad')
    await tencent.im.moderate(ROOM, 'uanchor', { ...UNMODERATED, removed: ['ubad'] })
    await settled()
    expect(told).toContain('bad left')
    expect(api.whispers).toMatchObject([{ type: 'removed' }])
    await expect(beat('bad')).rejects.toMatchObject({ code: 'REMOVED' })
    expect(api.of('ban')).toHaveLength(1)
  })
})

describe('a message', () => {
  const text = (Text: string) => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }]
  /** By which code it is refused. */
  async function ask(From_Account: string, MsgBody: { MsgType: string, MsgContent: Record<string, unknown> }[], GroupId = ROOM) {
    const verdict = await tencent.callbacks({ CallbackCommand: 'Group.CallbackBeforeSendMsg', GroupId, From_Account, MsgBody })
    return verdict.type === 'refused' ? verdict.code : verdict.type
  }

  beforeEach(() => tencent.im.createRoom(ROOM, 'uanchor'))

  it('[IS14] of text is let through, unless its person may not speak or it holds blocked words', async () => {
    await tencent.im.moderate(ROOM, 'uanchor', { isEveryoneSilenced: false, silenced: ['uanna'], removed: ['ubad'] })
    expect(await Promise.all([ask('uboris', text('hello')), ask('uanna', text('hello')), ask('ubad', text('hello')), ask('uboris', text('a blocked word'))]))
      .toEqual(['fine', 'SILENCED', 'REMOVED', 'TEXT_BLOCKED'])
    await tencent.im.moderate(ROOM, 'uanchor', { ...UNMODERATED, isEveryoneSilenced: true })
    expect([await ask('uboris', text('hello')), await ask('uanchor', text('hello'))]).toEqual(['SILENCED', 'fine'])
    expect(tencent.figures().refused).toBe(4)
  })

  it('[IS14] of anything but text could pass for news; the server\'s own may be anything', async () => {
    const news = [{ MsgType: 'TIMCustomElem', MsgContent: { Data: '{"type":"roomEnded"}' } }]
    expect(await Promise.all([ask('uanna', news), ask('uanna', [...text('hi'), ...news]), ask('uanna', []), ask('uanna', text('字'.repeat(201)))])).toEqual(Array.from({ length: 4 }).fill('FORBIDDEN'))
    expect([await ask('administrator', news), await ask('uanna', news, 'rnobodys')]).toEqual(['fine', 'fine'])
  })

  it('[IS14] of who has no account any more is refused', async () => {
    expect(await ask('uguest', text('hello'))).toBe('FORBIDDEN')
  })

  it('[IS14] after the end of the room is refused', async () => {
    await end()
    expect(await ask('uanna', text('hello'))).toBe('FORBIDDEN')
  })

  it('[IS15] that was said is counted, but for the server\'s own', async () => {
    for (const From_Account of ['uanna', 'administrator'])
      await tencent.callbacks({ CallbackCommand: 'Group.CallbackAfterSendMsg', GroupId: ROOM, From_Account, MsgBody: text('hi') })
    expect(told).toEqual(['said'])
    expect(tencent.figures()).toMatchObject({ said: 1 })
  })
})

describe('people', () => {
  it('[IS12] are introduced once, and again when they are called otherwise', async () => {
    tencent.introduce(person('anna'))
    await settled()
    tencent.introduce(person('anna'))
    tencent.introduce({ ...person('anna'), nickname: 'Anne' })
    await settled()
    expect(api.of('importAccount')).toEqual(['uanna anna 1', 'uanna Anne 1'])
  })

  it('[IS12] whom the cloud does not take now are introduced later', async () => {
    api.refusals.set('importAccount', undefined)
    tencent.introduce(person('anna'))
    await settled()
    api.refusals.clear()
    await clock.advance(1000)
    tencent.introduce(person('anna'))
    await settled()
    expect(api.of('importAccount')).toHaveLength(2)
  })

  it('[IS8] have their new names at once', async () => {
    await beat('anna')
    tencent.rename({ ...person('anna'), nickname: 'Anne' })
    expect(await tencent.im.audience(ROOM, 10)).toMatchObject([{ nickname: 'Anne' }])
  })
})

it('[IS18] figures tell of rooms, people, and what the cloud was told and was not', async () => {
  await tencent.im.createRoom(ROOM, 'uanchor')
  await beat('anchor')
  await beat('anna')
  await tencent.im.broadcast(ROOM, { type: 'roomChanged', room: roomNamed(ROOM) })
  api.refusals.set('tellPerson', 20_003)
  await tencent.im.signal(ROOM, 'uanna', { type: 'linkMic', view: view('applying') })
  await clock.advance(1000)
  expect(tencent.figures()).toMatchObject({ rooms: 1, sockets: 2, said: 0, frames: 3, passedOver: 1, refused: 0 })
})
