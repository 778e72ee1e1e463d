/** Words and figures in the person's language. Pure. */
import type { effects } from './zhCN/effects'
import type { embed } from './zhCN/embed'
import type { habits } from './zhCN/habits'
import type { linkMic } from './zhCN/linkMic'
import type { live } from './zhCN/live'
import type { media } from './zhCN/media'
import type { order } from './zhCN/order'
import type { profile } from './zhCN/profile'
import type { simulator } from './zhCN/simulator'
import type { tools } from './zhCN/tools'
import type { trouble } from './zhCN/trouble'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import { common as enCommon } from './en/common'
import { errors as enErrors } from './en/errors'
import { home as enHome } from './en/home'
import { me as enMe } from './en/me'
import { common } from './zhCN/common'
import { errors } from './zhCN/errors'
import { home } from './zhCN/home'
import { me } from './zhCN/me'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = typeof LANGUAGES[number]

type Area = Readonly<Record<string, string>>
const SHELVES: Record<Language, Record<string, Area>> = {
  'zh-CN': { common, home, me, errors },
  'en': { common: enCommon, home: enHome, me: enMe, errors: enErrors },
}

/** Puts in the words of a part of the app that is loaded later. Doing it again changes nothing. */
export function addWords(words: Record<Language, Record<string, Area>>): void {
  LANGUAGES.forEach(language => Object.assign(SHELVES[language], words[language]))
}

interface Areas { common: typeof common, home: typeof home, me: typeof me, errors: typeof errors, effects: typeof effects, embed: typeof embed, habits: typeof habits, live: typeof live, linkMic: typeof linkMic, media: typeof media, order: typeof order, profile: typeof profile, simulator: typeof simulator, tools: typeof tools, trouble: typeof trouble }
/** `<area>.<key>`, checked by the compiler. */
export type TextKey = { [Name in keyof Areas]: `${Name}.${keyof Areas[Name] & string}` }[keyof Areas]
export type TextParams = Readonly<Record<string, string | number>>

/**
 * Fills `{name}` from the parameters. A text `one | many` is chosen by the parameter `count`; a number there is written
 * the way the language writes large numbers.
 */
export function translate(language: Language, key: TextKey, params: TextParams = {}): string {
  const dot = key.indexOf('.')
  const area = SHELVES[language][key.slice(0, dot)]
  const forms = area[key.slice(dot + 1)].split(' | ')
  const form = params.count === 1 ? forms[0] : forms[forms.length - 1]
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    if (value === undefined)
      return whole
    return name === 'count' && typeof value === 'number' ? formatCount(language, value) : String(value)
  })
}

export const errorKey = (code: ErrorCode): TextKey => `errors.${code}`

/** 9999, 1.2万, 3.4亿; 9,999, 12K, 3.4M. Rounded down: a room never boasts. */
export function formatCount(language: Language, count: number): string {
  const steps: readonly (readonly [number, string])[] = language === 'zh-CN'
    ? [[1e8, '亿'], [1e4, '万']]
    : [[1e6, 'M'], [1e4, 'K']]
  for (const [unit, name] of steps) {
    if (count >= unit) {
      const scale = name === 'K' ? 1000 : unit
      const tenths = Math.floor(count / scale * 10) / 10
      return `${tenths >= 100 ? Math.floor(tenths) : tenths}${name}`
    }
  }
  return language === 'en' ? String(count).replace(/\B(?=(\d{3})+$)/g, ',') : String(count)
}

/** 0:07, 12:34, 1:02:03. The same in every language. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** A system's language tag to one of ours. */
export function languageOf(tag: string): Language {
  return /^zh\b|^zh[-_]/i.test(tag) ? 'zh-CN' : 'en'
}
