/**
 * A reminder in the keywords of the operator's own template. Each template numbers its keywords anew, so they are read from it:
 * what kind a keyword is stands in its key (`thing1`), what it means in its label.
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
 */
import type { Reminder } from '../reminders/ReminderSender'

export interface Keyword {
  /** `直播标题` */
  readonly label: string
  /** `thing1` */
  readonly key: string
}

const THING_MAX = 20
const NAME_LETTERS_MAX = 20
const NAME_HAN_MAX = 10
const NOW_LIVE = '直播中'
const SOMEBODY = '主播'
const TIPS = '点击进入直播间'

/** @param content as WeChat lists it: `直播标题:{{thing1.DATA}}\n主播名称:{{thing2.DATA}}\n` */
export function keywordsOf(content: string): Keyword[] {
  return [...content.matchAll(/([^\n:：]*)[:：]\s*\{\{(\w+)\.DATA\}\}/g)].map(([, label, key]) => ({ label: label.trim(), key }))
}

/** @throws Error naming a keyword that a reminder has nothing for */
export function fillKeywords(keywords: readonly Keyword[], reminder: Reminder): Record<string, { readonly value: string }> {
  let isTitleTold = false
  return Object.fromEntries(keywords.map(keyword => [keyword.key, { value: valueOf(keyword) }]))

  function valueOf({ key, label }: Keyword): string {
    switch (key.replace(/\d+$/, '')) {
      case 'time':
      case 'date': return inBeijing(reminder.startedAt)
      case 'phrase': return NOW_LIVE
      case 'name': return asName(reminder.anchorName)
      case 'thing':
        if (/主播|昵称|姓名|讲师|老师/.test(label) && !/标题|主题|内容/.test(label))
          return cut(reminder.anchorName, THING_MAX)
        if (isTitleTold)
          return TIPS
        isTitleTold = true
        return cut(reminder.title, THING_MAX)
      default: throw new Error(`a reminder has nothing for the keyword ${label} (${key}): choose a template with the keywords of docs/WECHAT.md`)
    }
  }
}

/** Whole characters as people see them, so many UTF-16 units at most, an ellipsis included. */
function cut(text: string, max: number): string {
  if (text.length <= max)
    return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)) {
    if (kept.length + segment.length > max - 1)
      break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/** WeChat takes Chinese or letters and nothing else, ten of them where there is Chinese. */
function asName(nickname: string): string {
  const letters = nickname.replace(/[^\p{Script=Han}a-z]/giu, '')
  const max = /\p{Script=Han}/u.test(letters) ? NAME_HAN_MAX : NAME_LETTERS_MAX
  return [...letters].slice(0, max).join('') || SOMEBODY
}

/** `2026年1月31日 20:05`, wherever the server stands. */
function inBeijing(at: number): string {
  const parts = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(one => one.type === type)!.value
  return `${part('year')}年${part('month')}月${part('day')}日 ${part('hour')}:${part('minute')}`
}
