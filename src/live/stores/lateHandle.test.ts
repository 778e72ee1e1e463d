import { expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createLateHandle } from './lateHandle'

const fake = () => ({ start: vi.fn(), stop: vi.fn(), ask: vi.fn(async () => 'answer') })

it('[UI59] what was asked before the component came is done when it comes', async () => {
  const late = createLateHandle<ReturnType<typeof fake>>()
  const handle = fake()
  late.start()
  const answer = late.ask(present => present.ask())
  await nextTick()
  late.use(handle)
  expect(handle.start).toHaveBeenCalledTimes(1)
  expect(await answer).toBe('answer')
})

it('[UI59] a stop cancels the start that waits for new props', async () => {
  const late = createLateHandle<ReturnType<typeof fake>>()
  const handle = fake()
  late.use(handle)
  late.start()
  late.stop()
  await nextTick()
  expect(handle.start).not.toHaveBeenCalled()
  expect(handle.stop).toHaveBeenCalledTimes(1)
})

it('[UI59] a stop cancels the start that waits for the component', async () => {
  const late = createLateHandle<ReturnType<typeof fake>>()
  const handle = fake()
  late.start()
  await nextTick()
  late.stop()
  late.use(handle)
  expect(handle.start).not.toHaveBeenCalled()
})
