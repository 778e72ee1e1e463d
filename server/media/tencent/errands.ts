/** What the cloud is asked to do while nobody waits for it: one thing after the other for each stream, tried again for a while. */
import type { Clock } from '../../clock'
import type { MediaLog } from './mediaLog'
import { createKeyedQueue } from '../../keyedQueue'
import { TencentApiError } from '../../tencent/TencentApiError'

/** After these waits (ms) it is left to the census. */
const WAITS = [1000, 4000, 15_000]

export interface Errands {
  /** `what` is for the log. Resolves when it is done, or given up. */
  run: (streamId: string, what: string, work: () => Promise<unknown>) => Promise<void>
  /** In the same order, but once. */
  once: (streamId: string, work: () => Promise<void>) => Promise<void>
  /** Returns what cancels. */
  later: (ms: number, action: () => void) => () => void
  /** Nothing is tried again from now on, and nothing comes later. */
  close: () => void
}

export function createErrands({ clock, log }: { readonly clock: Clock, readonly log: MediaLog }): Errands {
  const inOrder = createKeyedQueue()
  const waiting = new Set<() => void>()
  let isClosed = false

  function later(ms: number, action: () => void): () => void {
    if (isClosed)
      return () => {}
    const stop = clock.after(ms, () => {
      waiting.delete(cancel)
      action()
    })
    const cancel = () => {
      waiting.delete(cancel)
      stop()
    }
    waiting.add(cancel)
    return cancel
  }

  async function attempt(streamId: string, what: string, work: () => Promise<unknown>): Promise<void> {
    for (const wait of [...WAITS, undefined]) {
      try {
        await work()
        return log.info({ streamId }, what)
      }
      catch (error) {
        if (wait === undefined || error instanceof TencentApiError)
          return log.warn({ streamId, err: error }, `failed: ${what}`)
        await new Promise<void>(resolve => void later(wait, resolve))
      }
    }
  }

  return {
    run: (streamId, what, work) => inOrder.run(streamId, () => attempt(streamId, what, work)),
    once: (streamId, work) => inOrder.run(streamId, work),
    later,
    close() {
      isClosed = true
      for (const cancel of waiting)
        cancel()
    },
  }
}
