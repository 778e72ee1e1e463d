import { expect, it } from 'vitest'
import { MemoryKeyValue } from '@/src/testing/fakeServices'
import { createSeatMemory } from './seatMemory'

it('[LM109] a window remembers its request, for its room, until it is over', () => {
  const store = new MemoryKeyValue()
  const memory = createSeatMemory(store, 'rroom0000001')
  expect(memory.requestId).toBeNull()
  memory.keep('request-1')
  expect(createSeatMemory(store, 'rroom0000001').requestId).toBe('request-1')
  expect(createSeatMemory(store, 'rroom0000002').requestId).toBeNull()
  memory.forget()
  expect(memory.requestId).toBeNull()
})

it.each([['nonsense'], [{ roomId: 'rroom0000001', requestId: 7 }], [{ roomId: 'rroom0000001', requestId: 'x'.repeat(37) }]])('[LM109] %j is no memory', (value) => {
  const store = new MemoryKeyValue()
  store.write('linkMic', value)
  expect(createSeatMemory(store, 'rroom0000001').requestId).toBeNull()
})
