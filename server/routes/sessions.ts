import type { Session } from '../../shared/protocol/rest'
import type { Sessions } from '../auth/sessions'
import type { Chat } from '../chat/createChat'
import type { Authentication } from '../http/authenticate'
import type { RateLimits } from '../http/rateLimit'
import type { RoomService } from '../rooms/RoomService'
import express, { Router } from 'express'
import { CreateSession, UpdateMe } from '../../shared/protocol/rest'
import { userOf } from '../http/authenticate'
import { limitRate } from '../http/rateLimit'
import { parse } from '../http/validate'

export interface SessionRoutesOptions {
  readonly sessions: Sessions
  readonly rooms: Pick<RoomService, 'profileChanged'>
  readonly chat: Pick<Chat, 'profileChanged'>
  readonly authentication: Authentication
  readonly rates: RateLimits
}

export function sessionRoutes({ sessions, rooms, chat, authentication, rates }: SessionRoutesOptions): Router {
  const router = Router()
  const json = express.json({ limit: '4kb' })
  const limit = limitRate(rates.sessions)

  router.post('/sessions', limit, json, async (request, response) => {
    const profile = parse(CreateSession, request.body)
    response.status(201).json(await sessions.open(profile) satisfies Session)
  })

  router.post('/sessions/refresh', limit, authentication.required, async (_request, response) => {
    response.json(await sessions.renew(userOf(response)) satisfies Session)
  })

  router.put('/me', limit, authentication.required, json, async (request, response) => {
    const session = await sessions.update(userOf(response), parse(UpdateMe, request.body))
    chat.profileChanged(session.user)
    await rooms.profileChanged(session.user)
    response.json(session satisfies Session)
  })

  return router
}
