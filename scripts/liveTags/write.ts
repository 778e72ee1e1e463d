/** `npx tsx scripts/liveTags/write.ts` writes docs/LIVE-TAGS.md. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createLiveTagsDoc } from './createLiveTagsDoc'

writeFileSync(path.resolve(import.meta.dirname, '../../docs/LIVE-TAGS.md'), createLiveTagsDoc())
