import type { MediaEvent } from '../MediaProvider'
import { once } from 'node:events'
import net from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { VirtualClock } from '../../testing/VirtualClock'
import { plainKey } from '../urlAuth'
import { createEmbeddedMedia } from './embeddedMedia'
import { startTestMedia, STREAM } from './testing/mediaServer'
import { publishRtmp } from './testing/rtmpPublisher'

const ORIGIN = { http: 'https://live.example.com', rtmp: 'rtmp://live.example.com:1935' }
const KEYS = { pushKey: plainKey('push'), playKey: plainKey('play') }
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()))
})

describe('embedded media', () => {
  it('[MD2] hands out URLs by which the one who asked reaches the server', () => {
    const clock = new VirtualClock(1_790_000_000_999)
    const { provider } = createEmbeddedMedia({ ...KEYS, rtmpPort: 0, clock })
    const push = provider.issuePushUrls(STREAM, 60_000, ORIGIN)
    const signature = /^txSecret=[\da-f]{32}&txTime=[\dA-F]{8}$/
    const expiresAt = 1_790_000_060_000
    expect(push).toEqual({
      streamId: STREAM,
      rtmp: `rtmp://live.example.com:1935/live/${push.rtmpKey}`,
      rtmpServer: 'rtmp://live.example.com:1935/live',
      rtmpKey: expect.stringContaining(`${STREAM}?`),
      whip: `https://live.example.com/whip/${push.rtmpKey}`,
      expiresAt,
    })
    expect(push.rtmpKey.split('?')[1]).toMatch(signature)
    const play = provider.playUrls(STREAM, 60_000, ORIGIN)
    const query = play.flv!.split('?')[1]
    expect(query).toMatch(signature)
    expect(query).not.toBe(push.rtmpKey.split('?')[1])
    expect(play).toEqual({
      flv: `https://live.example.com/live/${STREAM}.flv?${query}`,
      wsFlv: `wss://live.example.com/live/${STREAM}.flv?${query}`,
      whep: `https://live.example.com/whep/${STREAM}?${query}`,
      rtmp: `rtmp://live.example.com:1935/live/${STREAM}?${query}`,
      expiresAt,
    })
  })

  it('[MD2] wants two different keys', () => {
    expect(() => createEmbeddedMedia({ pushKey: plainKey('same'), playKey: plainKey('same'), rtmpPort: 0 })).toThrow(/differ/)
  })

  it('[MD21] tells of beginnings and ends, until it is asked to stop', async () => {
    const media = await startTestMedia()
    stops.push(media.stop)
    const events: MediaEvent[] = []
    const stopListening = media.provider.onEvent(event => events.push(event))
    const publisher = await publishRtmp(media.pushUrl())
    expect(await media.provider.isLive(STREAM)).toBe(true)
    await media.provider.kick(STREAM)
    await once(publisher.socket, 'close')
    expect(await media.provider.isLive(STREAM)).toBe(false)
    const [begin, end] = events
    expect(events).toEqual([
      { type: 'publish', streamId: STREAM, sessionId: begin.sessionId, at: expect.any(Number) },
      { type: 'unpublish', streamId: STREAM, sessionId: begin.sessionId, at: expect.any(Number) },
    ])
    expect(end.at).toBeGreaterThanOrEqual(begin.at)
    stopListening()
    await publishRtmp(media.pushUrl())
    expect(events).toHaveLength(2)
  })

  it('says so when the RTMP port is taken', async () => {
    const server = net.createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    stops.push(async () => void server.close())
    const { port } = server.address() as net.AddressInfo
    const media = createEmbeddedMedia({ ...KEYS, rtmpPort: port, host: '127.0.0.1' })
    await expect(media.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await media.close()
  })

  it('closes publishers and players, and may be closed twice', async () => {
    const media = await startTestMedia()
    const publisher = await publishRtmp(media.pushUrl())
    const closed = once(publisher.socket, 'close')
    await media.close()
    await closed
    await media.stop()
    await expect(fetch(media.play().flv)).rejects.toThrow()
  })
})
