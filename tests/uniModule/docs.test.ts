/** What the documents of the component name is there, and what is there they name. */
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { papers } from '../../scripts/lib/uniModule/papers.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')

const component = read('src/live/embed/lianmai-live-room.vue')
const events = read('src/live/embed/roomEvent.ts')
const module = read('src/live/embed/liveRoom.ts')

const found = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort()
const between = (text: string, start: string, end: string) => text.slice(text.indexOf(start) + start.length, text.indexOf(end, text.indexOf(start) + start.length))

const there = {
  properties: found(between(component, 'defineProps<{', '}>()'), /^ {2}(\w+)\?:/gm),
  tags: found(between(events, 'type RoomEventTag', 'export interface'), /'(\w+)'/g),
  codes: found(between(events, 'const CODE', '/** Of what is sent.').replace(/ok: 0,/, ''), /(-?\d{1,4})\b/g),
  slots: found(component, /<slot name="(\w+)"/g),
  methods: found(between(component, 'defineExpose({', '\n})'), /^ {2}(\w+)/gm),
  functions: found(between(module, 'export interface LiveRoom {', '\n}'), /^ {2}(\w+): \(/gm),
}

/** The first cells of a section's tables. */
function firstCells(document: string, title: string, table = 0) {
  const section = between(`${document}\n## `, `\n## ${title}\n`, '\n## ')
  const rows = section.split(/\n\n(?=\|)/).filter(part => part.includes('\n|---')).map(part => part.split('\n').filter(line => line.startsWith('|')).slice(2))
  return rows[table].map(row => row.split('|')[1].trim().replace(/^`|`$/g, '').replace(/\(.*/, '').replace('−', '-')).sort()
}

describe.each([
  ['docs/COMPONENT.md', { properties: '属性', events: '事件', slots: '插槽', methods: '方法', functions: '模块接口' }],
  ['docs/COMPONENT.en.md', { properties: 'Properties', events: 'Events', slots: 'Slots', methods: 'Methods', functions: 'Module API' }],
])('%s', (file, titles) => {
  const document = read(file)

  it('[UM12] names every property, tag, code, slot, method and function, and no other', () => {
    expect({
      properties: firstCells(document, titles.properties),
      tags: firstCells(document, titles.events),
      codes: firstCells(document, titles.events, 1),
      slots: firstCells(document, titles.slots),
      methods: firstCells(document, titles.methods),
      functions: firstCells(document, titles.functions),
    }).toEqual(there)
  })

  it('[UM12] defaults are those of the component', () => {
    const defaults = between(component, '}>(), {', '})')
    expect(found(defaults, /(\w+): false/g)).toEqual(found(document, /^\| `(\w+)` \| [^|]+ \| `false` \|/gm))
    expect(defaults).toContain('role: \'audience\'')
    expect(document).toMatch(/^\| `role` \|[^|]+\| `'audience'` \|/m)
    expect(document).toMatch(/^\| `beauty` \| 0–9 \| 5 \|/m)
    expect(read('src/live/embed/attributes.ts')).toMatch(/BEAUTY_MAX = 9\n[\s\S]*BEAUTY_USUAL = 5\n/)
  })
})

it('[UM7] links of the readme lead to files of the module', () => {
  const files = papers(root, 'lianmai-live-room') as Map<string, string>
  const links = ['readme.md', 'readme.en.md'].flatMap(place => [...files.get(place)!.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link)).filter(link => !link.startsWith('https:'))
  expect(links.sort()).toEqual(['readme.en.md', 'readme.md'])
})
