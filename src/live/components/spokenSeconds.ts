/** A countdown for the ear: a screen reader that hears every second hears nothing else. */
const MARKS = [30, 20, 10, 5] as const

/** The next mark at or above what is left; it changes only when a mark is passed. */
export function spokenSeconds(remainingMs: number): number {
  const seconds = Math.ceil(remainingMs / 1000)
  return [...MARKS].reverse().find(mark => seconds <= mark) ?? seconds
}
