import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { actionNameOf, actionOf } from '../../server/compat/door/actions'
import { WeappCode } from '../../server/compat/WeappError'
import { Environment } from '../../server/environment'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')
const DOCUMENTS = ['docs/MIGRATION.md', 'docs/MIGRATION.en.md'].map(read)
const COMPONENT = ['lianmai-live-room.vue', 'liveRoom.ts', 'roomEvent.ts', 'attributes.ts'].map(file => read(`src/live/embed/${file}`)).join('\n')

const quoted = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, word]) => word)
const unique = <T>(values: readonly T[]) => [...new Set(values)].toSorted()
/** Those of the table that maps the old component to ours: its cells, row by row. */
const mappingOf = (text: string) => text.split(/^## /m).at(-1)!.split('\n').filter(line => line.startsWith('| ')).slice(1).map(line => line.split('|').map(cell => quoted(cell)))

/** What both languages say alike, section by section. */
function factsOf(text: string) {
  return text.split(/^## /m).slice(1).map(section => ({
    names: unique(quoted(section).flatMap(words => words.match(/[A-Z]+_[A-Z_]+|[a-z]+_[a-z_]+/g) ?? [])),
    codes: unique(section.match(/\b20[0-7]\d{3}\b/g) ?? []),
    addresses: unique(section.match(/https:\/\/[\w./-]+/g) ?? []),
    rows: section.split('\n').filter(line => line.startsWith('|')).length,
  }))
}

it('[RS79] the guide for people with an old app says the same in both languages', () => {
  const [zh, en] = DOCUMENTS.map(factsOf)
  expect(zh.length).toBeGreaterThan(6)
  expect(en).toEqual(zh)
})

it.each(DOCUMENTS)('[RS79] what it names exists', (text) => {
  const words = quoted(text)
  const variables = words.map(word => word.split('=')[0]).filter(word => /^[A-Z]+(?:_[A-Z]+)+$/.test(word))
  expect(variables).toContain('WEAPP_CONSENT')
  expect(variables.filter(name => !(name in Environment.entries))).toEqual([])

  const codes = unique((text.match(/\b20[0-7]\d{3}\b/g) ?? []).map(Number))
  expect(codes.length).toBeGreaterThan(20)
  expect(codes.filter(code => !Object.values(WeappCode).includes(code as WeappCode) && code !== 205_001)).toEqual([])

  const actions = words.filter(word => /^(?:get|add|delete|create|destroy|merge|set|anchor|pusher)_[a-z_]+$/.test(word))
  expect(actions).toEqual(expect.arrayContaining(['get_anchor_url', 'add_anchor', 'merge_stream']))
  const helpers = ['get_login_info', 'get_test_pushurl', 'get_test_rtmpaccurl']
  expect(actions.filter(name => !actionOf(actionNameOf(name)) && !helpers.includes(name))).toEqual([])
})

it.each(DOCUMENTS)('[RS79] every setting of the old service\'s interface is in it', (text) => {
  expect(Object.keys(Environment.entries).filter(name => name.startsWith('WEAPP') && !text.includes(`| \`${name}\` |`))).toEqual([])
})

it.each(DOCUMENTS)('[RS79] what it says the new component has, it has', (text) => {
  const rows = mappingOf(text)
  expect(rows.length).toBeGreaterThan(6)
  const same = [...rows[0][1], 'RoomEvent', ...rows[2][1], ...rows[3][1], ...rows[5][1]]
  expect(same).toEqual(expect.arrayContaining(['roomid', 'casterBackButton', 'respondJoinAnchor', 'getRoomList']))
  expect(same.filter(name => !new RegExp(`\\b${name}\\b`).test(COMPONENT))).toEqual([])
})
