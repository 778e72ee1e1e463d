import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUserSigner } from '../../../server/auth/userSig'
import { openImWorld, SDK_APP_ID } from './testing/imWorld'

const GROUP = 'group_open_http_svc'
const OK = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' }

let world: Awaited<ReturnType<typeof openImWorld>>
/** While it is set the cloud's clock stands still: a second is as long as its test. */
let stoppedAt: number | undefined
beforeAll(async () => world = await openImWorld({ now: () => stoppedAt ?? Date.now() }))
afterAll(() => world.close())

const refused = (code: number) => expect.objectContaining({ ActionStatus: 'FAIL', ErrorCode: code })
const create = (GroupId: string, changes: object = {}) => world.call(`${GROUP}/create_group`, { Type: 'AVChatRoom', GroupId, Name: 'live', ...changes })
const text = (Text: string) => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }]

describe('who may call', () => {
  const ping = (changes: Record<string, string>) => world.call('im_open_login_svc/account_check', { CheckItem: [{ UserID: 'ua' }] }, changes)

  it('[SB1] the administrator of the application, by a UserSig', async () => {
    expect(await ping({})).toMatchObject(OK)
    const stranger = createUserSigner({ sdkAppId: SDK_APP_ID, key: { kind: 'secret', secretKey: 'another key of 32 characters....' } })
    expect(await ping({ usersig: stranger.sign('administrator', 60_000) })).toEqual(refused(70_003))
    expect(await ping({ usersig: world.signer.sign('administrator', 0) })).toEqual(refused(70_001))
    expect(await ping({ usersig: world.userSig('ualice') })).toEqual(refused(70_013))
    expect(await ping({ identifier: 'ualice', usersig: world.userSig('ualice') })).toEqual(refused(60_010))
    expect(await ping({ sdkappid: '1400000001' })).toEqual(refused(60_006))
  })

  it('[SB1] a query that is not the documented one is refused', async () => {
    expect(await ping({ more: '1' })).toEqual(refused(60_002))
    expect(await ping({ contenttype: 'xml' })).toEqual(refused(60_002))
    expect(await ping({ random: '4294967296' })).toEqual(refused(60_002))
  })
})

describe('shapes', () => {
  it('[SB2] a field that is not documented, that is missing or of another kind is refused', async () => {
    expect(await create('rshape', { Nme: 'x' })).toEqual(refused(10_004))
    expect(await create('rshape', { Name: '' })).toEqual(refused(10_004))
    expect(await create('rshape', { Type: 'Public' })).toEqual(refused(10_004))
    expect(await world.call(`${GROUP}/send_group_msg`, { GroupId: 'rshape', Random: -1, MsgBody: text('x') })).toEqual(refused(10_004))
    expect(await world.call(`${GROUP}/ban_group_member`, { GroupId: 'rshape', Members_Account: Array.from({ length: 21 }, (_, i) => `u${i}`), Duration: 1 })).toEqual(refused(10_004))
    expect(world.cloud.groups.has('rshape')).toBe(false)
  })

  it('[SB2] what is not JSON, too long or not a command is refused', async () => {
    expect(await world.call(`${GROUP}/create_group`, '{')).toEqual(refused(60_003))
    expect(await world.call(`${GROUP}/create_group`, 'x'.repeat(70_000))).toEqual(refused(60_002))
    expect(await world.call(`${GROUP}/creat_group`, {})).toEqual(refused(60_009))
  })
})

describe('accounts and groups', () => {
  it('[SB3] accounts are imported once, their names change', async () => {
    const check = () => world.call('im_open_login_svc/account_check', { CheckItem: [{ UserID: 'unew' }] })
    expect((await check()).ResultItem).toEqual([{ UserID: 'unew', ResultCode: 0, ResultInfo: '', AccountStatus: 'NotImported' }])
    expect(await world.call('im_open_login_svc/account_import', { UserID: 'unew', Nick: 'one', FaceUrl: '3' })).toEqual(OK)
    await world.call('im_open_login_svc/account_import', { UserID: 'unew', Nick: 'two' })
    expect((await check()).ResultItem[0].AccountStatus).toBe('Imported')
    expect(world.cloud.account('unew')).toMatchObject({ nick: 'two', face: '3' })
  })

  it('[SB3] an id of a group is free, one\'s own already, or somebody else\'s', async () => {
    world.cloud.importAccount('uowner')
    expect(await create('rone')).toEqual({ ...OK, GroupId: 'rone', Type: 'AVChatRoom' })
    expect(await create('rone')).toEqual(refused(10_025))
    expect(await create('rone', { Owner_Account: 'uowner' })).toEqual(refused(10_021))
    expect(await create('rtwo', { Owner_Account: 'unobody' })).toEqual(refused(10_019))
  })

  it('[SB3] a group that was destroyed does not exist', async () => {
    await create('rgone')
    expect(await world.call(`${GROUP}/destroy_group`, { GroupId: 'rgone' })).toEqual(OK)
    expect(await world.call(`${GROUP}/destroy_group`, { GroupId: 'rgone' })).toEqual(refused(10_010))
    expect((await world.call(`${GROUP}/get_group_info`, { GroupIdList: ['rgone'] })).GroupInfo[0]).toMatchObject({ ErrorCode: 10_010 })
    expect(await create('rgone')).toMatchObject(OK)
  })

  it('[SB3] a group tells how it is and who is there', async () => {
    await create('rtold')
    await world.call(`${GROUP}/modify_group_base_info`, { GroupId: 'rtold', ShutUpAllMember: 'On' })
    expect((await world.call(`${GROUP}/get_group_info`, { GroupIdList: ['rtold'] })).GroupInfo[0]).toMatchObject({ GroupId: 'rtold', Type: 'AVChatRoom', Name: 'live', Owner_Account: 'administrator', MemberNum: 0, ShutUpAllMember: 'On' })
    expect(await world.call(`${GROUP}/get_online_member_num`, { GroupId: 'rtold' })).toEqual({ ...OK, OnlineMemberNum: 0 })
  })

  it('[SB3] nobody can be written to, silenced or kicked who has no account', async () => {
    await create('rnobody')
    const message = { To_Account: 'unobody', MsgRandom: 1, MsgBody: text('x') }
    expect(await world.call('openim/sendmsg', message)).toEqual(refused(20_003))
    expect(await world.call(`${GROUP}/forbid_send_msg`, { GroupId: 'rnobody', Members_Account: ['unobody'], MuteTime: 1 })).toEqual(refused(10_019))
    expect(await world.call('im_open_login_svc/kick', { UserID: 'unobody' })).toEqual(refused(10_019))
  })
})

describe('messages', () => {
  const send = (GroupId: string, Random: number, changes: object = {}) => world.call(`${GROUP}/send_group_msg`, { GroupId, Random, MsgBody: text('x'), ...changes })

  it('[SB4] 40 a second in a group, of which 10 wait for those of high priority', async () => {
    await create('rbusy')
    stoppedAt = Date.now()
    const answers: number[] = []
    for (let random = 0; random < 31; random++)
      answers.push((await send('rbusy', random)).ErrorCode)
    for (let random = 100; random < 111; random++)
      answers.push((await send('rbusy', random, { MsgPriority: 'High' })).ErrorCode)
    expect(answers.slice(0, 30)).toEqual(Array.from({ length: 30 }).fill(0))
    expect(answers[30]).toBe(10_023)
    expect(answers.slice(31, 41)).toEqual(Array.from({ length: 10 }).fill(0))
    expect(answers[41]).toBe(10_023)
    stoppedAt += 1000
    expect((await send('rbusy', 200)).ErrorCode).toBe(0)
    stoppedAt = undefined
  })

  it('[SB4] the same random again is the same message', async () => {
    await create('rsame')
    expect(await send('rsame', 7)).toEqual(await send('rsame', 7))
    expect(await send('rsame', 8)).not.toEqual(await send('rsame', 7))
  })
})

describe('trouble', () => {
  it('[SB5] too many calls, refusals, slowness and an outage are switched on and off', async () => {
    const { trouble } = world
    await create('rtrouble')
    const count = () => world.call(`${GROUP}/get_online_member_num`, { GroupId: 'rtrouble' })
    trouble.callsPerSecond = 1
    await count()
    expect(await count()).toEqual(refused(60_007))
    trouble.callsPerSecond = 200
    trouble.refusals.set('get_online_member_num', 10_002)
    expect(await count()).toEqual(refused(10_002))
    trouble.refusals.clear()
    trouble.delayMs = 60
    const asked = performance.now()
    await count()
    expect(performance.now() - asked).toBeGreaterThan(55)
    trouble.delayMs = 0
    trouble.isDown = true
    await expect(count()).rejects.toThrow('fetch failed')
    trouble.isDown = false
    expect(await count()).toMatchObject(OK)
  })
})
