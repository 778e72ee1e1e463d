import type { Cases } from './Cases'
import { generateKeyPairSync } from 'node:crypto'

const KEY = 'b3f1c07a9d5e4826'.repeat(4)
const OWN = { TENCENT_SDK_APP_ID: '1400000352', TENCENT_SDK_SECRET_KEY: KEY }
const PEM = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const PRODUCTION = { NODE_ENV: 'production' }

export const weappCases: Cases = {
  'weapp.apps': [
    [{}, 'ok', '1234567890, for trying'],
    [{ env: PRODUCTION }, 'skipped', 'No application'],
    [{ env: { WEAPP: '0' } }, 'skipped', 'WEAPP=0'],
    [{ env: { ...OWN, WEAPP_APPS: `1400000001=${KEY}, 1400000002=/run/authkeys.txt` }, machine: { read: () => PEM } }, 'ok', '1400000352, 1400000001, 1400000002'],
    [{ env: { ...OWN, WEAPP_APPS: `1400000352=${KEY}` } }, 'failed', '1400000352 is there twice'],
    [{ env: { WEAPP_APPS: '1400000001' } }, 'failed', 'cannot be read'],
    [{ env: { WEAPP_APPS: '1400000001=/run/secrets/authkeys.txt' } }, 'failed', 'cannot be used'],
  ],
  'weapp.login-info': [
    [{}, 'ok', 'trying things out'],
    [{ env: PRODUCTION }, 'ok', 'None is signed'],
    [{ env: { WEAPP: '0' } }, 'skipped', 'WEAPP=0'],
    [{ env: OWN }, 'ok', 'None is signed'],
    [{ env: { ...OWN, WEAPP_LOGIN_INFO: '1' } }, 'warning', 'in application 1400000352'],
    [{ env: { ...OWN, WEAPP_LOGIN_INFO: '0' } }, 'ok', 'None is signed'],
    [{ env: { ...PRODUCTION, WEAPP_APPS: `1400000001=${KEY}`, WEAPP_LOGIN_INFO: '1' } }, 'warning', 'signs for anybody'],
  ],
}
