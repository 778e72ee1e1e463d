import type { CustomChange } from '../types'
import type { CustomFields } from './customFields'
import { expect, it } from 'vitest'
import { WeappError } from '../WeappError'
import { changeCustom, CUSTOM_MAX_BYTES, FIELD_NAME_MAX_BYTES, FIELDS_MAX, newWordsOf } from './customFields'

const set = (fieldName: string, value: string | number): CustomChange => ({ operation: 'set', fieldName, value })
const inc = (fieldName: string, by = 1): CustomChange => ({ operation: 'inc', fieldName, by })
const dec = (fieldName: string, by = 1): CustomChange => ({ operation: 'dec', fieldName, by })

it.each<[CustomFields, CustomChange, CustomFields]>([
  [{}, set('a', 'x'), { a: 'x' }],
  [{ a: 'x' }, set('a', 2), { a: 2 }],
  [{ a: 1 }, inc('b'), { a: 1, b: 1 }],
  [{ a: 1 }, inc('a', 4), { a: 5 }],
  [{ a: '7' }, dec('a', 9), { a: -2 }],
  [{}, inc('constructor'), { constructor: 1 } as unknown as CustomFields],
])('[RS59] %j with %j is %j', (before, change, after) => {
  expect(changeCustom(before, change)).toEqual(after)
})

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, i]))

it.each<[string, CustomFields, CustomChange]>([
  ['a word', { a: 'x' }, inc('a')],
  ['nothing', { a: '' }, inc('a')],
  ['a part of a number', { a: 1.5 }, inc('a')],
  ['beyond the whole numbers', { a: Number.MAX_SAFE_INTEGER }, inc('a')],
  ['one field too many', many(FIELDS_MAX), set('more', 1)],
  ['too long a name', {}, set('名'.repeat(FIELD_NAME_MAX_BYTES / 3 + 1), 1)],
  ['too much in all', { a: 'x'.repeat(CUSTOM_MAX_BYTES - 100) }, set('b', 'x'.repeat(100))],
])('[RS59] %s is refused', (_, before, change) => {
  expect(() => changeCustom(before, change)).toThrow(WeappError)
  expect(changeCustom(many(FIELDS_MAX), set('f0', 9))).toMatchObject({ f0: 9 })
})

it('[RS59] what is judged is what is new: names of fields, and words', () => {
  expect(newWordsOf(inc('likes')).trim()).toBe('likes')
  expect(newWordsOf(inc('likes'), { likes: 1 }).trim()).toBe('')
  expect(newWordsOf(set('topic', 'tea'), { topic: 'milk' }).trim()).toBe('tea')
  expect(newWordsOf(set('topic', '{"a":{"b":"\\u0074ea"}}'), { topic: 'milk' }).trim()).toBe('tea')
  expect(newWordsOf(set('n', 5), { n: 4 }).trim()).toBe('')
})
