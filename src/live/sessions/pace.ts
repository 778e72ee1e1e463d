/** Does something at most once per interval: at once when it was quiet, later when it was not. */
import type { Clock } from '@/src/ports/Clock'

export interface Pace {
  /** Asks for it; many asks within an interval are one. */
  ask: () => void
  stop: () => void
}

export function createPace(clock: Clock, intervalMs: () => number, action: () => void): Pace {
  let lastAt = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | undefined
  const act = () => {
    cancel = undefined
    lastAt = clock.now()
    action()
  }
  return {
    ask() {
      if (cancel)
        return
      const wait = lastAt + intervalMs() - clock.now()
      if (wait <= 0)
        act()
      else
        cancel = clock.after(wait, act)
    },
    stop() {
      cancel?.()
      cancel = undefined
    },
  }
}
