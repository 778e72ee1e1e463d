import { expect, it } from 'vitest'
import { ReplayMemory } from './ReplayMemory'

it('[IS13] what was taken is forgotten when it is old, and when it is too much', () => {
  const memory = new ReplayMemory(100, 1000)
  expect([memory.isReplay('a', 0), memory.isReplay('a', 100), memory.isReplay('a', 101)]).toEqual([false, true, false])
  const full = new ReplayMemory(100, 3)
  for (const name of ['first', 'second', 'third', 'fourth'])
    full.isReplay(name, 0)
  expect([full.isReplay('third', 0), full.isReplay('first', 0)]).toEqual([true, false])
})
