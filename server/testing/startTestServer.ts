/** The whole server, by its real door, on free loopback ports and in a folder of its own. */
import type { GenericSchema, InferOutput } from 'valibot'
import type { CreatedRoom, Session } from '../../shared/protocol/rest'
import type { Overrides, Server } from '../app'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as v from 'valibot'
import * as rest from '../../shared/protocol/rest'
import { startServer } from '../app'
import { readConfig } from '../config'

export interface TestServer extends Server {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  readonly dataDir: string
  /** What the server has logged, line by line. */
  readonly logLines: string[]
  call: (method: string, path: string, request?: CallOptions) => Promise<Answer>
  openSession: (nickname?: string) => Promise<Session>
  createRoom: (token: string, title?: string) => Promise<CreatedRoom>
  /** Stops the server and removes its folder. */
  stop: () => Promise<void>
}

export interface CallOptions {
  readonly token?: string
  /** Sent as JSON; a Buffer or a string is sent as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: any
  /** Throws unless the body is what the protocol says. */
  as: <Schema extends GenericSchema>(schema: Schema) => InferOutput<Schema>
}

export interface TestServerOptions extends Overrides {
  readonly env?: Readonly<Record<string, string>>
  /** Of an earlier server, to see what a restart finds. */
  readonly dataDir?: string
}

export async function startTestServer({ env = {}, dataDir = mkdtempSync(path.join(tmpdir(), 'lianmai-')), ...overrides }: TestServerOptions = {}): Promise<TestServer> {
  const logLines: string[] = []
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', RTMP_PORT: '0', DATA_DIR: dataDir, DEMO_ROOM: '0', LOG_LEVEL: 'trace', ...env })
  const server = await startServer(config, { logTo: { write: line => void logLines.push(line) }, ...overrides })
  const origin = server.url.replace('localhost', '127.0.0.1')

  const call = async (method: string, path: string, { token, body, headers = {} }: CallOptions = {}): Promise<Answer> => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    const response = await fetch(origin + path, {
      method,
      redirect: 'manual',
      body: body === undefined ? undefined : isRaw ? body as RequestInit['body'] : JSON.stringify(body),
      headers: {
        ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    })
    const text = await response.text()
    const parsed = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined
    return { status: response.status, headers: response.headers, text, body: parsed, as: schema => v.parse(schema, parsed) }
  }

  return {
    ...server,
    origin,
    dataDir,
    logLines,
    call,
    openSession: async (nickname = 'Anna') => (await call('POST', '/api/sessions', { body: { nickname } })).as(rest.Session),
    createRoom: async (token, title = 'Evening') => (await call('POST', '/api/rooms', { token, body: { title } })).as(rest.CreatedRoom),
    async stop() {
      await server.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
