/** A room's own small figures and words: likes, a topic. Anybody in it may change them, so they are few and short. */
import type { CustomChange } from '../types'
import { textIn } from '../saidInJson'
import { WeappCode, WeappError } from '../WeappError'

export type CustomFields = Readonly<Record<string, string | number>>

export const FIELDS_MAX = 32
export const FIELD_NAME_MAX_BYTES = 64
/** Of all together as JSON: they are in every answer that shows the room. */
export const CUSTOM_MAX_BYTES = 4096

/** @throws WeappError customSetFailed for one too many, and where there is no number to count on */
export function changeCustom(custom: CustomFields, change: CustomChange): CustomFields {
  const { fieldName } = change
  if (Buffer.byteLength(fieldName) > FIELD_NAME_MAX_BYTES)
    throw new WeappError(WeappCode.customSetFailed, `A field's name has at most ${FIELD_NAME_MAX_BYTES} bytes.`)
  const next = { ...custom, [fieldName]: change.operation === 'set' ? change.value : counted(custom, change) }
  if (Object.keys(next).length > FIELDS_MAX || Buffer.byteLength(JSON.stringify(next)) > CUSTOM_MAX_BYTES)
    throw new WeappError(WeappCode.customSetFailed, `A room has at most ${FIELDS_MAX} fields, and ${CUSTOM_MAX_BYTES} bytes of them.`)
  return next
}

/** What people would read that is not there yet. */
export function newWordsOf(change: CustomChange, custom: CustomFields = {}): string {
  const name = Object.hasOwn(custom, change.fieldName) ? '' : change.fieldName
  return `${name} ${change.operation === 'set' && typeof change.value === 'string' ? textIn(change.value) : ''}`
}

/** A field that is not there counts from 0; a number may have been set as a string. */
function counted(custom: CustomFields, { fieldName, operation, by }: Exclude<CustomChange, { operation: 'set' }>): number {
  const before = Object.hasOwn(custom, fieldName) ? custom[fieldName] : 0
  const after = before === '' ? Number.NaN : Number(before) + (operation === 'inc' ? by : -by)
  if (!Number.isSafeInteger(after))
    throw new WeappError(WeappCode.customSetFailed, `Field ${fieldName} is not a whole number that can be counted on.`)
  return after
}
