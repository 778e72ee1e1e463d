/**
 * What each kind of keyword in a subscribe message may hold.
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
 */
import { Refusal } from './Refusal'

const MOMENT = String.raw`(\d{4}年\d{1,2}月\d{1,2}日)`
const CLOCK = String.raw`([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?`
const KINDS: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/,
  number: /^\d{1,32}(?:\.\d+)?$/,
  letter: /^[a-z]{1,32}$/i,
  character_string: /^[\x21-\x7E]{1,32}$/,
  time: new RegExp(`^${MOMENT}? ?${CLOCK}$`),
  date: new RegExp(`^${MOMENT}( ${CLOCK})?$`),
  name: /^(?:(?=.*\p{Script=Han})[\p{Script=Han}a-z]{1,10}|[a-z]{1,20})$/iu,
  phrase: /^\p{Script=Han}{1,5}$/u,
}

/** @throws Refusal for a field that is missing, empty, unknown or not as its kind wants it */
export function checkFields(content: string, data: Readonly<Record<string, { readonly value: string }>>): void {
  const keys = [...content.matchAll(/\{\{(\w+)\.DATA\}\}/g)].map(([, key]) => key)
  for (const key of new Set([...keys, ...Object.keys(data)])) {
    const kind = KINDS[key.replace(/\d+$/, '')]
    if (!keys.includes(key) || !kind?.test(data[key]?.value ?? ''))
      throw new Refusal(47003, `argument invalid! data.${key}.value invalid`)
  }
}
