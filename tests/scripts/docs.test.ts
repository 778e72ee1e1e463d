import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')
const listed = (folder: string) => fs.readdirSync(path.join(root, folder)).filter(file => file.endsWith('.md')).map(file => path.join(folder, file))
const documents = ['.', 'docs', 'docs/decisions'].flatMap(listed)

it('[OP41] links between our documents lead somewhere', () => {
  const broken = documents.flatMap(file => [...read(file).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)]
    .map(([, link, source]) => link ?? source)
    .filter(link => !/^(?:https?:|#)/.test(link))
    .filter(link => !fs.existsSync(path.join(root, path.dirname(file), link.split('#')[0])))
    .map(link => `${file}: ${link}`))
  expect(broken).toEqual([])
})

it('[OP41] commands that our documents name exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = documents.flatMap(file => [...read(file).matchAll(/npm (?:run )?(start|test|(?<=run )[\w:-]+)/g)].map(([, name]) => name))
  expect(named).toContain('build:mp-weixin')
  expect(named.filter(name => !(name in scripts))).toEqual([])
})

it('[OP41] decisions are numbered one by one', () => {
  const numbers = listed('docs/decisions').map(file => Number(path.basename(file).slice(0, 4))).sort((a, b) => a - b)
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
})
