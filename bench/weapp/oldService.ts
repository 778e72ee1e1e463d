/** Child process: the whole server, with an application of its own for clients of the old room service. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { startServer } from '../../server/app'
import { readConfig } from '../../server/config'
import { answer } from '../fanout/child'
import { usage } from '../fanout/usage'

const UNLIMITED = { requests: 1e9, perMs: 60_000 }

answer(async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lianmai-bench-'))
  process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  process.on('SIGTERM', () => process.exit())
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', RTMP_PORT: '0', DATA_DIR: dataDir, DEMO_ROOM: '0', MIX: 'off', LOG_LEVEL: 'warn' })
  const server = await startServer(config, { weappRates: { application: UNLIMITED, person: UNLIMITED, rooms: UNLIMITED, address: UNLIMITED } })
  return ({ what }: { what: 'port' | 'usage' }) => what === 'port' ? { port: Number(new URL(server.url).port) } : usage()
})
