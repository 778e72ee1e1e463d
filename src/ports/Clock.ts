/** Time, handed in: sessions and stores call no timers of their own. Every start returns its stop. */
export interface Clock {
  /** Unix milliseconds. */
  now: () => number
  after: (ms: number, action: () => void) => () => void
  every: (ms: number, action: () => void) => () => void
}
