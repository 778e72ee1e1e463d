import type { Session } from '../../shared/protocol/rest'
import type { AccountSystem } from '../auth/external/AccountSystem'
import type { Sessions } from '../auth/sessions'
import type { RateLimits } from '../http/rateLimit'
import type { JudgeText } from '../moderation/createTextJudge'
import express, { Router } from 'express'
import { CreateExternalSession } from '../../shared/protocol/rest'
import { BadRequest, TextBlocked } from '../errors'
import { limitRate } from '../http/rateLimit'
import { parse } from '../http/validate'

export interface AccountSystemRoutesOptions {
  readonly accountSystem: AccountSystem
  readonly sessions: Sessions
  readonly judgeText: JudgeText
  readonly rates: RateLimits
}

/** In with an account of another system. */
export function accountSystemRoutes({ accountSystem, sessions, judgeText, rates }: AccountSystemRoutesOptions): Router {
  const router = Router()
  router.post('/sessions/external', limitRate(rates.sessions), express.json({ limit: '16kb' }), async (request, response) => {
    const { token, ...given } = parse(CreateExternalSession, request.body)
    const { id, ...told } = await accountSystem.personOf(token)
    const nickname = await firstAllowed(judgeText, [told.nickname, given.nickname])
    const session = await sessions.open({ nickname, avatar: told.avatar ?? given.avatar }, { kind: 'external', id })
    response.status(201).json(session satisfies Session)
  })
  return router
}

/** A name that another system lets through may be none here: then the one that the person brought has its turn. */
async function firstAllowed(judgeText: JudgeText, nicknames: readonly (string | undefined)[]): Promise<string> {
  const some = nicknames.filter(nickname => nickname !== undefined)
  if (some.length === 0)
    throw BadRequest('nickname: the account system tells none, so send one')
  for (const nickname of some) {
    if (await judgeText(nickname, 'nickname', '') === 'fine')
      return nickname
  }
  throw TextBlocked()
}
