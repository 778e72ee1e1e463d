import type { TestServer } from '../testing/startTestServer'
import { createSecretKey } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SignJWT } from 'jose'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { Session } from '../../shared/protocol/rest'
import { FakeWeChat } from '../testing/FakeWeChat'
import { startTestServer } from '../testing/startTestServer'

const SECRET = 'the secret that both systems share, long enough'
const dataDir = mkdtempSync(path.join(tmpdir(), 'lianmai-guests-'))
const weChat = new FakeWeChat()

async function start(GUESTS: '0' | '1'): Promise<TestServer> {
  server = await startTestServer({ dataDir, weChat, env: { GUESTS, ACCOUNT_JWT_SECRET: SECRET } })
  return server
}

let server: TestServer
afterEach(() => server.close())
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const open = (body: object) => server.call('POST', '/api/sessions', { body: { nickname: 'Anna', ...body } })
async function openExternal() {
  const token = await new SignJWT({ sub: '17' }).setExpirationTime('5m').setProtectedHeader({ alg: 'HS256' }).sign(createSecretKey(SECRET, 'utf8'))
  return server.call('POST', '/api/sessions/external', { body: { token, nickname: 'Anna' } })
}

describe('without guests', () => {
  it('[AC9] a nickname is not enough, nor is a code that is not good; an account is', async () => {
    await start('0')
    for (const body of [{}, { wechatCode: 'made up' }])
      expect(await open(body)).toMatchObject({ status: 403, body: { code: 'GUESTS_OFF' } })
    expect((await open({ wechatCode: weChat.login('open-a') })).status).toBe(201)
    expect((await openExternal()).status).toBe(201)
    expect((await server.call('GET', '/api/rooms')).status).toBe(200)
  })

  it('[AC9] a WeChat that does not answer makes no guest, and does not say that somebody has no account', async () => {
    await start('0')
    weChat.isDown = true
    expect(await open({ wechatCode: weChat.login('open-a') })).toMatchObject({ status: 503, body: { code: 'CLOUD_UNAVAILABLE' } })
    weChat.isDown = false
  })

  it('[AC9] guests from before are out, everywhere; people who are known elsewhere stay who they are', async () => {
    await start('1')
    const guest = (await open({})).as(Session)
    const known = [(await open({ wechatCode: weChat.login('open-b') })).as(Session), (await openExternal()).as(Session)]
    await server.close()
    await start('0')
    for (const [method, door] of [['POST', '/api/sessions/refresh'], ['POST', '/api/rooms'], ['GET', '/api/rooms'], ['PUT', '/api/me']])
      expect(await server.call(method, door, { token: guest.token, body: method === 'GET' ? undefined : { title: 'Evening' } })).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } })
    for (const { token, user } of known)
      expect((await server.call('POST', '/api/sessions/refresh', { token })).as(Session).user).toEqual(user)
    await server.close()
    await start('1')
    expect((await server.call('POST', '/api/sessions/refresh', { token: guest.token })).status).toBe(200)
  })
})
