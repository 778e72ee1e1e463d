import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '@/shared/protocol/errorCode'
import { common as enCommon } from './en/common'
import { embed as enEmbed } from './en/embed'
import { errors as enErrors } from './en/errors'
import { home as enHome } from './en/home'
import { linkMic as enLinkMic } from './en/linkMic'
import { live as enLive } from './en/live'
import { me as enMe } from './en/me'
import { media as enMedia } from './en/media'
import { errorKey, formatCount, formatDuration, languageOf, LANGUAGES, translate } from './translate'
import { common } from './zhCN/common'
import { embed } from './zhCN/embed'
import { errors } from './zhCN/errors'
import { home } from './zhCN/home'
import { linkMic } from './zhCN/linkMic'
import { live } from './zhCN/live'
import { me } from './zhCN/me'
import { media } from './zhCN/media'

const AREAS: [string, Record<string, string>, Record<string, string>][] = [
  ['common', common, enCommon],
  ['home', home, enHome],
  ['me', me, enMe],
  ['live', live, enLive],
  ['linkMic', linkMic, enLinkMic],
  ['media', media, enMedia],
  ['errors', errors, enErrors],
  ['embed', embed, enEmbed],
]
const gaps = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]))].sort()

describe('words', () => {
  it.each(AREAS)('[UI10] %s says the same things with the same gaps in both languages', (_area, chinese, english) => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
    for (const key of Object.keys(chinese))
      expect([key, ...gaps(english[key])]).toEqual([key, ...gaps(chinese[key])])
  })

  it.each(LANGUAGES)('[UI11] every error code has words in %s, and never shows its code', (language) => {
    for (const code of ERROR_CODES) {
      const words = translate(language, errorKey(code))
      expect(words.length).toBeGreaterThan(4)
      expect(words).not.toMatch(/[A-Z]{2,}_|^[A-Z_]+$/)
    }
  })

  it('[UI12] gaps are filled, and a count chooses between one and many', () => {
    expect(translate('zh-CN', 'home.enter', { anchor: '阿青', title: '弹唱' })).toBe('进入阿青的直播间：弹唱')
    expect(translate('en', 'home.viewers', { count: 1 })).toBe('1 watching')
    expect(translate('zh-CN', 'home.viewers', { count: 12345 })).toBe('1.2万 人在看')
    expect(translate('en', 'me.nickname.hint', { max: 20 })).toContain('20')
  })

  it.each([
    ['zh-CN', 0, '0'],
    ['zh-CN', 9999, '9999'],
    ['zh-CN', 10000, '1万'],
    ['zh-CN', 12999, '1.2万'],
    ['zh-CN', 1_234_567, '123万'],
    ['zh-CN', 340_000_000, '3.4亿'],
    ['en', 9999, '9,999'],
    ['en', 12_345, '12.3K'],
    ['en', 999_999, '999K'],
    ['en', 3_450_000, '3.4M'],
  ] as const)('[UI13] %s writes %i viewers as %s', (language, count, text) => {
    expect(formatCount(language, count)).toBe(text)
  })

  it.each([[-5, '0:00'], [7_000, '0:07'], [754_999, '12:34'], [3_723_000, '1:02:03']])('[UI13] %i ms is written %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it.each([['zh-CN', 'zh-CN'], ['zh_TW', 'zh-CN'], ['zh', 'zh-CN'], ['en-GB', 'en'], ['fr', 'en'], ['', 'en']])('[UI14] a system that speaks "%s" gets %s', (tag, language) => {
    expect(languageOf(tag)).toBe(language)
  })
})
