/** Old clients and our app in the same rooms, over the double of Tencent IM. */
import type { OldAndNew } from './support/oldAndNew'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openPeer } from '@/sandbox/tencent/im/testing/peer'
import { DESTROY_AFTER_MS } from '@/server/im/tencent/limits'
import { publishRtmp } from '@/server/media/embedded/testing/rtmpPublisher'
import { CreatedRoom } from '@/shared/protocol/rest'
import { codeOf } from '@/tests/weapp/support/answers'
import { openOldAndNew } from './support/oldAndNew'

let world: OldAndNew
beforeEach(async () => {
  world = await openOldAndNew()
})
afterEach(() => world.close())

const soon = <Value>(check: () => Value | Promise<Value>) => vi.waitFor(check, { timeout: 8000, interval: 30 })
const roomOf = async (roomId: string) => (await world.server.call('GET', `/api/rooms/${roomId}`)).body.room
const guestsOf = async (roomId: string) => ((await roomOf(roomId)).stage.guests as { user: { nickname: string }, status: string }[]).map(({ user, status }) => `${user.nickname} ${status}`)
const problems = () => world.server.logLines.map(line => JSON.parse(line) as { level: number | string, msg: string }).filter(({ level }) => ['warn', 'error', 'fatal'].includes(String(level)) || Number(level) >= 40).map(({ msg }) => msg)

/** On air, and in its chat. */
async function newRoom(nickname = 'Anna') {
  const anchor = await world.person(nickname)
  const { room, publish } = (await anchor.call('POST', '/rooms', { title: 'Evening' })).as(CreatedRoom)
  await publishRtmp(publish.rtmp)
  await anchor.client.join(room.id)
  return { anchor, roomId: room.id }
}

async function oldRoom(account: string, generation: 'wx' | 'native' | 'first', roomID?: string) {
  const { client: anchor, tim } = await world.old(account, generation)
  await publishRtmp(await anchor.fetchPushURL())
  const name = await anchor.createRoom('晚上好', roomID)
  const [{ id: roomId }] = await soon(async () => {
    const { rooms } = (await world.server.call('GET', '/api/rooms')).body
    expect(rooms).toHaveLength(1)
    return rooms as { id: string }[]
  })
  return { anchor, tim, name, roomId }
}

it('[OI20] [OI5] [OI9] an old viewer is let in by an anchor with our app, and nobody is without a yes', async () => {
  const { anchor, roomId } = await newRoom()
  const { client: viewer } = await world.old('viewer_1')
  await viewer.enterRoom(roomId)
  await publishRtmp(await viewer.fetchPushURL())
  expect(await codeOf(viewer.joinAnchor())).toBe(203_006)

  const answer = viewer.requestJoinAnchor()
  const [application] = await soon(async () => {
    const { queue } = (await anchor.call('GET', `/rooms/${roomId}/link-mic`)).body.view
    expect(queue).toHaveLength(1)
    return queue as { user: { id: string }, requestId: string }[]
  })
  expect(await codeOf(viewer.joinAnchor())).toBe(203_006)
  await anchor.call('POST', `/rooms/${roomId}/link-mic`, { type: 'accept', userId: application!.user.id, requestId: application!.requestId })
  expect(await answer).toBe('accept')
  await publishRtmp(await viewer.fetchPushURL())
  await viewer.joinAnchor()
  expect(await guestsOf(roomId)).toEqual([expect.stringContaining('linked')])

  const [guest] = (await roomOf(roomId)).stage.guests
  await anchor.call('POST', `/rooms/${roomId}/link-mic`, { type: 'kick', userId: guest.user.id, requestId: guest.requestId })
  await soon(() => expect(viewer.events).toContain('kicked'))
  expect(await guestsOf(roomId)).toEqual([])
  expect(await viewer.requestJoinAnchor()).toBe('reject')

  await anchor.call('DELETE', `/rooms/${roomId}`)
  await soon(() => expect(viewer.events).toContain('destroyed'))
}, 30_000)

it('[OI20] [OI4] [OI11] [OI19] an old anchor, whose room has a name, lets people with our app in, and takes them off', async () => {
  const { anchor, name, roomId } = await oldRoom('anchor_1', 'wx', 'my room')
  expect([name, world.cloud.cloud.group('my room').owner]).toEqual(['my room', 'anchor_1'])
  expect(world.cloud.cloud.groups.has(roomId)).toBe(false)
  const anna = await world.person('Anna')
  await anna.client.join(roomId)
  expect(world.cloud.cloud.group('my room').members.sort()).toEqual(['anchor_1', anna.user.id])

  await anna.call('POST', `/rooms/${roomId}/link-mic`, { type: 'apply', requestId: 'q1', medium: 'video' })
  await soon(() => expect(anchor.events).toContain(`asked by ${anna.user.id}`))
  await anchor.acceptJoinAnchor(anna.user.id)
  await soon(async () => expect(await anna.linkOf(roomId)).toMatchObject({ status: 'connecting' }))
  const { publish } = (await anna.call('GET', `/rooms/${roomId}/link-mic`)).body
  await publishRtmp(publish.rtmp)
  await soon(async () => expect(await guestsOf(roomId)).toEqual(['Anna linked']))
  expect((await anchor.getAnchors()).pushers.map(({ userID }) => userID)).toEqual(['anchor_1', anna.user.id])

  await anchor.kickoutJoinAnchor(anna.user.id)
  await soon(async () => expect(await anna.linkOf(roomId)).toMatchObject({ status: 'idle', ending: { reason: 'kicked' } }))

  const boris = await world.person('Boris')
  await boris.client.join(roomId)
  await boris.call('POST', `/rooms/${roomId}/link-mic`, { type: 'apply', requestId: 'q2', medium: 'video' })
  await soon(() => expect(anchor.events).toContain(`asked by ${boris.user.id}`))
  await anchor.rejectJoinAnchor(boris.user.id)
  await soon(async () => expect(await boris.linkOf(roomId)).toMatchObject({ status: 'idle', ending: { reason: 'rejected' } }))
}, 30_000)

it('[OI20] [OI15] [OI18] chat runs both ways', async () => {
  const { anchor, tim, roomId } = await oldRoom('anchor_1', 'wx')
  const anna = await world.person('Anna')
  await anna.client.join(roomId)
  const { tim: viewer } = await world.old('viewer_1')
  await viewer.joinGroup(roomId)

  await viewer.say(roomId, 'from of old')
  await anna.client.sendText('from of late')
  await soon(() => expect(tim.messages.flatMap(({ from, payload }) => payload.text ? [`${from}: ${payload.text}`] : [])).toEqual(['viewer_1: from of old', `${anna.user.id}: from of late`]))
  await soon(() => expect(anna.heard).toContain('用户er_1: from of old'))
  expect(anna.senders[0]).toMatch(/^ul.{12}$/)

  await world.old('viewer_2')
  const native = await openPeer({ socketUrl: world.cloud.socketUrl, sdkAppId: world.sdkAppId, login: { userId: 'viewer_2', userSig: world.sign('viewer_2') } })
  await native.join(roomId)
  const who = { MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify({ cmd: 'CustomTextMsg', data: { nickName: 'Native', headPic: '' } }) } }
  await native.ask('group_open_http_svc.send_group_msg', { GroupId: roomId, Random: 1, MsgBody: [who, { MsgType: 'TIMTextElem', MsgContent: { Text: 'in two parts' } }] })
  await soon(() => expect(anna.heard.filter(line => line.includes('in two parts'))).toEqual(['用户er_2: in two parts']))
  expect(await native.ask('group_open_http_svc.send_group_msg', { GroupId: roomId, Random: 2, MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: '{"type":"roomEnded"}' } }] })).toMatchObject({ ErrorCode: 10_104 })

  await world.server.call('GET', '/metrics').then(({ text }) => expect(text).toContain('lianmai_chat_messages_total 3'))
  expect(anchor.events.filter(event => event.startsWith('failed'))).toEqual([])
}, 30_000)

it('[OI20] [OI2] the end of an old anchor\'s room, which dismisses its group by itself, is heard by all and troubles nobody', async () => {
  const { anchor, roomId } = await oldRoom('anchor_1', 'wx', 'my room')
  const anna = await world.person('Anna')
  await anna.client.join(roomId)
  const { client: viewer } = await world.old('viewer_1')
  await viewer.enterRoom('my room')
  const ends: unknown[] = []
  anna.client.listen({ messages: messages => ends.push(...messages.filter(({ type }) => type === 'roomEnded')), rejoined: ({ room }) => room.status === 'ended' && ends.push(room) })

  await anchor.exitRoom()
  await soon(() => expect(viewer.events).toContain('destroyed'))
  await soon(() => expect(ends).not.toEqual([]))
  expect((await roomOf(roomId)).status).toBe('ended')
  await publishRtmp(await anchor.fetchPushURL())
  const again = await anchor.createRoom('再来', 'my room')
  expect(again).toBe('my room')
  await sleep(DESTROY_AFTER_MS + 500) // when a group is destroyed after its room's end
  expect(world.cloud.cloud.group('my room').owner).toBe('anchor_1')
  expect(problems()).toEqual([])
}, 30_000)

it.each(['native', 'first'] as const)('[OI20] [OI2] [OI7] a client of the %s kind opens a room with its group, and learns of who comes', async (generation) => {
  const { anchor, name, roomId } = await oldRoom('anchor_1', generation)
  expect(world.cloud.cloud.group(name).owner).toBe('anchor_1')
  const anna = await world.person('Anna')
  await anna.client.join(roomId)
  await anna.call('POST', `/rooms/${roomId}/link-mic`, { type: 'apply', requestId: 'q1', medium: 'video' })
  await soon(() => expect(anchor.events).toContain(`asked by ${anna.user.id}`))
  await anchor.acceptJoinAnchor(anna.user.id)
  const { publish } = await soon(async () => {
    const answer = (await anna.call('GET', `/rooms/${roomId}/link-mic`)).body
    expect(answer.publish).toBeDefined()
    return answer
  })
  await publishRtmp(publish.rtmp)
  await soon(() => expect(anchor.events).toContain(`enter ${anna.user.id}`))
}, 30_000)
