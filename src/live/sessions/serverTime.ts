/**
 * The server's clock as well as it can be known: a device may be minutes off, and a live timer or a countdown made of the
 * server's times would show it. News from the server was made at most a moment ago, so the latest time in it is nearly now.
 */
import type { Clock } from '@/src/ports/Clock'

export interface ServerTime {
  /** Unix milliseconds. */
  now: () => number
  /** A time that the server wrote just before we read it. */
  observe: (at: number) => void
}

export function createServerTime(clock: Clock): ServerTime {
  let ahead: number | undefined
  return {
    now: () => clock.now() + (ahead ?? 0),
    observe(at) {
      const seen = at - clock.now()
      // Late news can only make the server look slow: the largest difference is the truest.
      ahead = ahead === undefined ? seen : Math.max(ahead, seen)
    },
  }
}
