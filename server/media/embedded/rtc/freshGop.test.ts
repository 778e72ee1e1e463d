import { expect, it } from 'vitest'
import { FreshGop } from './freshGop'

function setUp() {
  const time = { now: 0 }
  const gop = new FreshGop(() => time.now)
  let sequenceNumber = 0
  const add = (hex: string, timestamp: number) => gop.add({ payload: Buffer.from(hex, 'hex'), timestamp, marker: false, sequenceNumber: sequenceNumber++, mediaMs: 0 })
  return { time, gop, add, numbers: () => gop.packets.map(packet => packet.sequenceNumber) }
}

it.each([['SPS alone', '6742c01f'], ['STAP-A', '7800096742c01f']])('[RT15] a newcomer is given what came since a fresh key frame: %s', (_, keyFrame) => {
  const { time, add, numbers } = setUp()
  add('419a0000', 0)
  expect(numbers()).toEqual([])
  add(keyFrame, 1)
  add('68ce0000', 1)
  add('7c850000', 1)
  add('419a0000', 2)
  expect(numbers()).toEqual([1, 2, 3, 4])
  time.now = 600
  add(keyFrame, 3)
  expect(numbers()).toEqual([5])
})

it('[RT15] nothing of a key frame that is no longer fresh', () => {
  const { time, gop, add, numbers } = setUp()
  add('6742c01f', 1)
  time.now = 701
  expect(numbers()).toEqual([])
  add('419a0000', 2)
  time.now = 0
  expect(gop.packets).toEqual([])
})
