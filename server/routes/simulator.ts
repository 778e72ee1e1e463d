import type { SimulatedStream } from '../../shared/protocol/simulator'
import type { Authentication } from '../http/authenticate'
import type { RateLimits } from '../http/rateLimit'
import type { RoomService } from '../rooms/RoomService'
import type { SimulatedStreams } from '../simulatedStreams'
import express, { Router } from 'express'
import { streamIdOf } from '../../shared/domain/ids'
import { SimulateStream } from '../../shared/protocol/simulator'
import { Forbidden, RoomEnded } from '../errors'
import { userOf } from '../http/authenticate'
import { limitRate } from '../http/rateLimit'
import { roomIdOf } from '../http/roomId'
import { parse } from '../http/validate'

export interface SimulatorRoutesOptions {
  readonly streams: SimulatedStreams
  readonly rooms: Pick<RoomService, 'get' | 'canPublish'>
  readonly authentication: Authentication
  readonly rates: RateLimits
}

/** For who may publish a stream and has nothing to publish it with. Outside production only. */
export function simulatorRoutes({ streams, rooms, authentication, rates }: SimulatorRoutesOptions): Router {
  const router = Router()
  router.post('/rooms/:id/simulated-stream', authentication.required, limitRate(rates.linkMic), express.json({ limit: '1kb' }), async (request, response) => {
    const { isOn } = parse(SimulateStream, request.body)
    const { id, status } = await rooms.get(roomIdOf(request))
    const streamId = streamIdOf(id, userOf(response).id)
    if (!isOn)
      streams.takeBack(streamId)
    else if (status === 'ended')
      throw RoomEnded(id)
    else if (!rooms.canPublish(streamId))
      throw Forbidden('Only the anchor, and guests with a seat, have a stream in this room.')
    else
      await streams.lend(streamId)
    response.json({ isOn } satisfies SimulatedStream)
  })
  return router
}
