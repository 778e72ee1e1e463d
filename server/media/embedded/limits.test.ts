import { describe, expect, it } from 'vitest'
import { BitrateMeter } from './bitrateMeter'
import { MEDIA_LIMITS, readMediaLimits } from './limits'

describe('media limits', () => {
  it('[MD16] have defaults', () => {
    expect(readMediaLimits({})).toMatchObject({ messageBytes: 4194304, slowReaderBytes: 524288, deadReaderBytes: 4194304, stalledReaderMs: 15_000 })
  })

  it('[MD16] each have a variable of their own', () => {
    const names = Object.values(MEDIA_LIMITS).map(({ env }) => env)
    expect(new Set(names).size).toBe(names.length)
    for (const [name, { env }] of Object.entries(MEDIA_LIMITS))
      expect(readMediaLimits({ [env]: '7' })).toMatchObject({ [name]: 7 })
  })

  it.each(['0', '-1', '1.5', 'many', '1e99'])('[MD16] refuse "%s", naming the variable', (text) => {
    expect(() => readMediaLimits({ MEDIA_READERS: text })).toThrow(/MEDIA_READERS/)
  })

  it('leave a reader that skips still below the point where it is cut off', () => {
    const limits = readMediaLimits({})
    expect(limits.slowReaderBytes + limits.gopCacheBytes).toBeLessThan(limits.deadReaderBytes)
  })
})

describe('bitrate', () => {
  function createMeter() {
    let now = 1_000_000
    return { meter: new BitrateMeter(() => now), pass: (ms: number) => (now += ms) }
  }

  it('is averaged over the last five seconds', () => {
    const { meter, pass } = createMeter()
    for (let second = 0; second < 10; second++) {
      meter.count(second < 5 ? 1 : 125_000)
      pass(1000)
    }
    expect(meter.kbps).toBe(1000)
  })

  it('of a young stream is averaged over its age', () => {
    const { meter, pass } = createMeter()
    expect(meter.kbps).toBe(0)
    meter.count(125_000)
    expect(meter.kbps).toBe(1000)
    pass(1000)
    expect(meter.kbps).toBe(1000)
    pass(1000)
    expect(meter.kbps).toBe(500)
  })

  it('falls to nothing in silence', () => {
    const { meter, pass } = createMeter()
    meter.count(125_000)
    pass(60_000)
    expect(meter.kbps).toBe(0)
  })
})
