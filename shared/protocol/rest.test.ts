import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CreateSession, NICKNAME_MAX, RoomsQuery, Title, TITLE_MAX } from './rest'

describe('bodies of the REST API', () => {
  it('[AP2] white space around and within a line is tidied', () => {
    expect(v.parse(Title, '  你好 \t\n 世界  ')).toBe('你好 世界')
  })

  it.each(['', '   ', 'x'.repeat(TITLE_MAX + 1), 'a\u0000b', 'a\u202Eb', 42, null, ['a']])('[AP2] %j is no title', (title) => {
    expect(v.safeParse(Title, title).success).toBe(false)
  })

  it.each(['\u200B', '\u200B\u200C\u200D', '\uFEFF', '\u00AD \u2060', '\u3164\u3164', '\u2800', '\uFE0F', '\u{E0041}\u{E007F}', '\u115F', '\u180E'])('[AP2] %j shows nothing and is no name', (nickname) => {
    expect(v.safeParse(CreateSession, { nickname }).success).toBe(false)
  })

  it.each(['你好', '👩‍👩‍👧', '❤️', 'نازنین‌زهرا', 'क्‍ष', '.', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'])('[AP2] %s is a name, joiners and all', (nickname) => {
    expect(v.parse(CreateSession, { nickname })).toEqual({ nickname })
  })

  it('[AP2] the longest nickname fits, a longer one does not', () => {
    expect(v.safeParse(CreateSession, { nickname: '名'.repeat(NICKNAME_MAX) }).success).toBe(true)
    expect(v.safeParse(CreateSession, { nickname: '名'.repeat(NICKNAME_MAX + 1) }).success).toBe(false)
  })

  it.each([{ avatar: -1 }, { avatar: 12 }, { avatar: 1.5 }, { avatar: '1' }])('[AP2] %j is no avatar', ({ avatar }) => {
    expect(v.safeParse(CreateSession, { nickname: 'a', avatar }).success).toBe(false)
  })

  it.each(['0', '51', '-1', '1e1', 'x', '1000'])('[AP2] limit=%s is refused', (limit) => {
    expect(v.safeParse(RoomsQuery, { limit }).success).toBe(false)
  })

  it('[AP2] limit is a number afterwards', () => {
    expect(v.parse(RoomsQuery, { limit: '50' })).toEqual({ limit: 50 })
  })
})
