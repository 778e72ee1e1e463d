/**
 * FLV tags and the packets made of them. RTMP carries the same bodies without the tag around.
 * Format: Adobe "Video File Format Specification" 10.1, annex E; enhanced RTMP v2 for Opus and newer video codecs.
 */
import { AudioCodec, isEnhancedVideo, VideoCodec } from './flvFrames'

export const FlvTagType = { Audio: 8, Video: 9, Script: 18 } as const
export type FlvTagType = typeof FlvTagType[keyof typeof FlvTagType]

export const FILE_HEADER_BYTES = 13
export const TAG_HEADER_BYTES = 11
export const PREVIOUS_TAG_SIZE_BYTES = 4

/** One FLV tag, serialised once and shared by everybody who reads the stream. */
export interface MediaPacket {
  readonly type: FlvTagType
  /** Milliseconds on the publisher's clock; decoding time, presentation may be later (B-frames). */
  readonly timestamp: number
  /** The tag's body: a view into `flvTag`. */
  readonly payload: Buffer
  readonly flvTag: Buffer
  readonly isKeyFrame: boolean
  /** Decoder configuration: every new reader needs it first, and no drop policy may drop it. */
  readonly isSequenceHeader: boolean
  /** The same sound as the AAC packets, as a WHIP publisher sent it; only for readers that ask for it. */
  readonly isOpus: boolean
  /** Filled by the first RTMP player, shared with the others. */
  rtmpChunks?: Buffer
}

/** A picture or some sound, and not what describes them. */
export const isFrame = ({ type, isSequenceHeader }: MediaPacket): boolean => !isSequenceHeader && type !== FlvTagType.Script

/** Copies `payload`: a cached slice of a socket read would keep the whole read alive. */
export function createPacket(type: FlvTagType, timestamp: number, payload: Buffer): MediaPacket {
  const flvTag = encodeTag(type, timestamp, payload)
  return {
    type,
    timestamp,
    payload: flvTag.subarray(TAG_HEADER_BYTES, TAG_HEADER_BYTES + payload.length),
    flvTag,
    ...inspect(type, payload),
  }
}

/** Signature, version 1, which kinds of tags to expect, header length 9, then PreviousTagSize0. */
export function flvHeader(has: { audio: boolean, video: boolean }): Buffer {
  return Buffer.from([0x46, 0x4C, 0x56, 1, (has.audio ? 4 : 0) | (has.video ? 1 : 0), 0, 0, 0, 9, 0, 0, 0, 0])
}

function encodeTag(type: FlvTagType, timestamp: number, payload: Buffer): Buffer {
  const tag = Buffer.allocUnsafe(TAG_HEADER_BYTES + payload.length + PREVIOUS_TAG_SIZE_BYTES)
  tag[0] = type
  tag.writeUIntBE(payload.length, 1, 3)
  tag.writeUIntBE(timestamp & 0xFFFFFF, 4, 3)
  tag[7] = timestamp >>> 24 // trap: the high byte comes after the low three
  tag.writeUIntBE(0, 8, 3) // stream id, always 0
  payload.copy(tag, TAG_HEADER_BYTES)
  tag.writeUInt32BE(TAG_HEADER_BYTES + payload.length, TAG_HEADER_BYTES + payload.length)
  return tag
}

function inspect(type: FlvTagType, payload: Buffer): Pick<MediaPacket, 'isKeyFrame' | 'isSequenceHeader' | 'isOpus'> {
  const first = payload[0] ?? 0
  if (type === FlvTagType.Video) {
    const isSequenceHeader = isEnhancedVideo(payload) ? (first & 15) === 0 : (first & 15) === VideoCodec.Avc && payload[1] === 0
    return { isKeyFrame: !isSequenceHeader && ((first >> 4) & 7) === 1, isSequenceHeader, isOpus: false }
  }
  if (type === FlvTagType.Audio) {
    const codec = first >> 4
    const isEnhanced = codec === AudioCodec.Enhanced
    return {
      isKeyFrame: false,
      isSequenceHeader: (codec === AudioCodec.Aac && payload[1] === 0) || (isEnhanced && (first & 15) === 0),
      isOpus: isEnhanced && payload.toString('latin1', 1, 5) === 'Opus',
    }
  }
  return { isKeyFrame: false, isSequenceHeader: false, isOpus: false }
}
