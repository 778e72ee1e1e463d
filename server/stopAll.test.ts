import { expect, it } from 'vitest'
import { stopAll } from './stopAll'

it('[OP7] every step is taken, one after the other, and every failure is told; the first is thrown at the end', async () => {
  const taken: string[] = []
  const told: unknown[] = []
  const [first, second] = [new Error('first'), new Error('second')]
  await expect(stopAll([
    async () => {
      await new Promise(resolve => setTimeout(resolve, 10))
      taken.push('slow')
    },
    () => {
      taken.push('throws')
      throw first
    },
    async () => {
      taken.push('rejects')
      throw second
    },
    () => taken.push('last'),
  ], error => told.push(error))).rejects.toBe(first)
  expect(taken).toEqual(['slow', 'throws', 'rejects', 'last'])
  expect(told).toEqual([first, second])
})
