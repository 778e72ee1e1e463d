import type { HttpRequest, Method } from './httpRequest'
import type { Profile } from './sessionGate'
/** The REST API of our own server, parsed at the door with the shared schemas. */
import type { RoomApi } from '@/src/ports/RoomApi'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'
import { CreatedRoom, LinkMicAnswer, RoomAudience, RoomDetail, RoomOnly, RoomsPage, Session } from '@/shared/protocol/rest'
import { parseAnswer } from './httpRequest'
import { readPicture } from './readPicture'
import { createSessionGate } from './sessionGate'

export interface RoomApiOptions {
  readonly request: HttpRequest
  readonly keeper: SessionKeeper
  /** For somebody who is here for the first time. */
  readonly newProfile: () => Profile
}

export function createRoomApi({ request, keeper, newProfile }: RoomApiOptions): RoomApi {
  const gate = createSessionGate(keeper, {
    open: async ({ nickname, avatar }) => parseAnswer(Session, await request({ method: 'POST', path: '/api/sessions', body: { nickname, avatar } })),
    renew: async token => parseAnswer(Session, await request({ method: 'POST', path: '/api/sessions/refresh', token })),
  }, newProfile)

  const call = (method: Method, path: string, body?: object, contentType?: string) =>
    gate.withToken(token => request({ method, path, token, body, contentType }))
  const read = (path: string) => gate.withTokenIfAny(token => request({ method: 'GET', path, token }))
  const pathOf = (roomId: string) => `/api/rooms/${encodeURIComponent(roomId)}`

  return {
    createSession: gate.open,
    refreshSession: gate.renew,
    async updateMe(profile) {
      const session = parseAnswer(Session, await call('PUT', '/api/me', profile))
      keeper.keep(session)
      return session
    },
    listRooms: async cursor => parseAnswer(RoomsPage, await read(`/api/rooms${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`)),
    getRoom: async roomId => parseAnswer(RoomDetail, await read(pathOf(roomId))),
    createRoom: async room => parseAnswer(CreatedRoom, await call('POST', '/api/rooms', room)),
    updateRoom: async (roomId, change) => parseAnswer(RoomOnly, await call('PUT', pathOf(roomId), change)).room,
    endRoom: async roomId => parseAnswer(RoomOnly, await call('DELETE', pathOf(roomId))).room,
    async uploadCover(roomId, picture) {
      const { bytes, type } = await readPicture(picture)
      return parseAnswer(RoomOnly, await call('PUT', `${pathOf(roomId)}/cover`, bytes, type)).room
    },
    getAudience: async roomId => parseAnswer(RoomAudience, await call('GET', `${pathOf(roomId)}/audience`)),
    getLinkMic: async roomId => parseAnswer(LinkMicAnswer, await call('GET', `${pathOf(roomId)}/link-mic`)),
    linkMic: async (roomId, command) => parseAnswer(LinkMicAnswer, await call('POST', `${pathOf(roomId)}/link-mic`, command)),
  }
}
