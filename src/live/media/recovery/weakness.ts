/** One complaint of the network is chance, two within ten seconds are a weak network until it has been quiet as long. Pure. */
import type { Weakness } from './recoveryState'
import { STRONG } from './recoveryState'

export const WEAK_MS = 10_000

export function complain(weakness: Weakness, at: number): Weakness {
  const isAgain = 'until' in weakness && at < weakness.until
  return { status: isAgain ? 'weak' : 'warned', until: at + WEAK_MS }
}

export function fade(weakness: Weakness, at: number): Weakness {
  return 'until' in weakness && at >= weakness.until ? STRONG : weakness
}
