/** The real server, the compiled mini-program pointed at it, and other people who use the server without it. */
import type { ClientMessage, RoomMessage, ServerMessage } from '../../../shared/protocol/ws'
import type { Files } from './bundle'
import type { MiniProgram } from './MiniProgram'
import type { CreatedRoom, RoomDetail, Session } from '@/shared/protocol/rest'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { WebSocket } from 'ws'
import { startServer } from '../../../server/app'
import { readConfig } from '../../../server/config'
import { PROTOCOL_VERSION } from '../../../shared/protocol/ws'
import { readCode } from './bundle'
import { createMiniProgram } from './MiniProgram'

/** What a build without VITE_SERVER_URL calls. */
const BUILT_IN_SERVER = 'http://127.0.0.1:8080'

export interface World {
  readonly url: string
  /** As everybody may see it. */
  readonly getRoom: (id: string) => Promise<RoomDetail>
  /** A phone with the app on it, not started; closed with the world. */
  readonly createPhone: (overrides?: Record<string, unknown>) => MiniProgram
  /** Somebody with another client. */
  readonly createPerson: (nickname: string) => Promise<Person>
  readonly close: () => Promise<void>
}

export interface Person {
  readonly session: Session
  readonly createRoom: (title: string) => Promise<CreatedRoom>
  readonly endRoom: (roomId: string) => Promise<void>
  /** Joins the room's chat. */
  readonly enter: (roomId: string) => Promise<Visit>
}

export interface Visit {
  /** Everything heard in the room so far. */
  readonly heard: readonly RoomMessage[]
  readonly say: (text: string) => void
}

export async function createWorld(): Promise<World> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mp-'))
  const server = await startServer(readConfig({ HOST: '127.0.0.1', PORT: '0', RTMP_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }))
  const url = server.url.replace('localhost', '127.0.0.1')
  const files = pointAt(readCode(), url)
  const ends: (() => void)[] = []

  return {
    url,
    createPhone(overrides) {
      const phone = createMiniProgram(files, overrides)
      ends.push(phone.close)
      return phone
    },
    getRoom: async id => (await fetch(`${url}/api/rooms/${id}`)).json(),
    createPerson: nickname => createPerson(url, nickname, ends),
    async close() {
      ends.forEach(end => end())
      await server.close()
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function pointAt(files: Files, url: string): Files {
  if (!Object.values(files).some(text => text.includes(BUILT_IN_SERVER)))
    throw new Error(`the build does not call ${BUILT_IN_SERVER}: unset VITE_SERVER_URL and build again`)
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [file, text.replaceAll(BUILT_IN_SERVER, url)]))
}

async function createPerson(url: string, nickname: string, ends: (() => void)[]): Promise<Person> {
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
    async enter(roomId) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?token=${session.token}`)
      ends.push(() => socket.terminate())
      const send = (message: ClientMessage) => socket.send(JSON.stringify([message]))
      const heard: RoomMessage[] = []
      await once(socket, 'open')
      const joined = new Promise<void>((resolve) => {
        socket.on('message', (data) => {
          for (const message of JSON.parse(String(data)) as ServerMessage[]) {
            if (message.type === 'joined')
              resolve()
            if ('seq' in message && message.type !== 'joined' && message.type !== 'said')
              heard.push(message)
          }
        })
      })
      send({ type: 'hello', id: 'h', version: PROTOCOL_VERSION })
      send({ type: 'join', id: 'j', roomId })
      await joined
      let said = 0
      return { heard, say: text => send({ type: 'say', id: `${nickname}${++said}`, roomId, text }) }
    },
  }
}
