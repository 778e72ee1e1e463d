/** A stream without a network: packets by hand, readers that remember. */
import type { Clock } from '../../../clock'
import type { Outlet } from '../boundedReader'
import type { MediaPacket } from '../flv'
import type { MediaLimits } from '../limits'
import type { LiveStream } from '../liveStream'
import type { Publisher } from '../publisher'
import type { StreamReader } from '../streamReader'
import { BoundedReader } from '../boundedReader'
import { FlvTagType } from '../flv'
import { opusFrame, opusSequenceHeader } from '../flvFrames'
import { readMediaLimits } from '../limits'
import { isRefusal, StreamHub } from '../streamHub'
import { STREAM } from './mediaServer'
import { AUDIO_HEADER, picture, sound, VIDEO_HEADER } from './rtmpPublisher'

export const OPUS_HEADER = opusSequenceHeader(Buffer.from('OpusHead'))

export function createStream(clock: Clock, limits: Partial<MediaLimits> = {}) {
  const hub = new StreamHub({ clock, limits: { ...readMediaLimits(), ...limits } })
  const publisher: Publisher & { closedFor?: string } = { id: 's1', kind: 'rtmp', close: reason => void (publisher.closedFor = reason) }
  const stream = hub.publish(STREAM, {}, publisher)
  if (isRefusal(stream))
    throw new Error(stream)
  const push = {
    videoHeader: () => stream.push(FlvTagType.Video, 0, VIDEO_HEADER),
    audioHeader: () => stream.push(FlvTagType.Audio, 0, AUDIO_HEADER),
    opusHeader: () => stream.push(FlvTagType.Audio, 0, OPUS_HEADER),
    key: (at: number, bytes = 10) => stream.push(FlvTagType.Video, at, picture(true, Buffer.alloc(bytes))),
    inter: (at: number, bytes = 10) => stream.push(FlvTagType.Video, at, picture(false, Buffer.alloc(bytes))),
    sound: (at: number, bytes = 10) => stream.push(FlvTagType.Audio, at, sound(Buffer.alloc(bytes))),
    opus: (at: number) => stream.push(FlvTagType.Audio, at, opusFrame(Buffer.alloc(10))),
  }
  return { hub, stream, publisher, push }
}

/** `v0` a video header, `k40` a key frame at 40 ms, `i` another picture, `A0`/`a` AAC, `O0`/`o` Opus, `m` metadata. */
export function nameOf(packet: MediaPacket): string {
  const letter = packet.type === FlvTagType.Script
    ? 'm'
    : packet.type === FlvTagType.Video
      ? packet.isSequenceHeader ? 'v' : packet.isKeyFrame ? 'k' : 'i'
      : packet.isOpus
        ? packet.isSequenceHeader ? 'O' : 'o'
        : packet.isSequenceHeader ? 'A' : 'a'
  return `${letter}${packet.timestamp}`
}

/** Reads packet by packet, as RTMP players do. */
export function readPackets(stream: LiveStream, takesOpus = false) {
  const names: string[] = []
  const reader: StreamReader & { hasEnded: boolean } = {
    takesOpus,
    hasEnded: false,
    start: backlog => void names.push(...backlog.map(nameOf)),
    receive: packet => void names.push(nameOf(packet)),
    end: () => void (reader.hasEnded = true),
  }
  return { names, reader, detach: stream.attach(reader) }
}

/** A bounded reader on a connection whose unsent bytes the test decides, also what is left of the backlog. */
export function readBounded(stream: LiveStream, clock: Clock, buffered = 0) {
  const outlet: Outlet & { names: string[], buffered: number, closes: number } = {
    names: [],
    buffered,
    closes: 0,
    write: packet => void outlet.names.push(nameOf(packet)),
    bufferedBytes: () => outlet.buffered,
    close: () => void outlet.closes++,
  }
  stream.attach(new BoundedReader(stream, outlet, readMediaLimits(), clock.now))
  return outlet
}

/** A reader of merged bytes, as HTTP-FLV has them. Each write is one entry. */
export function readMerged(stream: LiveStream, takesOpus = false) {
  const writes: string[][] = []
  const detach = stream.attach({
    takesOpus,
    start: backlog => void writes.push(backlog.map(nameOf)),
    receive: () => {
      throw new Error('a merging reader gets no single packets')
    },
    receiveMerged: (packets, merged) => {
      if (!merged.equals(Buffer.concat(packets.map(packet => packet.flvTag))))
        throw new Error('merged bytes are not those of the packets')
      writes.push(packets.map(nameOf))
    },
    end: () => {},
  })
  return { writes, detach }
}
