import { describe, expect, it } from 'vitest'
import { createStallWatch } from './stallWatch'

describe('the stall watch', () => {
  it('[PB16] two seconds without progress waver, five are lost, progress heals', () => {
    const watch = createStallWatch(0)
    expect([[1, 1000], [1, 2999], [1, 3000], [2, 4000], [2, 8999], [2, 9000]].map(([progress, at]) => watch.judge(progress, at)))
      .toEqual(['flowing', 'flowing', 'wavered', 'flowing', 'wavered', 'lost'])
  })

  it('[PB16] a paused or hidden player proves nothing', () => {
    const watch = createStallWatch(0)
    watch.judge(1, 1000)
    watch.forgive(60_000)
    expect(watch.judge(1, 61_000)).toBe('flowing')
  })

  it('[PB16] counters that start anew are progress', () => {
    const watch = createStallWatch(0)
    watch.judge(5000, 1000)
    expect(watch.judge(10, 9000)).toBe('flowing')
  })
})
