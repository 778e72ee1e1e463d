import fs from 'node:fs'
import path from 'node:path'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { Environment } from '../../server/environment'

const text = fs.readFileSync(path.resolve(import.meta.dirname, '../../.env.example'), 'utf8')
const { VITE_SERVER_URL, WECHAT_CI_KEY, WECHAT_CI_ROBOT, ...shown } = Object.fromEntries([...text.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]))

it('[OP39] .env.example names every setting of the server, and no other', () => {
  expect(Object.keys(shown).sort()).toEqual(Object.keys(Environment.entries).sort())
  expect([VITE_SERVER_URL, WECHAT_CI_KEY, WECHAT_CI_ROBOT]).toEqual(['http://127.0.0.1:8080', '', '1'])
})

it('[OP39] the values in .env.example are the defaults', () => {
  const set = Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== ''))
  expect(v.parse(Environment, set)).toEqual(v.parse(Environment, {}))
})
