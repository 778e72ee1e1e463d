import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../testing/seededRandom'
import { BitReader, BitWriter } from './bits'
import { lowDelaySps } from './lowDelaySps'

describe('lowDelaySps', () => {
  // As ffprobe's trace_headers reads the results: everything as before, bitstream_restriction 1, reorder 0, the references kept.
  it.each([
    ['x264 high with B-frames: 2 becomes 0', '6764000cacd941419f9f011000000300100000030320f1429960', '6764000cacd941419f9f011000000300100000030320da08846580'],
    ['Chromium baseline with a VUI', '6742c01f8c8d405017fcb37010d01078442350', '6742c01f8c8d405017fcb37010d0106d044235'],
    ['baseline without a VUI', '6742c01f8c8d405017fca8', '6742c01f8c8d405017fcb00da08846a0'],
  ])('[RT16] %s', (_, before, after) => {
    expect(lowDelaySps(Buffer.from(before, 'hex'))?.toString('hex')).toBe(after)
  })

  it('[RT8] says of an SPS that it cannot read it, and never throws', () => {
    expect(lowDelaySps(Buffer.from('6742', 'hex'))).toBeUndefined()
    const random = seededRandom(9)
    for (let i = 0; i < 3000; i++)
      expect(() => lowDelaySps(Buffer.from(Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 256))))).not.toThrow()
  })
})

it('what BitWriter writes BitReader reads', () => {
  const numbers = [0, 1, 2, 3, 7, 8, 254, 255, 65_534, 2 ** 31]
  const writer = new BitWriter().u(5, 3)
  numbers.forEach(number => writer.ue(number))
  const reader = new BitReader(writer.finish())
  expect([reader.u(3), ...numbers.map(() => reader.ue())]).toEqual([5, ...numbers])
  const signed = new BitReader(new BitWriter().ue(1).ue(2).ue(3).ue(4).finish())
  expect([signed.se(), signed.se(), signed.se(), signed.se()]).toEqual([1, -1, 2, -2])
})
