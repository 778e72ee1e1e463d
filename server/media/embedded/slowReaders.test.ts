/** Real sockets that do not read, beside one that does. */
import type { LiveStream } from './liveStream'
import type { TestMedia } from './testing/mediaServer'
import net from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { FlvTagType } from './flv'
import { FlvTagReader } from './flvTagReader'
import { readMediaLimits } from './limits'
import { startTestMedia, STREAM } from './testing/mediaServer'
import { usedMemory } from './testing/memory'
import { AUDIO_HEADER, command, HANDSHAKE, picture, VIDEO_HEADER } from './testing/rtmpPublisher'
import { until } from './testing/until'

const MB = 1 << 20
const PICTURE_BYTES = 100_000
const PICTURES = 600
const KEY_FRAME_EVERY = 10
const HEADERS = 2
const MAX_IN_FLIGHT = 3

let media: TestMedia
const sockets: net.Socket[] = []
afterEach(async () => {
  sockets.splice(0).forEach(socket => socket.destroy())
  await media.stop()
})

async function start(limits: Partial<ReturnType<typeof readMediaLimits>> = {}): Promise<LiveStream> {
  media = await startTestMedia({ limits: { ...readMediaLimits(), publisherKbps: 100_000_000, ...limits } })
  const stream = media.hub.publish(STREAM, 'trusted', { id: 'test', kind: 'rtmp', close: () => {} }) as LiveStream
  stream.push(FlvTagType.Video, 0, VIDEO_HEADER)
  stream.push(FlvTagType.Audio, 0, AUDIO_HEADER)
  return stream
}

function connect(port: number, ...bytes: (Buffer | string)[]): net.Socket {
  const socket = net.connect(port, '127.0.0.1').on('error', () => {})
  sockets.push(socket)
  bytes.forEach(part => socket.write(part))
  return socket
}

function requestOf(url: string, headers = ''): string {
  const { pathname, search } = new URL(url)
  return `GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`
}
const UPGRADE = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n`

/** Five of each kind that never read a byte. */
async function connectStalled(): Promise<void> {
  const { rtmp, flv, wsFlv } = media.play()
  const before = media.hub.readerCount
  for (let count = 0; count < 5; count++) {
    connect(media.httpPort, requestOf(flv)).pause()
    connect(media.httpPort, requestOf(wsFlv, UPGRADE)).pause()
    connect(media.rtmpPort, HANDSHAKE, command('connect', 1, { app: 'live' }), command('play', 2, null, rtmp.slice(rtmp.indexOf('/live/') + 6))).pause()
  }
  await until(() => media.hub.readerCount === before + 15)
}

async function connectGood(): Promise<number[]> {
  const timestamps: number[] = []
  const before = media.hub.readerCount
  const tags = new FlvTagReader(({ timestamp }) => timestamps.push(timestamp))
  let isBody = false
  connect(media.httpPort, requestOf(media.play().flv)).on('data', (bytes) => {
    const start = isBody ? 0 : bytes.indexOf('FLV')
    isBody ||= start >= 0
    if (isBody)
      tags.push(bytes.subarray(start))
  })
  await until(() => media.hub.readerCount === before + 1)
  return timestamps
}

/** As fast as the good reader takes it. */
async function pushPictures(stream: LiveStream, read: number[]): Promise<number[]> {
  const sent: number[] = []
  for (let index = 1; index <= PICTURES; index++) {
    stream.push(FlvTagType.Video, index, picture(index % KEY_FRAME_EVERY === 1, Buffer.alloc(PICTURE_BYTES)))
    sent.push(index)
    while (read.length - HEADERS + MAX_IN_FLIGHT < sent.length)
      await setImmediate()
  }
  await until(() => read.length === HEADERS + sent.length)
  return sent
}

describe('readers that do not read', () => {
  it('[MD8] stay bounded while a good reader loses nothing', async () => {
    const stream = await start()
    const read = await connectGood()
    await connectStalled()
    const before = usedMemory()
    const sent = await pushPictures(stream, read) // 60 MB past every one of them
    expect(read).toEqual([0, 0, ...sent]) // the headers, then every picture
    const unsent = [...media.connections].map(socket => socket.writableLength)
    expect(Math.max(...unsent)).toBeLessThan(MB)
    expect(usedMemory() - before).toBeLessThan(24 * MB)
    expect(media.hub.readerCount).toBe(16)
  })

  it('[MD9] are cut off when they stay behind, and only they', async () => {
    const stream = await start({ stalledReaderMs: 300 })
    const read = await connectGood()
    await connectStalled()
    await pushPictures(stream, read)
    await new Promise(resolve => setTimeout(resolve, 400))
    stream.push(FlvTagType.Video, PICTURES + 1, picture(true, Buffer.alloc(10)))
    await until(() => media.hub.readerCount === 1 && media.connections.size === 1)
    await until(() => read.at(-1) === PICTURES + 1)
  })

  it('[MD9] are let go soon when the stream ends', async () => {
    const stream = await start()
    await connectStalled()
    for (let index = 1; index <= 40; index++)
      stream.push(FlvTagType.Video, index, picture(true, Buffer.alloc(PICTURE_BYTES)))
    media.hub.unpublish(stream)
    await until(() => media.connections.size === 0)
  })
})
