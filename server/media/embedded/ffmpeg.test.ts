/** Real encoders and players at both ends. */
import type { SOURCES } from './testing/ffmpeg'
import type { TestMedia } from './testing/mediaServer'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { probe, startEncoder, stopAll } from './testing/ffmpeg'
import { startTestMedia, STREAM } from './testing/mediaServer'
import { until } from './testing/until'

let media: TestMedia
let folder: string

beforeEach(async () => {
  media = await startTestMedia()
  folder = await mkdtemp(path.join(os.tmpdir(), 'ffmpeg-test-'))
})
afterEach(async () => {
  stopAll()
  await media.stop()
  await rm(folder, { recursive: true })
})

/** By then a key frame and some sound are there. */
async function untilLive() {
  await until(() => media.hub.find(STREAM) !== undefined)
  const { startedAt } = media.hub.find(STREAM)!
  await until(() => Date.now() - startedAt > 1200)
}

/** WS-FLV as a file, which ffprobe can read. */
async function saveWebSocket(url: string, milliseconds: number): Promise<string> {
  const file = path.join(folder, 'ws.flv')
  const messages: Buffer[] = []
  const socket = new WebSocket(url)
  socket.on('message', data => messages.push(data as Buffer))
  await new Promise(resolve => setTimeout(resolve, milliseconds))
  socket.terminate()
  writeFileSync(file, Buffer.concat(messages))
  return file
}

describe('ffmpeg', () => {
  const both = ['aac', 'h264']
  it.each<[keyof typeof SOURCES, string[], { sample_rate?: string }]>([
    ['aac44100', both, { sample_rate: '44100' }],
    ['aac48000', both, { sample_rate: '48000' }],
    ['bFrames', both, {}],
    ['audioOnly', ['aac'], {}],
    ['videoOnly', ['h264'], {}],
  ])('[MD19] plays %s as it was published, by HTTP-FLV, WS-FLV and RTMP', async (source, codecs, sound) => {
    startEncoder(media.pushUrl(), source)
    await untilLive()
    const [overHttp, overRtmp, overWebSocket] = await Promise.all([
      probe(media.play().flv),
      probe(media.play().rtmp),
      saveWebSocket(media.play().wsFlv, 1500).then(file => probe(file)),
    ])
    for (const [door, { streams, packets }] of Object.entries({ overHttp, overRtmp, overWebSocket })) {
      expect(streams.map(stream => stream.codec_name).sort(), door).toEqual(codecs)
      if (codecs.includes('aac'))
        expect(streams, door).toContainEqual(expect.objectContaining({ codec_name: 'aac', ...sound }))
      expect(packets.length, door).toBeGreaterThan(25)
      const pictures = packets.filter(packet => packet.codec_type === 'video')
      expect(pictures.some(packet => packet.pts_time !== packet.dts_time), door).toBe(source === 'bFrames')
      if (pictures.length > 0)
        expect(pictures[0].flags, `${door} begins with a key frame`).toContain('K')
    }
  }, 30_000)

  it.each<[string, () => string, RegExp]>([
    ['a wrong secret', () => media.pushUrl().replace(/txSecret=./, 'txSecret=g'), /not signed, or for another stream/],
    ['an expired URL', () => media.pushUrl(STREAM, -1), /URL has expired/],
    ['another stream\'s signature', () => media.pushUrl().replace(STREAM, 'r99999-u99999'), /not signed, or for another stream/],
  ])('[MD3] prints why it was refused: %s', async (_name, url, reason) => {
    const encoder = startEncoder(url())
    expect(await encoder.exited).not.toBe(0)
    expect(encoder.log()).toMatch(reason)
    expect(media.hub.streams).toEqual([])
  })

  it('[MD4] gives way to a second ffmpeg', async () => {
    const sessions: string[] = []
    media.provider.onEvent(({ type, sessionId }) => sessions.push(`${type} ${sessionId}`))
    const first = startEncoder(media.pushUrl())
    await until(() => sessions.length === 1)
    startEncoder(media.pushUrl())
    expect(await first.exited).not.toBe(0)
    const [old, young] = [sessions[0].split(' ')[1], sessions[1].split(' ')[1]]
    expect(sessions).toEqual([`publish ${old}`, `publish ${young}`, `unpublish ${old}`])
    expect(young).not.toBe(old)
  })

  it('[MD5] ends when it is kicked', async () => {
    const encoder = startEncoder(media.pushUrl())
    await until(() => media.hub.find(STREAM) !== undefined)
    await media.provider.kick(STREAM)
    expect(await encoder.exited).not.toBe(0)
    expect(await media.provider.isLive(STREAM)).toBe(false)
  })

  it('[MD21] shows up in the figures, and its end is known at once', async () => {
    const encoder = startEncoder(media.pushUrl(), 'aac44100', ['-b:v', '400k'])
    await untilLive()
    await until(() => media.provider.figures()[0].bitrateKbps > 0)
    expect(media.provider.figures()).toEqual([{ streamId: STREAM, publisher: 'rtmp', readers: 0, bitrateKbps: expect.any(Number), startedAt: expect.any(Number) }])
    expect(await media.provider.isLive(STREAM)).toBe(true)
    await encoder.stop()
    await until(() => media.provider.figures().length === 0)
  })
})
