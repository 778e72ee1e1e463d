/** Strangers say nonsense while a broadcast is going on: it must not notice. Rooms and chat live in the same process. */
import type { TestMedia } from './testing/mediaServer'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../testing/seededRandom'
import { uint32 } from './bytes'
import { FlvTagType } from './flv'
import { FlvTagReader } from './flvTagReader'
import { readMediaLimits } from './limits'
import { encodeAmf0 } from './rtmp/amf0'
import { MessageType } from './rtmp/message'
import { startTestMedia } from './testing/mediaServer'
import { usedMemory } from './testing/memory'
import { AUDIO_HEADER, command, HANDSHAKE, hello, message, picture, publishRtmp, sound, VIDEO_HEADER } from './testing/rtmpPublisher'
import { until } from './testing/until'

const CONNECTIONS = 1200
const AT_ONCE = 60
const PATIENCE_MS = 120
const SEED = 20_261_122
const MB = 1 << 20

const random = seededRandom(SEED)
const pick = (count: number) => Math.floor(random() * count)
const noise = (length: number) => Buffer.from(Array.from({ length }, () => pick(256)))
const connect = command('connect', 1, { app: 'live' })
const video = (...bytes: number[]) => message(MessageType.Video, Buffer.from(bytes), 6)
const audio = (...bytes: number[]) => message(MessageType.Audio, Buffer.from(bytes), 4)
const afterHandshake = (bytes: Buffer) => bytes.subarray(HANDSHAKE.length)

function flip(bytes: Buffer, from: number, count: number): Buffer {
  const copy = Buffer.from(bytes)
  for (let flips = 0; flips < count; flips++)
    copy[from + pick(copy.length - from)] = pick(256)
  return copy
}

/** Each gets the signed name of a stream of its own, so that nonsense is also tried behind a valid publish. */
const ATTACKS: Record<string, (name: string) => Buffer> = {
  'noise': () => noise(1 + pick(5000)),
  'RTMP in name only': () => Buffer.concat([Buffer.from([3]), noise(pick(5000))]),
  'noise after the handshake': () => Buffer.concat([HANDSHAKE, noise(pick(4000))]),
  'noise after publish': name => Buffer.concat([hello(name), noise(pick(4000))]),
  'a hello with wrong bytes': name => flip(hello(name), HANDSHAKE.length, 1 + pick(10)),
  'a hello cut short': name => hello(name).subarray(0, pick(hello(name).length)),
  'pictures with wrong bytes': name => Buffer.concat([hello(name), flip(Buffer.concat([message(9, VIDEO_HEADER, 6), message(9, picture(true, noise(3000)), 6), message(8, AUDIO_HEADER, 4), message(8, sound(noise(200)), 4)]), 0, 1 + pick(6))]),
  'empty messages of every kind': name => Buffer.concat([hello(name), ...Array.from({ length: 24 }, (_, type) => message(type, Buffer.alloc(0)))]),
  'noise in messages of every kind': name => Buffer.concat([hello(name), ...Array.from({ length: 24 }, (_, type) => message(type, noise(pick(40))))]),
  'metadata that lies': name => Buffer.concat([hello(name), message(18, Buffer.concat([encodeAmf0('@setDataFrame', 'onMetaData'), Buffer.from([8, 255, 255, 255, 255]), noise(40)]))]),
  'chunk sizes from zero to the sky': name => Buffer.concat([HANDSHAKE, message(1, uint32([0, 1, 0x7FFFFFFF, 0xFFFFFFFF][pick(4)]), 2), afterHandshake(hello(name))]),
  'commands without arguments': () => Buffer.concat([HANDSHAKE, ...['connect', 'createStream', 'publish', 'play', 'deleteStream'].sort(() => random() - 0.5).map(name => command(name))]),
  'connect with no object': () => Buffer.concat([HANDSHAKE, command('connect', 1, null), command('publish', 2, null, 'x')]),
  'commands of wrong types': name => Buffer.concat([HANDSHAKE, connect, command('publish', 'x', [], { name }), command('play', null, true, 5), command(5, 5, 5)]),
  'commands in a wrong order': name => Buffer.concat([HANDSHAKE, command('publish', 1, null, name), connect, command('play', 2, null, name)]),
  'publish and play twice': name => Buffer.concat([hello(name), command('publish', 6, null, name), command('play', 7, null, name)]),
  'media before publish': name => Buffer.concat([HANDSHAKE, connect, video(0x17, 0), audio(0xAF, 0), command('publish', 2, null, name), video(0x17)]),
  'frames of a few bytes': name => Buffer.concat([hello(name), video(0x17, 0), video(0x17, 0, 0, 0, 0, 1), video(0x97), video(0x17, 1), audio(0xAF), audio(0xAF, 0), audio(0x9F), video(0xFF)]),
  'names that are paths and prototypes': () => hello(['../../x', '__proto__', '', 'a?b?c', '%00', '?txTime=1&txTime=2', 'x'.repeat(9000)][pick(7)]),
  'messages that never end': name => Buffer.concat([hello(name), ...Array.from({ length: 40 }, (_, id) => Buffer.concat([Buffer.from([id + 3, 0, 0, 0, 0x0F, 0xFF, 0xFF, 9, 1, 0, 0, 0]), noise(128)]))]),
  'aborts and acknowledgements': name => Buffer.concat([hello(name), message(2, uint32(pick(100)), 2), message(3, noise(3), 2), message(5, uint32(0), 2), message(4, Buffer.from([0, 6]), 2)]),
  'extended timestamps': name => Buffer.concat([hello(name), message(9, VIDEO_HEADER, 6, 0xFFFFFFFF), message(9, picture(true, noise(10)), 6, 0), message(8, sound(noise(10)), 4, 0x80000000)]),
  'HTTP': () => Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
  'publish, then deleteStream again and again': name => Buffer.concat([hello(name), ...Array.from({ length: 50 }, () => Buffer.concat([command('deleteStream', 6, null, 1), command('publish', 7, null, name)]))]),
}

let media: TestMedia
beforeAll(async () => {
  media = await startTestMedia({ limits: { ...readMediaLimits(), connectionsPerAddress: 1000 } })
})
afterAll(() => media.stop())

function nameOf(index: number) {
  const url = media.pushUrl(`r99999-u${String(index).padStart(5, '0')}`)
  return url.slice(url.indexOf('/live/') + 6)
}

async function attack(bytes: Buffer): Promise<void> {
  const socket = net.connect(media.rtmpPort, '127.0.0.1').on('error', () => {}).resume()
  const cut = pick(bytes.length)
  socket.write(bytes.subarray(0, cut))
  socket.write(bytes.subarray(cut))
  await Promise.race([sleep(PATIENCE_MS), new Promise(resolve => socket.once('close', resolve))])
  if (random() < 0.5)
    socket.destroy()
  else
    socket.resetAndDestroy()
}

/** A broadcast with a viewer; `verify` ends it and compares what went in with what came out. */
async function broadcast() {
  const publisher = await publishRtmp(media.pushUrl())
  const sent: string[] = []
  const received: string[] = []
  const send = (type: FlvTagType, timestamp: number, body: Buffer) => {
    publisher.send(type, timestamp, body)
    sent.push(`${type} ${timestamp} ${body.length}`)
  }
  send(FlvTagType.Video, 0, VIDEO_HEADER)
  send(FlvTagType.Audio, 0, AUDIO_HEADER)
  send(FlvTagType.Video, 0, picture(true, noise(3000)))
  await sleep(50)
  const response = await fetch(media.play().flv)
  const tags = new FlvTagReader(({ type, timestamp, body }) => received.push(`${type} ${timestamp} ${body.length}`))
  void (async () => {
    for await (const bytes of response.body!)
      tags.push(Buffer.from(bytes))
  })().catch(() => {})
  let at = 0
  const timer = setInterval(() => {
    at += 20
    send(at % 40 === 0 ? FlvTagType.Video : FlvTagType.Audio, at, at % 40 === 0 ? picture(at % 1000 === 0, noise(500)) : sound(noise(100)))
  }, 20)
  return async () => {
    clearInterval(timer)
    await until(() => received.length === sent.length)
    publisher.socket.destroy()
    return { sent, received }
  }
}

describe('strangers', () => {
  it(`[MD15] ${CONNECTIONS} malformed connections: nothing is thrown, nothing leaks, a broadcast loses nothing`, async () => {
    const uncaught: unknown[] = []
    const note = (error: unknown) => void uncaught.push(error)
    process.on('uncaughtException', note).on('unhandledRejection', note)
    let published = 0
    media.provider.onEvent(({ type }) => published += type === 'publish' ? 1 : 0)
    const end = await broadcast()
    const kinds = Object.values(ATTACKS)
    const attackAll = async (from: number, to: number) => {
      for (let start = from; start < to; start += AT_ONCE)
        await Promise.all(Array.from({ length: AT_ONCE }, (_, offset) => attack(kinds[(start + offset) % kinds.length](nameOf(start + offset)))))
      await until(() => media.hub.streams.length === 1)
    }

    await attackAll(0, CONNECTIONS / 4)
    const before = usedMemory()
    await attackAll(CONNECTIONS / 4, CONNECTIONS)
    const grown = usedMemory() - before
    const { sent, received } = await end()
    process.off('uncaughtException', note).off('unhandledRejection', note)

    expect(uncaught).toEqual([])
    expect(received).toEqual(sent)
    expect(sent.length).toBeGreaterThan(50)
    expect(published, 'many got as far as publishing').toBeGreaterThan(CONNECTIONS / 3)
    expect(grown).toBeLessThan(4 * MB)
  }, 40_000)

  it('[MD14] 60 chunk streams that announce 16 MB each, on 100 connections, cost next to nothing', async () => {
    const announce = (length: number) => Buffer.concat(Array.from({ length: 60 }, (_, id) =>
      Buffer.concat([Buffer.from([id + 3, 0, 0, 0, length >> 16, length >> 8 & 255, length & 255, 9, 1, 0, 0, 0]), Buffer.alloc(128)])))
    const before = usedMemory()
    const sockets = Array.from({ length: 100 }, (_, index) => {
      const socket = net.connect(media.rtmpPort, '127.0.0.1').on('error', () => {}).resume()
      socket.write(Buffer.concat([hello(nameOf(index)), message(1, uint32(128), 2), announce(index % 2 ? 0xFFFFFF : 4_000_000)]))
      return socket
    })
    await sleep(300)
    expect(usedMemory() - before).toBeLessThan(16 * MB)
    sockets.forEach(socket => socket.destroy())
    await until(() => media.hub.streams.length === 0)
  })
})
