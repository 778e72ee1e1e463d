import type { ChatLog, ChatPage } from './chatLog'
import { expect, it } from 'vitest'
import { appendRows, gapRow, MINI_PROGRAM_LIMITS, pagesOf, WEB_LIMITS } from './chatLog'

const EMPTY: ChatLog = { rows: [], gone: 0 }
const some = (count: number, from = 0) => Array.from({ length: count }, (_, index) => gapRow(from + index, String(from + index)))
const numbers = (pages: readonly ChatPage[]) => pages.map(({ number }) => number)
const keys = (log: ChatLog) => log.rows.map(({ key }) => Number(key))

it('[UI71] a list that is full loses whole pages, the oldest ones', () => {
  const full = appendRows(EMPTY, some(60), MINI_PROGRAM_LIMITS)
  expect(full).toMatchObject({ gone: 0, rows: { length: 60 } })
  const next = appendRows(full, some(1, 60), MINI_PROGRAM_LIMITS)
  expect([next.gone, keys(next)[0], keys(next).at(-1)]).toEqual([20, 20, 60])
  const much = appendRows(next, some(50, 61), MINI_PROGRAM_LIMITS)
  expect([much.gone, keys(much)[0], keys(much).at(-1)]).toEqual([60, 60, 110])
})

it('[UI71] on the web pages of 40 stand by age, 200 rows in all', () => {
  const log = appendRows(appendRows(EMPTY, some(200), WEB_LIMITS), some(1, 200), WEB_LIMITS)
  expect(numbers(pagesOf(log, WEB_LIMITS))).toEqual([1, 2, 3, 4, 5])
  expect(log.rows).toHaveLength(161)
})

it('[MP28] in WeChat a new page takes the place of the one that went, and the others stay where they are', () => {
  const before = appendRows(EMPTY, some(60), MINI_PROGRAM_LIMITS)
  const after = appendRows(before, some(12, 60), MINI_PROGRAM_LIMITS)
  expect(numbers(pagesOf(before, MINI_PROGRAM_LIMITS))).toEqual([0, 1, 2])
  expect(numbers(pagesOf(after, MINI_PROGRAM_LIMITS))).toEqual([3, 1, 2])
  expect(pagesOf(after, MINI_PROGRAM_LIMITS).map(({ rows }) => rows.length)).toEqual([12, 20, 20])
  expect(pagesOf(after, MINI_PROGRAM_LIMITS)[1]).toEqual(pagesOf(before, MINI_PROGRAM_LIMITS)[1])
})
