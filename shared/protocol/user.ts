import * as v from 'valibot'
import { USER_ID } from '../domain/ids'

/** One of the built-in drawings, which every app draws by itself. */
export const AVATAR_COUNT = 12
export const Avatar = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(AVATAR_COUNT - 1))

export const User = v.object({
  id: v.pipe(v.string(), v.regex(USER_ID)),
  nickname: v.string(),
  avatar: Avatar,
  /** Path of the person's own picture on this server, new with each picture; absent: the drawing. */
  picture: v.optional(v.pipe(v.string(), v.regex(/^\/pictures\/[\w-]+\.[a-z]+$/))),
})
export type User = v.InferOutput<typeof User>
