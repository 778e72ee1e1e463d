import type { LiveStream } from './liveStream'
import type { TestMedia } from './testing/mediaServer'
import type { TestPublisher } from './testing/rtmpPublisher'
import { once } from 'node:events'
import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { FlvTagType } from './flv'
import { opusFrame } from './flvFrames'
import { FlvTagReader } from './flvTagReader'
import { startTestMedia, STREAM } from './testing/mediaServer'
import { OPUS_HEADER } from './testing/packets'
import { AUDIO_HEADER, picture, publishRtmp, sound, VIDEO_HEADER } from './testing/rtmpPublisher'
import { until } from './testing/until'

let media: TestMedia
let publisher: TestPublisher

beforeEach(async () => {
  media = await startTestMedia()
  publisher = await publishRtmp(media.pushUrl())
  publisher.send(FlvTagType.Video, 0, VIDEO_HEADER)
  publisher.send(FlvTagType.Audio, 0, AUDIO_HEADER)
  publisher.send(FlvTagType.Video, 40, picture(true, Buffer.alloc(5000)))
  await until(() => media.hub.find(STREAM)?.audioHeader !== undefined)
})
afterEach(() => media.stop())

/** `9:40:5010` is a video tag at 40 ms with 5010 bytes. */
function createTagList() {
  const tags: string[] = []
  const reader = new FlvTagReader(({ type, timestamp, body }) => tags.push(`${type}:${timestamp}:${body.length}`))
  return { tags, reader }
}

/** Of the body that follows the HTTP head. */
function tagsIn(answer: Buffer): string[] {
  const { tags, reader } = createTagList()
  reader.push(answer.subarray(answer.indexOf('\r\n\r\n') + 4))
  return tags
}

const EXPECTED = [`9:0:${VIDEO_HEADER.length}`, `8:0:${AUDIO_HEADER.length}`, '9:40:5010', '8:46:102', '9:80:110']
function sendMore() {
  publisher.send(FlvTagType.Audio, 46, sound(Buffer.alloc(100)))
  publisher.send(FlvTagType.Video, 80, picture(false, Buffer.alloc(100)))
}

describe('a track that begins late', () => {
  it('[MD18] ends who was told that it would not come, and nobody else', async () => {
    const late = 'rlate1-uanchor1'
    const stream = media.hub.publish(late, 'trusted', { id: 'late', kind: 'whip', close: () => {} }) as LiveStream
    stream.push(FlvTagType.Video, 0, VIDEO_HEADER)
    stream.push(FlvTagType.Video, 0, picture(true, Buffer.alloc(100)))
    const announced = async () => {
      const socket = new WebSocket(media.play(late).wsFlv)
      const [header] = await once(socket, 'message') as [Buffer]
      return { socket, hasSound: (header[4] & 4) !== 0, end: once(socket, 'close') }
    }
    const early = await announced()
    expect(early.hasSound).toBe(false)
    stream.push(FlvTagType.Audio, 1100, AUDIO_HEADER)
    await early.end
    const again = await announced()
    expect(again.hasSound).toBe(true)
    stream.push(FlvTagType.Audio, 1200, AUDIO_HEADER)
    stream.push(FlvTagType.Audio, 1210, sound(Buffer.alloc(100)))
    await once(again.socket, 'message')
    expect(again.socket.readyState).toBe(WebSocket.OPEN)
    again.socket.terminate()
  })
})

describe('http-flv', () => {
  it('[MD17] is one endless file, unchunked, uncached, for any origin', async () => {
    const socket = net.connect(media.httpPort, '127.0.0.1').on('error', () => {})
    let heard = Buffer.alloc(0)
    socket.on('data', bytes => heard = Buffer.concat([heard, bytes]))
    socket.write(`GET ${new URL(media.play().flv).pathname}${new URL(media.play().flv).search} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n`)
    await until(() => heard.includes('FLV'))
    sendMore()
    await until(() => tagsIn(heard).length === EXPECTED.length)
    const end = heard.indexOf('\r\n\r\n') + 4
    const head = heard.toString('latin1', 0, end)
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(head).toMatch(/Content-Type: video\/x-flv\r\n/)
    expect(head).toMatch(/Cache-Control: no-store\r\n/)
    expect(head).toMatch(/Access-Control-Allow-Origin: \*\r\n/)
    expect(head).not.toMatch(/chunked|Content-Encoding/i)
    expect(tagsIn(heard)).toEqual(EXPECTED)
    socket.destroy()
    await until(() => media.hub.find(STREAM)!.readerCount === 0)
  })

  it('[MD17] ends the response when the stream ends', async () => {
    const response = await fetch(media.play().flv)
    const { tags, reader } = createTagList()
    const read = (async () => {
      for await (const bytes of response.body!)
        reader.push(Buffer.from(bytes))
    })()
    await until(() => tags.length === 3)
    await media.provider.kick(STREAM)
    await read
    expect(tags).toEqual(EXPECTED.slice(0, 3))
  })

  it('[MD17] what a reader says after its request is no second request', async () => {
    const { pathname, search } = new URL(media.play().flv)
    const request = `GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\n\r\n`
    const socket = net.connect(media.httpPort, '127.0.0.1').on('error', () => {})
    let heard = ''
    socket.on('data', bytes => heard += bytes.toString('latin1'))
    socket.write(request + request)
    await until(() => heard.includes('FLV'))
    socket.write(`${request}garbage\r\n\r\n`)
    sendMore()
    await until(() => tagsIn(Buffer.from(heard, 'latin1')).length >= EXPECTED.length)
    expect([heard.split('HTTP/1.1').length - 1, media.hub.find(STREAM)!.readerCount, socket.destroyed]).toEqual([1, 1, false])
    socket.destroy()
  })

  it.each<[number, string, () => string]>([
    [403, 'no signature', () => media.play().flv.replace(/\?.*/, '')],
    [403, 'a push URL\'s signature', () => media.play().flv.replace(/\?.*/, media.pushUrl().replace(/^[^?]*/, ''))],
    [403, 'an expired URL', () => media.play(STREAM, -1).flv],
    [403, 'another stream\'s signature', () => media.play().flv.replace(STREAM, 'r99999-u99999')],
    [404, 'a stream that is not live', () => media.play('r99999-u99999').flv],
    [404, 'a name that is none', () => media.play().flv.replace(STREAM, 'room')],
    [404, 'another kind of file', () => media.play().flv.replace('.flv', '.mp4')],
  ])('[MD3] answers %i to %s', async (status, _name, url) => {
    const response = await fetch(url())
    expect([response.status, await response.text()]).toEqual([status, status === 404 && !url().includes('.flv') ? expect.any(String) : ''])
  })

  it('[MD17] answers HEAD and OPTIONS without a stream, other methods with 405', async () => {
    const { flv } = media.play()
    const head = await fetch(flv, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'video/x-flv'])
    const options = await fetch(flv, { method: 'OPTIONS', headers: { 'Origin': 'http://a', 'Access-Control-Request-Method': 'GET' } })
    expect([options.status, options.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
    expect((await fetch(flv, { method: 'POST' })).status).toBe(405)
    expect((await fetch(flv.replace(/\?.*/, ''), { method: 'HEAD' })).status).toBe(403)
    expect(media.hub.readerCount).toBe(0)
  })

  it('[MD12] gives Opus to who asks for it', async () => {
    publisher.send(FlvTagType.Audio, 50, OPUS_HEADER)
    publisher.send(FlvTagType.Audio, 60, opusFrame(Buffer.alloc(50)))
    await until(() => media.hub.find(STREAM)?.opusHeader !== undefined)
    const { tags, reader } = createTagList()
    const response = await fetch(`${media.play().flv}&audio=opus`)
    for await (const bytes of response.body!) {
      reader.push(Buffer.from(bytes))
      if (tags.length >= 4)
        break
    }
    expect(tags).toContain('8:60:55')
    expect(tags).not.toContain(`8:0:${AUDIO_HEADER.length}`)
  })
})

describe('ws-flv', () => {
  it('[MD17] carries the same bytes in binary messages, uncompressed', async () => {
    const socket = new WebSocket(media.play().wsFlv)
    const { tags, reader } = createTagList()
    socket.on('message', (data, isBinary) => {
      expect(isBinary).toBe(true)
      reader.push(data as Buffer)
    })
    await until(() => tags.length === 3)
    sendMore()
    await until(() => tags.length === 5)
    expect(tags).toEqual(EXPECTED)
    expect(socket.extensions).toBe('')
    await media.provider.kick(STREAM)
    expect((await once(socket, 'close'))[0]).toBe(1000)
  })

  it.each<[number, string, () => string]>([
    [4403, 'no signature', () => media.play().wsFlv.replace(/\?.*/, '')],
    [4403, 'an expired URL', () => media.play(STREAM, -1).wsFlv],
    [4404, 'a stream that is not live', () => media.play('r99999-u99999').wsFlv],
  ])('[MD3] closes with %i on %s', async (code, _name, url) => {
    expect((await once(new WebSocket(url()), 'close'))[0]).toBe(code)
  })

  it('[MD15] a bad frame ends its own connection, also one that was refused', async () => {
    for (const url of [media.play().wsFlv, media.play().wsFlv.replace(/\?.*/, '')]) {
      const { pathname, search } = new URL(url)
      const socket = net.connect(media.httpPort, '127.0.0.1').on('error', () => {}).resume()
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`)
      await once(socket, 'data')
      socket.write(Buffer.alloc(64, 0xFF))
      await once(socket, 'close')
    }
    expect(media.hub.find(STREAM)!.readerCount).toBe(0)
  })

  it('leaves other upgrades alone', async () => {
    await expect(once(new WebSocket(`ws://127.0.0.1:${media.httpPort}/ws`), 'open')).rejects.toThrow()
  })
})
