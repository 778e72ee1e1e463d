import type { TimedRtpPacket } from './rtpPacket'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../testing/seededRandom'
import { H264Depacketizer } from './h264Depacketizer'
import { packetizeNal } from './h264Packetizer'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

function depacketize(...packets: { payload: Buffer, timestamp?: number, marker?: boolean }[]) {
  const pictures: string[][] = []
  const depacketizer = new H264Depacketizer(({ nalUnits }) => void pictures.push(nalUnits.map(nal => nal.toString('hex'))))
  packets.forEach(({ payload, timestamp = 0, marker = false }, sequenceNumber) => depacketizer.push({ payload, timestamp, marker, sequenceNumber, mediaMs: 0 }))
  return pictures
}

describe('h264Depacketizer (RFC 6184)', () => {
  it.each([
    ['a single NAL unit', ['65 88 84'], ['658884']],
    ['two single NAL units', ['67 42 c0', '65 88 84'], ['6742c0', '658884']],
    ['STAP-A of SPS and PPS', ['78 0003 6742c0 0002 68ce', '65 88'], ['6742c0', '68ce', '6588']],
    ['FU-A: start, middle, end', ['7c 85 aabb', '7c 05 ccdd', '7c 45 ee'], ['65aabbccddee']],
    ['STAP-A that promises more than it has', ['78 0003 6742c0 00ff 68ce', '65 88'], ['6742c0', '6588']],
    ['FU-A without its start', ['7c 05 ccdd', '7c 45 ee', '41 9a'], ['419a']],
    ['padding only', ['00', '65 88'], ['6588']],
    ['types of other modes', ['79 0003 6742c0', '1e ff', '65 88'], ['6588']],
  ])('%s', (_, payloads, expected) => {
    const packets = payloads.map((payload, index) => ({ payload: bytes(payload), marker: index === payloads.length - 1 }))
    expect(depacketize(...packets)).toEqual([expected])
  })

  it('ends a picture at a new timestamp when its marker is missing', () => {
    expect(depacketize({ payload: bytes('41 01'), timestamp: 1 }, { payload: bytes('41 02'), timestamp: 2, marker: true })).toEqual([['4101'], ['4102']])
  })

  it('[RT9] forgets the picture begun when told of a loss', () => {
    const pictures: unknown[] = []
    const depacketizer = new H264Depacketizer(unit => void pictures.push(unit))
    const packet: TimedRtpPacket = { payload: bytes('65 88'), timestamp: 1, marker: false, sequenceNumber: 1, mediaMs: 0 }
    depacketizer.push(packet)
    depacketizer.reset()
    depacketizer.push({ ...packet, payload: Buffer.alloc(0), marker: true })
    depacketizer.push({ ...packet, timestamp: 2 })
    expect(pictures).toEqual([])
  })

  it('[RT8] takes any bytes without throwing', () => {
    const random = seededRandom(3)
    const depacketizer = new H264Depacketizer(({ nalUnits }) => expect(nalUnits.every(nal => nal.length > 0)).toBe(true))
    for (let i = 0; i < 20_000; i++) {
      const payload = Buffer.from(Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 256)))
      depacketizer.push({ payload, timestamp: Math.floor(i / 50), marker: random() < 0.01, sequenceNumber: i & 0xFFFF, mediaMs: i })
    }
  })

  it('[RT8] drops a picture that never ends', () => {
    const packet = { timestamp: 1, marker: false, sequenceNumber: 1, mediaMs: 0 }
    const pictures: number[] = []
    const depacketizer = new H264Depacketizer(({ nalUnits }) => void pictures.push(nalUnits.length))
    for (let i = 0; i < 5000; i++)
      depacketizer.push({ ...packet, payload: Buffer.alloc(1200, 0x41) })
    depacketizer.push({ ...packet, payload: bytes('65 88'), timestamp: 2, marker: true })
    expect(pictures).toEqual([1])
  })
})

describe('packetizeNal', () => {
  it.each([1, 2, 1199, 1200, 1201, 1202, 2397, 2398, 5000, 100_000])('what it takes apart is put together again: %i bytes', (length) => {
    const nal = Buffer.alloc(length, 0xA5)
    nal[0] = 0x65
    const payloads = packetizeNal(nal)
    expect(Math.max(...payloads.map(payload => payload.length))).toBeLessThanOrEqual(1200)
    if (length > 1)
      expect(depacketize(...payloads.map((payload, index) => ({ payload, marker: index === payloads.length - 1 })))).toEqual([[nal.toString('hex')]])
  })
})
