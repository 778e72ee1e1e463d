/** `npx tsx server/chat/protocolDoc/write.ts` writes docs/ws-protocol.md. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createProtocolDoc } from './createProtocolDoc'

writeFileSync(path.resolve(import.meta.dirname, '../../../docs/ws-protocol.md'), createProtocolDoc())
