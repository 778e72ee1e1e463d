/** A whole server as a child process: tells its parent where it is, and lives until it is killed. */
import process from 'node:process'
import { startServer } from '../../server/app'
import { NO_LIMITS } from '../../server/chat/testing/ChatDoor'
import { readConfig } from '../../server/config'

const PLENTY = { perMinute: 1e6 }

const server = await startServer(readConfig(process.env), { chatLimits: NO_LIMITS, rates: { sessions: PLENTY, rooms: PLENTY, covers: PLENTY } })
process.send?.(server.url)
