import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { createFakeWorld } from '../testing/fakeWorld'
import { WECHAT_ENV } from '../testing/weChatCases'
import { weChatDomainChecks } from './weChatDomains'

const [lists, build] = weChatDomainChecks
const SDK = readFileSync(createRequire(import.meta.url).resolve('tim-wx-sdk/tim-wx.es.js'), 'utf8')
const env = { ...WECHAT_ENV, IM: 'tencent', TENCENT_SDK_APP_ID: '1720000001' }
const look = (check: typeof lists, miniProgram: readonly string[]) => check.look(createFakeWorld({ env, machine: { miniProgram: () => miniProgram } }))

it('[DR11] the lists are those of the settings: our server and the region of the IM application', async () => {
  expect((await look(lists, [])).found.zh.split('\n').slice(1)).toEqual([
    'request: https://live.example.com https://web.sdk.qcloud.com https://apisgp.my-imcloud.com',
    'socket: wss://live.example.com wss://wsssgp.im.qcloud.com wss://wsssgp.my-imcloud.com',
    'uploadFile: —',
    'downloadFile: https://live.example.com',
  ])
})

it('[DR11] a build with the whole SDK of Tencent IM calls nothing that is not listed', async () => {
  expect(await look(build, ['const url="https://live.example.com"', SDK])).toMatchObject({ status: 'ok' })
})

it('[DR11] a build of another server, or with a stranger in it, is told', async () => {
  expect(await look(build, ['const url="http://127.0.0.1:8080"', SDK])).toMatchObject({ status: 'failed', found: { en: 'The build does not have https://live.example.com but http://127.0.0.1:8080' } })
  expect(await look(build, ['const url="https://live.example.com",ad="https://ads.example.org/x"'])).toMatchObject({ status: 'warning', found: { en: 'Not on the lists: https://ads.example.org' } })
})
