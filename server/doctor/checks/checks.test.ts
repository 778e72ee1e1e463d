import type { Cases } from '../testing/Cases'
import { describe, expect, it } from 'vitest'
import { CHECKS } from '.'
import { accountCases } from '../testing/accountCases'
import { addressCases } from '../testing/addressCases'
import { createFakeWorld } from '../testing/fakeWorld'
import { imCases } from '../testing/imCases'
import { liveCases } from '../testing/liveCases'
import { machineCases } from '../testing/machineCases'
import { settingsCases } from '../testing/settingsCases'
import { weappCases } from '../testing/weappCases'
import { weChatCases } from '../testing/weChatCases'

const CASES: Cases = { ...machineCases, ...settingsCases, ...addressCases, ...liveCases, ...imCases, ...weChatCases, ...accountCases, ...weappCases }
/** Right whatever the world is: it looks at our own code. */
const NEVER_WRONG = ['signature']

describe.each(CHECKS)('$id', (check) => {
  it.each(CASES[check.id] ?? [])('[DR5] case %#', async (world, status, says) => {
    const outcome = await check.look(createFakeWorld(world))
    expect({ status: outcome.status, found: outcome.found.en }).toEqual({ status, found: expect.stringContaining(says) as string })
    expect(outcome.found.zh).not.toBe('')
    if (outcome.status === 'warning' || outcome.status === 'failed')
      expect(outcome.fix.zh.length && outcome.fix.en.length).toBeGreaterThan(0)
  })

  it('[DR5] is seen both right and wrong', () => {
    const statuses = (CASES[check.id] ?? []).map(([, status]) => status)
    expect(statuses.some(status => status === 'ok' || status === 'skipped')).toBe(true)
    if (check.id === 'web-app' || check.id === 'admin-token')
      expect(new Set(statuses).size).toBe(2)
    else if (!NEVER_WRONG.includes(check.id))
      expect(statuses.some(status => status === 'failed' || status === 'warning' || status === 'unknown')).toBe(true)
  })
})

it('[DR2] every check has its own name, a reason in both languages, and a page', () => {
  expect(CHECKS.length).toBeGreaterThan(25)
  expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length)
  for (const { doc, title, why } of CHECKS) {
    for (const words of [title, why]) {
      expect(words.en).toMatch(/^[^\u4E00-\u9FFF]+$/)
      expect(words.zh.length).toBeGreaterThan(1)
    }
    expect(doc).toMatch(/^https:\/\/|^docs\/|^\.env/)
  }
})
