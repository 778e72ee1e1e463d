import type { Clock } from '../clock'

/** One exact timer per key. */
export interface Deadlines {
  /** Unix milliseconds; undefined: there is nothing to wait for any more. */
  set: (key: string, at: number | undefined) => void
  /** For good. */
  stop: () => void
}

/** The longest that Node's timers can wait; a clock that is set back may ask for more. */
const LONGEST_MS = 2 ** 31 - 1

/** Calls `due` when the clock has reached a key's deadline, and not a millisecond before: Node's timers may be early. */
export function createDeadlines(clock: Clock, due: (key: string) => void): Deadlines {
  const timers = new Map<string, { readonly at: number, readonly cancel: () => void }>()
  let isStopped = false

  function wait(key: string, at: number): void {
    const waitMs = Math.min(Math.max(0, at - clock.now()), LONGEST_MS)
    timers.set(key, { at, cancel: clock.after(waitMs, () => whenOver(key, at)) })
  }

  function whenOver(key: string, at: number): void {
    if (clock.now() < at)
      return wait(key, at)
    timers.delete(key)
    due(key)
  }

  return {
    set(key, at) {
      if (isStopped || timers.get(key)?.at === at)
        return
      timers.get(key)?.cancel()
      timers.delete(key)
      if (at !== undefined)
        wait(key, at)
    },
    stop() {
      isStopped = true
      for (const { cancel } of timers.values())
        cancel()
      timers.clear()
    },
  }
}
