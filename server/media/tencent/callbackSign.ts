/** How callbacks of Cloud Live prove where they come from: https://cloud.tencent.com/document/product/267/47025 */
import type { SignedMessage } from './callbackMessage'
import { createHash } from 'node:crypto'
import { isSameSecret } from '../../isSameSecret'

/** `t` lies this far ahead when the cloud sends it. */
const CALLBACK_TTL_MS = 10 * 60_000
/** Of their clock and ours. */
const SKEW_MS = 60_000

/** `t`: unix seconds, until when the message is good. */
export const signCallback = (key: string, t: number): string => createHash('md5').update(`${key}${t}`).digest('hex')

/** `now` in unix ms. Undefined: it is from Cloud Live, and fresh. */
export function verifyCallback(key: string, { t, sign }: Pick<SignedMessage, 't' | 'sign'>, now: number): 'unsigned' | 'expired' | undefined {
  if (!isSameSecret(sign.toLowerCase(), signCallback(key, t)))
    return 'unsigned'
  const left = t * 1000 - now
  return left < -SKEW_MS || left > CALLBACK_TTL_MS + SKEW_MS ? 'expired' : undefined
}
