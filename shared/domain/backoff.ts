/** How long to wait before the next try. Pure: the caller brings the randomness and counts the tries. */
export interface BackoffPolicy {
  readonly firstMs: number
  readonly maxMs: number
}

export const SOCKET_BACKOFF: BackoffPolicy = { firstMs: 500, maxMs: 30_000 }
export const MEDIA_BACKOFF: BackoffPolicy = { firstMs: 1000, maxMs: 15_000 }

/**
 * Doubles from try to try, with the upper half drawn at random: a restarted server must not meet all its clients in
 * the same second.
 *
 * @param policy the first and the longest wait
 * @param attempt 0 for the first retry
 * @param random in [0, 1)
 */
export function backoffMs(policy: BackoffPolicy, attempt: number, random: number): number {
  const ceiling = Math.min(policy.maxMs, policy.firstMs * 2 ** Math.min(attempt, 16))
  return Math.round(ceiling * (0.5 + random / 2))
}
