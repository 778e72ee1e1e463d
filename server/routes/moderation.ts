import type { ModerationView } from '../../shared/protocol/moderation'
import type { Authentication } from '../http/authenticate'
import type { RateLimits } from '../http/rateLimit'
import type { RoomService } from '../rooms/RoomService'
import express, { Router } from 'express'
import { ModerationCommand } from '../../shared/protocol/moderation'
import { userOf } from '../http/authenticate'
import { limitRate } from '../http/rateLimit'
import { roomIdOf } from '../http/roomId'
import { parse } from '../http/validate'

export interface ModerationRoutesOptions {
  readonly rooms: Pick<RoomService, 'moderation'>
  readonly authentication: Authentication
  readonly rates: RateLimits
}

export function moderationRoutes({ rooms, authentication, rates }: ModerationRoutesOptions): Router {
  const router = Router()
  const json = express.json({ limit: '4kb' })

  router.get('/rooms/:id/moderation', authentication.required, async (request, response) => {
    response.json(await rooms.moderation.view(roomIdOf(request), userOf(response).id) satisfies ModerationView)
  })

  router.post('/rooms/:id/moderation', authentication.required, limitRate(rates.moderation), json, async (request, response) => {
    response.json(await rooms.moderation.obey(roomIdOf(request), userOf(response).id, parse(ModerationCommand, request.body)) satisfies ModerationView)
  })

  return router
}
