/** The whole product as `npm start` runs it: server, media and the built web app, on free ports with an empty data folder. */
import type { Server } from '@/server/app'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { startServer } from '@/server/app'
import { readConfig } from '@/server/config'

export interface RunningApp extends Server {
  /** Ends the server and removes its data. */
  stop: () => Promise<void>
}

export async function startApp(env: Record<string, string> = {}): Promise<RunningApp> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'lianmai-e2e-'))
  const server = await startServer(readConfig({ HOST: '127.0.0.1', PORT: '0', RTMP_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error', DEMO_ROOM: '0', ...env }))
  return {
    ...server,
    async stop() {
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
