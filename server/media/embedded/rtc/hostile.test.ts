import type { RtcTestServer } from './testing/rtcServer'
import { createSocket } from 'node:dgram'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MediaStreamTrack, Message, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift'
import { seededRandom } from '../../../testing/seededRandom'
import { KEY_PICTURE, PICTURE } from './testing/FakePeers'
import { offerSdp } from './testing/offers'
import { startRtcServer, STREAM } from './testing/rtcServer'

const errors: unknown[] = []
const note = (error: unknown) => void errors.push(error)
let server: RtcTestServer

beforeEach(() => {
  errors.length = 0
  process.on('uncaughtException', note).on('unhandledRejection', note)
})
afterEach(async () => {
  await server.close()
  await new Promise(resolve => setTimeout(resolve, 50))
  process.off('uncaughtException', note).off('unhandledRejection', note)
  expect(errors).toEqual([])
})

const post = (path: string, body: string) => fetch(`${server.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body })
const attribute = (sdp: string, name: string) => new RegExp(`a=${name}:(\\S+)`).exec(sdp)![1]

it('[RT8] whatever bytes a peer sends instead of DTLS, nothing is thrown and its session is over in time', async () => {
  server = await startRtcServer({ limits: { RTC_CONNECT_MS: '2000' } })
  const random = seededRandom(1)
  const sessions: string[] = []
  for (let i = 0; i < 40; i++) {
    const response = await post(`/whip/${STREAM}`, offerSdp())
    sessions.push(response.headers.get('location')!)
    await attack(await response.text(), random)
  }
  await new Promise(resolve => setTimeout(resolve, 3100))
  const left = await Promise.all(sessions.map(session => fetch(`${server.url}${session}`, { method: 'DELETE' })))
  expect(new Set(left.map(({ status }) => status))).toEqual(new Set([404]))
}, 20_000)

it('[RT8] a connected publisher\'s damaged RTP and RTCP throw nothing and do not end its stream', async () => {
  server = await startRtcServer()
  const random = seededRandom(2)
  const publisher = await connectPublisher()
  const { transport, srtcp, srtp, track } = publisher
  let sequenceNumber = 0
  const picture = (payload: Buffer) => {
    sequenceNumber++
    track.writeRtp(new RtpPacket(new RtpHeader({ sequenceNumber, timestamp: sequenceNumber * 3600, marker: true, payloadType: 102 }), payload))
  }
  picture(KEY_PICTURE)
  await expect.poll(() => server.events).toEqual(['publish'])
  for (let i = 0; i < 3000; i++) {
    const bytes = Buffer.from(Array.from({ length: 4 + Math.floor(random() * 60) }, () => Math.floor(random() * 256)))
    if (i % 2) {
      bytes[0] = 0x80 | bytes[0] & 0x3F
      bytes[1] = 200 + bytes[1] % 8
      await transport.send(srtcp.encrypt(bytes.length < 8 ? Buffer.concat([bytes, Buffer.alloc(8)]) : bytes))
    }
    else {
      const header = new RtpHeader({ sequenceNumber: Math.floor(random() * 65_536), timestamp: Math.floor(random() * 2 ** 32), ssrc: track.ssrc, payloadType: random() < 0.5 ? 102 : 111, marker: random() < 0.5 })
      await transport.send(srtp.encrypt(bytes, header))
    }
  }
  let pictures = 0
  server.hub.find(STREAM)!.attach({ start() {}, end() {}, receive: () => void pictures++ })
  await expect.poll(() => {
    picture(KEY_PICTURE)
    picture(PICTURE)
    return pictures
  }, { timeout: 5000 }).toBeGreaterThan(5)
  expect(server.events).toEqual(['publish'])
  await publisher.close()
}, 20_000)

it('[RT6] a publisher that falls silent is given up', async () => {
  server = await startRtcServer({ limits: { RTC_SILENCE_MS: '1500' } })
  const publisher = await connectPublisher()
  publisher.track.writeRtp(new RtpPacket(new RtpHeader({ sequenceNumber: 1, timestamp: 1, marker: true, payloadType: 102 }), KEY_PICTURE))
  await expect.poll(() => server.events, { timeout: 2000 }).toEqual(['publish'])
  await expect.poll(() => server.events, { timeout: 4000 }).toEqual(['publish', 'unpublish'])
  await publisher.close()
})

it('[RT6] a viewer that vanishes is given up', async () => {
  server = await startRtcServer({ limits: { RTC_SILENCE_MS: '1500' } })
  const stream = server.hub.publish(STREAM, 'trusted', { id: 'loop-1', kind: 'loop', close() {} })
  const viewer = await connectPeer('whep', 'recvonly')
  expect(typeof stream !== 'string' && stream.readerCount).toBe(1)
  await viewer.vanish()
  await expect.poll(() => typeof stream !== 'string' && stream.readerCount, { timeout: 4000 }).toBe(0)
  await viewer.close()
})

function signedBinding(answer: string): Buffer {
  return new Message(1, 0)
    .setAttribute('USERNAME', `${attribute(answer, 'ice-ufrag')}:abcd`)
    .setAttribute('PRIORITY', 1)
    .setAttribute('ICE-CONTROLLING', 1n)
    .setAttribute('USE-CANDIDATE', null)
    .addMessageIntegrity(Buffer.from(attribute(answer, 'ice-pwd')))
    .addFingerprint()
    .bytes
}

async function attack(answer: string, random: () => number) {
  const port = Number(/127\.0\.0\.1 (\d+) typ/.exec(answer)![1])
  const socket = createSocket('udp4')
  const send = (data: Buffer) => new Promise<void>(resolve => socket.send(data, port, '127.0.0.1', () => resolve()))
  await send(signedBinding(answer))
  await new Promise(resolve => socket.once('message', resolve)) // only now is anything but STUN let through
  const hello = clientHello()
  if (random() < 0.5)
    await send(hello)
  for (let i = 0; i < 60; i++)
    await send(damaged(hello, random))
  socket.close()
}

/** The first word of a DTLS 1.2 client (RFC 6347, 4.2), for damaging. */
function clientHello(): Buffer {
  const body = Buffer.concat([Buffer.from('fefd', 'hex'), Buffer.alloc(32, 7), Buffer.from('00' + '00' + '0004c02bc02f' + '0100' + '0010' + '000e00050002000100' + '000a00040002001d', 'hex')])
  const handshake = Buffer.concat([Buffer.from([1, 0, 0, body.length, 0, 0, 0, 0, 0, 0, 0, body.length]), body])
  return Buffer.concat([Buffer.from([22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, handshake.length]), handshake])
}

function damaged(record: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(record.subarray(0, random() < 0.5 ? record.length : Math.floor(random() * record.length)))
  for (let i = 0; i < 1 + random() * 4 && copy.length > 0; i++)
    copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256)
  if (copy.length > 0 && random() < 0.7)
    copy[0] = 20 + Math.floor(random() * 44) // stays DTLS (RFC 7983)
  return copy
}

const connectPublisher = () => connectPeer('whip', 'sendonly')

/** The other side by the library itself, whose inside tests can reach. */
async function connectPeer(door: 'whip' | 'whep', direction: 'sendonly' | 'recvonly') {
  const peer = new RTCPeerConnection({
    codecs: { video: [new RTCRtpCodecParameters({ mimeType: 'video/H264', clockRate: 90_000, payloadType: 102, rtcpFeedback: [{ type: 'nack' }], parameters: 'packetization-mode=1;profile-level-id=42e01f' })], audio: [] },
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
  })
  const track = new MediaStreamTrack({ kind: 'video' })
  const transceiver = peer.addTransceiver(track, { direction })
  await peer.setLocalDescription(await peer.createOffer())
  const response = await post(`/${door}/${STREAM}`, peer.localDescription!.sdp)
  expect(response.status).toBe(201)
  await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() })
  await expect.poll(() => peer.connectionState, { timeout: 5000 }).toBe('connected')
  const { iceTransport: { connection }, srtp, srtcp } = transceiver.dtlsTransport
  track.ssrc = transceiver.sender.ssrc
  return { transport: connection, srtp, srtcp, track, vanish: () => connection.close(), close: () => peer.close() }
}
