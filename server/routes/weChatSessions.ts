import type { Logger } from 'pino'
import type { Session } from '../../shared/protocol/rest'
import type { Sessions } from '../auth/sessions'
import type { WeChatAccounts, WeChatPerson } from '../auth/WeChatAccounts'
import type { RateLimits } from '../http/rateLimit'
import type { JudgeText } from '../moderation/createTextJudge'
import express, { Router } from 'express'
import { CreateWeChatSession } from '../../shared/protocol/rest'
import { NAMELESS, withFineName } from '../auth/fineName'
import { CloudUnavailable, Forbidden, WeChatCodeRefused } from '../errors'
import { allowText } from '../http/allowText'
import { limitRate } from '../http/rateLimit'
import { parse } from '../http/validate'
import { WeChatError } from '../weChat/WeChatError'

export interface WeChatSessionRoutesOptions {
  readonly sessions: Pick<Sessions, 'open' | 'update'>
  readonly weChat: WeChatAccounts
  readonly judgeText: JudgeText
  readonly rates: RateLimits
  readonly log: Pick<Logger, 'warn'>
}

const MINUTE_MS = 60_000

/** For who must be somebody of WeChat's, and not a guest: says why they are not. */
export function weChatSessionRoutes({ sessions, weChat, judgeText, rates, log }: WeChatSessionRoutesOptions): Router {
  const router = Router()

  /** @throws AppError */
  async function identify(code: string): Promise<WeChatPerson> {
    const person = await weChat.identify(code).catch((error: unknown) => {
      log.warn({ part: 'weChat', reason: String(error) }, 'WeChat did not say who somebody is')
      const trouble = error instanceof WeChatError ? error.trouble : 'busy'
      throw trouble === 'blocked'
        ? Forbidden('WeChat keeps this person out of mini-programs.')
        : CloudUnavailable('WeChat', trouble === 'limited' ? MINUTE_MS : undefined)
    })
    if (!person)
      throw WeChatCodeRefused()
    return person
  }

  router.post('/sessions/wechat', limitRate(rates.sessions), express.json({ limit: '4kb' }), async (request, response) => {
    const { code, nickname = NAMELESS, avatar } = parse(CreateWeChatSession, request.body)
    await allowText(judgeText, nickname, 'nickname', '')
    const session = await sessions.open({ nickname, avatar }, { kind: 'weChat', ...await identify(code) })
    response.status(201).json(await withFineName(session, nickname, { sessions, judgeText }) satisfies Session)
  })

  return router
}
