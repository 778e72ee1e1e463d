/** The REST API of our own server, parsed at the door with the shared schemas. */
import type { HttpRequest, Method } from './httpRequest'
import type { Profile } from './sessionGate'
import type { LoginCode } from '@/src/ports/LoginCode'
import type { Picture, RoomApi } from '@/src/ports/RoomApi'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'
import { CreatedRoom, LinkMicAnswer, RoomAudience, RoomDetail, RoomOnly, RoomsPage, Session } from '@/shared/protocol/rest'
import { parseAnswer } from './httpRequest'
import { readPicture } from './readPicture'
import { createSessionGate } from './sessionGate'

export interface RoomApiOptions {
  readonly request: HttpRequest
  readonly keeper: SessionKeeper
  /** Sent with every new session. */
  readonly loginCode: LoginCode
  /** For somebody who is here for the first time. */
  readonly newProfile: () => Profile
}

export function createRoomApi({ request, keeper, loginCode, newProfile }: RoomApiOptions): RoomApi {
  const gate = createSessionGate(keeper, {
    open: async ({ nickname, avatar }) => parseAnswer(Session, await request({ method: 'POST', path: '/api/sessions', body: { nickname, avatar, wechatCode: await loginCode() } })),
    renew: async token => parseAnswer(Session, await request({ method: 'POST', path: '/api/sessions/refresh', token })),
  }, newProfile)

  const call = (method: Method, path: string, body?: object, contentType?: string) =>
    gate.withToken(token => request({ method, path, token, body, contentType }))
  async function send(path: string, picture: Picture) {
    const { bytes, type } = await readPicture(picture)
    return call('PUT', path, bytes, type)
  }
  function keep(answer: unknown) {
    const session = parseAnswer(Session, answer)
    keeper.keep(session)
    return session
  }
  const read = (path: string) => gate.withTokenIfAny(token => request({ method: 'GET', path, token }))
  const pathOf = (roomId: string) => `/api/rooms/${encodeURIComponent(roomId)}`

  return {
    createSession: gate.open,
    refreshSession: gate.renew,
    updateMe: async profile => keep(await call('PUT', '/api/me', profile)),
    setPicture: async picture => keep(await send('/api/me/picture', picture)),
    listRooms: async cursor => parseAnswer(RoomsPage, await read(`/api/rooms${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`)),
    getRoom: async roomId => parseAnswer(RoomDetail, await read(pathOf(roomId))),
    createRoom: async room => parseAnswer(CreatedRoom, await call('POST', '/api/rooms', room)),
    updateRoom: async (roomId, change) => parseAnswer(RoomOnly, await call('PUT', pathOf(roomId), change)).room,
    endRoom: async roomId => parseAnswer(RoomOnly, await call('DELETE', pathOf(roomId))).room,
    uploadCover: async (roomId, picture) => parseAnswer(RoomOnly, await send(`${pathOf(roomId)}/cover`, picture)).room,
    getAudience: async roomId => parseAnswer(RoomAudience, await call('GET', `${pathOf(roomId)}/audience`)),
    getLinkMic: async roomId => parseAnswer(LinkMicAnswer, await call('GET', `${pathOf(roomId)}/link-mic`)),
    linkMic: async (roomId, command) => parseAnswer(LinkMicAnswer, await call('POST', `${pathOf(roomId)}/link-mic`, command)),
  }
}
