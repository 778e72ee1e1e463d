/** How often applications, people and addresses may ask. */
import type { Clock } from '../../clock'
import { WeappCode, WeappError } from '../WeappError'

/** At most `requests` in `perMs`. */
export interface WeappRate {
  readonly requests: number
  readonly perMs: number
}

export interface WeappRates {
  readonly application: WeappRate
  readonly person: WeappRate
  /** Rooms that one person asks for, or joins. */
  readonly rooms: WeappRate
  /** Logins and look-ups without a token. Many people may share one address: a school, an office, a mobile carrier. */
  readonly address: WeappRate
}

export const PERSON_RATE: WeappRate = { requests: 400, perMs: 20_000 }
/** Each may be a group that Tencent IM counts, and two lines in the database. */
export const ROOMS_RATE: WeappRate = { requests: 60, perMs: 60_000 }
export const ADDRESS_RATE: WeappRate = { requests: 120, perMs: 60_000 }
/** Whoever comes when so many have been counted waits for the next time span. */
const KEYS_MAX = 100_000

/** Counts one more of this key. @throws WeappError rateLimited */
export type Limit<Key> = (key: Key) => void

export function createLimit<Key>({ requests, perMs }: WeappRate, clock: Pick<Clock, 'now'>): Limit<Key> {
  const counts = new Map<Key, number>()
  let endsAt = 0
  return (key) => {
    const now = clock.now()
    if (now >= endsAt) {
      counts.clear()
      endsAt = now + perMs
    }
    const count = counts.get(key) ?? 0
    if (count >= requests || (count === 0 && counts.size >= KEYS_MAX))
      throw new WeappError(WeappCode.rateLimited, `Too many requests: at most ${requests} in ${perMs / 1000} s.`)
    counts.set(key, count + 1)
  }
}
