import type { Clock } from '../clock'

/** Spreads calls of one kind over time. */
export interface Pace {
  /** How long the next call of this kind has to wait, in ms; its place is taken then. Undefined: longer than `mostMs`, and none is taken. */
  take: (kind: string, mostMs: number) => number | undefined
}

export function createPace(clock: Pick<Clock, 'now'>, gapMs: number): Pace {
  const free = new Map<string, number>()
  return {
    take(kind, mostMs) {
      const now = clock.now()
      const turn = Math.max(now, free.get(kind) ?? 0)
      if (turn - now > mostMs)
        return undefined
      free.set(kind, turn + gapMs)
      return turn - now
    },
  }
}
