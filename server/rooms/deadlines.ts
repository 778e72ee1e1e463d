import type { Clock } from '../clock'

/** One exact timer per key. */
export interface Deadlines {
  /** Unix milliseconds; undefined: there is nothing to wait for any more. */
  set: (key: string, at: number | undefined) => void
  /** For good. */
  stop: () => void
}

/** `due` may set the same deadline anew: a timer of Node's may go off a millisecond before its time. */
export function createDeadlines(clock: Clock, due: (key: string) => void): Deadlines {
  const timers = new Map<string, { readonly at: number, readonly cancel: () => void }>()

  let isStopped = false

  function cancel(key: string): void {
    timers.get(key)?.cancel()
    timers.delete(key)
  }

  return {
    set(key, at) {
      if (isStopped || timers.get(key)?.at === at)
        return
      cancel(key)
      if (at === undefined)
        return
      const stop = clock.after(Math.max(0, at - clock.now()), () => {
        timers.delete(key)
        due(key)
      })
      timers.set(key, { at, cancel: stop })
    },
    stop() {
      isStopped = true
      for (const key of [...timers.keys()])
        cancel(key)
    },
  }
}
