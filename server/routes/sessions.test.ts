import type { UserSigKey } from '../settings'
import type { TestServer } from '../testing/startTestServer'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Session } from '../../shared/protocol/rest'
import { createUserSigner } from '../auth/userSig'
import { startTestServer } from '../testing/startTestServer'

describe('sessions by HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ rates: { sessions: { perMinute: 1000 } } })
  })
  afterAll(() => server.stop())

  it('[SE1] a nickname opens a session', async () => {
    const answer = await server.call('POST', '/api/sessions', { body: { nickname: '  小\n 安 ', avatar: 3 } })
    expect(answer.status).toBe(201)
    expect(answer.as(Session)).toMatchObject({ user: { nickname: '小 安', avatar: 3 }, im: { kind: 'embedded' } })
  })

  it.each([
    ['no body', undefined],
    ['no nickname', {}],
    ['an empty nickname', { nickname: '  ' }],
    ['a long nickname', { nickname: 'x'.repeat(21) }],
    ['a nickname that turns the line around', { nickname: 'a\u202Eb' }],
    ['an unknown avatar', { nickname: 'Anna', avatar: 12 }],
    ['a number', 7],
    ['a list', []],
  ])('[AP2] %s is a BAD_REQUEST', async (_, body) => {
    const answer = await server.call('POST', '/api/sessions', { body })
    expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  })

  it('[SE2] a session is refreshed by its token', async () => {
    const { token, user } = await server.openSession()
    const answer = await server.call('POST', '/api/sessions/refresh', { token })
    expect(answer.status).toBe(200)
    expect(answer.as(Session).user).toEqual(user)
  })

  it('[SE3] a new nickname reaches the open room too', async () => {
    const { token, user } = await server.openSession()
    const { room } = await server.createRoom(token)
    const answer = await server.call('PUT', '/api/me', { token, body: { nickname: 'Anne', avatar: 5 } })
    expect(answer.as(Session).user).toEqual({ ...user, nickname: 'Anne', avatar: 5 })
    expect((await server.call('GET', `/api/rooms/${room.id}`)).body.room.anchor).toEqual({ ...user, nickname: 'Anne', avatar: 5 })
  })

  it('[SE3] a change of nothing changes nothing', async () => {
    const { token, user } = await server.openSession()
    expect((await server.call('PUT', '/api/me', { token, body: {} })).as(Session).user).toEqual(user)
    expect((await server.call('PUT', '/api/me', { token, body: { nickname: '' } })).status).toBe(400)
  })

  it.each([
    ['POST', '/api/sessions/refresh'],
    ['PUT', '/api/me'],
    ['PUT', '/api/me/picture'],
    ['DELETE', '/api/me/picture'],
    ['POST', '/api/rooms'],
    ['PUT', '/api/rooms/rnone'],
    ['PUT', '/api/rooms/rnone/cover'],
    ['DELETE', '/api/rooms/rnone'],
  ])('[AP3] %s %s asks for a session', async (method, path) => {
    for (const authorization of [undefined, 'Bearer nonsense', 'Basic YTpi']) {
      const answer = await server.call(method, path, { headers: authorization === undefined ? {} : { authorization } })
      expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } })
    }
  })

  const secretKey = 'tencent-im-secret-key-of-this-test'
  const pem = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const keyFile = path.join(mkdtempSync(path.join(tmpdir(), 'lianmai-key-')), 'authkeys.txt')
  writeFileSync(keyFile, `private key:\n${pem}`)
  afterAll(() => rmSync(path.dirname(keyFile), { recursive: true }))
  it.each<[string, Record<string, string>, UserSigKey, string]>([
    ['secret key', { TENCENT_SDK_SECRET_KEY: secretKey }, { kind: 'secret', secretKey }, secretKey],
    ['private key', { TENCENT_SDK_PRIVATE_KEY_FILE: keyFile }, { kind: 'private', pem }, pem.split('\n')[1]],
  ])('[SE5] [AC2] with IM=tencent a session (%s) brings a UserSig by the application\'s kind of key, which stays here', async (_, env, key, secret) => {
    const tencent = await startTestServer({ env: { IM: 'tencent', TENCENT_SDK_APP_ID: '1400000000', TENCENT_IM_CALLBACK_TOKEN: 'callback-token-of-this-test', TENCENT_IM_API_URL: 'http://127.0.0.1:9', ...env } })
    const { im, user } = await tencent.openSession()
    if (im.kind !== 'tencent')
      throw new Error('expected a credential for Tencent IM')
    expect(createUserSigner({ sdkAppId: 1_400_000_000, key }).verify(im.userSig, Date.now())).toMatchObject({ status: 'valid', userId: user.id })
    expect(tencent.logLines.join()).not.toContain(secret)
    await tencent.stop()
  })
})
