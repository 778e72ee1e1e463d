import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../config'

let dataDir: string
beforeAll(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'config-'))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const read = (env: Record<string, string>) => readConfig({ DATA_DIR: dataDir, ...env })
const WECHAT = { WECHAT_APPID: 'wx0123456789abcdef', WECHAT_SECRET: '0123456789abcdef0123456789abcdef' }
const JWT = { ACCOUNT_JWT_SECRET: 'x'.repeat(32) }

it.each<[string, Record<string, string>, string]>([
  ['a secret without its AppID', { WECHAT_SECRET: WECHAT.WECHAT_SECRET }, 'WECHAT_APPID is required with WECHAT_SECRET'],
  ['content security without a secret', { WECHAT_APPID: WECHAT.WECHAT_APPID, WECHAT_CONTENT_CHECK: '1' }, 'WECHAT_SECRET is required with WECHAT_CONTENT_CHECK=1'],
  ['a message push without a secret', { WECHAT_MESSAGE_TOKEN: 'token' }, 'WECHAT_SECRET is required with WECHAT_MESSAGE_TOKEN'],
  ['nobody who could come in', { GUESTS: '0' }, 'GUESTS=0 leaves nobody who could come in'],
  ['two account systems', { ...JWT, ACCOUNT_VERIFY_URL: 'https://accounts.example.com/verify' }, 'ACCOUNT_VERIFY_URL cannot be set with ACCOUNT_JWT_SECRET'],
  ['one secret for both kinds of tokens', { ...JWT, SESSION_SECRET: JWT.ACCOUNT_JWT_SECRET }, 'ACCOUNT_JWT_SECRET must differ from SESSION_SECRET'],
  ['a claim of tokens without tokens', { ACCOUNT_VERIFY_URL: 'https://accounts.example.com/verify', ACCOUNT_JWT_AUDIENCE: 'lianmai' }, 'ACCOUNT_JWT_AUDIENCE is checked in JWTs alone'],
])('[OP4] %s is told', (_, env, words) => {
  expect(() => read(env)).toThrow(words)
})

it('[OP2] an AppID and a secret that cannot be right are told, and not repeated', () => {
  expect(() => read({ WECHAT_APPID: 'wx123', WECHAT_SECRET: 'has a space' })).toThrow(/WECHAT_APPID must be "wx" and 16 hexadecimal digits.*WECHAT_SECRET has characters that no key has/s)
  expect(() => read({ ...WECHAT, WECHAT_VERSION: 'preview' })).toThrow('WECHAT_VERSION must be one of release, trial, develop')
})

it.each(['ACCOUNT_VERIFY_URL', 'PUBLIC_URL', 'SRS_API_URL'])('[OP2] a password in the address of %s is told, and not repeated', (name) => {
  expect(() => read({ [name]: 'https://anna:geheim@accounts.example.com' })).toThrow(`${name} must be an address without a name and a password`)
  expect(() => read({ [name]: 'https://anna:geheim@accounts.example.com' })).not.toThrow('geheim')
})

it('[OP1] people of WeChat alone are enough, and codes open the published version', () => {
  expect(read({ ...WECHAT, GUESTS: '0' }).accounts).toEqual({
    hasGuests: false,
    external: null,
    weChat: { appId: WECHAT.WECHAT_APPID, secret: WECHAT.WECHAT_SECRET, apiUrl: 'https://api.weixin.qq.com', checksContent: false, messageToken: null, liveTemplate: null, version: 'release' },
  })
})
