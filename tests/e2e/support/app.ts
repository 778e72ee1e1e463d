/** The whole product as `npm start` runs it: server, media and the built web app, on free ports with an empty data folder. */
import type { Server } from '@/server/app'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { startServer } from '@/server/app'
import { readConfig } from '@/server/config'

export interface RunningApp extends Server {
  /** Ends the server as an update would, and starts it again at the same addresses when `meanwhile` is done. */
  restart: (meanwhile: () => Promise<void>) => Promise<void>
  /** Ends the server and removes its data. */
  stop: () => Promise<void>
}

export async function startApp(env: Record<string, string> = {}): Promise<RunningApp> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'lianmai-e2e-'))
  const start = (PORT: string, RTMP_PORT: string) => startServer(readConfig({ HOST: '127.0.0.1', PORT, RTMP_PORT, DATA_DIR: dataDir, LOG_LEVEL: 'error', DEMO_ROOM: '0', ...env }))
  let server = await start('0', '0')
  const portOf = (url: string) => new URL(url).port
  return {
    ...server,
    async restart(meanwhile) {
      const { url, rtmpUrl } = server
      await server.close()
      await meanwhile()
      server = await start(portOf(url), portOf(rtmpUrl!))
    },
    async stop() {
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
