import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../testing/VirtualClock'
import { createDeadlines } from './deadlines'

describe('[LM49] deadlines', () => {
  const open = (clock = new VirtualClock()) => {
    const due: string[] = []
    return { clock, due, deadlines: createDeadlines(clock, key => void due.push(`${key} ${clock.now()}`)) }
  }

  it('are kept to the millisecond, each once', async () => {
    const { clock, due, deadlines } = open()
    const start = clock.now()
    deadlines.set('a', start + 500)
    deadlines.set('b', start + 300)
    await clock.advance(1000)
    expect(due).toEqual([`b ${start + 300}`, `a ${start + 500}`])
    expect(clock.pending).toBe(0)
  })

  it('can be moved and taken back; the same one again changes nothing', async () => {
    const { clock, due, deadlines } = open()
    const start = clock.now()
    deadlines.set('a', start + 100)
    deadlines.set('a', start + 200)
    deadlines.set('a', start + 200)
    deadlines.set('b', start + 100)
    deadlines.set('b', undefined)
    expect(clock.pending).toBe(1)
    await clock.advance(1000)
    expect(due).toEqual([`a ${start + 200}`])
  })

  it('that are over already are due at once', async () => {
    const { clock, due, deadlines } = open()
    deadlines.set('a', clock.now() - 1)
    await clock.advance(0)
    expect(due).toHaveLength(1)
  })

  it('wait on when the timer was early', async () => {
    const clock = new VirtualClock()
    const { after } = clock
    const { due, deadlines } = open(clock)
    const start = clock.now()
    clock.after = (ms, action) => after(ms - 1, action)
    deadlines.set('a', start + 100)
    clock.after = after
    await clock.advance(99)
    expect(due).toEqual([])
    await clock.advance(1)
    expect(due).toEqual([`a ${start + 100}`])
  })

  it('never ask more of a timer than it can wait', () => {
    const clock = new VirtualClock()
    const asked: number[] = []
    clock.after = (ms) => {
      asked.push(ms)
      return () => {}
    }
    open(clock).deadlines.set('a', clock.now() + 1e12)
    expect(asked).toEqual([2 ** 31 - 1])
  })

  it('are over for good with the stop', async () => {
    const { clock, due, deadlines } = open()
    deadlines.set('a', clock.now() + 100)
    deadlines.stop()
    deadlines.set('b', clock.now() + 100)
    deadlines.stop()
    expect(clock.pending).toBe(0)
    await clock.advance(1000)
    expect(due).toEqual([])
  })
})
