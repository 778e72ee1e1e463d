/** What old clients of both generations send in their bodies, made into what it means. */
import type { GenericSchema, InferOutput } from 'valibot'
import type { CustomChange } from '../types'
import { Buffer } from 'node:buffer'
import * as v from 'valibot'
import { jsonIn } from '../../jsonIn'
import { WeappCode, WeappError } from '../WeappError'

export type Body = Readonly<Record<string, unknown>>

/** The code of each field that is missing or does not fit; `paramsMissing` for those that are not named. */
export type FieldCodes<Schema extends GenericSchema> = Readonly<Partial<Record<keyof InferOutput<Schema> & string, WeappCode>>>

/** @throws WeappError with the code of the first field that does not fit, or of the rule it breaks; without what was in it */
export function parseFields<Schema extends GenericSchema>(schema: Schema, codes: FieldCodes<Schema>, body: Body): InferOutput<Schema> {
  const parsed = v.safeParse(schema, body, { abortEarly: true })
  if (parsed.success)
    return parsed.output
  const [{ path, message }] = parsed.issues
  const field = String(path?.[0]?.key ?? 'body')
  const code = codeIn(message) ?? (codes as Readonly<Record<string, WeappCode>>)[field] ?? WeappCode.paramsMissing
  throw new WeappError(code, `${field} is missing, or is not what it should be.`)
}

/** A rule with a code of its own has it as its message. */
const ruleOf = (code: WeappCode): string => `code ${code}`
const codeIn = (message: string): WeappCode | undefined => Object.values(WeappCode).find(code => message === ruleOf(code))

/** @throws WeappError notJson for anything but an object; an empty text is an empty one */
export function parseBody(text: string): Body {
  const json = text.trim() // a byte order mark, too
  if (json === '')
    return {}
  const body = jsonIn(json)
  if (!isObject(body))
    throw new WeappError(WeappCode.notJson, 'The body is not a JSON object.')
  return body
}

const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined for what is nested deeper than can be written. */
function textOf(value: Body): string | undefined {
  try {
    return JSON.stringify(value)
  }
  catch {
    return undefined
  }
}

/** Clients built on loosely typed languages send numbers as text, and objects as their JSON, or the other way round. */
const Text = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.finite(), v.transform(String)), v.pipe(v.custom<Body>(isObject), v.transform(textOf))]),
  v.string(),
)
const Whole = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\s*-?\d{1,15}\s*$/), v.transform(Number))]),
  v.safeInteger(),
)
const ROOM_ID_MAX = 64
const ROOM_INFO_MAX_BYTES = 1024
const COUNT_MAX = 200
const FIELD_NAME_MAX = 64
const VALUE_MAX = 1024

const RoomInfo = v.pipe(Text, v.check(text => Buffer.byteLength(text) <= ROOM_INFO_MAX_BYTES, ruleOf(WeappCode.roomInfoTooLong)))
const AnyRoomId = v.pipe(Text, v.maxLength(ROOM_ID_MAX))
const RoomId = v.pipe(AnyRoomId, v.minLength(1))

export const RoomOnly = v.object({ roomID: RoomId })
export const Page = v.object({ cnt: v.pipe(Whole, v.minValue(1), v.transform(count => Math.min(count, COUNT_MAX))), index: v.nullish(v.pipe(Whole, v.minValue(0)), 0) })
/** With an empty roomID, one is made. */
export const NewRoom = v.object({
  roomInfo: RoomInfo,
  roomID: v.nullish(AnyRoomId, ''),
})
export const NewAnchor = v.object({
  roomID: v.nullish(AnyRoomId, ''),
  userName: Text,
  userAvatar: Text,
  pushURL: Text,
  roomInfo: v.nullish(RoomInfo),
})
/** Its status is a number of the app's own; what is none counts as 0. */
export const Beat = v.object({ roomID: RoomId, roomStatusCode: v.fallback(v.nullish(Whole, 0), 0) })
export const Visitor = v.object({ roomID: RoomId, userInfo: v.nullish(Text, '') })

/** `__proto__` is no name: fields are kept in an object. */
const FieldName = v.pipe(Text, v.minLength(1), v.maxLength(FIELD_NAME_MAX), v.notValue('__proto__'))
const FieldChange = v.object({
  roomID: RoomId,
  fieldName: FieldName,
  operation: v.pipe(Text, v.minLength(1), v.picklist(['set', 'inc', 'dec'], ruleOf(WeappCode.badOperation))),
})
const SetValue = v.object({ value: v.union([v.pipe(v.number(), v.finite()), v.pipe(Text, v.maxLength(VALUE_MAX))]) })
const Step = v.object({ value: v.nullish(Whole, 1) })

/** `inc` and `dec` go by 1 where nothing else is said. @throws WeappError */
export function parseFieldChange(body: Body): { readonly roomID: string, readonly change: CustomChange } {
  const { roomID, fieldName, operation } = parseFields(FieldChange, { roomID: WeappCode.noRoomId, fieldName: WeappCode.noField, operation: WeappCode.noField }, body)
  const codes = { value: WeappCode.noValue }
  return {
    roomID,
    change: operation === 'set'
      ? { operation, fieldName, value: parseFields(SetValue, codes, body).value }
      : { operation, fieldName, by: parseFields(Step, codes, body).value },
  }
}

/** Of one stream; https://cloud.tencent.com/document/product/267/8832. Canvases (type 3) are no streams. */
const CANVAS = 3
const INPUTS_MAX = 16
const StreamName = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
const Input = v.object({
  input_stream_id: StreamName,
  layout_params: v.optional(v.object({ input_type: v.fallback(v.optional(Whole), undefined) })),
})
const MixDocument = v.object({ interface: v.object({ para: v.object({
  input_stream_list: v.pipe(v.array(Input), v.minLength(1), v.maxLength(INPUTS_MAX)),
}) }) })
/** Names of the streams to be mixed, each once, in the client's order: the main one first. */
const MixParams = v.pipe(
  v.union([v.pipe(v.string(), v.transform(jsonIn)), v.unknown()]),
  MixDocument,
  v.transform(({ interface: { para } }) => [...new Set(para.input_stream_list
    .filter(input => input.layout_params?.input_type !== CANVAS)
    .map(input => input.input_stream_id))]),
  v.minLength(1),
)
export const Merge = v.object({ roomID: RoomId, mergeParams: MixParams })
