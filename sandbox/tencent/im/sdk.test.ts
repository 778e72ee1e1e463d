import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openImWorld } from './testing/imWorld'
import { openPeer } from './testing/peer'
import { createSdkUser, loadSdk } from './testing/sdk'

const ROOM = 'rsdk'
const GROUP = 'group_open_http_svc'
let application = 1_400_000_100
let TIM: Awaited<ReturnType<typeof loadSdk>>
let world: Awaited<ReturnType<typeof openImWorld>>
let alice: Awaited<ReturnType<typeof createSdkUser>>

beforeAll(async () => {
  for (const name of ['log', 'info', 'warn'] as const)
    vi.spyOn(console, name).mockImplementation(() => {}) // the SDK tells of its start
  TIM = await loadSdk()
})

beforeEach(async () => {
  const sdkAppId = ++application // each application is an SDK of its own
  world = await openImWorld({ sdkAppId, offlineAfterMs: 200 })
  await world.call(`${GROUP}/create_group`, { Type: 'AVChatRoom', GroupId: ROOM, Name: 'live' })
  alice = await createSdkUser(TIM, sdkAppId, world.socketUrl)
})

afterEach(async () => {
  await alice.tim.destroy().catch(() => {}) // it was not logged in, or was sent away
  const { unknown } = world
  await world.close()
  expect(unknown).toEqual([])
})

async function comeIn() {
  await alice.login('ualice', world.userSig('ualice'))
  await alice.join(ROOM)
}
async function bobComesIn() {
  const bob = await openPeer({ socketUrl: world.socketUrl, sdkAppId: application, login: { userId: 'ubob', userSig: world.userSig('ubob') } })
  await bob.join(ROOM)
  return bob
}
const soon = (check: () => void) => vi.waitFor(check, 5000)
const custom = (data: unknown) => [{ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(data) } }]

describe('the real SDK at the double', () => {
  it('[SB6] logs in with a good UserSig only', async () => {
    await expect(alice.tim.login({ userID: 'ualice', userSig: world.userSig('ubob') })).rejects.toMatchObject({ code: 70_013 })
    await expect(alice.tim.login({ userID: 'ualice', userSig: 'eJwtzE' })).rejects.toMatchObject({ code: 70_003 })
    await alice.login('ualice', world.userSig('ualice'))
  })

  it('[SB6] joins groups that exist, and both sides hear each other', async () => {
    await alice.login('ualice', world.userSig('ualice'))
    await expect(alice.join('rnone')).rejects.toMatchObject({ code: 10_010 })
    await alice.join(ROOM)
    await world.call('im_open_login_svc/account_import', { UserID: 'ubob', Nick: 'Bob', FaceUrl: '3' })
    const bob = await bobComesIn()
    await bob.say(ROOM, 'hello')
    await soon(() => expect(alice.messages.map(({ from, nick, to, payload }) => [from, nick, to, payload.text])).toEqual([['ubob', 'Bob', ROOM, 'hello']]))
    await alice.say(ROOM, '你好 🎤')
    await soon(() => expect(bob.texts()).toEqual(['ubob: hello', 'ualice: 你好 🎤']))
    expect(alice.messages).toHaveLength(1) // its own message is not told anew
  })

  it('[SB7] hears the administrator: in the group, by notification, and alone', async () => {
    await comeIn()
    const bob = await bobComesIn()
    await world.call(`${GROUP}/send_group_msg`, { GroupId: ROOM, Random: 1, MsgPriority: 'High', MsgBody: custom({ a: 1 }) })
    await world.call(`${GROUP}/send_group_system_notification`, { GroupId: ROOM, Content: '{"b":2}' })
    await world.call('openim/sendmsg', { To_Account: 'ualice', MsgRandom: 1, MsgLifeTime: 0, MsgBody: custom({ c: 3 }) })
    await soon(() => expect(alice.messages).toHaveLength(3))
    const heard = alice.messages.map(({ type, conversationType, from, payload }) => [type, conversationType, from, payload.data ?? payload.userDefinedField])
    expect(heard).toContainEqual(['TIMCustomElem', 'GROUP', 'administrator', '{"a":1}'])
    expect(heard).toContainEqual(['TIMGroupSystemNoticeElem', '@TIM#SYSTEM', '@TIM#SYSTEM', '{"b":2}'])
    expect(heard).toContainEqual(['TIMCustomElem', 'C2C', 'administrator', '{"c":3}'])
    await soon(() => expect(bob.messages).toHaveLength(2)) // not what was for alice alone
  })

  it('[SB8] is silenced alone and with everybody', async () => {
    await comeIn()
    await world.call(`${GROUP}/forbid_send_msg`, { GroupId: ROOM, Members_Account: ['ualice'], MuteTime: 60 })
    await expect(alice.say(ROOM, 'x')).rejects.toMatchObject({ code: 10_017 })
    await world.call(`${GROUP}/forbid_send_msg`, { GroupId: ROOM, Members_Account: ['ualice'], MuteTime: 0 })
    await world.call(`${GROUP}/modify_group_base_info`, { GroupId: ROOM, ShutUpAllMember: 'On' })
    await expect(alice.say(ROOM, 'x')).rejects.toMatchObject({ code: 10_017 })
    expect(await world.call(`${GROUP}/send_group_msg`, { GroupId: ROOM, Random: 2, MsgBody: custom({}) })).toMatchObject({ ErrorCode: 0 })
    await world.call(`${GROUP}/modify_group_base_info`, { GroupId: ROOM, ShutUpAllMember: 'Off' })
    await alice.say(ROOM, 'y')
  })

  it('[SB8] is banned: told, deaf, and not let in again until it may', async () => {
    await comeIn()
    await world.call(`${GROUP}/ban_group_member`, { GroupId: ROOM, Members_Account: ['ualice'], Duration: 60, Description: 'x' })
    await soon(() => expect(alice.messages.map(({ payload }) => payload.operationType)).toEqual([21]))
    expect(world.cloud.group(ROOM).members).toEqual([])
    await expect(alice.join(ROOM)).rejects.toMatchObject({ code: 10_007 })
    await world.call(`${GROUP}/unban_group_member`, { GroupId: ROOM, Members_Account: ['ualice'] })
    await alice.join(ROOM)
  })

  it('[SB8] is sent away by the server', async () => {
    await comeIn()
    await world.call('im_open_login_svc/kick', { UserID: 'ualice' })
    await soon(() => expect(alice.kicks).toEqual(['REST_API_Kick']))
    expect(world.cloud.group(ROOM).members).toEqual([])
  })

  it('[SB8] is sent away when the account is used in another window', async () => {
    await comeIn()
    await openPeer({ socketUrl: world.socketUrl, sdkAppId: application, login: { userId: 'ualice', userSig: world.userSig('ualice') } })
    await soon(() => expect(alice.kicks).toEqual(['multipleAccount']))
  })

  it('[SB9] hears of the end of its group, and finds it gone', async () => {
    await comeIn()
    await world.call(`${GROUP}/destroy_group`, { GroupId: ROOM })
    await soon(() => expect(alice.messages.map(({ payload }) => payload.operationType)).toEqual([5]))
    await expect(alice.join(ROOM)).rejects.toMatchObject({ code: 10_010 })
  })

  it('[SB6] opens a group and ends it, as only its owner may', async () => {
    await alice.login('ualice', world.userSig('ualice'))
    await alice.tim.createGroup({ groupID: 'of alice', name: 'of alice', type: 'AVChatRoom' })
    expect(world.cloud.group('of alice').owner).toBe('ualice')
    await expect(alice.tim.createGroup({ groupID: 'of alice', name: 'of alice', type: 'AVChatRoom' })).rejects.toMatchObject({ code: 10_025 })
    await expect(alice.tim.createGroup({ groupID: ROOM, name: ROOM, type: 'AVChatRoom' })).rejects.toMatchObject({ code: 10_021 })
    await expect(alice.tim.dismissGroup(ROOM)).rejects.toMatchObject({ code: 10_007 })
    const bob = await openPeer({ socketUrl: world.socketUrl, sdkAppId: application, login: { userId: 'ubob', userSig: world.userSig('ubob') } })
    await bob.join('of alice')
    await alice.tim.dismissGroup('of alice')
    await soon(() => expect(bob.messages.map(({ MsgBody }) => MsgBody.ReportType)).toEqual([5]))
  })

  it('[SB6] speaks to one person', async () => {
    await alice.login('ualice', world.userSig('ualice'))
    const bob = await openPeer({ socketUrl: world.socketUrl, sdkAppId: application, login: { userId: 'ubob', userSig: world.userSig('ubob') } })
    const custom = (to: string) => alice.tim.createCustomMessage({ to, conversationType: 'C2C', payload: { data: '{"cmd":"linkmic"}', description: '', extension: '' } })
    await alice.tim.sendMessage(await custom('ubob'))
    await soon(() => expect(bob.messages.map(({ From_Account, MsgBody }) => [From_Account, MsgBody[0].MsgContent.Data])).toEqual([['ualice', '{"cmd":"linkmic"}']]))
    await expect(alice.tim.sendMessage(await custom('unobody'))).rejects.toMatchObject({ code: 20_003 })
  })

  it('[SB9] comes back after a drop by itself and goes on hearing', async () => {
    await comeIn()
    const bob = await bobComesIn()
    world.drop()
    const again = await bobComesIn()
    await soon(() => expect(alice.states).toContain('connected'))
    await soon(() => expect(world.cloud.group(ROOM).members.sort()).toEqual(['ualice', 'ubob']))
    await again.say(ROOM, 'back')
    await soon(() => expect(alice.messages.map(({ payload }) => payload.text)).toContain('back'))
    expect(bob.isOpen).toBe(false)
  })

  it('[SB6] reads as a visitor, and may not speak', async () => {
    await alice.join(ROOM)
    const bob = await bobComesIn()
    await bob.say(ROOM, 'to all')
    await soon(() => expect(alice.messages.map(({ payload }) => payload.text)).toEqual(['to all']))
    expect(world.cloud.group(ROOM).online).toBe(2)
    expect(world.cloud.group(ROOM).members).toEqual(['ubob'])
  })
})
