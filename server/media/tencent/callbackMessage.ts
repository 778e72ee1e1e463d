/**
 * What Cloud Live tells, by event_type: publications (267/47025), recordings (267/47026) and their state (267/102192),
 * screenshots (267/47028), push errors (267/84046). Fields that nothing here needs are left alone.
 */
import * as v from 'valibot'

const text = (max: number) => v.pipe(v.string(), v.maxLength(max))
/** Some numbers come as texts. */
const number = v.union([v.pipe(v.number(), v.integer(), v.minValue(0)), v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))])

/** In every message, whatever else it tells. */
export const SignedMessage = v.object({
  event_type: number,
  /** Unix seconds, until when the message is good. */
  t: number,
  sign: v.pipe(v.string(), v.regex(/^[\da-f]{32}$/i)),
})
export type SignedMessage = v.InferOutput<typeof SignedMessage>

const publication = {
  stream_id: text(256),
  /** The push domain and the path behind it. */
  app: text(256),
  appname: text(256),
  /** The same for a publication's beginning and its end. */
  sequence: v.pipe(text(64), v.minLength(1)),
  /** Unix seconds. */
  event_time: number,
}

/** 0 where the cloud has not seen a picture yet. */
const length = v.optional(number, 0)

export const CallbackMessage = v.variant('event_type', [
  v.object({ event_type: v.literal(1), ...publication, width: length, height: length }),
  v.object({ event_type: v.literal(0), ...publication, errcode: v.optional(v.number(), 0), errmsg: v.optional(text(1024), '') }),
  v.object({ event_type: v.literal(100), stream_id: text(256), file_id: text(256), file_format: text(16), duration: number }),
  v.object({ event_type: v.literal(200), stream_id: text(256), pic_url: text(1024) }),
  v.object({ event_type: v.literal(321), stream_id: text(256), abnormal_event: v.pipe(v.array(v.object({ type: number, count: number })), v.maxLength(100)) }),
  v.object({ event_type: v.literal(332), stream_id: text(256), record_event: text(64) }),
])
export type CallbackMessage = v.InferOutput<typeof CallbackMessage>

export type Begun = Extract<CallbackMessage, { event_type: 1 }>
export type Ended = Extract<CallbackMessage, { event_type: 0 }>

const KNOWN = new Set([1, 0, 100, 200, 321, 332])
/** There are more kinds of events than these; an operator may switch them on, and nothing here follows from them. */
export const isKnownEvent = ({ event_type }: SignedMessage): boolean => KNOWN.has(event_type)
