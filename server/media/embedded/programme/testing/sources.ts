/** Streams for a programme without a network: every packet by hand, on clocks of their own. */
import type { MediaPacket } from '../../flv'
import type { LiveStream } from '../../liveStream'
import type { StreamHub } from '../../streamHub'
import { randomUUID } from 'node:crypto'
import { FlvTagType } from '../../flv'
import { avcSequenceHeader, opusFrame } from '../../flvFrames'
import { isRefusal } from '../../streamHub'
import { OPUS_HEADER } from '../../testing/packets'
import { AUDIO_HEADER, picture, sound, VIDEO_HEADER } from '../../testing/rtmpPublisher'

export const ANCHOR = 'r23456-u23456'
export const MIX = 'r23456-umix'
export const PROGRAMME = 'r23456-uall'
/** Another size. */
export const OTHER_VIDEO_HEADER = avcSequenceHeader({ sps: Buffer.from('6742c028', 'hex'), pps: Buffer.from('68ce3c80', 'hex') })

export interface TestSource {
  readonly stream: LiveStream
  readonly keyFramesAsked: () => number
  header: (type: 'video' | 'audio' | 'opus', payload?: Buffer) => void
  metadata: (text: string) => void
  key: (at: number) => void
  inter: (at: number) => void
  sound: (at: number) => void
  opus: (at: number) => void
  /** Pictures and sound every 40 ms, a key frame first. */
  film: (from: number, to: number) => void
  end: () => void
}

/** Its packets carry `name`. */
export function publishSource(hub: StreamHub, streamId: string, name: string): TestSource {
  let asked = 0
  const stream = hub.publish(streamId, 'trusted', { id: randomUUID(), kind: 'rtmp', close: () => {}, requestKeyFrame: () => asked++ })
  if (isRefusal(stream))
    throw new Error(stream)
  const content = Buffer.from(` ${name}`)
  const source: TestSource = {
    stream,
    keyFramesAsked: () => asked,
    header: (type, payload) => type === 'video'
      ? stream.push(FlvTagType.Video, 0, payload ?? VIDEO_HEADER)
      : stream.push(FlvTagType.Audio, 0, type === 'audio' ? AUDIO_HEADER : OPUS_HEADER),
    metadata: text => stream.push(FlvTagType.Script, 0, Buffer.from(text)),
    key: at => stream.push(FlvTagType.Video, at, picture(true, content)),
    inter: at => stream.push(FlvTagType.Video, at, picture(false, content)),
    sound: at => stream.push(FlvTagType.Audio, at, sound(content)),
    opus: at => stream.push(FlvTagType.Audio, at, opusFrame(content)),
    film(from, to) {
      for (let at = from; at <= to; at += 40) {
        at === from ? source.key(at) : source.inter(at)
        source.sound(at)
      }
    },
    end: () => hub.unpublish(stream),
  }
  return source
}

/** What a player gets: `anchor k40` is the key frame that the source `anchor` sent, at 40 ms. */
export function watch(stream: LiveStream) {
  const packets: MediaPacket[] = []
  let ends = 0
  stream.attach({
    start: backlog => void packets.push(...backlog),
    receive: packet => void packets.push(packet),
    end: () => ends++,
  })
  return {
    packets,
    hasEnded: () => ends > 0,
    /** Since it was asked last. */
    news: () => packets.splice(0).map(describe),
  }
}

function describe(packet: MediaPacket): string {
  const letter = packet.type === FlvTagType.Script ? 'm' : packet.type === FlvTagType.Video ? (packet.isKeyFrame ? 'k' : 'i') : packet.isOpus ? 'o' : 'a'
  if (packet.type === FlvTagType.Script || packet.isSequenceHeader)
    return `${packet.type === FlvTagType.Script ? packet.payload.toString() : packet.type === FlvTagType.Video ? 'V' : 'A'} ${packet.timestamp}`
  return `${/ (\w+)$/.exec(packet.payload.toString('latin1'))?.[1]} ${letter}${packet.timestamp}`
}
