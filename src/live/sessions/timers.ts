/** Timers that end together with their owner. */
import type { Clock } from '@/src/ports/Clock'

export interface Timers {
  after: (ms: number, action: () => void) => void
  /** Cancels all that run. */
  stop: () => void
}

export function createTimers(clock: Clock): Timers {
  const running = new Set<() => void>()
  return {
    after(ms, action) {
      const cancel = clock.after(ms, () => {
        running.delete(cancel)
        action()
      })
      running.add(cancel)
    },
    stop() {
      running.forEach(cancel => cancel())
      running.clear()
    },
  }
}
