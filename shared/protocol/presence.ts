/**
 * The door through which an app tells our server that its person is in a room, where somebody else's service carries the
 * chat. Without such a service there is no such door. Rules: docs/SPEC.md, section IS.
 */
import * as v from 'valibot'

/** A person is there for two of these and a half. */
export const PRESENCE_INTERVAL_MS = 20_000

/** `visit`: one window's stay in the room, an id of the app's own. `fresh`: it has just joined, and knows nothing yet. */
export const PresenceQuery = v.object({ visit: v.pipe(v.string(), v.regex(/^[\w-]{1,36}$/)), fresh: v.optional(v.literal('1')) })
/** When to tell it again; null: not at all. `group`: where the room's chat is, if its group is not called by the room's id. */
export const PresenceAnswer = v.object({ againInMs: v.nullable(v.number()), group: v.optional(v.pipe(v.string(), v.maxLength(48))) })
export type PresenceAnswer = v.InferOutput<typeof PresenceAnswer>
