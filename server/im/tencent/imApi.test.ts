import type { ImAddresses } from '../ImAddresses'
import { beforeEach, expect, it } from 'vitest'
import { PLAIN_ADDRESSES } from '../ImAddresses'
import { createImApi } from './imApi'
import { TencentImError } from './TencentImError'

/** `uold` is an old client, `uelse` one of another application, `rnamed` a room with a name. */
const addresses: ImAddresses = {
  ...PLAIN_ADDRESSES,
  accountOf: userId => userId === 'uold' ? 'old_1' : userId === 'uelse' ? undefined : userId,
  groupOf: roomId => roomId === 'rnamed' ? 'my room' : roomId,
}
/** What was asked: the command, and its body. */
let asked: [string, Record<string, unknown>][]
/** By which codes a command is refused, one call after the other; 0: it is not. */
let refusals: Record<string, number[]>
const api = createImApi(async (command, body) => {
  asked.push([command, { ...body }])
  const code = refusals[command]?.shift() ?? 0
  if (code !== 0)
    throw new TencentImError(command, code, 'told to')
  return {}
}, 'administrator', addresses)

beforeEach(() => {
  asked = []
  refusals = {}
})

const CREATE = 'group_open_http_svc/create_group'
const owners = () => asked.filter(([command]) => command === CREATE).map(([, body]) => body.Owner_Account)

it('[OI1] a group goes by its name, and people by their accounts', async () => {
  await api.createGroup('rnamed', undefined)
  await api.notifyGroup('rnamed', { cmd: 'notifyPusherChange', data: '' })
  await api.silence('rnamed', ['uanna', 'uold', 'uelse'], true)
  await api.whisper('uanna', 'uold', { cmd: 'linkmic' }, 7)
  await api.whisper(undefined, 'uold', {}, 8)
  await api.destroyGroup('rnamed')
  expect(asked.map(([, body]) => body.GroupId ?? `${body.From_Account} ${body.To_Account}`)).toEqual(['my room', 'my room', 'my room', 'uanna old_1', 'administrator old_1', 'my room'])
  expect(asked[0]![1]).toMatchObject({ Owner_Account: 'administrator', Type: 'AVChatRoom', Name: 'my room' })
  expect(asked[2]![1]).toMatchObject({ Members_Account: ['uanna', 'old_1'] })
  expect(asked[3]![1]).toMatchObject({ MsgRandom: 7, MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: '{"cmd":"linkmic"}' } }], ForbidCallbackControl: ['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback'] })
})

it('[OI1] of people of another application nothing is told or asked', async () => {
  await api.silence('rone', ['uelse'], true)
  await api.ban('rone', ['uelse'], true)
  await api.tellPerson('uelse', { type: 'removed', roomId: 'rone' }, 1)
  await api.whisper('uanna', 'uelse', {}, 1)
  await api.whisper('uelse', 'uanna', {}, 1)
  expect(asked).toEqual([])
})

it('[OI2] a group is an old anchor\'s own, whom the cloud is told of where it does not know the account', async () => {
  refusals = { [CREATE]: [10_019] }
  expect(await api.createGroup('rone', 'uold')).toBe('ours')
  expect(asked.map(([command]) => command)).toEqual([CREATE, 'im_open_login_svc/account_import', CREATE])
  expect(asked[1]![1]).toEqual({ UserID: 'old_1' })
  expect(owners()).toEqual(['old_1', 'old_1'])
})

it('[OI2] [IS3] a group that is there already is fine, whoever has made it; another refusal is none', async () => {
  refusals = { [CREATE]: [10_025, 10_021, 10_019, 70_003] }
  expect([await api.createGroup('rone', 'uold'), await api.createGroup('rone', 'uold')]).toEqual(['ours', 'foreign'])
  await expect(api.createGroup('rone', undefined)).rejects.toMatchObject({ code: 10_019 })
  await expect(api.createGroup('rone', 'uold')).rejects.toMatchObject({ code: 70_003 })
})

it('[OI2] the group of an old client of another application is the administrator\'s', async () => {
  await api.createGroup('rone', 'uelse')
  expect(owners()).toEqual(['administrator'])
})
