import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { PLAYER_CODES, PUSHER_CODES, PUSHER_ERRORS } from '../../src/live/media/nativeCodes'
import { PLAYER_CALL_OPTIONS, PUSHER_CALL_OPTIONS } from '../../src/live/media/tags/callOptions'
import { PLAYER_ATTRIBUTES } from '../../src/live/media/tags/playerTag'
import { PUSHER_ATTRIBUTES } from '../../src/live/media/tags/pusherTag'
import { createLiveTagsDoc } from './createLiveTagsDoc'

const KEPT = path.resolve(import.meta.dirname, '../../docs/LIVE-TAGS.md')

it('[PB42] docs/LIVE-TAGS.md is what the definition makes (npx tsx scripts/liveTags/write.ts writes it)', () => {
  expect(readFileSync(KEPT, 'utf8')).toBe(createLiveTagsDoc())
})

it('[PB42] it names every attribute, call and number, and says something of each', () => {
  const rows = createLiveTagsDoc().split('\n').filter(line => line.startsWith('|')).map(line => line.slice(2, -2).split(' | '))
  const named = rows.map(([name]) => name.replaceAll('`', '').replace('−', '-'))
  const all = [PUSHER_ATTRIBUTES, PUSHER_CALL_OPTIONS, PLAYER_ATTRIBUTES, PLAYER_CALL_OPTIONS, PUSHER_CODES, PUSHER_ERRORS, PLAYER_CODES].flatMap(table => Object.keys(table))
  expect(all.filter(name => !named.includes(name))).toEqual([])
  expect(rows.filter(([name, ...cells]) => /^`\w|^−?\d/.test(name) && cells.at(-1) === '').map(([name]) => name)).toEqual([])
})
