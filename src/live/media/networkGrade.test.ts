import type { MediaStatistics, NetworkGrade } from '@/src/live/components/media'
import { describe, expect, it } from 'vitest'
import { createWeakWatch, networkGrade } from './networkGrade'

const FINE = { transport: 'whip', bitrateKbps: 900, fps: 25, width: 720, height: 1280, rttMs: 20, lossPercent: 0, capacityPercent: 100 } as const

/** One look a second, from each change; answers the grade after each. */
function grades(changes: Partial<MediaStatistics>[], first: NetworkGrade = 'unknown') {
  const looks: MediaStatistics[] = []
  let grade = first
  return changes.map((change, second) => {
    looks.push({ ...FINE, at: second * 1000, ...change })
    grade = networkGrade(looks, grade)
    return grade
  })
}

const times = (count: number, change: Partial<MediaStatistics> = {}) => Array.from({ length: count }, () => change)

describe('the network grade', () => {
  it('[PB18] is unknown for the first five looks, then good', () => {
    expect(grades(times(6))).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'good', 'good'])
    expect(networkGrade([], 'good')).toBe('unknown')
  })

  it.each<[NetworkGrade, Partial<MediaStatistics>]>([
    ['bad', { fps: 11, capacityPercent: undefined }],
    ['good', { fps: 6 }], // the device is slow
    ['bad', { bitrateKbps: 0 }],
    ['bad', { lossPercent: 10 }],
    ['bad', { rttMs: 800 }],
    ['bad', { capacityPercent: 29 }],
    ['weak', { capacityPercent: 59 }],
    ['weak', { lossPercent: 3 }],
    ['weak', { rttMs: 300 }],
    ['good', { fps: 12, capacityPercent: 60, lossPercent: 2.9, rttMs: 299 }],
    ['good', { fps: 0, width: 0, height: 0 }], // sound only
  ])('[PB18] is %s with %o', (grade, change) => {
    expect(grades(times(3, change), 'good').at(-1)).toBe(grade)
  })

  it('[PB18] one bad look is forgiven, two are not, and four good ones bring it back', () => {
    expect(grades([{ lossPercent: 12 }, {}, {}], 'good')).toEqual(['good', 'good', 'good'])
    expect(grades([{ lossPercent: 12 }, { lossPercent: 12 }, {}, {}, {}, {}], 'good')).toEqual(['good', 'bad', 'bad', 'bad', 'bad', 'good'])
  })

  it('[PB18] two warnings of the platform in ten seconds are bad, and old ones are forgotten', () => {
    const late = [{ warnings: 1 }, {}, {}, {}, { warnings: 1 }]
    expect(grades(late, 'good')).toEqual(['good', 'good', 'good', 'good', 'bad'])
    expect(grades([{ warnings: 1 }, ...times(10), { warnings: 1 }], 'good').at(-1)).toBe('good')
  })
})

it('[RC24] whether the network is poor, look by look; a new connection has its first five looks again', () => {
  const looks = (isWeak: ReturnType<typeof createWeakWatch>, from: number, change: Partial<MediaStatistics>) =>
    Array.from({ length: 6 }, (_, second) => isWeak({ ...FINE, at: (from + second) * 1000, ...change }))
  const isWeak = createWeakWatch()
  expect(looks(isWeak, 0, {})).toEqual([false, false, false, false, false, false])
  expect(looks(isWeak, 6, { lossPercent: 5 })).toEqual([false, true, true, true, true, true])
  expect(looks(createWeakWatch(), 12, { capacityPercent: 20 })).toEqual([false, false, false, false, true, true])
})
