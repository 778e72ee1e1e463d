import type { TimedRtpPacket } from './rtpPacket'
import { expect, it } from 'vitest'
import { VirtualClock } from '../../../testing/VirtualClock'
import { PacedSender } from './pacedSender'

const packet = (sequenceNumber: number): TimedRtpPacket => ({ sequenceNumber, timestamp: 0, marker: false, payload: Buffer.alloc(0), mediaMs: 0 })
const row = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => packet(from + i))

function setUp() {
  const clock = new VirtualClock()
  const sent: number[] = []
  return { clock, sent, sender: new PacedSender(({ sequenceNumber }) => void sent.push(sequenceNumber), clock) }
}

it('[RT15] sends a backlog in portions, what comes meanwhile behind it, and then everything at once', async () => {
  const { clock, sent, sender } = setUp()
  sender.begin(row(0, 100))
  expect(sent.length).toBe(25)
  sender.send(packet(100))
  await clock.advance(10)
  expect(sent.length).toBe(50)
  await clock.advance(30)
  sender.send(packet(101))
  expect(sent).toEqual(row(0, 102).map(one => one.sequenceNumber))
})

it('[RT15] without a backlog nothing waits', () => {
  const { sent, sender } = setUp()
  sender.begin([])
  sender.send(packet(7))
  expect(sent).toEqual([7])
})

it('[RT15] what waits is bounded, and a stopped sender sends no more of it', async () => {
  const { clock, sent, sender } = setUp()
  sender.begin(row(0, 5000))
  row(5000, 20_000).forEach(one => sender.send(one))
  sender.stop()
  sender.stop()
  await clock.advance(60_000)
  expect(sent.length).toBe(25)
})
