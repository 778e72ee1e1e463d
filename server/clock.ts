/** Time, handed in. Nothing in rooms, chat or media calls timers or Date.now() but through this. */
export interface Clock {
  /** Unix milliseconds. */
  now: () => number
  /** Calls once; returns what cancels. */
  after: (ms: number, action: () => void) => () => void
  /** Calls again and again; returns what stops. */
  every: (ms: number, action: () => void) => () => void
}

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
