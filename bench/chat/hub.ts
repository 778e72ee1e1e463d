/** Child process: the chat behind an HTTP server, with its messages in a SQLite file, as in production. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { createSqlMessageStore } from '../../server/chat/SqlMessageStore'
import { openChatDoor } from '../../server/chat/testing/ChatDoor'
import { createDatabase } from '../../server/database/createDatabase'
import { answer } from '../fanout/child'
import { usage } from '../fanout/usage'

answer(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lianmai-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  process.on('SIGTERM', () => process.exit())
  const door = await openChatDoor({ store: createSqlMessageStore(await createDatabase(path.join(folder, 'chat.db'))) })
  return ({ what }: { what: 'address' | 'usage' }) => what === 'address' ? { url: door.url } : { ...usage(), keptBytes: process.memoryUsage().heapUsed + process.memoryUsage().external }
})
