import type { Clock } from '@/src/ports/Clock'

/** A device's clock, minutes off, whose timers end with their page. */
export function createPageClock(clock: Clock, aheadMs: number): Clock & { stop: () => void } {
  let isStopped = false
  const guarded = (action: () => void) => () => isStopped || action()
  return {
    now: () => clock.now() + aheadMs,
    after: (ms, action) => clock.after(ms, guarded(action)),
    every: (ms, action) => clock.every(ms, guarded(action)),
    stop() {
      isStopped = true
    },
  }
}
