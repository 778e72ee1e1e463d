import type { TestServer, TestServerOptions } from '../testing/startTestServer'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { testStreamIdOf } from '../../shared/domain/ids'
import { RoomsPage } from '../../shared/protocol/rest'
import { TestStream } from '../../shared/protocol/testStream'
import { probe, startEncoder, stopAll } from '../media/embedded/testing/ffmpeg'
import { publishRtmp } from '../media/embedded/testing/rtmpPublisher'
import { startTestServer } from '../testing/startTestServer'
import { VirtualClock } from '../testing/VirtualClock'
import { TEST_STREAM_TTL_MS } from '../testStreams'

const SECRETS = { NODE_ENV: 'production', PUSH_KEY: 'push-key-of-this-test', PLAY_KEY: 'play-key-of-this-test', SESSION_SECRET: 'x'.repeat(32) }
let servers: TestServer[] = []

async function start(options?: TestServerOptions) {
  const server = await startTestServer(options)
  servers.push(server)
  return server
}
const ask = (server: TestServer, token?: string) => server.call('POST', '/api/test-streams', { token })

afterEach(async () => {
  stopAll()
  await Promise.all(servers.map(server => server.stop()))
  servers = []
})

describe('a test address', () => {
  it('[TL10] what ffmpeg publishes there is read back by FLV; there is no room of it and no complaint in the log', async () => {
    const server = await start()
    const { token, user } = await server.openSession()
    const answer = await ask(server, token)
    expect(answer.status).toBe(201)
    const { publish, play } = answer.as(TestStream)
    expect(publish.streamId).toBe(testStreamIdOf(user.id))
    expect(publish.rtmp).toMatch(/^rtmp:\/\/127\.0\.0\.1:\d+\/live\/rtest-\w+\?txSecret=/)
    expect(publish.whip).toContain(`${server.origin}/whip/${publish.streamId}?txSecret=`)
    expect(publish.expiresAt - Date.now()).toBeLessThanOrEqual(TEST_STREAM_TTL_MS)

    startEncoder(publish.rtmp)
    await expect.poll(() => fetch(play.flv!, { method: 'HEAD' }).then(({ status }) => status), { timeout: 10_000 }).toBe(200)
    const { streams, packets } = await probe(play.flv!)
    expect(streams.map(({ codec_name }) => codec_name).sort()).toEqual(['aac', 'h264'])
    expect(packets.length).toBeGreaterThan(20)

    expect((await server.call('GET', '/api/rooms')).as(RoomsPage).rooms).toEqual([])
    expect((await server.call('GET', '/api/rooms/rtest')).status).toBe(404)
    expect(server.logLines.filter(line => JSON.parse(line).level >= 50)).toEqual([])
    expect(server.logLines.join('\n')).not.toContain('txSecret')
  }, 30_000)

  it('[TL10] needs a session', async () => {
    expect(await ask(await start())).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } })
  })

  it('[TL11] is not another\'s to publish, whatever address that one has', async () => {
    const server = await start()
    const [anna, boris] = await Promise.all(['Anna', 'Boris'].map(server.openSession))
    const { publish } = (await ask(server, anna.token)).as(TestStream)
    const { publish: own } = (await ask(server, boris.token)).as(TestStream)
    const { play } = (await ask(server, anna.token)).as(TestStream)
    const attempts = [
      publish.rtmp.split('?')[0],
      own.rtmp.replace(testStreamIdOf(boris.user.id), testStreamIdOf(anna.user.id)),
      play.rtmp!,
    ]
    for (const url of attempts)
      await expect(refused(url), url).resolves.toMatch(/not signed/)
  }, 30_000)

  it('[TL11] works for nobody before it is asked for: a restart forgets it', async () => {
    const clock = new VirtualClock(Date.now())
    const server = await start({ clock })
    const { token } = await server.openSession()
    const { publish } = (await ask(server, token)).as(TestStream)
    await server.close()
    const again = await start({ clock, dataDir: server.dataDir })
    await expect(refused(publish.rtmp.replace(/:\d+\/live/, `${again.rtmpUrl!.slice(again.rtmpUrl!.lastIndexOf(':'))}/live`))).resolves.toMatch(/does not take this stream/)
  }, 30_000)

  it('[TL12] ends after half an hour, with what is on the air', async () => {
    const clock = new VirtualClock()
    const server = await start({ clock })
    const { token } = await server.openSession()
    const { publish, play } = (await ask(server, token)).as(TestStream)
    const { socket } = await publishRtmp(publish.rtmp)
    const cut = once(socket, 'close')
    await clock.advance(TEST_STREAM_TTL_MS - 1000)
    expect(socket.closed).toBe(false)
    await clock.advance(1000)
    await cut
    expect((await fetch(play.flv!)).status).toBe(403)
    await expect(refused(publish.rtmp)).resolves.toMatch(/expired/)
  }, 30_000)

  it('[TL12] asked for again it goes on, on the air or not, for as long again', async () => {
    const clock = new VirtualClock()
    const server = await start({ clock })
    const { token } = await server.openSession()
    const first = (await ask(server, token)).as(TestStream)
    const { socket } = await publishRtmp(first.publish.rtmp)
    await clock.advance(TEST_STREAM_TTL_MS - 1000)
    const second = (await ask(server, token)).as(TestStream)
    expect(second.publish.streamId).toBe(first.publish.streamId)
    expect(second.publish.expiresAt).toBe(first.publish.expiresAt + TEST_STREAM_TTL_MS - 1000)
    await clock.advance(2000)
    expect(socket.closed).toBe(false)
    socket.destroy()
  })

  it('[TL13] is not given too often', async () => {
    const server = await start({ rates: { testStreams: { perMinute: 2 } } })
    const { token } = await server.openSession()
    const statuses = [await ask(server, token), await ask(server, token), await ask(server, token)].map(({ status }) => status)
    expect(statuses).toEqual([201, 201, 429])
  })

  it.each([
    ['TEST_STREAMS=0', 404, { TEST_STREAMS: '0' }],
    ['NODE_ENV=production', 404, SECRETS],
    ['both NODE_ENV=production and TEST_STREAMS=1', 201, { ...SECRETS, TEST_STREAMS: '1' }],
  ])('[TL13] with %s the answer is %i', async (_, status, env) => {
    const server = await start({ env })
    const { token } = await server.openSession()
    expect((await ask(server, token)).status).toBe(status)
  })

  it.each([
    ['1', ' http: https: ws: wss:;'],
    ['0', ';'],
  ])('[TL14] with TEST_STREAMS=%s pages connect as far as the tools need', async (TEST_STREAMS, end) => {
    const server = await start({ env: { TEST_STREAMS } })
    const csp = (await server.call('GET', '/docs')).headers.get('content-security-policy')!
    const host = server.origin.slice('http://'.length)
    expect(csp).toContain(`connect-src 'self' ws://${host} wss://${host}${end}`)
    expect(csp).toContain('img-src \'self\' data: blob:;')
  })
})

/** What an encoder is told that is not let in. */
async function refused(url: string): Promise<string> {
  const encoder = startEncoder(url)
  expect(await encoder.exited).not.toBe(0)
  return encoder.log()
}
