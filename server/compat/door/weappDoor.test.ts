/** The door as it stands in the whole server. */
import type { TestServer, TestServerOptions } from '../../testing/startTestServer'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createUserSigner } from '../../auth/userSig'
import { DEVELOPMENT_APP_ID } from '../../settings'
import { startTestServer } from '../../testing/startTestServer'

const PRODUCTION = { NODE_ENV: 'production', PUSH_KEY: 'p'.repeat(32), PLAY_KEY: 'q'.repeat(32), SESSION_SECRET: 's'.repeat(32) }

let server: TestServer
afterEach(() => server.stop())
const start = async (options?: TestServerOptions) => server = await startTestServer(options)

const ask = async (path: string, body?: unknown) => (await server.call('POST', path, { body })).body as Record<string, any>
const logIn = async ({ sdkAppID, userID, userSig }: Record<string, unknown>) => ask(`/weapp/live_room/login?sdkAppID=${sdkAppID}&userID=${userID}&userSig=${userSig}`)
const info = async (userID = '') => ask(`/weapp/utils/get_login_info?userID=${userID}`)

describe('logins', () => {
  it('[RS11] [RS14] [RS15] by both kinds of UserSig, over a restart, until the logout', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'lianmai-'))
    const pem = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const file = path.join(folder, 'authkeys.txt')
    writeFileSync(file, pem)
    const secretKey = 'k'.repeat(64)
    const env = { WEAPP_APPS: `1400000001=${secretKey}, 1400000002=${file}` }
    await start({ env, dataDir: folder })
    const newer = createUserSigner({ sdkAppId: 1_400_000_001, key: { kind: 'secret', secretKey } })
    const older = createUserSigner({ sdkAppId: 1_400_000_002, key: { kind: 'private', pem } })
    const logins = await Promise.all([newer, older].map(async signer => logIn({ sdkAppID: signer.sdkAppId, userID: 'anna', userSig: signer.sign('anna', 60_000) })))
    expect(logins).toMatchObject([{ code: 0, userID: 'anna', token: expect.stringMatching(/\*1400000001$/) }, { code: 0, token: expect.stringMatching(/\*1400000002$/) }])
    expect((await logIn({ sdkAppID: newer.sdkAppId, userID: 'boris', userSig: newer.sign('anna', 60_000) })).code).toBe(202_000)
    expect((await logIn({ sdkAppID: 1_400_000_003, userID: 'anna', userSig: newer.sign('anna', 60_000) })).code).toBe(202_005)
    await server.close()

    await start({ env, dataDir: folder })
    const list = async ({ token }: Record<string, unknown>) => (await ask(`/weapp/live_room/get_room_list?userID=anna&token=${token}`, { cnt: 20, index: 0 })).code as number
    expect(await Promise.all(logins.map(list))).toEqual([0, 0])
    await ask(`/weapp/live_room/logout?userID=anna&token=${logins[0].token}`)
    expect(await Promise.all(logins.map(list))).toEqual([202_001, 0])
    expect(server.logLines.join('')).not.toContain(String(logins[1].token).slice(0, 32))
  })

  it('[RS12] who speaks for the server in Tencent IM is nobody\'s userID', async () => {
    const secretKey = 'k'.repeat(64)
    await start({ env: { IM: 'tencent', TENCENT_SDK_APP_ID: '1400000001', TENCENT_SDK_SECRET_KEY: secretKey, TENCENT_IM_ADMIN: 'boss', TENCENT_IM_CALLBACK_TOKEN: 'callback-token', TENCENT_IM_API_URL: 'http://127.0.0.1:9' } })
    const { sign } = createUserSigner({ sdkAppId: 1_400_000_001, key: { kind: 'secret', secretKey } })
    for (const [userID, code] of [['boss', 202_000], ['u23456789abcd', 202_000], ['ul23456789abcd', 202_000], ['anna', 0]] as const)
      expect((await logIn({ sdkAppID: 1_400_000_001, userID, userSig: sign(userID, 60_000) })).code).toBe(code)
    expect((await info('boss')).code).toBe(202_000)
    expect((await info('anna')).code).toBe(207_005)
  })

  it('[RS17] a name given to a room is that of the account, in the old words and in ours', async () => {
    await start()
    const login = await logIn(await info('anna'))
    const query = `?userID=anna&token=${login.token}`
    const { pushURL } = await ask(`/weapp/live_room/get_anchor_url${query}`)
    const { roomID } = await ask(`/weapp/live_room/create_room${query}`, { roomInfo: 'Evening' })
    expect((await ask(`/weapp/live_room/add_anchor${query}`, { roomID, userName: '安娜', userAvatar: '123', pushURL })).code).toBe(0)
    expect((await server.call('GET', `/api/rooms/${roomID}`)).body.room.anchor.nickname).toBe('安娜')
    expect((await ask(`/weapp/live_room/get_anchors${query}`, { roomID })).pushers).toMatchObject([{ userID: 'anna', userName: '安娜', userAvatar: '123' }])
  })
})

describe('helpers', () => {
  it('[RS19] [RS21] outside production there is an application to try things out with', async () => {
    await start()
    const first = await info()
    expect(first).toMatchObject({ code: 0, sdkAppID: DEVELOPMENT_APP_ID, accType: '0', userID: expect.stringMatching(/^user_[0-9a-f]{8}_[0-9a-f]{4}$/), timestamp: expect.any(Number) })
    expect((await info()).userID).not.toBe(first.userID)
    expect((await logIn(first)).code).toBe(0)
    expect((await server.call('GET', '/weapp/utils/get_login_info?userID=anna')).body).toMatchObject({ code: 0, userID: 'anna' })
    for (const userID of ['u23456789abcd', 'ul23456789abcd', 'an%20na', 'x'.repeat(33), 'administrator', 'Administrator'])
      expect(await info(userID)).not.toHaveProperty('userSig')
    const { dataDir } = server
    await server.close()
    await start({ dataDir })
    expect((await logIn(first)).code).toBe(0)
  })

  it('[RS19] [RS20] [RS21] in production there is none of this', async () => {
    await start({ env: PRODUCTION })
    expect((await info('anna')).code).toBe(207_005)
    expect((await ask('/weapp/utils/get_test_pushurl')).code).toBe(207_005)
    expect((await ask('/weapp/utils/get_test_rtmpaccurl')).code).toBe(207_005)
    expect((await logIn({ sdkAppID: DEVELOPMENT_APP_ID, userID: 'anna', userSig: 'x' })).code).toBe(202_005)
    expect(existsSync(path.join(server.dataDir, 'secrets', 'weapp-key'))).toBe(false)
    await server.stop()
    await start({ env: { ...PRODUCTION, WEAPP_LOGIN_INFO: '1' } })
    expect((await info('anna')).code).toBe(207_005) // nothing to sign with
    await server.stop()
    await start({ env: { ...PRODUCTION, WEAPP_LOGIN_INFO: '1', WEAPP_APPS: `1400000001=${'k'.repeat(64)}` } })
    expect((await logIn(await info('anna'))).code).toBe(0)
  })

  it('[RS12] [RS19] a real application\'s people are signed for only where that is said, and its administrators nowhere', async () => {
    const REAL = { TENCENT_SDK_APP_ID: '1400000001', TENCENT_SDK_SECRET_KEY: 'k'.repeat(64), TENCENT_IM_ADMIN: 'boss' }
    await start({ env: REAL })
    expect((await info('anna')).code).toBe(207_005)
    await server.stop()
    await start({ env: { ...REAL, WEAPP_LOGIN_INFO: '1' } })
    expect(await info('anna')).toMatchObject({ code: 0, sdkAppID: 1_400_000_001 })
    for (const userID of ['administrator', 'ADMINISTRATOR', 'boss', 'Boss'])
      expect(await info(userID)).toMatchObject({ code: 202_000 })
  })

  it('[RS20] a test stream for each address, and the demo room at low latency', async () => {
    await start({ env: { DEMO_ROOM: '1', TRUST_PROXY: '1' } })
    const from = async (address: string) => (await server.call('GET', '/weapp/utils/get_test_pushurl', { headers: { 'x-forwarded-for': address } })).body as Record<string, string>
    const [one, again, other] = [await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.2')]
    const streamOf = (url: string) => /\/live\/(rtest-u[0-9a-f]{24})(?=[.?])/.exec(url)?.[1]
    expect(one.url_push).toMatch(/^rtmp:\/\/127\.0\.0\.1:\d+\/live\/rtest-u[0-9a-f]{24}\?txSecret=/)
    for (const key of ['url_play_flv', 'url_play_rtmp', 'url_play_acc'])
      expect(streamOf(one[key])).toBe(streamOf(one.url_push))
    expect(one.url_play_hls).toBe('')
    expect([streamOf(again.url_push), streamOf(other.url_push)]).toEqual([streamOf(one.url_push), expect.not.stringMatching(streamOf(one.url_push)!)])
    expect((await ask('/weapp/utils/get_test_rtmpaccurl')).url_rtmpacc).toMatch(/^rtmp:\/\/127\.0\.0\.1:\d+\/live\/rdemo-udemo\?txSecret=/)
  })

  it('[RS18] [RS20] no more than the rate of an address', async () => {
    await start({ weappRates: { address: { requests: 2, perMs: 60_000 } } })
    const codes = []
    for (const path of ['get_test_rtmpaccurl', 'get_login_info', 'get_test_pushurl'])
      codes.push((await ask(`/weapp/utils/${path}`)).code)
    expect(codes).toEqual([0, 0, 202_006])
  })
})

describe('the door', () => {
  it('[RS2] WEAPP=0 leaves none', async () => {
    await start({ env: { WEAPP: '0' } })
    expect((await server.call('POST', '/weapp/live_room/login')).status).toBe(404)
  })

  it('[RS8] [AP6] no line of the log has a token or a UserSig', async () => {
    await start()
    const login = await info('anna')
    const { token } = await logIn(login)
    await ask(`/weapp/live_room/get_anchor_url?userID=anna&token=${token}`)
    await ask(`/weapp/live_room/nonsense?userID=anna&token=${token}`)
    const log = server.logLines.join('')
    expect(log.split('"part":"weapp"').length).toBeGreaterThan(3)
    for (const secret of [login.userSig, token, 'userSig=', 'txSecret'])
      expect(log).not.toContain(secret)
  })
})
