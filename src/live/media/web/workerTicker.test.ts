import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { tickInWorker } from './workerTicker'

class FakeWorker {
  static last: FakeWorker
  onmessage = () => {}
  onerror = () => {}
  postMessage = vi.fn()
  terminate = vi.fn()
  constructor() {
    FakeWorker.last = this
  }
}

beforeEach(() => {
  vi.stubGlobal('Worker', FakeWorker)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('the drawing timer', () => {
  it('[PB10] ticks in a worker, which a hidden tab does not slow down', () => {
    const action = vi.fn()
    const stop = tickInWorker(createVirtualClock(), 40, action)
    expect(FakeWorker.last.postMessage).toHaveBeenCalledWith(40)
    FakeWorker.last.onmessage()
    expect(action).toHaveBeenCalledOnce()
    stop()
    expect(FakeWorker.last.terminate).toHaveBeenCalledOnce()
  })

  it('[PB10] where workers are forbidden the ordinary timer draws', async () => {
    const clock = createVirtualClock()
    const action = vi.fn()
    const stop = tickInWorker(clock, 40, action)
    FakeWorker.last.onerror()
    FakeWorker.last.onerror()
    await clock.advance(80)
    expect(action).toHaveBeenCalledTimes(2)
    stop()
    expect(clock.pending).toBe(0)
  })
})
