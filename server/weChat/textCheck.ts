/**
 * WeChat's judgement of texts (msgSecCheck, version 2). It judges people of its own only, and only who used the mini-program in
 * the last two hours; everybody else passes.
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/msgSecCheck.html
 */
import type { Logger } from 'pino'
import type { Clock } from '../clock'
import type { ContentCheck, TextPlace } from '../moderation/ContentCheck'
import type { OpenIdOf } from './openIds'
import type { WeChatClient } from './weChatClient'
import * as v from 'valibot'
import { WeChatError } from './WeChatError'

/** Somebody waits to be heard. */
const TEXT_TIMEOUT_MS = 900
/** When WeChat cannot judge, chat does not wait for each of its messages. */
export const TEXT_PAUSE_MS = 10_000

/** 1 a profile, 2 a comment, 3 a forum, 4 a social diary. */
export const SCENES = { nickname: 1, chat: 2, title: 4 } as const satisfies Record<TextPlace, number>

/** "risky" is refused. "review" would be for a person to look at, and nobody does: it passes. */
export const Verdict = v.object({ suggest: v.picklist(['pass', 'review', 'risky']) })
const Judged = v.object({ result: Verdict })

export interface TextCheckOptions {
  readonly client: Pick<WeChatClient, 'ask'>
  readonly openIdOf: OpenIdOf
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<Logger, 'warn'>
}

export function createTextCheck({ client, openIdOf, clock, log }: TextCheckOptions): ContentCheck['isTextFine'] {
  let pausedUntil = 0

  return async (text, place, userId) => {
    const openId = clock.now() < pausedUntil ? undefined : await openIdOf(userId)
    if (openId === undefined)
      return true
    try {
      const body = { version: 2, openid: openId, scene: SCENES[place], content: text }
      const { result } = await client.ask({ method: 'POST', path: '/wxa/msg_sec_check', body, timeoutMs: TEXT_TIMEOUT_MS, isRepeatable: true }, Judged)
      return result.suggest !== 'risky'
    }
    catch (error) {
      if (error instanceof WeChatError && error.trouble === 'away')
        return true
      if (error instanceof WeChatError && error.trouble === 'request') // about this text alone
        throw error
      pausedUntil = clock.now() + TEXT_PAUSE_MS
      log.warn({ part: 'weChat', reason: String(error), pauseMs: TEXT_PAUSE_MS }, 'WeChat could not judge a text: none is shown to it for a while')
      throw error
    }
  }
}
