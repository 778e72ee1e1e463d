import type { Response } from 'express'
import type { Logger } from 'pino'
import type { Session, User } from '../../shared/protocol/rest'
import type { Profile } from '../auth/accounts'
import type { Identity } from '../auth/Identity'
import type { Sessions } from '../auth/sessions'
import type { WeChatAccounts } from '../auth/WeChatAccounts'
import type { Chat } from '../chat/createChat'
import type { PictureStore } from '../covers/pictureStore'
import type { Authentication } from '../http/authenticate'
import type { RateLimits } from '../http/rateLimit'
import type { JudgePicture } from '../moderation/createPictureJudge'
import type { JudgeText } from '../moderation/createTextJudge'
import type { RoomService } from '../rooms/RoomService'
import express, { Router } from 'express'
import { CreateSession, PICTURE_MAX_BYTES, UpdateMe } from '../../shared/protocol/rest'
import { withFineName } from '../auth/fineName'
import { CloudUnavailable, GuestsOff, UnsupportedMediaType } from '../errors'
import { allowText } from '../http/allowText'
import { userOf } from '../http/authenticate'
import { limitRate } from '../http/rateLimit'
import { parse } from '../http/validate'
import { createKeyedQueue } from '../keyedQueue'

export interface SessionRoutesOptions {
  readonly sessions: Sessions
  readonly pictures: PictureStore
  readonly judgeText: JudgeText
  readonly judgePicture: JudgePicture
  readonly weChat?: WeChatAccounts
  /** Whether a nickname is enough. */
  readonly hasGuests: boolean
  readonly rooms: Pick<RoomService, 'profileChanged'>
  readonly chat: Pick<Chat, 'profileChanged'>
  readonly authentication: Authentication
  readonly rates: RateLimits
  readonly log: Pick<Logger, 'warn'>
}

export function sessionRoutes({ sessions, pictures, judgeText, judgePicture, weChat, hasGuests, rooms, chat, authentication, rates, log }: SessionRoutesOptions): Router {
  const router = Router()
  const json = express.json({ limit: '4kb' })
  // Whatever the client calls it: the first bytes decide.
  const body = express.raw({ type: () => true, limit: PICTURE_MAX_BYTES })
  const limit = limitRate(rates.sessions)
  /** Changes of one person one after the other: each takes the file of the one before away. */
  const changes = createKeyedQueue()

  /** Nobody waits for WeChat in vain: without an answer they are a guest like others, where there are guests. */
  async function identityOf(code: string | undefined): Promise<Identity | undefined> {
    if (code === undefined)
      return undefined
    const person = await weChat?.identify(code).catch((error: unknown): undefined => {
      log.warn({ part: 'weChat', reason: String(error) }, 'WeChat was asked who somebody is, and did not answer')
      if (!hasGuests)
        throw CloudUnavailable('WeChat')
      return undefined
    })
    return person && { kind: 'weChat', ...person }
  }

  function change(user: User, profileOf: (user: User) => Promise<Profile> | Profile): Promise<Session> {
    return changes.run(user.id, async () => {
      const before = await sessions.current(user)
      const changed = await sessions.update(before, await profileOf(before))
      chat.profileChanged(changed.user)
      await rooms.profileChanged(changed.user)
      if (before.picture !== undefined && before.picture !== changed.user.picture)
        await pictures.remove(before.picture) // when nobody is shown it any more
      return changed
    })
  }

  async function answerChange(response: Response, profileOf: (user: User) => Promise<Profile> | Profile): Promise<void> {
    response.json(await change(userOf(response), profileOf) satisfies Session)
  }

  router.post('/sessions', limit, json, async (request, response) => {
    const { wechatCode, ...profile } = parse(CreateSession, request.body)
    await allowText(judgeText, profile.nickname, 'nickname', '')
    const identity = await identityOf(wechatCode)
    if (identity === undefined && !hasGuests)
      throw GuestsOff()
    const session = await sessions.open(profile, identity)
    response.status(201).json(await withFineName(session, profile.nickname, { sessions, judgeText }) satisfies Session)
  })

  router.post('/sessions/refresh', limit, authentication.required, async (_request, response) => {
    response.json(await sessions.renew(userOf(response)) satisfies Session)
  })

  router.put('/me', limit, authentication.required, json, async (request, response) => {
    const profile = parse(UpdateMe, request.body)
    if (profile.nickname !== undefined)
      await allowText(judgeText, profile.nickname, 'nickname', userOf(response).id)
    await answerChange(response, () => ({ ...profile, ...(profile.avatar !== undefined && { picture: null }) }))
  })

  router.put('/me/picture', authentication.required, limitRate(rates.covers), body, async (request, response) => {
    const picture: unknown = request.body
    if (!Buffer.isBuffer(picture))
      throw UnsupportedMediaType('The body is the picture itself.')
    const user = userOf(response)
    const session = await change(user, async () => ({ picture: `/pictures/${await pictures.save(user.id, picture)}` }))
    const path = session.user.picture!
    judgePicture(path, user.id, () => change(user, now => now.picture === path ? { picture: null } : {}))
    response.json(session satisfies Session)
  })

  router.delete('/me/picture', limit, authentication.required, async (_request, response) => {
    await answerChange(response, () => ({ picture: null }))
  })

  return router
}
