/** “X came”: one slot, each notice for its time, what comes meanwhile summed up in the next. */
import type { Clock } from '@/src/ports/Clock'
import { createTimers } from './timers'

export const ARRIVAL_MS = 1500

export interface Arrival {
  readonly name: string
  /** People beside the one named. */
  readonly others: number
}

export interface ArrivalSlot {
  add: (arrival: Arrival) => void
  stop: () => void
}

export function createArrivalSlot(clock: Clock, show: (arrival: Arrival | null) => void): ArrivalSlot {
  const timers = createTimers(clock)
  let isTaken = false
  let waiting: Arrival | null = null

  function showNext(): void {
    const arrival = waiting
    waiting = null
    isTaken = arrival !== null
    show(arrival)
    if (arrival)
      timers.after(ARRIVAL_MS, showNext)
  }

  return {
    add({ name, others }) {
      waiting = { name, others: waiting ? waiting.others + 1 + others : others }
      if (!isTaken)
        showNext()
    },
    stop: timers.stop,
  }
}
