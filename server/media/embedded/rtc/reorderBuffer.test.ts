import type { RtpPacket } from './rtpPacket'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../testing/seededRandom'
import { ReorderBuffer } from './reorderBuffer'

function setUp() {
  const out: (number | 'gap')[] = []
  const time = { now: 0 }
  const buffer = new ReorderBuffer<RtpPacket>({ maxWaitMs: 100, maxPackets: 10, onPacket: packet => void out.push(packet.sequenceNumber), onGap: () => void out.push('gap'), now: () => time.now })
  const push = (...numbers: number[]) => numbers.forEach(sequenceNumber => buffer.push({ sequenceNumber, timestamp: 0, marker: false, payload: Buffer.alloc(1) }))
  return { out, time, push }
}

describe('reorderBuffer', () => {
  it.each([
    ['in order', [5, 6, 7], [5, 6, 7]],
    ['swapped', [5, 7, 6, 8], [5, 6, 7, 8]],
    ['doubled', [5, 5, 6, 6, 5], [5, 6]],
    ['around the end of the numbers', [65_534, 0, 65_535, 1], [65_534, 65_535, 0, 1]],
    ['a sender that began anew', [5, 6, 40_000, 40_001], [5, 6, 'gap', 40_000, 40_001]],
  ])('[RT9] gives packets once and in order: %s', (_, pushed, expected) => {
    const { out, push } = setUp()
    push(...pushed)
    expect(out).toEqual(expected)
  })

  it('[RT9] waits for a missing packet, then goes on without it and says so', () => {
    const { out, time, push } = setUp()
    push(1, 3)
    time.now = 99
    push(4)
    expect(out).toEqual([1])
    time.now = 101
    push(5)
    expect(out).toEqual([1, 'gap', 3, 4, 5])
    push(2)
    expect(out).toEqual([1, 'gap', 3, 4, 5])
  })

  it('[RT9] keeps only so many packets waiting', () => {
    const { out, push } = setUp()
    push(1, ...Array.from({ length: 11 }, (_, i) => i + 3))
    expect(out.slice(0, 3)).toEqual([1, 'gap', 3])
    expect(out).toHaveLength(13)
  })

  it('[RT9] loses nothing of a row that is shuffled within its patience', () => {
    const random = seededRandom(11)
    const { out, push } = setUp()
    const row = Array.from({ length: 500 }, (_, i) => (65_400 + i) & 0xFFFF)
    push(row[0])
    for (let i = 1; i < row.length; i += 4)
      push(...row.slice(i, i + 4).map(number => ({ number, key: random() })).sort((a, b) => a.key - b.key).map(({ number }) => number))
    expect(out).toEqual(row)
  })
})
