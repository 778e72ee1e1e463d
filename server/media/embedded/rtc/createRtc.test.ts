import type { RtcTestServer } from './testing/rtcServer'
import { createSocket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { FlvTagType } from '../flv'
import { avcFrame, avcSequenceHeader } from '../flvFrames'
import { PeerError } from './Peer'
import { FakePeers, KEY_PICTURE, PICTURE } from './testing/FakePeers'
import { offerSdp } from './testing/offers'
import { startRtcServer, STREAM } from './testing/rtcServer'

let server: RtcTestServer
afterEach(() => server.close())

function post(path: string, body = offerSdp(), headers: Record<string, string> = { 'content-type': 'application/sdp' }) {
  return fetch(`${server.url}${path}`, { method: 'POST', headers, body })
}

const codeOf = (body: unknown) => (body as { code?: string }).code

const loopPublisher = () => ({ id: 'loop-1', kind: 'loop' as const, close() {} })

describe('the door', () => {
  it('[RT1] answers an offer with 201, the session\'s Location and an answer; DELETE ends the session', async () => {
    server = await startRtcServer()
    const response = await post(`/whip/${STREAM}`)
    expect(response.status).toBe(201)
    expect(response.headers.get('content-type')).toMatch(/^application\/sdp/)
    expect(response.headers.get('location')).toMatch(/^\/rtc\/[0-9a-f]{32}$/)
    expect(response.headers.get('access-control-expose-headers')).toMatch(/Location/)
    const answer = await response.text()
    expect(answer).toMatch(/^v=0\r\n/)
    expect(answer).toMatch(/m=audio 9 UDP\/TLS\/RTP\/SAVPF 111\r\n[^m]*a=setup:passive/)
    expect(answer).toMatch(/m=video 9 UDP\/TLS\/RTP\/SAVPF 102\r\n/)
    expect(answer).toMatch(/a=candidate:1 1 udp \d+ 127\.0\.0\.1 41\d{3} typ host/)
    expect(answer).toMatch(/a=ice-lite/)

    const session = `${server.url}${response.headers.get('location')}`
    expect((await fetch(session, { method: 'DELETE' })).status).toBe(200)
    expect((await fetch(session, { method: 'DELETE' })).status).toBe(404)
    expect(server.events).toEqual([])
  })

  it.each([
    ['another content type', `/whip/${STREAM}`, offerSdp(), 'application/json', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['an empty body', `/whip/${STREAM}`, '', 'application/sdp', 400, 'BAD_REQUEST'],
    ['a body that is no SDP', `/whip/${STREAM}`, 'hello', 'application/sdp', 400, 'BAD_REQUEST'],
    ['a body of 70 KB', `/whip/${STREAM}`, offerSdp().padEnd(70_000, 'x'), 'application/sdp', 413, 'PAYLOAD_TOO_LARGE'],
    ['an offer without H.264', `/whip/${STREAM}`, offerSdp({ video: { 96: 'VP8/90000' } }), 'application/sdp', 422, 'CODEC_UNSUPPORTED'],
    ['a stream name that is none of ours', '/whip/..%2Fetc', offerSdp(), 'application/sdp', 404, 'STREAM_NOT_FOUND'],
    ['a stream that nobody publishes', `/whep/${STREAM}`, offerSdp(), 'application/sdp', 404, 'STREAM_NOT_FOUND'],
  ])('[RT2] refuses %s', async (_, path, body, type, status, code) => {
    server = await startRtcServer()
    const response = await post(path, body, { 'content-type': type })
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ code, message: expect.any(String), requestId: expect.stringMatching(/.{8,}/) })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('[RT2] an answer has the same name in its header as in its body', async () => {
    server = await startRtcServer()
    const response = await post(`/whip/${STREAM}`, '')
    expect((await response.json() as { requestId: string }).requestId).toBe(response.headers.get('x-request-id'))
  })

  it('[AP4] an error that nobody meant tells its id and nothing else; the log has the stack under that id', async () => {
    server = await startRtcServer({ createPeer: () => {
      throw new Error('the password is swordfish')
    } })
    const response = await post(`/whip/${STREAM}`)
    const body = await response.json() as { requestId: string }
    expect([response.status, body]).toEqual([500, { code: 'INTERNAL', message: expect.not.stringContaining('swordfish'), requestId: response.headers.get('x-request-id') }])
    expect(JSON.parse(server.log[0])).toMatchObject({ requestId: body.requestId, err: { message: 'the password is swordfish', stack: expect.stringContaining('createRtc.test.ts') } })
  })

  it.each([['GET', `/whip/${STREAM}`, 'POST, OPTIONS'], ['PUT', `/whep/${STREAM}`, 'POST, OPTIONS'], ['PATCH', '/rtc/abc', 'DELETE, OPTIONS'], ['GET', '/rtc/abc', 'DELETE, OPTIONS']])('[RT2] %s %s is not allowed', async (method, path, allowed) => {
    server = await startRtcServer()
    const response = await fetch(`${server.url}${path}`, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, allowed])
  })

  it('[RT2] a preflight of another origin is answered', async () => {
    server = await startRtcServer()
    const response = await fetch(`${server.url}/whip/${STREAM}`, { method: 'OPTIONS' })
    expect([response.status, response.headers.get('accept-post'), response.headers.get('access-control-allow-methods')]).toEqual([204, 'application/sdp', 'POST, DELETE, OPTIONS'])
  })

  it.each([
    ['missing', '', 'unsigned', 401],
    ['wrong', '?txSecret=abc&txTime=5867D600', 'unsigned', 403],
    ['expired', '?txSecret=abc&txTime=5867D600', 'expired', 403],
    ['of a room that has ended', '?txSecret=abc&txTime=5867D600', 'notAllowed', 403],
  ] as const)('[RT3] a signature that is %s is refused before the offer is read', async (_, query, refusal, status) => {
    server = await startRtcServer({ authorize: () => refusal })
    for (const path of ['/whip/', '/whep/']) {
      const response = await post(`${path}${STREAM}${query}`, 'not even an offer')
      expect([response.status, codeOf(await response.json())]).toEqual([status, 'STREAM_REFUSED'])
    }
  })

  it('[RT18] the session one too many gets 503, and its place when another has gone', async () => {
    server = await startRtcServer({ limits: { RTC_SESSIONS_PER_ADDRESS: '1' }, createPeer: new FakePeers().create })
    const first = await post(`/whip/${STREAM}`)
    const second = await post(`/whip/${STREAM}`)
    expect([second.status, second.headers.get('retry-after'), codeOf(await second.json())]).toEqual([503, '5', 'MEDIA_CAPACITY'])
    await fetch(`${server.url}${first.headers.get('location')}`, { method: 'DELETE' })
    expect((await post(`/whip/${STREAM}`)).status).toBe(201)
  })

  it.each([['noPort', 503, 'MEDIA_CAPACITY'], ['badOffer', 400, 'BAD_REQUEST']] as const)('[RT18] a peer that cannot answer (%s) takes no place', async (reason, status, code) => {
    const peers = new FakePeers()
    server = await startRtcServer({ limits: { RTC_SESSIONS: '1' }, createPeer: (options) => {
      const peer = peers.create(options)
      peer.answer = () => Promise.reject(new PeerError(reason))
      return peer
    } })
    for (let i = 0; i < 2; i++) {
      const response = await post(`/whip/${STREAM}`)
      expect([response.status, codeOf(await response.json())]).toEqual([status, code])
    }
    expect(peers.last.isClosed).toBe(true)
  })

  it('[RT23] the answer to a viewer says of picture and sound that they are of no stream', async () => {
    server = await startRtcServer()
    server.hub.publish(STREAM, 'trusted', loopPublisher())
    const answer = await (await post(`/whep/${STREAM}`)).text()
    expect(answer.match(/a=sendonly/g)).toHaveLength(2)
    expect(answer.match(/^a=msid:.*$/gm)).toEqual(['a=msid:-', 'a=msid:-'])
  })

  it('[RT17] every session has one socket, and an address outside the router is offered too', async () => {
    server = await startRtcServer({ publicIp: '198.51.100.7', hosts: () => ['10.0.0.5'] })
    const answer = await (await post(`/whip/${STREAM}`)).text()
    const candidates = [...answer.matchAll(/a=candidate:\d 1 udp \d+ (\S+) (\d+)/g)].map(([, address, port]) => ({ address, port }))
    expect(new Set(candidates.map(({ address }) => address))).toEqual(new Set(['127.0.0.1', '198.51.100.7', '10.0.0.5']))
    expect(new Set(candidates.map(({ port }) => port)).size).toBe(1)
  })

  it('[RT6] sessions of offers that came at once have sockets of their own, and give them back', async () => {
    server = await startRtcServer()
    const responses = await Promise.all(Array.from({ length: 12 }, () => post(`/whip/${STREAM}`)))
    const ports = await Promise.all(responses.map(async response => Number(/ 127\.0\.0\.1 (\d+) typ/.exec(await response.text())?.[1])))
    expect(new Set(ports).size).toBe(12)
    expect((await Promise.all(ports.map(isFree))).some(free => free)).toBe(false)
    await Promise.all(responses.map(response => fetch(`${server.url}${response.headers.get('location')}`, { method: 'DELETE' })))
    await expect.poll(async () => (await Promise.all(ports.map(isFree))).every(free => free)).toBe(true)
  })

  it('[RT5] an offer that never connects is dropped', async () => {
    server = await startRtcServer({ limits: { RTC_CONNECT_MS: '1500', RTC_SESSIONS: '1' } })
    const { status, headers } = await post(`/whip/${STREAM}`)
    expect(status).toBe(201)
    await expect.poll(async () => (await fetch(`${server.url}${headers.get('location')}`, { method: 'PATCH' })).status).toBe(405)
    await expect.poll(async () => (await post(`/whip/${STREAM}`)).status, { timeout: 5000, interval: 200 }).toBe(201)
    expect(server.events).toEqual([])
  })
})

describe('a publisher', () => {
  async function publish(peers = new FakePeers()) {
    server = await startRtcServer({ createPeer: peers.create })
    await post(`/whip/${STREAM}`)
    return peers
  }

  it('[RT5] goes live with its first packet, not with its offer', async () => {
    const peers = await publish()
    peers.last.connect()
    expect(server.events).toEqual([])
    peers.last.sendPicture(KEY_PICTURE, 0)
    expect(server.events).toEqual(['publish'])
    peers.last.close()
    expect(server.events).toEqual(['publish', 'unpublish'])
  })

  it('[RT5] is judged again by then', async () => {
    const peers = new FakePeers()
    let refusal: 'notAllowed' | undefined
    server = await startRtcServer({ createPeer: peers.create, authorize: () => refusal })
    await post(`/whip/${STREAM}`)
    refusal = 'notAllowed'
    peers.last.sendPicture(KEY_PICTURE, 0)
    expect([server.events, peers.last.isClosed]).toEqual([[], true])
  })

  it('[RT5] packets that still arrive after the end put nothing on air', async () => {
    const peers = await publish()
    peers.last.close()
    peers.last.sendPicture(KEY_PICTURE, 0)
    expect([server.events, server.hub.find(STREAM)]).toEqual([[], undefined])
  })

  it('[RT21] who comes back takes over; the old session ends without touching the new one', async () => {
    const peers = await publish()
    peers.last.sendPicture(KEY_PICTURE, 0)
    await post(`/whip/${STREAM}`)
    expect(peers.all[0].isClosed).toBe(false)
    peers.last.sendPicture(KEY_PICTURE, 0)
    expect([peers.all[0].isClosed, peers.all[1].isClosed, server.events]).toEqual([true, false, ['publish', 'publish', 'unpublish']])
    server.hub.kick(STREAM)
    expect([peers.all[1].isClosed, server.events.at(-1)]).toEqual([true, 'unpublish'])
  })

  it('[RT20] new parameter sets in the middle become a new header, at the next key frame', async () => {
    const peers = await publish()
    const seen: string[] = []
    peers.last.sendPicture(KEY_PICTURE, 0)
    server.hub.find(STREAM)!.attach({ start() {}, end() {}, receive: ({ isSequenceHeader, isKeyFrame }) => void seen.push(isSequenceHeader ? 'header' : isKeyFrame ? 'key' : 'picture') })
    const larger = Buffer.from(KEY_PICTURE)
    larger[3 + 4] ^= 1
    for (const [index, picture] of [PICTURE, KEY_PICTURE, PICTURE, larger, PICTURE].entries())
      peers.last.sendPicture(picture, (index + 1) * 3600)
    expect(seen).toEqual(['picture', 'key', 'picture', 'header', 'key', 'picture'])
  })

  it('[RT9] after a loss a key frame is asked for, and nothing shown until it comes', async () => {
    const peers = await publish()
    peers.last.sendPicture(KEY_PICTURE, 0)
    const times: number[] = []
    server.hub.find(STREAM)!.attach({ start() {}, end() {}, receive: ({ timestamp }) => void times.push(timestamp) })
    const asked = peers.last.keyFramesAsked
    const { onPacket } = peers.last.options.events
    onPacket?.('video', { sequenceNumber: 5000, timestamp: 3600, marker: true, payload: PICTURE })
    onPacket?.('video', { sequenceNumber: 5001, timestamp: 7200, marker: true, payload: PICTURE })
    expect(times).toEqual([])
    await expect.poll(() => peers.last.keyFramesAsked).toBe(asked + 1)
    onPacket?.('video', { sequenceNumber: 5002, timestamp: 10_800, marker: true, payload: KEY_PICTURE })
    expect(times).toEqual([120])
  })
})

describe('a viewer', () => {
  it('[RT19] counts as a reader from its connection on, and ends with the stream', async () => {
    const peers = new FakePeers()
    server = await startRtcServer({ createPeer: peers.create })
    const stream = server.hub.publish(STREAM, 'trusted', loopPublisher())
    if (typeof stream === 'string')
      throw new Error(stream)
    await post(`/whep/${STREAM}`)
    expect(stream.readerCount).toBe(0)
    peers.last.connect()
    expect(stream.readerCount).toBe(1)
    server.hub.unpublish(stream)
    expect([peers.last.isClosed, stream.readerCount]).toEqual([true, 0])
  })

  it('[RT19] whose stream ended before it connected is let go', async () => {
    const peers = new FakePeers()
    server = await startRtcServer({ createPeer: peers.create })
    const stream = server.hub.publish(STREAM, 'trusted', loopPublisher())
    await post(`/whep/${STREAM}`)
    server.hub.kick(STREAM)
    peers.last.connect()
    expect([typeof stream, peers.last.isClosed]).toEqual(['object', true])
  })

  it('[RT13] of an RTMP stream shares its packets with the others, and begins with the key frame', async () => {
    const peers = new FakePeers()
    server = await startRtcServer({ createPeer: peers.create })
    const stream = server.hub.publish(STREAM, 'trusted', loopPublisher())
    if (typeof stream === 'string')
      throw new Error(stream)
    stream.push(FlvTagType.Video, 0, avcSequenceHeader({ sps: Buffer.from('6742c00ada', 'hex'), pps: Buffer.from('68ce3c80', 'hex') }))
    stream.push(FlvTagType.Video, 0, avcFrame([Buffer.from('6588840a', 'hex')], true))
    stream.push(FlvTagType.Video, 40, avcFrame([PICTURE], false))
    for (let i = 0; i < 2; i++) {
      await post(`/whep/${STREAM}`)
      peers.last.connect()
    }
    stream.push(FlvTagType.Video, 80, avcFrame([PICTURE], false))
    const [first, second] = peers.all.map(peer => peer.sent.map(({ packet }) => packet))
    expect(first.map(({ payload, timestamp, marker }) => [payload[0] & 31, timestamp, marker])).toEqual([[7, 0, false], [8, 0, false], [5, 0, true], [1, 3600, true], [1, 7200, true]])
    expect(first.map(({ sequenceNumber }) => sequenceNumber)).toEqual([0, 1, 2, 3, 4])
    expect(second.every((packet, index) => packet === first[index])).toBe(true)
    expect(stream.readerCount).toBe(2)
    peers.all.forEach(peer => peer.close())
    expect(stream.readerCount).toBe(0)
  })

  it('[RT8] of an RTMP stream is not bothered by packets that are cut short', async () => {
    const peers = new FakePeers()
    server = await startRtcServer({ createPeer: peers.create })
    const stream = server.hub.publish(STREAM, 'trusted', loopPublisher())
    if (typeof stream === 'string')
      throw new Error(stream)
    const header = avcSequenceHeader({ sps: Buffer.from('6742c00ada', 'hex'), pps: Buffer.from('68ce3c80', 'hex') })
    const key = avcFrame([Buffer.from('6588840a', 'hex')], true)
    stream.push(FlvTagType.Video, 0, header.subarray(0, 12))
    stream.push(FlvTagType.Audio, 0, Buffer.from('af00', 'hex'))
    await post(`/whep/${STREAM}`)
    peers.last.connect()
    for (const body of [key.subarray(0, 8), header, key.subarray(0, 11), Buffer.from('17', 'hex'), key, Buffer.from('af01', 'hex'), Buffer.from('af', 'hex')])
      stream.push(body[0] === 0xAF ? FlvTagType.Audio : FlvTagType.Video, 0, body)
    expect(peers.last.sent.map(({ packet }) => packet.payload[0] & 31)).toEqual([7, 8, 5])
    expect(stream.readerCount).toBe(1)
  })

  it('[RT13] of a WHIP stream gets the publisher\'s own packets, and has it asked for a key frame', async () => {
    const peers = new FakePeers()
    server = await startRtcServer({ createPeer: peers.create })
    await post(`/whip/${STREAM}`)
    const [publisher] = peers.all
    publisher.sendPicture(PICTURE, 0)
    await post(`/whep/${STREAM}`)
    const asked = publisher.keyFramesAsked
    peers.last.connect()
    await expect.poll(() => publisher.keyFramesAsked).toBe(asked + 1)
    publisher.sendPicture(KEY_PICTURE, 3600)
    expect(peers.last.sent.map(({ packet }) => packet.payload)).toEqual([KEY_PICTURE])
    peers.last.options.events.onKeyFrameWanted?.()
    await expect.poll(() => publisher.keyFramesAsked).toBe(asked + 2)
  })
})

/** Nobody is bound to the UDP port. */
function isFree(port: number) {
  return new Promise<boolean>((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => socket.close(() => resolve(false)))
    socket.bind(port, () => socket.close(() => resolve(true)))
  })
}
