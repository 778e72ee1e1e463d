import type { Room } from '../../shared/protocol/rest'
import type { OriginOf } from '../http/origin'
import type { RoomService } from '../rooms/RoomService'
import { Router } from 'express'
import { ROOM_ID } from '../../shared/domain/ids'
import { unlessRefused } from '../errors'
import { escapeHtml } from '../openapi/html'

/** Programs that make a preview of a link read its page and do not follow the app's hash route. */
const PREVIEWERS = /bot|crawler|spider|facebookexternalhit|whatsapp|telegram|slack|discord|twitter|linkedin|embedly/i

/** `/r/<roomId>`: short enough to read aloud, leads into the app. */
export function linkRoutes({ rooms, originOf }: { rooms: Pick<RoomService, 'get'>, originOf: OriginOf }): Router {
  const router = Router()
  router.get('/r/:id', async (request, response) => {
    const { id } = request.params
    if (!ROOM_ID.test(id))
      return response.redirect('/')
    const target = `/#/src/live/pages/room/index?id=${id}`
    if (!PREVIEWERS.test(request.get('user-agent') ?? ''))
      return response.redirect(target) // the app itself says when there is no such room
    const room = await rooms.get(id).catch(unlessRefused)
    response.type('html').send(preview(originOf(request).http, id, target, room))
  })
  return router
}

function preview(origin: string, id: string, target: string, room: Room | undefined): string {
  const title = escapeHtml(room ? `${room.title} · ${room.anchor.nickname}` : '连麦 Lianmai')
  const image = room?.cover ? `<meta property="og:image" content="${origin}${escapeHtml(room.cover)}">` : ''
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title>
<meta property="og:type" content="video.other"><meta property="og:site_name" content="连麦 Lianmai">
<meta property="og:title" content="${title}"><meta property="og:url" content="${origin}/r/${id}">${image}
</head><body><a href="${target}">${title}</a></body></html>
`
}
