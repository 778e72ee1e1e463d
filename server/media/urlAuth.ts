/**
 * Signed stream URLs, the same in every mode: `txTime` is the expiry in unix seconds as upper-case hex, `txSecret` is
 * md5(key + streamId + txTime) (Tencent Cloud Live, "hotlink protection").
 */
import type { StreamKey } from '../settings'
import { createHash } from 'node:crypto'
import { isSameSecret } from '../isSameSecret'

/** A key as it is used where nothing else is said. */
export const plainKey = (key: string): StreamKey => ({ key, backup: null, algorithm: 'md5' })

/** `txSecret=…&txTime=…`. A fraction of a second in `expiresAt` (unix ms) is lost. */
export function signStream({ key, algorithm }: StreamKey, streamId: string, expiresAt: number): string {
  const txTime = Math.floor(expiresAt / 1000).toString(16).toUpperCase()
  return `txSecret=${secretOf(key, algorithm, streamId, txTime)}&txTime=${txTime}`
}

/** Good for `ttlMs` from `now` (unix ms), to the second. */
export function signStreamFor(key: StreamKey, streamId: string, ttlMs: number, now: number): { readonly signature: string, readonly expiresAt: number } {
  const expiresAt = Math.floor((now + ttlMs) / 1000) * 1000
  return { signature: signStream(key, streamId, expiresAt), expiresAt }
}

/** `now` in unix ms. "expired" is only said of a URL that was genuine. */
export function verifyStream({ key, backup, algorithm }: StreamKey, streamId: string, query: Readonly<Record<string, unknown>>, now: number): 'unsigned' | 'expired' | undefined {
  const { txSecret, txTime } = query
  // Trap: a repeated parameter may arrive as an array, and parseInt alone would accept "5867D600garbage".
  if (typeof txSecret !== 'string' || typeof txTime !== 'string' || !/^[\da-f]{1,9}$/i.test(txTime))
    return 'unsigned'
  // Over txTime exactly as given: its case is signed too.
  const isSignedWith = (one: string) => isSameSecret(txSecret.toLowerCase(), secretOf(one, algorithm, streamId, txTime))
  if (!isSignedWith(key) && !(backup !== null && isSignedWith(backup)))
    return 'unsigned'
  return Number.parseInt(txTime, 16) * 1000 <= now ? 'expired' : undefined
}

function secretOf(key: string, algorithm: StreamKey['algorithm'], streamId: string, txTime: string): string {
  return createHash(algorithm).update(key + streamId + txTime).digest('hex')
}
