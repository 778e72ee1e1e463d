/** The real time. */
import type { Clock } from '@/src/ports/Clock'

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms)
    return () => clearTimeout(timer)
  },
  every(ms, action) {
    const timer = setInterval(action, ms)
    return () => clearInterval(timer)
  },
}
