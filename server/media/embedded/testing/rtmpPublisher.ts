/** A small RTMP encoder without ffmpeg: the test decides on every packet. */
import type { Socket } from 'node:net'
import net from 'node:net'
import { uint32 } from '../bytes'
import { aacFrame, aacSequenceHeader, avcFrame, avcSequenceHeader } from '../flvFrames'
import { encodeAmf0 } from '../rtmp/amf0'
import { encodeMessage, OUTGOING_CHUNK_BYTES } from '../rtmp/chunkWriter'
import { MessageType } from '../rtmp/message'

/** Baseline profile, level 3.1; enough for whoever does not decode. */
export const VIDEO_HEADER = avcSequenceHeader({ sps: Buffer.from('6742c01f', 'hex'), pps: Buffer.from('68ce3c80', 'hex') })
/** AAC-LC, 44.1 kHz, stereo. */
export const AUDIO_HEADER = aacSequenceHeader(Buffer.from([0x12, 0x10]))
export const picture = (isKeyFrame: boolean, content: Buffer) => avcFrame([Buffer.concat([Buffer.from([isKeyFrame ? 0x65 : 0x41]), content])], isKeyFrame)
export const sound = (content: Buffer) => aacFrame(content)

export const HANDSHAKE = Buffer.concat([Buffer.from([3]), Buffer.alloc(2 * 1536)])
export const message = (type: number, payload: Buffer, chunkStream = 3, timestamp = 0) => encodeMessage(chunkStream, 1, { type, timestamp, payload })
export const command = (...values: Parameters<typeof encodeAmf0>) => message(MessageType.CommandAmf0, encodeAmf0(...values))

/** Everything an encoder says before its first picture. `name` may carry a query. */
export function hello(name: string): Buffer {
  return Buffer.concat([
    HANDSHAKE,
    message(MessageType.SetChunkSize, uint32(OUTGOING_CHUNK_BYTES), 2),
    command('connect', 1, { app: 'live', type: 'nonprivate', tcUrl: 'rtmp://127.0.0.1/live' }),
    command('releaseStream', 2, null, name),
    command('FCPublish', 3, null, name),
    command('createStream', 4, null),
    command('publish', 5, null, name, 'live'),
  ])
}

export interface TestPublisher {
  readonly socket: Socket
  send: (type: number, timestamp: number, payload: Buffer) => void
  /** What the server has said so far, as Latin-1. */
  heard: () => string
}

/** Resolves when the server has accepted the publication, or hung up. */
export async function publishRtmp(url: string): Promise<TestPublisher> {
  const { hostname, port, pathname, search } = new URL(url)
  const socket = net.connect(Number(port), hostname).setNoDelay(true)
  let heard = ''
  socket.on('error', () => {})
  socket.write(hello(pathname.replace('/live/', '') + search))
  await new Promise<void>((resolve) => {
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1')
      if (heard.includes('NetStream.Publish.Start'))
        resolve()
    })
    socket.on('close', () => resolve())
  })
  return {
    socket,
    send: (type, timestamp, payload) => void socket.write(message(type, payload, type === MessageType.Video ? 6 : 4, timestamp)),
    heard: () => heard,
  }
}
