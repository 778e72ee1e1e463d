/**
 * WeChat's judgement of pictures (mediaCheckAsync, version 2): it fetches the picture by its address, and tells its verdict
 * within 30 minutes by a message of its own, under the trace_id that it answers with now.
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/mediaCheckAsync.html
 */
import type { Clock } from '../clock'
import type { ContentCheck } from '../moderation/ContentCheck'
import type { OpenIdOf } from './openIds'
import type { WeChatClient } from './weChatClient'
import * as v from 'valibot'
import { SCENES } from './textCheck'

const ASK_TIMEOUT_MS = 10_000
/** WeChat's 30 minutes, and some for the way. */
export const VERDICT_WITHIN_MS = 40 * 60_000
/** Pictures whose verdict is awaited; of more, the oldest is let through. */
export const AWAITED_MAX = 1000

const PICTURE = 2
/** What it can look at. WebP is not among it. */
const JUDGED = /\.(?:jpe?g|png|bmp|gif)$/i

const Accepted = v.object({ trace_id: v.pipe(v.string(), v.minLength(1), v.maxLength(128)) })

export interface PictureCheck {
  readonly checkPicture: ContentCheck['checkPicture']
  /** WeChat's verdict has come. @returns false for a trace that nobody waits for: it is of another server, or was told before */
  judged: (traceId: string, isRefused: boolean) => boolean
}

export interface PictureCheckOptions {
  readonly client: Pick<WeChatClient, 'ask'>
  readonly openIdOf: OpenIdOf
  readonly clock: Pick<Clock, 'now'>
}

export function createPictureCheck({ client, openIdOf, clock }: PictureCheckOptions): PictureCheck {
  /** By trace, oldest first. */
  const awaited = new Map<string, { readonly onRefused: () => void, readonly until: number }>()

  function forget(): void {
    for (const [traceId, { until }] of awaited) {
      if (until > clock.now() && awaited.size < AWAITED_MAX)
        return
      awaited.delete(traceId)
    }
  }

  return {
    async checkPicture(url, userId, onRefused) {
      const openId = JUDGED.test(url) ? await openIdOf(userId) : undefined
      if (openId === undefined)
        return
      const body = { media_url: url, media_type: PICTURE, version: 2, scene: SCENES.nickname, openid: openId }
      const { trace_id: traceId } = await client.ask({ method: 'POST', path: '/wxa/media_check_async', body, timeoutMs: ASK_TIMEOUT_MS, isRepeatable: true }, Accepted)
      forget()
      awaited.set(traceId, { onRefused, until: clock.now() + VERDICT_WITHIN_MS })
    },
    judged(traceId, isRefused) {
      const picture = awaited.get(traceId)
      awaited.delete(traceId)
      if (!picture || picture.until <= clock.now())
        return false
      if (isRefused)
        picture.onRefused()
      return true
    },
  }
}
