/** A clock that stands still until a test moves it. */
import type { Clock } from '@/src/ports/Clock'

export interface VirtualClock extends Clock {
  /** Runs everything that falls due, in order, and the promises that follow from it. */
  advance: (ms: number) => Promise<void>
  /** How many timers wait: 0 when everything was stopped. */
  readonly pending: number
}

interface Timer { at: number, everyMs?: number, action: () => void }

export function createVirtualClock(startAt = 1_700_000_000_000): VirtualClock {
  let now = startAt
  const timers = new Set<Timer>()

  function start(timer: Timer): () => void {
    timers.add(timer)
    return () => timers.delete(timer)
  }

  const nextBefore = (end: number) => [...timers].filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)[0]

  return {
    now: () => now,
    after: (ms, action) => start({ at: now + ms, action }),
    every: (ms, action) => start({ at: now + ms, everyMs: ms, action }),
    get pending() {
      return timers.size
    },
    async advance(ms) {
      const end = now + ms
      await settle()
      for (let timer = nextBefore(end); timer; timer = nextBefore(end)) {
        now = timer.at
        if (timer.everyMs)
          timer.at += timer.everyMs
        else
          timers.delete(timer)
        timer.action()
        await settle()
      }
      now = end
      await settle()
    },
  }
}

/** Lets promises that are ready run to their end. */
export function settle(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve))
}
