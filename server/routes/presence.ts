import type { PresenceAnswer } from '../../shared/protocol/presence'
import type { Authentication } from '../http/authenticate'
import type { RateLimits } from '../http/rateLimit'
import type { PresenceDoor } from '../im/PresenceDoor'
import { Router } from 'express'
import { PRESENCE_INTERVAL_MS, PresenceQuery } from '../../shared/protocol/presence'
import { userOf } from '../http/authenticate'
import { limitRate } from '../http/rateLimit'
import { roomIdOf } from '../http/roomId'
import { parse } from '../http/validate'

export interface PresenceRoutesOptions {
  readonly presence: PresenceDoor
  readonly authentication: Authentication
  readonly rates: RateLimits
}

/** Where somebody else's service carries the chat, apps tell here who is in a room. */
export function presenceRoutes({ presence, authentication, rates }: PresenceRoutesOptions): Router {
  const router = Router()
  const limit = limitRate(rates.presence)

  router.put('/rooms/:id/presence', authentication.required, limit, async (request, response) => {
    const { visit, fresh } = parse(PresenceQuery, request.query)
    const group = await presence.beat(roomIdOf(request), userOf(response), { visitId: visit, isFresh: fresh !== undefined })
    response.json({ againInMs: PRESENCE_INTERVAL_MS, group } satisfies PresenceAnswer)
  })

  router.delete('/rooms/:id/presence', authentication.required, limit, (request, response) => {
    presence.leave(roomIdOf(request), userOf(response).id, parse(PresenceQuery, request.query).visit)
    response.json({ againInMs: null } satisfies PresenceAnswer)
  })

  return router
}
