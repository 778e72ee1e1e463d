/**
 * What WeChat tells us by itself (message push, plain text, JSON). Who calls is known by a signature over token, timestamp and
 * nonce; each is good once, for a while.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
 */
import type { Clock } from '../clock'
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { ReplayMemory } from '../http/ReplayMemory'
import { isSameSecret } from '../isSameSecret'
import { Verdict } from './textCheck'

export const SIGNATURE_WITHIN_MS = 10 * 60_000
/** Signatures that were good and may not come again; of more within ten minutes, the oldest is forgotten. */
const REMEMBERED_MAX = 10_000

const text = (max: number) => v.pipe(v.string(), v.maxLength(max))
export const PushQuery = v.object({ signature: text(64), timestamp: v.pipe(v.string(), v.regex(/^\d{1,12}$/)), nonce: text(64), echostr: v.optional(v.pipe(v.string(), v.regex(/^[\w+/=.-]{1,256}$/))) })
export type PushQuery = v.InferOutput<typeof PushQuery>

/** Without a result, WeChat could not look at the picture. Other events have no trace. */
export const PushEvent = v.object({ MsgType: text(64), Event: v.optional(text(64)), appid: v.optional(text(64)), trace_id: v.optional(text(128)), result: v.optional(Verdict) })
export type PushEvent = v.InferOutput<typeof PushEvent>

export type CallerVerdict = 'genuine' | 'forged' | 'stale' | 'replayed'

export function createCallerCheck({ token, clock }: { token: string, clock: Pick<Clock, 'now'> }): (query: PushQuery) => CallerVerdict {
  const memory = new ReplayMemory(2 * SIGNATURE_WITHIN_MS, REMEMBERED_MAX) // its timestamp may be ahead of us

  return ({ signature, timestamp, nonce }) => {
    const now = clock.now()
    if (!isSameSecret(signature, signatureOf(token, timestamp, nonce)))
      return 'forged'
    if (Math.abs(now - Number(timestamp) * 1000) > SIGNATURE_WITHIN_MS)
      return 'stale'
    return memory.isReplay(signature, now) ? 'replayed' : 'genuine'
  }
}

export function signatureOf(token: string, timestamp: string, nonce: string): string {
  return createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex')
}
