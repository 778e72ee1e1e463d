import { expect, it } from 'vitest'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { createServerTime } from './serverTime'

it('[UI79] a device whose clock is wrong still knows the server\'s time', async () => {
  const clock = createVirtualClock(1_000_000)
  const time = createServerTime(clock)
  expect(time.now()).toBe(1_000_000)
  time.observe(940_000)
  expect(time.now()).toBe(940_000)
  await clock.advance(5000)
  time.observe(944_800) // 200 ms on the way: the earlier news was fresher
  expect(time.now()).toBe(945_000)
  time.observe(945_300)
  expect(time.now()).toBe(945_300)
})
