import type { Response } from 'express'
import type { CreatedRoom, Room, RoomDetail, RoomsPage } from '../../shared/protocol/rest'
import type { PictureStore } from '../covers/pictureStore'
import type { Authentication } from '../http/authenticate'
import type { OriginOf } from '../http/origin'
import type { RateLimits } from '../http/rateLimit'
import type { MediaProvider } from '../media/MediaProvider'
import type { JudgePicture } from '../moderation/createPictureJudge'
import type { JudgeText } from '../moderation/createTextJudge'
import type { RoomService } from '../rooms/RoomService'
import express, { Router } from 'express'
import { mixStreamIdOf } from '../../shared/domain/ids'
import { COVER_MAX_BYTES, CreateRoom, ROOMS_PAGE_DEFAULT, RoomsQuery, UpdateRoom } from '../../shared/protocol/rest'
import { NotRoomAnchor, RoomEnded, unlessRefused, UnsupportedMediaType } from '../errors'
import { allowText } from '../http/allowText'
import { userOf } from '../http/authenticate'
import { limitRate } from '../http/rateLimit'
import { roomIdOf } from '../http/roomId'
import { parse } from '../http/validate'
import { createKeyedQueue } from '../keyedQueue'

/** A room lasts hours and its anchor may return at any moment; viewers fetch a room anew each time they open it. */
const PUSH_URL_TTL_MS = 24 * 60 * 60_000
const PLAY_URL_TTL_MS = 12 * 60 * 60_000

export interface RoomRoutesOptions {
  readonly rooms: RoomService
  readonly media: Pick<MediaProvider, 'issuePushUrls' | 'playUrls'>
  readonly covers: PictureStore
  readonly judgeText: JudgeText
  readonly judgePicture: JudgePicture
  readonly originOf: OriginOf
  readonly authentication: Authentication
  readonly rates: RateLimits
}

export function roomRoutes({ rooms, media, covers, judgeText, judgePicture, originOf, authentication, rates }: RoomRoutesOptions): Router {
  const router = Router()
  const json = express.json({ limit: '4kb' })
  // Whatever the client calls it: the first bytes decide.
  const picture = express.raw({ type: () => true, limit: COVER_MAX_BYTES })
  const limit = limitRate(rates.rooms)
  /** The covers of a room one after the other: each takes the file of the one before away. */
  const uploads = createKeyedQueue()

  /** A cover that was judged bad, unless another has taken its place. An ended room keeps its word for it, and nothing is there. */
  function takeAway(id: string, cover: string): Promise<void> {
    return uploads.run(id, async () => {
      const room = await rooms.get(id)
      if (room.cover !== cover)
        return
      await rooms.update(id, room.anchor.id, { cover: null }).catch(unlessRefused)
      await covers.remove(cover)
    })
  }

  router.post('/rooms', authentication.required, limit, json, async (request, response) => {
    const anchor = userOf(response)
    const { title } = parse(CreateRoom, request.body)
    await allowText(judgeText, title, 'title', anchor.id)
    const room = await rooms.create(anchor, { title })
    const publish = media.issuePushUrls(room.streamId, PUSH_URL_TTL_MS, originOf(request))
    response.status(201).json({ room, publish } satisfies CreatedRoom)
  })

  router.get('/rooms', authentication.optional, async (request, response) => {
    const { cursor, limit = ROOMS_PAGE_DEFAULT } = parse(RoomsQuery, request.query)
    response.json(await rooms.listOnAir(cursor ?? null, limit) satisfies RoomsPage)
  })

  router.get('/rooms/:id', authentication.optional, async (request, response) => {
    const id = roomIdOf(request)
    if (response.locals.user)
      await rooms.moderation.admit(id, response.locals.user.id)
    const room = await rooms.get(id)
    const origin = originOf(request)
    const isOpen = room.status !== 'ended'
    const play = (streamId: string) => media.playUrls(streamId, PLAY_URL_TTL_MS, origin)
    const detail: RoomDetail = {
      room,
      play: isOpen ? play(room.streamId) : null,
      mixed: isOpen && room.stage.isMixed ? play(mixStreamIdOf(room.id)) : null,
      guests: room.stage.guests.map(({ user, streamId }) => ({ userId: user.id, play: play(streamId) })),
    }
    if (isOpen && response.locals.user?.id === room.anchor.id)
      detail.publish = media.issuePushUrls(room.streamId, PUSH_URL_TTL_MS, origin)
    response.json(detail)
  })

  router.put('/rooms/:id', authentication.required, limit, json, async (request, response) => {
    const { title } = parse(UpdateRoom, request.body)
    await allowText(judgeText, title, 'title', userOf(response).id)
    answer(response, await rooms.update(roomIdOf(request), userOf(response).id, { title }))
  })

  router.delete('/rooms/:id', authentication.required, async (request, response) => {
    answer(response, await rooms.end(roomIdOf(request), userOf(response).id))
  })

  router.put('/rooms/:id/cover', authentication.required, limitRate(rates.covers), picture, async (request, response) => {
    const id = roomIdOf(request)
    const { id: userId } = userOf(response)
    const room = await uploads.run(id, async () => {
      const before = await rooms.get(id)
      if (before.anchor.id !== userId)
        throw NotRoomAnchor(id)
      if (!Buffer.isBuffer(request.body))
        throw UnsupportedMediaType('The body of a cover is the picture itself.')
      if (before.status === 'ended')
        throw RoomEnded(id)
      const after = await rooms.update(id, userId, { cover: await covers.save(id, request.body) })
      if (before.cover !== null && before.cover !== after.cover)
        await covers.remove(before.cover)
      return after
    })
    const { cover } = room
    if (cover !== null)
      judgePicture(cover, userId, () => takeAway(id, cover))
    answer(response, room)
  })

  return router
}

function answer(response: Response, room: Room): void {
  response.json({ room })
}
