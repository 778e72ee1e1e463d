/** A pusher or player says why beside saying that it failed; here the two meet. */
import type { MediaProblemCode, MediaStatus } from '@/src/live/components/media'

export interface FailureReason {
  /** It said why, before or without failing. */
  hear: (problem: MediaProblemCode) => void
  /** Why, when this status is a failure; undefined when it is none. */
  of: (status: MediaStatus) => MediaProblemCode | undefined
}

export function createFailureReason(): FailureReason {
  let heard: MediaProblemCode | undefined
  return {
    hear(problem) {
      heard = problem
    },
    of(status) {
      if (status === 'failed')
        return heard ?? 'NETWORK'
      if (status === 'connecting' || status === 'live')
        heard = undefined
      return undefined
    },
  }
}
