/** `npx tsx server/openapi/write.ts`: writes docs/openapi.json anew after a change of shared/protocol or of the operations. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { version } from '../version'
import { createOpenApi } from './createOpenApi'

writeFileSync(path.resolve(import.meta.dirname, '../../docs/openapi.json'), `${JSON.stringify(createOpenApi(version), null, 2)}\n`)
