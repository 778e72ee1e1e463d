import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const RULE = /^- (?:\*\*)?([A-Z]{2}\d+)(?:\*\*)? /gm
const TITLE = /['"`](\[[A-Z]{2}\d+\].*)$/gm
const NUMBER = /\[([A-Z]{2}\d+)\]/g

const rules = numbersIn(fs.readFileSync(path.join(root, 'docs/SPEC.md'), 'utf8'), RULE)
const proved = new Set(testFiles().flatMap(provedBy))

it('[OP40] every rule of docs/SPEC.md has a number of its own', () => {
  expect(rules.length).toBeGreaterThan(200)
  expect(rules.filter((rule, at) => rules.indexOf(rule) !== at)).toEqual([])
})

it('[OP40] every rule has a test, and every number in a test\'s title is a rule', () => {
  expect({ withoutTest: rules.filter(rule => !proved.has(rule)) }).toEqual({ withoutTest: [] })
  expect({ withoutRule: [...proved].filter(number => !rules.includes(number)) }).toEqual({ withoutRule: [] })
})

function testFiles() {
  const inFolder = (folder: string) => fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map(file => path.join(root, folder, file))
  const suites = inFolder('tests/conformance').filter(file => file.endsWith('.ts'))
  return ['shared', 'src', 'server', 'scripts', 'sandbox', 'tests'].flatMap(inFolder).filter(file => file.endsWith('.test.ts') && !file.includes('node_modules')).concat(suites)
}

function provedBy(file: string) {
  return numbersIn(fs.readFileSync(file, 'utf8'), TITLE).flatMap(title => numbersIn(title, NUMBER))
}

function numbersIn(text: string, pattern: RegExp) {
  return [...text.matchAll(pattern)].map(([, found]) => found!)
}
