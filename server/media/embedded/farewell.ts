import type { Clock } from '../../clock'

/** Between our last byte to a connection and the end of it, however slow it is. */
const FAREWELL_MS = 1000

/** `end` says the last words; who has not taken them in a second is hung up on by `destroy`. */
export function farewell(clock: Clock, end: () => void, destroy: () => void): void {
  end()
  clock.after(FAREWELL_MS, destroy)
}
