import type { TestServer } from '../testing/startTestServer'
import { once } from 'node:events'
import net from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { ApiError } from '../../shared/protocol/rest'
import { startTestServer } from '../testing/startTestServer'

describe('what every answer has', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ env: { TEST_STREAMS: '0' } })
  })
  afterAll(() => server.stop())

  it('[AP1] an unknown path of the API is a JSON 404 with the request\'s id', async () => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await server.call(method, '/api/nothing/here?token=hidden')
      expect(answer.status).toBe(404)
      expect(answer.as(ApiError)).toEqual({ code: 'NOT_FOUND', message: `${method} /api/nothing/here does not exist.`, requestId: answer.headers.get('x-request-id') })
    }
  })

  it('[AP1] a proxy\'s request id is kept if it looks like one', async () => {
    const idOf = async (id: string) => (await server.call('GET', '/api/rooms', { headers: { 'x-request-id': id } })).headers.get('x-request-id')
    expect(await idOf('trace-0123456789')).toBe('trace-0123456789')
    for (const bad of ['short', 'x'.repeat(65), 'with space inside', '<script>alert(1)</script>'])
      expect(await idOf(bad)).toMatch(/^[\da-f-]{36}$/)
  })

  it.each([
    ['JSON that is none', '{"nickname":', 400, 'BAD_REQUEST'],
    ['a body that is too large', JSON.stringify({ nickname: 'x'.repeat(5000) }), 413, 'PAYLOAD_TOO_LARGE'],
  ])('[AP2] %s is answered in the same form', async (_, body, status, code) => {
    const answer = await server.call('POST', '/api/sessions', { body, headers: { 'content-type': 'application/json' } })
    expect(answer.status).toBe(status)
    expect(answer.as(ApiError).code).toBe(code)
  })

  it('[AP2] a refusal names the field and not what was in it', async () => {
    const { message } = (await server.call('POST', '/api/sessions', { body: { nickname: 'a secret that was pasted by mistake' } })).as(ApiError)
    expect(message).toMatch(/^nickname: /)
    expect(message).not.toContain('pasted')
  })

  it('[AP3] a bad token is refused even where none is needed', async () => {
    const { token } = await server.openSession()
    const { room } = await server.createRoom(token)
    expect((await server.call('GET', `/api/rooms/${room.id}`)).status).toBe(200)
    for (const path of ['/api/rooms', `/api/rooms/${room.id}`])
      expect(await server.call('GET', path, { token: `${token}x` })).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } })
    expect((await server.call('POST', '/api/sessions', { token: `${token}x`, body: { nickname: 'Anew' } })).status).toBe(201)
  })

  it('[AP6] no log line holds a token, a key, a signature or a query', async () => {
    const { token } = await server.openSession()
    const { room, publish } = await server.createRoom(token)
    const { play } = (await server.call('GET', `/api/rooms/${room.id}?token=${token}`, { token })).body
    await server.call('GET', new URL(play.flv).pathname) // unsigned
    await server.call('POST', new URL(publish.whip!).pathname + new URL(publish.whip!).search, { body: 'v=0', headers: { 'content-type': 'application/sdp' } })
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/ws?token=${token}`)
    await once(socket, 'open')
    socket.close()
    await once(socket, 'close')
    await server.call('DELETE', `/api/rooms/${room.id}`, { token })

    const log = server.logLines.join()
    expect(log).toContain(room.id)
    expect(log).not.toContain(token)
    expect(log).not.toMatch(/txSecret|txTime|[?&]token=/)
    for (const key of Object.values(server.config.keys))
      expect(log).not.toContain(key)
  })

  it('[AP7] pages run our own scripts and blob workers, and connect to us only', async () => {
    const { headers } = await server.call('GET', '/docs')
    const csp = headers.get('content-security-policy')!
    expect(csp).toContain('script-src \'self\';')
    expect(csp).toContain('worker-src \'self\' blob:')
    expect(csp).toMatch(new RegExp(`connect-src 'self' ${server.origin.replace('http', 'ws')} wss:[^ ;]+;`))
    expect(csp).toContain('frame-ancestors \'self\'')
    expect(csp).not.toContain('upgrade-insecure-requests') // the LAN speaks http
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('permissions-policy')).toContain('camera=(self)')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('[AP7] any page may call the API, none with credentials', async () => {
    const preflight = await server.call('OPTIONS', '/api/rooms', { headers: { 'origin': 'https://elsewhere.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' } })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,content-type')
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    const { headers } = await server.call('GET', '/healthz', { headers: { origin: 'https://elsewhere.example' } })
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  const upgrading = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
  const connect = () => net.connect({ port: Number(new URL(server.origin).port), host: '127.0.0.1', allowHalfOpen: true })

  it.each([
    ['/nothing', 404],
    ['/ws?token=wrong', 401],
  ])('[AP16] a refused upgrade to %s is answered with %i and its socket closed, whatever the client does', async (path, status) => {
    const socket = connect()
    socket.write(upgrading(path))
    const [answer] = await once(socket, 'data') as [Buffer]
    expect(answer.toString()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    // It neither closes its side nor is quiet: only a socket that the server has destroyed answers this with a reset.
    const broken = once(socket, 'error')
    const talking = setInterval(() => socket.write('x'), 20)
    await broken.finally(() => clearInterval(talking))
  })

  it('[AP16] a client that is gone before its upgrade is refused ends nothing but its connection', async () => {
    for (let i = 0; i < 10; i++) {
      const socket = connect()
      await once(socket, 'connect')
      socket.write(upgrading('/nothing'))
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
    expect((await server.call('GET', '/healthz')).status).toBe(200)
  })
})

describe('limits', () => {
  it('[AP5] one address opens so many sessions a minute', async () => {
    const server = await startTestServer({ rates: { sessions: { perMinute: 3 } } })
    for (let i = 0; i < 3; i++)
      await server.openSession()
    const refused = await server.call('POST', '/api/sessions', { body: { nickname: 'Anna' } })
    expect(refused).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    const forwarded = await server.call('POST', '/api/sessions', { body: { nickname: 'Anna' }, headers: { 'x-forwarded-for': '203.0.113.9' } })
    expect(forwarded.status).toBe(429) // nobody said that a proxy is to be trusted
    await server.stop()
  })

  it('[AP5] behind a trusted proxy, each client is counted by itself', async () => {
    const server = await startTestServer({ env: { TRUST_PROXY: '1' }, rates: { sessions: { perMinute: 1 } } })
    const from = async (address: string) => (await server.call('POST', '/api/sessions', { body: { nickname: 'Anna' }, headers: { 'x-forwarded-for': address } })).status
    expect([await from('203.0.113.1'), await from('203.0.113.2'), await from('203.0.113.1')]).toEqual([201, 201, 429])
    await server.stop()
  })

  it('[AP18] an IPv6 subscriber is one client, whatever address of theirs they use', async () => {
    const server = await startTestServer({ env: { TRUST_PROXY: '1' }, rates: { sessions: { perMinute: 1 } } })
    const from = async (address: string) => (await server.call('POST', '/api/sessions', { body: { nickname: 'Anna' }, headers: { 'x-forwarded-for': address } })).status
    expect([await from('2001:db8:1:2::1'), await from('2001:db8:1:2::2'), await from('2001:db8:9:2::1')]).toEqual([201, 429, 201])
    expect([await from('::ffff:203.0.113.1'), await from('203.0.113.1')]).toEqual([201, 429])
    await server.stop()
  })

  it('[AP5] one person creates so many rooms a minute, and another is not held back', async () => {
    const server = await startTestServer({ rates: { rooms: { perMinute: 1 } } })
    const [anna, boris] = [await server.openSession('Anna'), await server.openSession('Boris')]
    await server.createRoom(anna.token)
    expect((await server.call('POST', '/api/rooms', { token: anna.token, body: { title: 'Two' } })).status).toBe(429)
    await server.createRoom(boris.token)
    await server.stop()
  })
})
