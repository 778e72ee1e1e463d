import type { Logger } from 'pino'
import type { RateLimits } from '../http/rateLimit'
import type { RoomService } from '../rooms/RoomService'
import type { RoomCodes } from '../weChat/roomCodes'
import { Router } from 'express'
import { pictureType } from '../covers/pictureType'
import { CloudUnavailable } from '../errors'
import { limitRate } from '../http/rateLimit'
import { roomIdOf } from '../http/roomId'

export interface RoomCodeRoutesOptions {
  readonly rooms: Pick<RoomService, 'get'>
  readonly codes: RoomCodes
  readonly rates: RateLimits
  readonly log: Pick<Logger, 'warn'>
}

const DAY_SECONDS = 24 * 60 * 60

/** The mini-program code of a room, for posters. It never changes. */
export function roomCodeRoutes({ rooms, codes, rates, log }: RoomCodeRoutesOptions): Router {
  const router = Router()
  router.get('/rooms/:id/code', limitRate(rates.rooms), async (request, response) => {
    const { id } = await rooms.get(roomIdOf(request))
    const picture = await codes.codeOf(id).catch((error: unknown) => {
      log.warn({ part: 'weChat', roomId: id, reason: String(error) }, 'WeChat made no code of a room')
      throw CloudUnavailable('WeChat')
    })
    const type = pictureType(picture)
    if (type === undefined)
      throw CloudUnavailable('WeChat')
    response.type(type).set('Cache-Control', `public, max-age=${DAY_SECONDS}`).send(picture)
  })
  return router
}
