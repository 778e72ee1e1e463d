/** `npx tsx server/troubles/write.ts`: writes the two documents of troubles anew after a change of shared/troubles. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { troublesDoc } from './troublesDoc'

const docs = path.resolve(import.meta.dirname, '../../docs')
writeFileSync(path.join(docs, 'TROUBLESHOOTING.md'), troublesDoc('zh'))
writeFileSync(path.join(docs, 'TROUBLESHOOTING.en.md'), troublesDoc('en'))
