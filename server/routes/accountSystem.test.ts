import type { JWTPayload } from 'jose'
import type { Server as HttpServer, RequestListener } from 'node:http'
import type { TestServer } from '../testing/startTestServer'
import { Buffer } from 'node:buffer'
import { createSecretKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Session } from '../../shared/protocol/rest'
import { ACCOUNT_TIMEOUT_MS, ANSWER_MAX_BYTES } from '../auth/external/ask'
import { COOL_DOWN_MS } from '../auth/external/jwks'
import { startTestServer } from '../testing/startTestServer'

const SECRET = 'the secret that both systems share, long enough'
const rates = { sessions: { perMinute: 100_000 } }

/** The account system, on this machine. */
class Elsewhere {
  answer: RequestListener = (_request, response) => void response.writeHead(500).end()
  asked: { method?: string, type?: string, body: string }[] = []
  private server: HttpServer | undefined

  async start(): Promise<string> {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request)
        chunks.push(chunk)
      this.asked.push({ method: request.method, type: request.headers['content-type'], body: chunks.join('') })
      this.answer(request, response)
    })
    await new Promise<void>(resolve => this.server!.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`
  }

  json(status: number, body: unknown): void {
    this.answer = (_request, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  async stop(): Promise<void> {
    this.server!.closeAllConnections()
    await new Promise(resolve => this.server!.close(resolve))
  }
}

const open = (server: TestServer, token: unknown, profile: object = { nickname: '小海豚' }) => server.call('POST', '/api/sessions/external', { body: { token, ...profile } })
const soon = () => Math.floor(Date.now() / 1000) + 600
const refusal = (reason: string) => ({ status: 401, body: { code: 'TOKEN_REFUSED', message: `The token of the account system is not good: ${reason}.` } })
const NO_KEY = 'no key that is trusted here has signed it'

const signed = (claims: JWTPayload, secret = SECRET, alg = 'HS256') => new SignJWT({ sub: '17', exp: soon(), ...claims }).setProtectedHeader({ alg }).sign(createSecretKey(secret, 'utf8'))

describe('people of an account system that shares a secret', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ rates, env: { ACCOUNT_JWT_SECRET: SECRET, ACCOUNT_JWT_ISSUER: 'https://accounts.example.com', ACCOUNT_JWT_AUDIENCE: 'live' } })
  })
  afterAll(() => server.stop())

  const good = { iss: 'https://accounts.example.com', aud: ['shop', 'live'] }

  it('[AC5] the same sub is the same person, by whichever token', async () => {
    const first = await open(server, await signed(good))
    expect(first.status).toBe(201)
    const { user, token } = first.as(Session)
    const again = (await open(server, await signed({ ...good, jti: 'another' }, SECRET, 'HS512'))).as(Session)
    expect(again.user).toEqual(user)
    expect((await open(server, await signed({ ...good, sub: '18' }))).as(Session).user.id).not.toBe(user.id)
    expect((await server.call('POST', '/api/sessions/refresh', { token })).as(Session).user).toEqual(user)
  })

  it.each<[string, JWTPayload, string]>([
    ['what the token calls them', { nickname: ' 小\n安 ', name: 'Anna Karenina' }, '小 安'],
    ['the next name that fits', { nickname: '', name: 'x'.repeat(21), preferred_username: 'anna' }, 'anna'],
    ['what they brought, where no name fits', { nickname: 7, name: 'a\u202Eb' }, '小海豚'],
  ])('[AC5] a newcomer is called %s', async (_, claims, nickname) => {
    expect((await open(server, await signed({ ...good, ...claims, sub: randomBytes(4).toString('hex') }))).as(Session).user.nickname).toBe(nickname)
  })

  it('[AC5] a newcomer whom nobody calls anything is asked for a name', async () => {
    expect(await open(server, await signed({ ...good, sub: 'nameless' }), {})).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  })

  it.each<[string, JWTPayload, string]>([
    ['that has expired', { exp: soon() - 700 }, 'it has expired'],
    ['that never expires', { exp: undefined }, 'its "exp" is missing or not the one asked for'],
    ['of tomorrow', { nbf: soon() + 86_400 }, 'its "nbf" is missing or not the one asked for'],
    ['of another issuer', { iss: 'https://accounts.example.org' }, 'its "iss" is missing or not the one asked for'],
    ['of no issuer', { iss: undefined }, 'its "iss" is missing or not the one asked for'],
    ['for another audience', { aud: 'shop' }, 'its "aud" is missing or not the one asked for'],
    ['of nobody', { sub: undefined }, 'its "sub" is missing or not the one asked for'],
    ['of an empty id', { sub: '' }, 'its "sub" is no id'],
    ['of an id that is no text', { sub: '17\uD800' }, 'its "sub" is no id'],
    ['of a very long id', { sub: 'x'.repeat(256) }, 'its "sub" is no id'],
  ])('[AC6] a token %s is refused, and it says why', async (_, claims, reason) => {
    expect(await open(server, await signed({ ...good, ...claims }))).toMatchObject(refusal(reason))
  })

  it('[AC6] a token of another key, of no key, or changed on its way is refused', async () => {
    expect(await open(server, await signed(good, 'another secret, of about the same length'))).toMatchObject(refusal(NO_KEY))
    const unsigned = new UnsecuredJWT({ sub: '17', exp: soon(), ...good }).encode()
    expect(await open(server, unsigned)).toMatchObject({ status: 401, body: { code: 'TOKEN_REFUSED' } })
    const [head, , signature] = (await signed(good)).split('.')
    const other = (await signed({ ...good, sub: '1' })).split('.')[1]
    expect(await open(server, `${head}.${other}.${signature}`)).toMatchObject(refusal(NO_KEY))
    const { privateKey } = await generateKeyPair('ES256')
    const asymmetric = await new SignJWT({ sub: '17', exp: soon(), ...good }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
    expect(await open(server, asymmetric)).toMatchObject(refusal('its algorithm is not one that is trusted here'))
  })

  it.each([['no token', undefined], ['an empty one', ''], ['one that is too long', 'x'.repeat(8193)], ['a number', 7]])('[AP2] %s is a BAD_REQUEST', async (_, token) => {
    expect(await open(server, token)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  })

  it('[AC6] a huge body is not read, and a token that reads like none is refused', async () => {
    expect(await open(server, 'x'.repeat(100_000))).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } })
    for (const token of ['x', 'a.b.c', '...', 'x'.repeat(8192), `${'e'.repeat(4000)}.e.e`])
      expect(await open(server, token)).toMatchObject(refusal('it is no signed JWT'))
  })

  it('[AC6] no token, and nothing of the secret, is logged or answered', async () => {
    const token = await signed({ ...good, exp: 1 })
    const answer = await open(server, token)
    const told = [answer.text, ...server.logLines].join('\n')
    for (const part of [...token.split('.').slice(1), SECRET])
      expect(told).not.toContain(part)
  })
})

describe('people of an account system with public keys', () => {
  const elsewhere = new Elsewhere()
  let server: TestServer
  let jwksUrl: string
  beforeAll(async () => {
    jwksUrl = `${await elsewhere.start()}/jwks.json`
  })
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    elsewhere.asked = []
    server = await startTestServer({ rates, env: { ACCOUNT_JWKS_URL: jwksUrl } })
  })
  afterEach(async () => {
    vi.useRealTimers()
    await server.stop()
  })
  afterAll(() => elsewhere.stop())

  async function pair(kid: string, alg = 'ES256') {
    const { publicKey, privateKey } = await generateKeyPair(alg)
    const sign = (claims: JWTPayload = {}, header: object = {}) => new SignJWT({ sub: '17', exp: soon(), ...claims }).setProtectedHeader({ alg, kid, ...header }).sign(privateKey)
    return { jwk: { ...await exportJWK(publicKey), kid }, publicKey, sign }
  }

  it.each(['ES256', 'RS256', 'PS512', 'EdDSA'])('[AC5] %s: whom the token names is let in, and the keys are asked for once', async (alg) => {
    const key = await pair('a', alg)
    elsewhere.json(200, { keys: [key.jwk] })
    const answers = await Promise.all(Array.from({ length: 5 }, async () => open(server, await key.sign())))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    expect(new Set(answers.map(answer => answer.as(Session).user.id)).size).toBe(1)
    expect(elsewhere.asked).toHaveLength(1)
  })

  it('[AC7] a new key counts once the keys may be asked for again; one that was taken away, no longer', async () => {
    const [older, newer] = [await pair('older'), await pair('newer')]
    elsewhere.json(200, { keys: [older.jwk] })
    expect((await open(server, await older.sign())).status).toBe(201)
    elsewhere.json(200, { keys: [newer.jwk] })
    for (let time = 0; time < 20; time++)
      expect(await open(server, await newer.sign())).toMatchObject(refusal(NO_KEY))
    expect(elsewhere.asked).toHaveLength(1)
    vi.setSystemTime(Date.now() + COOL_DOWN_MS)
    expect((await open(server, await newer.sign())).status).toBe(201)
    expect(elsewhere.asked).toHaveLength(2)
    expect(await open(server, await older.sign())).toMatchObject(refusal(NO_KEY))
  })

  it('[AC6] the public key is no secret: a token that was signed with it as one is refused', async () => {
    const key = await pair('a', 'RS256')
    elsewhere.json(200, { keys: [key.jwk] })
    expect((await open(server, await key.sign())).status).toBe(201)
    for (const secret of [await exportSPKI(key.publicKey), JSON.stringify(key.jwk), key.jwk.n!]) {
      const forged = await new SignJWT({ sub: '17', exp: soon() }).setProtectedHeader({ alg: 'HS256', kid: 'a' }).sign(createSecretKey(secret, 'utf8'))
      expect(await open(server, forged)).toMatchObject(refusal('its algorithm is not one that is trusted here'))
    }
  })

  it('[AC6] a key that the token brings along, or tells where to find, is not used', async () => {
    const [key, stranger] = [await pair('a'), await pair('a')]
    elsewhere.json(200, { keys: [key.jwk] })
    for (const header of [{ jwk: stranger.jwk }, { jku: `${jwksUrl}/mine` }, { x5u: `${jwksUrl}/mine` }])
      expect(await open(server, await stranger.sign({}, header))).toMatchObject(refusal(NO_KEY))
    expect(elsewhere.asked).toHaveLength(1)
  })

  it('[AC8] one whose key is too short to trust is CLOUD_UNAVAILABLE, and the log says why', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    elsewhere.json(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'a' }] })
    const text = [{ alg: 'RS256', kid: 'a' }, { sub: '17', exp: soon() }].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64url')
    expect(await open(server, `${text}.${signature}`)).toMatchObject({ status: 503, body: { code: 'CLOUD_UNAVAILABLE' } })
    expect(server.logLines.join()).toContain('WeakKey')
  })

  it.each<[string, () => void]>([
    ['hangs', () => (elsewhere.answer = () => {})],
    ['hangs in the middle', () => (elsewhere.answer = (_request, response) => void response.writeHead(200).write('{"keys":['))],
    ['breaks off', () => (elsewhere.answer = request => void request.socket.destroy())],
    ['has trouble', () => elsewhere.json(503, {})],
    ['leads elsewhere', () => (elsewhere.answer = (_request, response) => void response.writeHead(302, { location: `${jwksUrl}/2` }).end())],
    ['talks without end', () => (elsewhere.answer = (_request, response) => void response.writeHead(200).end('x'.repeat(ANSWER_MAX_BYTES + 1)))],
    ['answers with something else', () => elsewhere.json(200, { hello: 'world' })],
  ])('[AC8] one that %s is CLOUD_UNAVAILABLE within three seconds, and others go on', async (_, misbehave) => {
    const key = await pair('a')
    misbehave()
    const before = performance.now()
    const [answer, guest] = await Promise.all([open(server, await key.sign()), server.call('POST', '/api/sessions', { body: { nickname: 'Anna' } })])
    expect(answer).toMatchObject({ status: 503, body: { code: 'CLOUD_UNAVAILABLE' } })
    expect(performance.now() - before).toBeLessThan(ACCOUNT_TIMEOUT_MS + 800)
    expect(guest.status).toBe(201)
    expect(server.logLines.join()).toMatch(/the account system/)
    elsewhere.json(200, { keys: [key.jwk] })
    expect((await open(server, await key.sign())).status).toBe(201)
  })
})

describe('people of an account system that is asked', () => {
  const elsewhere = new Elsewhere()
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ rates, env: { ACCOUNT_VERIFY_URL: `${await elsewhere.start()}/verify` } })
  })
  afterAll(async () => {
    await server.stop()
    await elsewhere.stop()
  })

  it('[AC5] whom it names is let in, with the name and face that it tells', async () => {
    elsewhere.asked = []
    elsewhere.json(200, { id: 'anna@example.com', nickname: '阿青', avatar: 7, email: 'anna@example.com' })
    const answer = await open(server, 'opaque', {})
    expect(answer.as(Session).user).toMatchObject({ nickname: '阿青', avatar: 7 })
    expect(elsewhere.asked).toEqual([{ method: 'POST', type: 'application/json', body: '{"token":"opaque"}' }])
    expect(answer.text).not.toContain('anna@example.com')
  })

  it('[AC5] a name or face that does not fit is left out', async () => {
    elsewhere.json(200, { id: 'b', nickname: 'x'.repeat(99), avatar: 'https://example.com/b.png' })
    expect((await open(server, 'opaque', { nickname: '小海豚', avatar: 4 })).as(Session).user).toMatchObject({ nickname: '小海豚', avatar: 4 })
  })

  it.each([401, 403])('[AC6] %i means that the token is not good', async (status) => {
    elsewhere.json(status, { id: 'b' })
    expect(await open(server, 'opaque')).toMatchObject(refusal('the account system does not know it'))
  })

  it.each<[string, () => void]>([
    ['hangs', () => (elsewhere.answer = () => {})],
    ['has trouble', () => elsewhere.json(500, {})],
    ['leads elsewhere', () => (elsewhere.answer = (_request, response) => void response.writeHead(307, { location: '/2' }).end())],
    ['names nobody', () => elsewhere.json(200, { nickname: 'Anna' })],
    ['names somebody by a number', () => elsewhere.json(200, { id: 17 })],
    ['answers with a page', () => (elsewhere.answer = (_request, response) => void response.writeHead(200).end('<!DOCTYPE html>'))],
    ['talks without end', () => (elsewhere.answer = (_request, response) => void response.writeHead(200).end(`"${'x'.repeat(ANSWER_MAX_BYTES)}"`))],
  ])('[AC8] one that %s is CLOUD_UNAVAILABLE within three seconds; the token is not in the log', async (_, misbehave) => {
    misbehave()
    const before = performance.now()
    expect(await open(server, 'an-opaque-token')).toMatchObject({ status: 503, body: { code: 'CLOUD_UNAVAILABLE' } })
    expect(performance.now() - before).toBeLessThan(ACCOUNT_TIMEOUT_MS + 800)
    expect(server.logLines.join()).not.toContain('an-opaque-token')
  })
})

describe('the door for other accounts', () => {
  it('[AC5] is not there where no account system is set', async () => {
    const server = await startTestServer()
    expect(await open(server, 'any')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    await server.stop()
  })

  it('[AP5] is limited like the other ways in', async () => {
    const server = await startTestServer({ rates: { sessions: { perMinute: 2 } }, env: { ACCOUNT_JWT_SECRET: SECRET } })
    const answers = [await open(server, 'x'), await open(server, 'x'), await open(server, await signed({}))]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 429])
    await server.stop()
  })
})
