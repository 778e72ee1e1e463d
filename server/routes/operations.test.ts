import type { TestServer } from '../testing/startTestServer'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishRtmp } from '../media/embedded/testing/rtmpPublisher'
import { startTestServer } from '../testing/startTestServer'

describe('what operators and browsers ask', () => {
  let server: TestServer
  let webRoot: string
  beforeAll(async () => {
    webRoot = mkdtempSync(path.join(tmpdir(), 'lianmai-web-'))
    mkdirSync(path.join(webRoot, 'assets'))
    writeFileSync(path.join(webRoot, 'index.html'), '<!DOCTYPE html><title>app</title>')
    writeFileSync(path.join(webRoot, 'assets', 'index-0a1b2c3d.js'), `// ${'x'.repeat(5000)}`)
    server = await startTestServer({ webRoot, env: { METRICS_TOKEN: 'only for prometheus' } })
  })
  afterAll(async () => {
    await server.stop()
    rmSync(webRoot, { recursive: true, force: true })
  })

  it('[AP14] /healthz says that it works, and of what it is made', async () => {
    const answer = await server.call('GET', '/healthz')
    expect(answer).toMatchObject({ status: 200, body: { ok: true, version: '0.1.0', database: 'ok', media: { streams: 0, whip: true, whep: true } } })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('[AP15] /metrics counts rooms and streams', async () => {
    const { token } = await server.openSession()
    const { room, publish } = await server.createRoom(token)
    const { socket } = await publishRtmp(publish.rtmp)
    await expect.poll(async () => (await server.call('GET', `/api/rooms/${room.id}`)).body.room.status).toBe('live')
    const answer = await server.call('GET', '/metrics', { headers: { authorization: 'Bearer only for prometheus' } })
    expect(answer.status).toBe(200)
    const lines = answer.text.split('\n')
    for (const line of ['lianmai_rooms{status="live"} 1', 'lianmai_rooms{status="preparing"} 0', 'lianmai_viewers 0', 'lianmai_link_mic_seats 0', 'lianmai_link_mic_applications 0', 'lianmai_link_mic_mixes 0', 'lianmai_streams{publisher="rtmp"} 1', 'lianmai_stream_readers 0', 'lianmai_chat_messages_total 0'])
      expect(lines).toContain(line)
    expect(answer.text).toMatch(/^nodejs_eventloop_lag_seconds /m)
    expect(answer.text).toMatch(/^lianmai_stream_bits_per_second /m)
    expect(answer.text).not.toContain(room.id)
    socket.destroy()
  })

  it('[AP15] /metrics with METRICS_TOKEN set asks for it', async () => {
    expect((await server.call('GET', '/metrics')).status).toBe(401)
    expect((await server.call('GET', '/metrics', { token: 'guessed' })).status).toBe(401)
    const open = await startTestServer()
    expect((await open.call('GET', '/metrics')).status).toBe(200)
    await open.stop()
  })

  it('[AP13] the app is served, its hashed files for ever, its page never from a cache', async () => {
    const page = await server.call('GET', '/')
    expect(page).toMatchObject({ status: 200, text: '<!DOCTYPE html><title>app</title>' })
    expect(page.headers.get('cache-control')).toBe('no-cache')
    const script = await server.call('GET', '/assets/index-0a1b2c3d.js', { headers: { 'accept-encoding': 'gzip' } })
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(script.headers.get('content-encoding')).toBe('gzip')
    expect((await server.call('GET', '/assets/gone.js')).status).toBe(404)
  })

  it('[AP13] an app that is not built says what to do', async () => {
    const bare = await startTestServer({ webRoot: path.join(webRoot, 'nowhere') })
    const answer = await bare.call('GET', '/')
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('npm run build:h5')
    await bare.stop()
  })

  it('[AP12] a short link leads into the app', async () => {
    const { token } = await server.openSession()
    const { room } = await server.createRoom(token)
    const answer = await server.call('GET', `/r/${room.id}`)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(`/#/src/live/pages/room/index?id=${room.id}`)
    expect((await server.call('GET', '/r/%22%3E%3Cscript%3E')).headers.get('location')).toBe('/')
  })

  it('[AP12] a preview of a link shows title and anchor, and runs nothing that is in them', async () => {
    const { token } = await server.openSession('<b>Anna</b>')
    const { room } = await server.createRoom(token, '"><script>1</script>')
    const answer = await server.call('GET', `/r/${room.id}`, { headers: { 'user-agent': 'Twitterbot/1.0' } })
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('<meta property="og:title" content="&quot;&gt;&lt;script&gt;1&lt;/script&gt; · &lt;b&gt;Anna&lt;/b&gt;">')
    expect((await server.call('GET', '/r/rgone', { headers: { 'user-agent': 'Slackbot' } })).text).toContain('og:title')
  })
})
