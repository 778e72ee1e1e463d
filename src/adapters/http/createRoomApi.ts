/** The REST API of our own server, parsed at the door with the shared schemas. */
import type { HttpRequest, Method } from './httpRequest'
import type { Profile } from './sessionGate'
import type { AccountToken } from '@/src/ports/AccountToken'
import type { LoginCode } from '@/src/ports/LoginCode'
import type { Picture, RoomApi } from '@/src/ports/RoomApi'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'
import { ModerationView } from '@/shared/protocol/moderation'
import { CreatedRoom, LinkMicAnswer, RoomAudience, RoomDetail, RoomOnly, RoomsPage, Session } from '@/shared/protocol/rest'
import { parseAnswer } from './httpRequest'
import { readPicture } from './readPicture'
import { createSessionGate, isRefusal } from './sessionGate'

export interface RoomApiOptions {
  readonly request: HttpRequest
  readonly keeper: SessionKeeper
  /** Sent with every new session. */
  readonly loginCode: LoginCode
  /** Undefined where no other account system brings people along. */
  readonly accountToken?: AccountToken
  /** For somebody who is here for the first time. */
  readonly newProfile: () => Profile
}

export function createRoomApi({ request, keeper, loginCode, accountToken, newProfile }: RoomApiOptions): RoomApi {
  const post = async (path: string, body: object) => parseAnswer(Session, await request({ method: 'POST', path, body }))
  const gate = createSessionGate(keeper, {
    async open({ nickname, avatar }) {
      const token = await accountToken?.()
      try {
        if (token !== undefined)
          return await post('/api/sessions/external', { nickname, avatar, token })
      }
      catch (cause) {
        if (!isRefusal(cause, 'TOKEN_REFUSED'))
          throw cause
      }
      return post('/api/sessions', { nickname, avatar, wechatCode: await loginCode() })
    },
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
    getModeration: async roomId => parseAnswer(ModerationView, await call('GET', `${pathOf(roomId)}/moderation`)),
    moderate: async (roomId, command) => parseAnswer(ModerationView, await call('POST', `${pathOf(roomId)}/moderation`, command)),
  }
}
