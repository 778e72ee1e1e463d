/** The real server, the compiled mini-program pointed at it, and other people who use the server without it. */
import type { Files } from './appJson'
import type { MiniProgram } from './MiniProgram'
import type { Overrides } from '@/server/app'
import type { RoomDetail } from '@/shared/protocol/rest'
import type { Person } from '@/tests/support/person'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startServer } from '../../../server/app'
import { readConfig } from '../../../server/config'
import { createPerson } from '../../support/person'
import { readCode } from './bundle'
import { createMiniProgram } from './MiniProgram'

/** What a build without VITE_SERVER_URL calls. */
const BUILT_IN_SERVER = 'http://127.0.0.1:8080'

/** All these phones and people share one address. */
const PLENTY = { perMinute: 1e6 }

export interface World {
  readonly url: string
  /** The build's code, pointed at this server. */
  readonly files: Files
  /** As everybody may see it. */
  readonly getRoom: (id: string) => Promise<RoomDetail>
  /** A phone with the app on it, not started; closed with the world. */
  readonly createPhone: (overrides?: Record<string, unknown>) => MiniProgram
  /** Somebody with another client. */
  readonly createPerson: (nickname: string) => Promise<Person>
  readonly close: () => Promise<void>
}

/** `env`: settings of the server that differ from its own. `overrides`: who stands in for WeChat. */
export async function createWorld(env: Record<string, string> = {}, overrides: Pick<Overrides, 'weChat' | 'reminderSender'> = {}): Promise<World> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mp-'))
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', RTMP_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env })
  const server = await startServer(config, { rates: { sessions: PLENTY, rooms: PLENTY, covers: PLENTY }, ...overrides })
  const url = server.url.replace('localhost', '127.0.0.1')
  const files = pointAt(readCode(), url)
  const ends: (() => void)[] = []

  return {
    url,
    files,
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
