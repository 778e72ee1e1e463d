/**
 * Signed stream URLs, the same in every mode: `txTime` is the expiry in unix seconds as upper-case hex, `txSecret` is
 * md5(key + streamId + txTime) (Tencent Cloud Live, "hotlink protection").
 */
import { createHash, timingSafeEqual } from 'node:crypto'

/** `txSecret=…&txTime=…`. A fraction of a second in `expiresAt` (unix ms) is lost. */
export function signStream(key: string, streamId: string, expiresAt: number): string {
  const txTime = Math.floor(expiresAt / 1000).toString(16).toUpperCase()
  return `txSecret=${secretOf(key, streamId, txTime)}&txTime=${txTime}`
}

/** `now` in unix ms. "expired" is only said of a URL that was genuine. */
export function verifyStream(key: string, streamId: string, query: Readonly<Record<string, unknown>>, now: number): 'unsigned' | 'expired' | undefined {
  const { txSecret, txTime } = query
  // Trap: a repeated parameter may arrive as an array, and parseInt alone would accept "5867D600garbage".
  if (typeof txSecret !== 'string' || typeof txTime !== 'string' || !/^[\da-f]{1,9}$/i.test(txTime))
    return 'unsigned'
  const given = Buffer.from(txSecret.toLowerCase())
  const expected = Buffer.from(secretOf(key, streamId, txTime)) // over txTime exactly as given: its case is signed too
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return 'unsigned'
  return Number.parseInt(txTime, 16) * 1000 <= now ? 'expired' : undefined
}

function secretOf(key: string, streamId: string, txTime: string): string {
  return createHash('md5').update(key + streamId + txTime).digest('hex')
}
