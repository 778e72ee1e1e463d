/** Judges whether media still flows, from one look a second. Pure but for its own memory. */
const WAVERED_AFTER_MS = 2000
const LOST_AFTER_MS = 5000

export type Flow = 'flowing' | 'wavered' | 'lost'

export interface StallWatch {
  /** @param progress grows while media flows */
  judge: (progress: number, at: number) => Flow
  /** Paused or hidden: what stands still then proves nothing. */
  forgive: (at: number) => void
}

export function createStallWatch(startedAt: number): StallWatch {
  let best = -1
  let since = startedAt
  return {
    judge(progress, at) {
      if (progress > best || progress < best - 1) { // a reconnection counts anew
        best = progress
        since = at
      }
      const still = at - since
      return still >= LOST_AFTER_MS ? 'lost' : still >= WAVERED_AFTER_MS ? 'wavered' : 'flowing'
    },
    forgive(at) {
      since = at
    },
  }
}
