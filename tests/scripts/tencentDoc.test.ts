import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { CHECKS } from '../../server/doctor/checks'
import { Environment } from '../../server/environment'

const root = path.resolve(import.meta.dirname, '../..')
const DOCUMENTS = ['TENCENT.md', 'TENCENT.en.md'].map(name => fs.readFileSync(path.join(root, 'docs', name), 'utf8'))
const VARIABLES = [...Object.keys(Environment.entries), 'VITE_SERVER_URL']
const AREAS = ['live', 'im', 'weChat']

const quoted = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, word]) => word)
/** What each step names: its number, variables, findings, addresses of callbacks and pages. */
function stepsOf(text: string) {
  return text.split(/^## /m).slice(1).map((step) => {
    const words = quoted(step)
    return {
      number: Number.parseInt(step),
      variables: words.filter(word => VARIABLES.includes(word)),
      findings: words.filter(word => CHECKS.some(({ id }) => id === word)),
      callbacks: step.match(/\/callbacks\/\w+/g) ?? [],
      pages: (step.match(/https:\/\/(?:cloud|console\.cloud)\.tencent\.com[\w/]*/g) ?? []).toSorted(),
    }
  })
}

it('[DR14] both languages go through the same steps, one by one', () => {
  const [zh, en] = DOCUMENTS.map(stepsOf)
  expect(zh.map(({ number }) => number)).toEqual(zh.map((_, index) => index + 1))
  expect(zh.length).toBeGreaterThan(10)
  expect(en).toEqual(zh)
})

it.each(DOCUMENTS)('[DR14] what it names exists', (text) => {
  const words = quoted(text)
  const names = words.filter(word => /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/.test(word))
  expect(names.filter(name => !VARIABLES.includes(name))).toEqual([])
  const ids = words.filter(word => /^(?:live|im|wechat|srs|public-url|secrets)\.[a-z.]+$/.test(word))
  expect(ids.filter(id => !CHECKS.some(check => check.id === id))).toEqual([])
  expect(new Set(text.match(/\/callbacks\/\w+/g))).toEqual(new Set(['/callbacks/live', '/callbacks/im', '/callbacks/wechat']))
})

it('[DR14] every setting and every finding of Tencent and WeChat has its step', () => {
  const steps = stepsOf(DOCUMENTS[0])
  const variables = steps.flatMap(step => step.variables)
  const findings = steps.flatMap(step => step.findings)
  expect(VARIABLES.filter(name => /^(?:TENCENT|WECHAT)_|^(?:PUSH|PLAY)_KEY/.test(name)).filter(name => !variables.includes(name))).toEqual([])
  expect(CHECKS.filter(({ area }) => AREAS.includes(area)).map(({ id }) => id).filter(id => !findings.includes(id))).toEqual([])
})
