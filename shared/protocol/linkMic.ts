/**
 * Link-mic on the wire: what everybody sees of a stage, what one person sees of it, and what people may ask for. Times: unix
 * milliseconds. Commands go to `POST /api/rooms/:id/link-mic`; views come as its answer, and as a signal whenever something
 * has changed. A view with a lower `version` than one already seen is late and changes nothing. Rules: docs/SPEC.md, section LM.
 */
import * as v from 'valibot'
import { ROOM_ID, STREAM_ID, USER_ID } from '../domain/ids'
import { User } from './user'

const time = v.pipe(v.number(), v.integer(), v.minValue(0))
const requestId = v.pipe(v.string(), v.minLength(1), v.maxLength(36))
const userId = v.pipe(v.string(), v.regex(USER_ID))

export const Medium = v.picklist(['video', 'voice'])
export const AdmissionMode = v.picklist(['ask', 'open', 'closed'])
export const SeatNumber = v.picklist([1, 2, 3])
export const Track = v.object({ isOn: v.boolean(), isMuted: v.boolean() })

/** A seat that is taken. `requestId` names this guest's time on it. */
export const StageGuest = v.object({
  user: User,
  seat: SeatNumber,
  requestId,
  status: v.picklist(['connecting', 'linked', 'dropped']),
  /** Until when the stage waits for a guest who is not there yet, or not any more; null while linked. */
  deadline: v.nullable(time),
  medium: Medium,
  streamId: v.pipe(v.string(), v.regex(STREAM_ID)),
  sound: Track,
  picture: Track,
})
export type StageGuest = v.InferOutput<typeof StageGuest>

/** `isMixed`: the server composes one picture of all, to be had as the room's `mixed` play URLs. */
export const PublicStage = v.object({ admission: AdmissionMode, guests: v.array(StageGuest), isMixed: v.boolean() })
export type PublicStage = v.InferOutput<typeof PublicStage>

export const LinkMicEnd = v.picklist(['cancelled', 'declined', 'left', 'rejected', 'withdrawn', 'kicked', 'closed', 'expired', 'noStream', 'dropped', 'roomEnded'])

/** shared/domain/linkMic.ts says what the states mean. */
export const LinkMic = v.variant('status', [
  v.object({ status: v.literal('idle'), ending: v.nullable(v.object({ requestId, reason: LinkMicEnd, at: time, waitUntil: time })) }),
  v.object({ status: v.literal('invited'), requestId, at: time, deadline: time, lostAt: v.nullable(time) }),
  v.object({ status: v.literal('applying'), requestId, medium: Medium, at: time, deadline: v.nullable(time), lostAt: v.nullable(time) }),
  v.object({ status: v.literal('connecting'), requestId, medium: Medium, deadline: time, lostAt: v.nullable(time) }),
  v.object({ status: v.literal('linked'), requestId, medium: Medium, since: time }),
  v.object({ status: v.literal('dropped'), requestId, medium: Medium, since: time, streamLostAt: v.nullable(time), lostAt: v.nullable(time) }),
])

/** `deadline` is null while the clock stands still. */
export const Application = v.object({ user: User, requestId, medium: Medium, at: time, deadline: v.nullable(time) })
export type Application = v.InferOutput<typeof Application>
export const Invitation = v.object({ user: User, requestId, at: time, deadline: time })
export type Invitation = v.InferOutput<typeof Invitation>

/** The stage as one person sees it. */
export const LinkMicView = v.object({
  roomId: v.pipe(v.string(), v.regex(ROOM_ID)),
  version: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** The server's clock. */
  at: time,
  admission: AdmissionMode,
  /** How the person addressed stands; the anchor is always idle. */
  link: LinkMic,
  /** In the queue, from 1; null outside it. */
  position: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  seat: v.nullable(SeatNumber),
  sound: v.nullable(Track),
  picture: v.nullable(Track),
  /** For the anchor alone; the queue in its order. */
  queue: v.optional(v.array(Application)),
  invitations: v.optional(v.array(Invitation)),
})
export type LinkMicView = v.InferOutput<typeof LinkMicView>

/** Every command names the request it belongs to, so that it may be sent again after a lost answer. */
export const LinkMicCommand = v.variant('type', [
  // anybody in the room but its anchor
  v.object({ type: v.literal('apply'), requestId, medium: Medium }),
  v.object({ type: v.literal('acceptInvitation'), requestId, medium: Medium }),
  /** Takes back the application, declines the invitation, or leaves the seat. */
  v.object({ type: v.literal('leave'), requestId }),
  /** What the guest has switched on. */
  v.object({ type: v.literal('report'), requestId, isMicOn: v.boolean(), isCameraOn: v.boolean() }),
  // the anchor
  v.object({ type: v.literal('invite'), requestId, userId }),
  v.object({ type: v.literal('withdraw'), requestId, userId }),
  v.object({ type: v.literal('accept'), requestId, userId }),
  v.object({ type: v.literal('reject'), requestId, userId }),
  v.object({ type: v.literal('kick'), requestId, userId }),
  v.object({ type: v.literal('mute'), requestId, userId, isMicMuted: v.boolean(), isCameraMuted: v.boolean() }),
  v.object({ type: v.literal('setAdmission'), admission: AdmissionMode }),
])
export type LinkMicCommand = v.InferOutput<typeof LinkMicCommand>
