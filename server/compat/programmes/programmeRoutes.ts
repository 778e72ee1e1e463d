/** Leads players to the stream of the moment, where the media cannot carry a programme: the mix while there is one, else the anchor's. */
import type { OriginOf } from '../../http/origin'
import type { WeappDoor } from '../../rooms/WeappDoor'
import type { ProgrammeAddressesOptions } from './programmeAddresses'
import { Router } from 'express'
import { mixStreamIdOf, programmeStreamIdOf, ROOM_ID } from '../../../shared/domain/ids'
import { Forbidden, NotFound } from '../../errors'
import { verifyStream } from '../../media/urlAuth'
import { flvUrlOf, PROGRAMME_PATH } from './programmeAddresses'

export interface ProgrammeRoutesOptions extends ProgrammeAddressesOptions {
  readonly rooms: Pick<WeappDoor, 'find'>
  readonly originOf: OriginOf
}

export function programmeRoutes({ media, playKey, clock, rooms, originOf }: ProgrammeRoutesOptions): Router {
  const router = Router()

  router.get(`${PROGRAMME_PATH}/:file`, (request, response) => {
    response.set({ 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*' })
    const [id, ...rest] = request.params.file.split('.')
    if (!ROOM_ID.test(id) || rest.join('.') !== 'flv')
      throw NotFound('This stream')
    const refusal = verifyStream(playKey, programmeStreamIdOf(id), request.query, clock.now())
    if (refusal)
      throw Forbidden(refusal === 'expired' ? 'This URL has expired.' : 'This URL is not signed, or for another stream.')
    const room = rooms.find(id)
    if (!room)
      throw NotFound('This stream')
    response.redirect(flvUrlOf(media, room.stage.isMixed ? mixStreamIdOf(id) : room.streamId, originOf(request)))
  })

  return router
}
