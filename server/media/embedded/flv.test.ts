import { describe, expect, it } from 'vitest'
import { createPacket, flvHeader, FlvTagType } from './flv'
import { aacData, aacFrame, aacSequenceHeader, avcFrame, avcSequenceHeader, isAac, isAvc, opusFrame, opusSequenceHeader, parseAvcFrame, parseAvcSequenceHeader } from './flvFrames'

const sps = Buffer.from('6742c01e', 'hex')
const pps = Buffer.from('68ce3c80', 'hex')

describe('fLV tag', () => {
  it('carries type, length, timestamp with the high byte last, body and its own size', () => {
    const { flvTag } = createPacket(FlvTagType.Video, 0x12345678, Buffer.from('abc'))
    expect(flvTag.toString('hex')).toBe(`09${'000003'}${'345678'}${'12'}${'000000'}${Buffer.from('abc').toString('hex')}${'0000000e'}`)
  })

  it('keeps a copy of the body, not a view of the socket\'s read', () => {
    const read = Buffer.from('abc')
    const { payload } = createPacket(FlvTagType.Audio, 0, read)
    read.fill(0)
    expect(payload.toString()).toBe('abc')
  })

  it('has a file header that says what is inside', () => {
    expect(flvHeader({ audio: true, video: true }).toString('hex')).toBe('464c5601050000000900000000')
    expect(flvHeader({ audio: true, video: false })[4]).toBe(4)
    expect(flvHeader({ audio: false, video: true })[4]).toBe(1)
  })

  it.each([
    ['AVC header', FlvTagType.Video, avcSequenceHeader({ sps, pps }), { isKeyFrame: false, isSequenceHeader: true, isOpus: false }],
    ['AVC key frame', FlvTagType.Video, avcFrame([Buffer.from([0x65])], true), { isKeyFrame: true, isSequenceHeader: false, isOpus: false }],
    ['AVC inter frame', FlvTagType.Video, avcFrame([Buffer.from([0x41])], false), { isKeyFrame: false, isSequenceHeader: false, isOpus: false }],
    ['enhanced HEVC header', FlvTagType.Video, Buffer.from('90hvc1', 'latin1').fill(0x90, 0, 1), { isKeyFrame: false, isSequenceHeader: true, isOpus: false }],
    ['enhanced HEVC key frame', FlvTagType.Video, Buffer.from([0x91, 0x68, 0x76, 0x63, 0x31]), { isKeyFrame: true, isSequenceHeader: false, isOpus: false }],
    ['AAC header', FlvTagType.Audio, aacSequenceHeader(Buffer.from([0x12, 0x10])), { isKeyFrame: false, isSequenceHeader: true, isOpus: false }],
    ['AAC frame', FlvTagType.Audio, aacFrame(Buffer.from([1])), { isKeyFrame: false, isSequenceHeader: false, isOpus: false }],
    ['Opus header', FlvTagType.Audio, opusSequenceHeader(Buffer.from('OpusHead')), { isKeyFrame: false, isSequenceHeader: true, isOpus: true }],
    ['Opus frame', FlvTagType.Audio, opusFrame(Buffer.from([1])), { isKeyFrame: false, isSequenceHeader: false, isOpus: true }],
    ['one byte of AVC', FlvTagType.Video, Buffer.from([0x17]), { isKeyFrame: true, isSequenceHeader: false, isOpus: false }],
    ['nothing', FlvTagType.Audio, Buffer.alloc(0), { isKeyFrame: false, isSequenceHeader: false, isOpus: false }],
  ] as const)('recognises %s', (_name, type, body, expected) => {
    expect(createPacket(type, 0, body)).toMatchObject(expected)
  })
})

describe('codec framing', () => {
  it('gives back the parameter sets of a sequence header', () => {
    expect(parseAvcSequenceHeader(avcSequenceHeader({ sps, pps }))).toEqual({ sps, pps })
  })

  it('gives back the NAL units of a picture', () => {
    const nalUnits = [Buffer.from([0x65, 1, 2]), Buffer.from([0x65, 3])]
    const body = avcFrame(nalUnits, true)
    expect(isAvc(body)).toBe(true)
    expect(parseAvcFrame(body)).toEqual({ compositionOffset: 0, nalUnits })
  })

  it('gives back AAC data', () => {
    const body = aacFrame(Buffer.from([1, 2]))
    expect(isAac(body)).toBe(true)
    expect(aacData(body)).toEqual(Buffer.from([1, 2]))
  })

  it('throws a RangeError on a body that is cut short, anywhere', () => {
    const header = avcSequenceHeader({ sps, pps })
    const frame = avcFrame([Buffer.from([0x65, 1, 2])], true)
    for (let length = 5; length < header.length; length++)
      expect(() => parseAvcSequenceHeader(header.subarray(0, length)), `header of ${length}`).toThrow(RangeError)
    for (let length = 6; length < frame.length; length++)
      expect(() => parseAvcFrame(frame.subarray(0, length)), `frame of ${length}`).toThrow(RangeError)
  })
})
