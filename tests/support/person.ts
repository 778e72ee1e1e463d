/** Somebody with a client of their own: REST and a socket, no app. What they send and play is the test's business. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { LinkMicCommand, LinkMicView } from '@/shared/protocol/linkMic'
import type { ModerationCommand, ModerationView } from '@/shared/protocol/moderation'
import type { CreatedRoom, LinkMicAnswer, Session } from '@/shared/protocol/rest'
import type { ClientMessage, RoomMessage, ServerMessage } from '@/shared/protocol/ws'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { PROTOCOL_VERSION } from '@/shared/protocol/ws'

export interface Person {
  readonly session: Session
  readonly createRoom: (title: string) => Promise<CreatedRoom>
  readonly endRoom: (roomId: string) => Promise<void>
  readonly linkMic: (roomId: string, command: LinkMicCommand) => Promise<LinkMicAnswer>
  readonly getLinkMic: (roomId: string) => Promise<LinkMicAnswer>
  /** As the room's anchor. */
  readonly moderate: (roomId: string, command: ModerationCommand) => Promise<ModerationView>
  /** Joins the room's chat. */
  readonly enter: (roomId: string) => Promise<Visit>
}

export interface Visit {
  /** Everything heard in the room so far. */
  readonly heard: readonly RoomMessage[]
  /** How they have stood in the room's link-mic, newest last. */
  readonly views: readonly LinkMicView[]
  /** Codes of what was refused, newest last. */
  readonly refusals: readonly ErrorCode[]
  readonly say: (text: string) => void
}

/** `ends` gets what closes their sockets. */
export async function createPerson(url: string, nickname: string, ends: (() => void)[]): Promise<Person> {
  const call = async (method: string, path: string, body?: object, token?: string) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: body && JSON.stringify(body),
    })
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const session: Session = await call('POST', '/api/sessions', { nickname })
  return {
    session,
    createRoom: title => call('POST', '/api/rooms', { title }, session.token),
    endRoom: roomId => call('DELETE', `/api/rooms/${roomId}`, undefined, session.token),
    linkMic: (roomId, command) => call('POST', `/api/rooms/${roomId}/link-mic`, command, session.token),
    getLinkMic: roomId => call('GET', `/api/rooms/${roomId}/link-mic`, undefined, session.token),
    moderate: (roomId, command) => call('POST', `/api/rooms/${roomId}/moderation`, command, session.token),
    async enter(roomId) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?token=${session.token}`)
      ends.push(() => socket.terminate())
      const send = (message: ClientMessage) => socket.send(JSON.stringify([message]))
      const heard: RoomMessage[] = []
      const views: LinkMicView[] = []
      const refusals: ErrorCode[] = []
      await once(socket, 'open')
      const joined = new Promise<void>((resolve) => {
        socket.on('message', (data) => {
          for (const message of JSON.parse(String(data)) as ServerMessage[]) {
            if (message.type === 'joined')
              resolve()
            else if (message.type === 'linkMic')
              views.push(message.view)
            else if (message.type === 'failed')
              refusals.push(message.code)
            else if ('seq' in message && message.type !== 'said')
              heard.push(message)
          }
        })
      })
      send({ type: 'hello', id: 'h', version: PROTOCOL_VERSION })
      send({ type: 'join', id: 'j', roomId })
      await joined
      let said = 0
      return { heard, views, refusals, say: text => send({ type: 'say', id: `${nickname}${++said}`, roomId, text }) }
    },
  }
}
