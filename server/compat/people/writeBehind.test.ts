import { beforeEach, describe, expect, it } from 'vitest'
import { VirtualClock } from '../../testing/VirtualClock'
import { createWriteBehind, WRITE_AFTER_MS } from './writeBehind'

let clock: VirtualClock
let saved: string[][]
let failures: number
let logged: string[]
beforeEach(() => {
  clock = new VirtualClock()
  saved = []
  failures = 0
  logged = []
})

function open() {
  return createWriteBehind<string>(async (rows) => {
    if (failures-- > 0)
      throw new Error('the disk is full')
    saved.push([...rows])
  }, { clock, log: { error: (_: unknown, message: string) => void logged.push(message) } as never })
}

describe('writing behind', () => {
  it('[RS15] writes the newest of each, many at once', async () => {
    const writer = open()
    writer.add('a', 'a1')
    writer.add('b', 'b1')
    writer.add('a', 'a2')
    await clock.advance(WRITE_AFTER_MS - 1)
    expect(saved).toEqual([])
    await clock.advance(1)
    expect(saved).toEqual([['a2', 'b1']])
    expect(clock.pending).toBe(0)
  })

  it('[RS15] tries again what could not be written, unless it has changed since', async () => {
    const writer = open()
    failures = 1
    writer.add('a', 'a1')
    writer.add('b', 'b1')
    await clock.advance(WRITE_AFTER_MS)
    expect([saved, logged.length]).toEqual([[], 1])
    writer.add('a', 'a2')
    await clock.advance(WRITE_AFTER_MS)
    expect(saved).toEqual([['a2', 'b1']])
  })

  it('[RS15] writes all of it at the end, and says when it cannot', async () => {
    const writer = open()
    await writer.close()
    expect(saved).toEqual([])
    writer.add('a', 'a1')
    await writer.close()
    expect(saved).toEqual([['a1']])
    failures = 1
    writer.add('a', 'a2')
    await expect(writer.close()).rejects.toThrow('the disk is full')
    expect(clock.pending).toBe(0)
  })
})
