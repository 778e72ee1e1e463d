import type { LiveReminder } from '../../shared/protocol/reminder'
import type { Authentication } from '../http/authenticate'
import type { RateLimits } from '../http/rateLimit'
import type { Reminders } from '../reminders/createReminders'
import type { RoomService } from '../rooms/RoomService'
import { Router } from 'express'
import { Forbidden } from '../errors'
import { userOf } from '../http/authenticate'
import { limitRate } from '../http/rateLimit'
import { roomIdOf } from '../http/roomId'

export interface ReminderRoutesOptions {
  readonly reminders: Reminders
  readonly rooms: Pick<RoomService, 'get'>
  readonly authentication: Authentication
  readonly rates: RateLimits
}

/** To be told when the anchor of a room goes live the next time. The room may have ended. */
export function reminderRoutes({ reminders, rooms, authentication, rates }: ReminderRoutesOptions): Router {
  const router = Router()
  router.post('/rooms/:id/reminders', authentication.required, limitRate(rates.rooms), async (request, response) => {
    const { anchor } = await rooms.get(roomIdOf(request))
    const { id } = userOf(response)
    if (id === anchor.id)
      throw Forbidden('Nobody is reminded of themselves.')
    await reminders.add(id, anchor.id)
    response.status(201).json({ anchorId: anchor.id } satisfies LiveReminder)
  })
  return router
}
