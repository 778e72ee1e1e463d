import type { Cases } from './Cases'
import type { FakeWorld } from './fakeWorld'
import { generateKeyPairSync } from 'node:crypto'

export const IM_ENV = {
  IM: 'tencent',
  PUBLIC_URL: 'https://live.example.com',
  TENCENT_SDK_APP_ID: '1400000000',
  TENCENT_SDK_SECRET_KEY: '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e',
  TENCENT_IM_CALLBACK_TOKEN: 'im-webhook-7a3f01bc',
}
const { TENCENT_SDK_SECRET_KEY, TENCENT_SDK_APP_ID, ...NO_KEY } = IM_ENV
const WITH_FILE = { ...NO_KEY, TENCENT_SDK_APP_ID, TENCENT_SDK_PRIVATE_KEY_FILE: 'authkeys.txt' }
const API = 'https://console.tim.qq.com'
const PEM = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const says = (ErrorCode: number) => ({ [API]: { ActionStatus: ErrorCode === 0 ? 'OK' : 'FAIL', ErrorCode, ErrorInfo: 'not repeated' } })
const im = (more: FakeWorld): FakeWorld => ({ env: IM_ENV, ...more })

export const IM_ANSWERS: NonNullable<FakeWorld['answers']> = {
  ...says(0),
  'https://live.example.com/callbacks/im': 403,
  'https://wss.im.qcloud.com': 426,
  'https://wss.tim.qq.com': 426,
}

export const imCases: Cases = {
  'im.keys': [
    [{}, 'skipped', 'IM is not tencent'],
    [im({}), 'ok', '1400000000: signs and verifies'],
    [{ env: WITH_FILE, machine: { read: () => `text around\n${PEM}` } }, 'ok', 'signs and verifies'],
    [{ env: NO_KEY }, 'failed', 'Not all are set'],
    [{ env: { ...IM_ENV, TENCENT_SDK_SECRET_KEY: TENCENT_SDK_SECRET_KEY.slice(4) } }, 'failed', 'not copied whole'],
    [{ env: WITH_FILE }, 'failed', 'authkeys.txt cannot be read'],
    [{ env: WITH_FILE, machine: { read: () => 'no key here' } }, 'failed', 'no private key'],
  ],
  'im.api': [
    [{}, 'skipped', 'IM is not tencent'],
    [{ env: NO_KEY }, 'skipped', 'not set'],
    [im({ answers: says(0) }), 'ok', 'administrator may speak'],
    [im({ answers: says(70_009) }), 'failed', '70009: The UserSig does not verify'],
    [im({ answers: says(60_010) }), 'failed', 'Only an administrator'],
    [im({ answers: says(60_020) }), 'failed', 'The package ran out'],
    [im({ answers: says(99_999) }), 'failed', 'Refused: 99999'],
    [im({}), 'unknown', 'console.tim.qq.com is not reachable'],
    [{ env: WITH_FILE, machine: { read: () => 'no key here' } }, 'skipped', 'see above'],
  ],
  'im.callback': [
    [{}, 'skipped', 'IM is not tencent'],
    [im({ answers: IM_ANSWERS }), 'ok', 'refuses what is not signed'],
    [im({ answers: { 'https://live.example.com/': 404 } }), 'failed', 'is a 404'],
  ],
  'im.sockets': [
    [{}, 'skipped', 'IM is not tencent'],
    [{ env: NO_KEY }, 'skipped', 'not set'],
    [im({ answers: IM_ANSWERS }), 'ok', 'wss://wss.im.qcloud.com, wss://wss.tim.qq.com'],
    [{ env: { ...IM_ENV, TENCENT_IM_SOCKET_URL: 'ws://127.0.0.1:9100' }, answers: { 'http://127.0.0.1:9100': 426 } }, 'ok', 'ws://127.0.0.1:9100'],
    [im({}), 'unknown', 'wss.im.qcloud.com is not reachable'],
  ],
}
