/**
 * Keeping order in a room: what its anchor may ask for, and how a person stands. Commands go to
 * `POST /api/rooms/:id/moderation` and may be sent again after a lost answer. Rules: docs/SPEC.md, section MO.
 */
import * as v from 'valibot'
import { ROOM_ID, USER_ID } from '../domain/ids'
import { User } from './user'

const userId = v.pipe(v.string(), v.regex(USER_ID))

export const ModerationCommand = v.variant('type', [
  v.object({ type: v.literal('silence'), userId }),
  v.object({ type: v.literal('unsilence'), userId }),
  /** Everybody but the anchor. */
  v.object({ type: v.literal('silenceAll'), isOn: v.boolean() }),
  /** Out of the room, off its stage, and not in again. */
  v.object({ type: v.literal('remove'), userId }),
  v.object({ type: v.literal('readmit'), userId }),
])
export type ModerationCommand = v.InferOutput<typeof ModerationCommand>

/** For the anchor. */
export const ModerationView = v.object({ isEveryoneSilenced: v.boolean(), silenced: v.array(User), removed: v.array(User) })
export type ModerationView = v.InferOutput<typeof ModerationView>

/** For one person: whether they themselves were silenced. That everybody is says the room. */
export const Standing = v.object({ roomId: v.pipe(v.string(), v.regex(ROOM_ID)), isSilenced: v.boolean() })
export type Standing = v.InferOutput<typeof Standing>
