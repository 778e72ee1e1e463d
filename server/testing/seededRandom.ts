import { randomInt } from 'node:crypto'

/** The same numbers in [0, 1) for the same seed (mulberry32): a walk that failed can be walked again. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6D2B79F5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** For a walk that nobody has walked yet; a test shows it in its title. */
export const freshSeed = (): number => randomInt(2 ** 31)
