import type { Request, Response } from 'express'
import type { LinkMicView } from '../../shared/protocol/linkMic'
import type { LinkMicAnswer, RoomAudience } from '../../shared/protocol/rest'
import type { Authentication } from '../http/authenticate'
import type { OriginOf } from '../http/origin'
import type { RateLimits } from '../http/rateLimit'
import type { MediaProvider } from '../media/MediaProvider'
import type { RoomService } from '../rooms/RoomService'
import express, { Router } from 'express'
import { streamIdOf } from '../../shared/domain/ids'
import { LinkMicCommand } from '../../shared/protocol/linkMic'
import { userOf } from '../http/authenticate'
import { limitRate } from '../http/rateLimit'
import { roomIdOf } from '../http/roomId'
import { parse } from '../http/validate'

/** A guest stays for as long as the room may last; with every publication the seat itself is judged. */
const GUEST_PUSH_URL_TTL_MS = 12 * 60 * 60_000

export interface LinkMicRoutesOptions {
  readonly rooms: Pick<RoomService, 'audience' | 'linkMic'>
  readonly media: Pick<MediaProvider, 'issuePushUrls'>
  readonly originOf: OriginOf
  readonly authentication: Authentication
  readonly rates: RateLimits
}

export function linkMicRoutes({ rooms, media, originOf, authentication, rates }: LinkMicRoutesOptions): Router {
  const router = Router()
  const json = express.json({ limit: '4kb' })
  const limit = limitRate(rates.linkMic)

  /** Where to publish is for who holds a seat. */
  function answer(request: Request, response: Response, view: LinkMicView): void {
    const { id } = userOf(response)
    const publish = view.seat === null ? undefined : media.issuePushUrls(streamIdOf(view.roomId, id), GUEST_PUSH_URL_TTL_MS, originOf(request))
    response.json({ view, publish } satisfies LinkMicAnswer)
  }

  router.get('/rooms/:id/link-mic', authentication.required, async (request, response) => {
    answer(request, response, await rooms.linkMic.view(roomIdOf(request), userOf(response).id))
  })

  router.post('/rooms/:id/link-mic', authentication.required, limit, json, async (request, response) => {
    answer(request, response, await rooms.linkMic.obey(roomIdOf(request), userOf(response), parse(LinkMicCommand, request.body)))
  })

  router.get('/rooms/:id/audience', authentication.required, async (request, response) => {
    response.json(await rooms.audience(roomIdOf(request), userOf(response).id) satisfies RoomAudience)
  })

  return router
}
