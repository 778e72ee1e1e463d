/** The few bytes of codec framing at the head of an FLV tag's body: AVC, AAC, and Opus by enhanced RTMP. */
import { uint16, uint32 } from './bytes'

export const VideoCodec = { Avc: 7 } as const
export const AudioCodec = { Enhanced: 9, Aac: 10 } as const

/** AAC, 44 kHz, 16 bit, stereo: constant for AAC whatever the real rate is, that one is in the AudioSpecificConfig. */
const AAC_FLAGS = 0xAF
/** Frame type (1 key, 2 inter), codec, packet type and a 24-bit composition offset. */
const AVC_HEADER_BYTES = 5

export const isEnhancedVideo = (payload: Buffer): boolean => (payload[0] & 0x80) !== 0
export const isAvc = (payload: Buffer): boolean => !isEnhancedVideo(payload) && (payload[0] & 15) === VideoCodec.Avc
export const isAac = (payload: Buffer): boolean => payload[0] >> 4 === AudioCodec.Aac

export interface ParameterSets {
  readonly sps: Buffer
  readonly pps: Buffer
}

/** A body with the AVCDecoderConfigurationRecord (ISO 14496-15, 5.2.4.1) of one SPS and one PPS; 4-byte NAL lengths. */
export function avcSequenceHeader({ sps, pps }: ParameterSets): Buffer {
  return Buffer.concat([
    Buffer.from([0x17, 0, 0, 0, 0]),
    Buffer.from([1, sps[1], sps[2], sps[3], 0xFF, 0xE1]), // profile, compatibility and level stand in the SPS
    uint16(sps.length),
    sps,
    Buffer.from([1]),
    uint16(pps.length),
    pps,
  ])
}

/** The first SPS and PPS of a sequence header. Throws a RangeError when it is cut short. */
export function parseAvcSequenceHeader(payload: Buffer): ParameterSets {
  const record = payload.subarray(AVC_HEADER_BYTES)
  const spsEnd = 8 + record.readUInt16BE(6)
  const ppsStart = spsEnd + 3
  const ppsEnd = ppsStart + record.readUInt16BE(spsEnd + 1)
  if (ppsEnd > record.length)
    throw new RangeError('AVC sequence header is cut short')
  return { sps: record.subarray(8, spsEnd), pps: record.subarray(ppsStart, ppsEnd) }
}

/** A body with one picture; without B-frames, so presentation time is decoding time. */
export function avcFrame(nalUnits: readonly Buffer[], isKeyFrame: boolean): Buffer {
  const head = Buffer.from([isKeyFrame ? 0x17 : 0x27, 1, 0, 0, 0])
  return Buffer.concat([head, ...nalUnits.flatMap(nal => [uint32(nal.length), nal])])
}

/** The NAL units of one picture, which is shown `compositionOffset` ms after the packet's timestamp. Throws a RangeError when cut short. */
export function parseAvcFrame(payload: Buffer): { compositionOffset: number, nalUnits: Buffer[] } {
  const nalUnits: Buffer[] = []
  for (let offset = AVC_HEADER_BYTES; offset < payload.length;) {
    const start = offset + 4
    offset = start + payload.readUInt32BE(offset)
    if (offset > payload.length)
      throw new RangeError('AVC frame is cut short')
    nalUnits.push(payload.subarray(start, offset))
  }
  return { compositionOffset: payload.readIntBE(2, 3), nalUnits }
}

/** `config` is the AudioSpecificConfig (ISO 14496-3, 1.6.2.1). */
export const aacSequenceHeader = (config: Buffer): Buffer => Buffer.concat([Buffer.from([AAC_FLAGS, 0]), config])
export const aacFrame = (frame: Buffer): Buffer => Buffer.concat([Buffer.from([AAC_FLAGS, 1]), frame])
/** The AudioSpecificConfig or the raw AAC frame in a body. */
export const aacData = (payload: Buffer): Buffer => payload.subarray(2)

const OPUS = Buffer.from('Opus')
/** `head` is an OpusHead (RFC 7845, 5.1). */
export const opusSequenceHeader = (head: Buffer): Buffer => Buffer.concat([Buffer.from([AudioCodec.Enhanced << 4]), OPUS, head])
/** The raw Opus packet in a body. */
export const opusData = (payload: Buffer): Buffer => payload.subarray(1 + OPUS.length)
export const opusFrame = (frame: Buffer): Buffer => Buffer.concat([Buffer.from([AudioCodec.Enhanced << 4 | 1]), OPUS, frame])
