import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { BRIEF_TROUBLES } from '../../shared/troubles/briefTroubles'
import { troubleOf, TROUBLES } from '../../shared/troubles/troubles'
import { CHECKS } from '../doctor/checks'
import { troublesDoc } from './troublesDoc'

const kept = (name: string) => readFileSync(path.resolve(import.meta.dirname, '../../docs', name), 'utf8')
const CLASSIC = { roomService: [204004, 205001, 202001, 203007], im: [70001, 70003, 70009, 70013, 70014, 70016, 10010, 10015, 10017, 10025, 80001], tag: [-1301, -1302, -1307, -2301, 3001, 3002, 3003, 3004, 3005, 5000], weChat: [40029, 40163, 40164, 40125] } as const

describe('the table of troubles', () => {
  it('[DR13] explains each code once for each source, in both languages, with a page', () => {
    const codes = TROUBLES.flatMap(({ codes, source }) => codes.map(code => `${source} ${code}`))
    expect(new Set(codes).size).toBe(codes.length)
    for (const { causes, codes, doc, fixes, meaning } of TROUBLES) {
      expect(doc, String(codes)).toMatch(/^https:\/\//)
      expect(causes.length && fixes.length, String(codes)).toBeGreaterThan(0)
      for (const { en, zh } of [meaning, ...causes, ...fixes]) {
        expect(zh, String(codes)).not.toBe('')
        expect(en, String(codes)).toMatch(/[a-z]{2}/i)
      }
    }
  })

  it('[DR13] knows the classic ones', () => {
    for (const [source, codes] of Object.entries(CLASSIC))
      expect(codes.filter(code => !troubleOf(source as keyof typeof CLASSIC, code))).toEqual([])
    expect(troubleOf('im', 204004)).toBeUndefined()
  })

  it('[DR13] what the app shows in brief is the first fix of the whole', () => {
    for (const [code, { fix, meaning }] of Object.entries(BRIEF_TROUBLES))
      expect(troubleOf('tag', Number(code))).toMatchObject({ meaning, fixes: expect.arrayContaining([fix]) as unknown })
  })

  it('[DR13] names findings of the doctor that there are', () => {
    const ids = CHECKS.map(({ id }) => id)
    const named = TROUBLES.flatMap(({ fixes }) => fixes).flatMap(({ en }) => en.match(/\b(?:live|im|wechat|srs)\.[a-z.]+\b/g) ?? []).map(name => name.replace(/\.$/, ''))
    expect(named).toContain('live.cname.play')
    expect(named.filter(name => !ids.includes(name))).toEqual([])
  })

  it('[DR13] the documents are what it makes (npx tsx server/troubles/write.ts writes them)', () => {
    expect(kept('TROUBLESHOOTING.md')).toBe(troublesDoc('zh'))
    expect(kept('TROUBLESHOOTING.en.md')).toBe(troublesDoc('en'))
  })
})
