import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../testing/VirtualClock'
import { createLimit } from './rates'

describe('a rate', () => {
  it('[RS18] refuses what is beyond it with 202006, each key by itself, and takes more in the next span', async () => {
    const clock = new VirtualClock()
    const limit = createLimit<string>({ requests: 2, perMs: 1000 }, clock)
    limit('anna')
    await clock.advance(999)
    limit('anna')
    limit('boris')
    expect(() => limit('anna')).toThrow(expect.objectContaining({ code: 202_006 }))
    await clock.advance(1)
    limit('anna')
  })

  it('[RS18] counts a bounded number of keys; who was counted goes on', () => {
    const limit = createLimit<number>({ requests: 2, perMs: 1000 }, new VirtualClock())
    for (let key = 0; key < 100_000; key++)
      limit(key)
    expect(() => limit(100_000)).toThrow(expect.objectContaining({ code: 202_006 }))
    limit(5)
  })
})
