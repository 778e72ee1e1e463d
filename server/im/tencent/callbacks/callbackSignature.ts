import { createHash } from 'node:crypto'
import { isSameSecret } from '../../../isSameSecret'
import { CALLBACK_WINDOW_MS } from '../limits'

/**
 * Whether a callback was signed with our token, and lately: Sign = sha256(token + RequestTime), in hex, RequestTime in unix
 * seconds; `now` in unix milliseconds. It covers the time alone: see callbackRouter.
 * https://www.tencentcloud.com/document/product/1047/34354
 */
export function isCallbackSigned(token: string, query: { readonly Sign?: unknown, readonly RequestTime?: unknown }, now: number): boolean {
  const { Sign, RequestTime } = query
  if (typeof Sign !== 'string' || typeof RequestTime !== 'string' || !/^\d{10}$/.test(RequestTime))
    return false
  const expected = createHash('sha256').update(token + RequestTime).digest('hex')
  return isSameSecret(Sign.toLowerCase(), expected) && Math.abs(now - Number(RequestTime) * 1000) <= CALLBACK_WINDOW_MS
}
