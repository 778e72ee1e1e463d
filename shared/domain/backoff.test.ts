import { expect, it } from 'vitest'
import { backoffMs } from './backoff'

const policy = { firstMs: 500, maxMs: 30_000 }

it('doubles up to the maximum, and never beyond it', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 1000].map(attempt => backoffMs(policy, attempt, 1 - Number.EPSILON)))
    .toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
})

it('chance takes away at most half', () => {
  expect(backoffMs(policy, 2, 0)).toBe(1000)
  expect(backoffMs(policy, 2, 0.5)).toBe(1500)
})
