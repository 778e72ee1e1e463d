import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openImWorld, SDK_APP_ID } from './testing/imWorld'
import { openPeer } from './testing/peer'

const ROOM = 'rcalled'
const GROUP = 'group_open_http_svc'

let world: Awaited<ReturnType<typeof openImWorld>>
beforeEach(async () => {
  world = await openImWorld({ offlineAfterMs: 100 })
  await world.call(`${GROUP}/create_group`, { Type: 'AVChatRoom', GroupId: ROOM, Name: 'live' })
})
afterEach(() => world.close())

const enter = (userId: string) => openPeer({ socketUrl: world.socketUrl, sdkAppId: SDK_APP_ID, login: { userId, userSig: world.userSig(userId) } })
const commands = () => world.heard.map(({ body }) => body.CallbackCommand)
const answer = (command: string, body: object) => world.answers.set(command, { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0, ...body })
const soon = (check: () => void) => vi.waitFor(check, 3000)

it('[SB10] a callback is signed with the token and its time, and names its application and command', async () => {
  await enter('ualice')
  await soon(() => expect(world.heard).toHaveLength(1))
  const [{ query, body }] = world.heard
  expect(query.get('Sign')).toBe(createHash('sha256').update(world.token + query.get('RequestTime')).digest('hex'))
  expect(Object.fromEntries(query)).toMatchObject({ SdkAppid: String(SDK_APP_ID), CallbackCommand: 'State.StateChange', contenttype: 'json' })
  expect(Math.abs(Number(query.get('RequestTime')) - Date.now() / 1000)).toBeLessThan(5)
  expect(body).toMatchObject({ CallbackCommand: 'State.StateChange', Info: { Action: 'Login', To_Account: 'ualice', Reason: 'Register' } })
})

describe('before a message', () => {
  it('[SB11] the application lets it through, refuses it, swallows it or changes it', async () => {
    const alice = await enter('ualice')
    const bob = await enter('ubob')
    await bob.join(ROOM)
    expect(await alice.say(ROOM, 'from outside')).toMatchObject({ ErrorCode: 10_007 })
    await alice.join(ROOM)
    expect(await alice.say(ROOM, 'yes')).toMatchObject({ ErrorCode: 0 })
    answer('Group.CallbackBeforeSendMsg', { ErrorCode: 1 })
    expect(await alice.say(ROOM, 'no')).toMatchObject({ ErrorCode: 10_016 })
    answer('Group.CallbackBeforeSendMsg', { ErrorCode: 10_123, ErrorInfo: 'of our own' })
    expect(await alice.say(ROOM, 'no')).toMatchObject({ ErrorCode: 10_123, ErrorInfo: 'of our own' })
    answer('Group.CallbackBeforeSendMsg', { ErrorCode: 2 })
    expect(await alice.say(ROOM, 'unheard')).toMatchObject({ ErrorCode: 0 })
    answer('Group.CallbackBeforeSendMsg', { MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: '***' } }], CloudCustomData: 'by the way' })
    expect(await alice.say(ROOM, 'ugly')).toMatchObject({ ErrorCode: 0 })
    await soon(() => expect(bob.texts()).toEqual(['ualice: yes', 'ualice: ***']))
    expect(bob.messages.map(({ CloudCustomData }) => CloudCustomData)).toEqual(['', 'by the way'])
    const before = world.heard.filter(({ body }) => body.CallbackCommand === 'Group.CallbackBeforeSendMsg')
    expect(before[0]!.body).toMatchObject({ GroupId: ROOM, Type: 'AVChatRoom', From_Account: 'ualice', Operator_Account: 'ualice', MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'yes' } }] })
    await soon(() => expect(commands().filter(command => command === 'Group.CallbackAfterSendMsg')).toHaveLength(2))
  })

  it('[SB11] to one person it does the same', async () => {
    const [alice, bob] = [await enter('ualice'), await enter('ubob')]
    expect(await alice.whisper('unobody', 'hello')).toMatchObject({ ErrorCode: 20_003 })
    expect(await alice.whisper('ubob', 'yes', { MsgSeq: 7, MsgRandom: 8 })).toMatchObject({ ErrorCode: 0 })
    answer('C2C.CallbackBeforeSendMsg', { ErrorCode: 1 })
    expect(await alice.whisper('ubob', 'no')).toMatchObject({ ErrorCode: 20_006 })
    answer('C2C.CallbackBeforeSendMsg', { ErrorCode: 120_042, ErrorInfo: 'of our own' })
    expect(await alice.whisper('ubob', 'no')).toMatchObject({ ErrorCode: 120_042, ErrorInfo: 'of our own' })
    answer('C2C.CallbackBeforeSendMsg', { ErrorCode: 2 })
    expect(await alice.whisper('ubob', 'unheard')).toMatchObject({ ErrorCode: 0 })
    answer('C2C.CallbackBeforeSendMsg', { MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: '***' } }], CloudCustomData: 'by the way' })
    expect(await alice.whisper('ubob', 'ugly')).toMatchObject({ ErrorCode: 0 })
    await soon(() => expect(bob.texts()).toEqual(['ualice: yes', 'ualice: ***']))
    expect(bob.messages.at(-1)).toMatchObject({ To_Account: 'ubob', CloudCustomData: 'by the way' })
    const [first] = world.heard.filter(({ body }) => body.CallbackCommand === 'C2C.CallbackBeforeSendMsg')
    expect(first.body).toMatchObject({ From_Account: 'ualice', To_Account: 'ubob', MsgSeq: 7, MsgRandom: 8, MsgKey: expect.stringMatching(/^7_8_\d+$/), OnlineOnlyFlag: 0, MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'yes' } }] })
    expect(first.query.get('OptPlatform')).toBe('Web')
    const own = { To_Account: 'ubob', MsgRandom: 9, MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'from the server' } }] }
    await world.call('openim/sendmsg', { ...own, ForbidCallbackControl: ['ForbidBeforeSendMsgCallback'] })
    expect(world.heard.at(-1)!.query.get('OptPlatform')).toBe('Web')
    await world.call('openim/sendmsg', own)
    expect(world.heard.at(-1)!.query.get('OptPlatform')).toBe('RESTAPI')
  })

  it('[SB11] an answer that cannot be read is consent', async () => {
    const alice = await enter('ualice')
    await alice.join(ROOM)
    world.answers.set('Group.CallbackBeforeSendMsg', { never: 'mind' })
    expect(await alice.say(ROOM, 'yes')).toMatchObject({ ErrorCode: 0 })
  })

  it('[SB11] what was said is not asked or said again', async () => {
    const alice = await enter('ualice')
    await alice.join(ROOM)
    await alice.say(ROOM, 'once', 7)
    await alice.say(ROOM, 'once', 7)
    await soon(() => expect(alice.texts()).toEqual(['ualice: once']))
    expect(commands().filter(command => command === 'Group.CallbackBeforeSendMsg')).toHaveLength(1)
  })

  it('[SB11] the administrator\'s own are asked about, too, unless it says otherwise', async () => {
    const message = { GroupId: ROOM, Random: 1, MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: '1' } }] }
    await world.call(`${GROUP}/send_group_msg`, { ...message, ForbidCallbackControl: ['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback'] })
    expect(commands()).toEqual([])
    await world.call(`${GROUP}/send_group_msg`, { ...message, Random: 2 })
    expect(world.heard[0]!.body).toMatchObject({ From_Account: 'administrator', Operator_Account: 'administrator' })
    expect(world.heard[0]!.query.get('OptPlatform')).toBe('RESTAPI')
  })
})

describe('people', () => {
  it('[SB12] coming and going is told', async () => {
    const alice = await enter('ualice')
    await alice.join(ROOM)
    await alice.quit(ROOM)
    await alice.ask('im_open_status.wslogout')
    await soon(() => expect(commands()).toEqual(['State.StateChange', 'Group.CallbackAfterNewMemberJoin', 'Group.CallbackAfterMemberExit', 'State.StateChange']))
    expect(world.heard[1]!.body).toMatchObject({ GroupId: ROOM, JoinType: 'Apply', NewMemberList: [{ Member_Account: 'ualice' }] })
    expect(world.heard[2]!.body).toMatchObject({ GroupId: ROOM, ExitType: 'Quit', ExitMemberList: [{ Member_Account: 'ualice' }] })
    expect(world.heard[3]!.body).toMatchObject({ Info: { Action: 'Logout', Reason: 'Unregister' } })
  })

  it('[SB12] whose socket breaks is offline after a while, and online again when back', async () => {
    const alice = await enter('ualice')
    await alice.join(ROOM)
    alice.drop()
    await soon(() => expect(world.heard.at(-1)!.body).toMatchObject({ CallbackCommand: 'Group.CallbackOnMemberStateChange', GroupId: ROOM, EventType: 'Offline', MemberList: [{ Member_Account: 'ualice' }] }))
    expect(world.heard.at(-2)!.body).toMatchObject({ CallbackCommand: 'State.StateChange', Info: { Action: 'Disconnect', Reason: 'LinkClose' } })
    const again = await enter('ualice')
    await again.join(ROOM)
    await soon(() => expect(commands()).toContain('Group.CallbackOnMemberStateChange'))
    await soon(() => expect(world.heard.filter(({ body }) => body.EventType === 'Online')).toHaveLength(1))
  })

  it('[SB12] whoever is back in time was never away', async () => {
    const alice = await enter('ualice')
    await alice.join(ROOM)
    alice.drop()
    await soon(() => expect(commands()).toContain('State.StateChange'))
    const again = await enter('ualice')
    await again.join(ROOM)
    await new Promise(resolve => setTimeout(resolve, 150))
    expect(commands()).not.toContain('Group.CallbackOnMemberStateChange')
  })

  it('[SB8] whoever was sent away is nobody until they log in anew', async () => {
    const alice = await enter('ualice')
    await alice.join(ROOM)
    await world.call('im_open_login_svc/kick', { UserID: 'ualice' })
    expect(await alice.say(ROOM, 'still here')).toMatchObject({ ErrorCode: 20_002 })
    expect(await alice.join(ROOM)).toMatchObject({ ErrorCode: 20_002 })
  })
})
