import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { OPTIONS } from '../../scripts/lib/miniProgram/planJob.mjs'
import { PLAYER_CODES, PUSHER_CODES, PUSHER_ERRORS } from '../../src/live/media/nativeCodes'

const root = path.resolve(import.meta.dirname, '../..')
const text = fs.readFileSync(path.join(root, 'docs/WECHAT.md'), 'utf8')

it('[OP45] every number that means trouble to the app is explained', () => {
  const harmless = ['progress', 'connecting', 'live']
  const troubles = [PUSHER_CODES, PUSHER_ERRORS, PLAYER_CODES].flatMap(Object.entries).filter(([, news]) => !harmless.includes(news.type)).map(([code]) => Number(code))
  expect(troubles.length).toBeGreaterThan(20)
  const explained = numbersExplained()
  expect([...new Set(troubles)].filter(code => !explained.includes(code))).toEqual([])
})

it('[OP45] every option and setting of the release is named', () => {
  const settings = [...fs.readFileSync(path.join(root, '.env.example'), 'utf8').matchAll(/^#(WECHAT_\w+|VITE_\w+)=/gm)].map(([, name]) => name)
  const names = [...Object.values(OPTIONS).flat().map(name => `--${name}`), ...settings]
  expect(names).toContain('WECHAT_CI_KEY')
  expect(names.filter(name => !text.includes(name))).toEqual([])
})

/** First column of the table of numbers: `5000`, `3001、3002`, `−1303 至 −1306`. */
function numbersExplained(): number[] {
  const cells = [...text.matchAll(/^\| ([−\d、至 ]+) \|/gm)].map(([, cell]) => cell.replaceAll('−', '-'))
  return cells.flatMap(cell => cell.split('、')).flatMap((part) => {
    const [from, to = from] = part.split(' 至 ').map(Number)
    return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => Math.max(from, to) - index)
  })
}
