/** Words and figures in the person's language. Pure. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import { common as enCommon } from './en/common'
import { errors as enErrors } from './en/errors'
import { home as enHome } from './en/home'
import { live as enLive } from './en/live'
import { me as enMe } from './en/me'
import { media as enMedia } from './en/media'
import { common } from './zhCN/common'
import { errors } from './zhCN/errors'
import { home } from './zhCN/home'
import { live } from './zhCN/live'
import { me } from './zhCN/me'
import { media } from './zhCN/media'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = typeof LANGUAGES[number]

const zhCN = { common, home, me, live, media, errors }
export const DICTIONARIES = {
  'zh-CN': zhCN,
  'en': { common: enCommon, home: enHome, me: enMe, live: enLive, media: enMedia, errors: enErrors },
} satisfies Record<Language, { [Area in keyof typeof zhCN]: Record<keyof typeof zhCN[Area], string> }>

/** `<area>.<key>`, checked by the compiler. */
export type TextKey = { [Area in keyof typeof zhCN]: `${Area}.${keyof typeof zhCN[Area] & string}` }[keyof typeof zhCN]
export type TextParams = Readonly<Record<string, string | number>>

/**
 * Fills `{name}` from the parameters. A text `one | many` is chosen by the parameter `count`; a number there is written
 * the way the language writes large numbers.
 */
export function translate(language: Language, key: TextKey, params: TextParams = {}): string {
  const dot = key.indexOf('.')
  const area: Readonly<Record<string, string>> = DICTIONARIES[language][key.slice(0, dot) as keyof typeof zhCN]
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
