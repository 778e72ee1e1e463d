/**
 * The WebSocket protocol: JSON text frames, each an array of messages, in both directions. Times: unix milliseconds.
 *
 * A client says `hello`, is answered `welcome`, then joins one room. Every request carries an `id` and is answered by a
 * message with the same id in `re`. Room messages carry `seq`, which grows by one in a room; a client that lost its
 * socket joins again with `since` and is sent what it missed. Rules: docs/SPEC.md, section CH.
 */
import * as v from 'valibot'
import { ROOM_ID } from '../domain/ids'
import { ERROR_CODES } from './errorCode'
import { LinkMicView } from './linkMic'
import { Standing } from './moderation'
import { Room, User } from './rest'

export { TEXT_MAX } from '../domain/chatText'

export const PROTOCOL_VERSION = 1
/** The last messages that a late joiner is sent. */
export const HISTORY_LENGTH = 50
/** Bytes of one frame from a client. */
export const CLIENT_FRAME_MAX_BYTES = 16 * 1024
/** Messages in one frame from a client. */
export const CLIENT_FRAME_MAX_MESSAGES = 16
/** A client pings this often; a server that hears nothing for two of them and a half hangs up. */
export const PING_INTERVAL_MS = 20_000

/**
 * WebSocket close codes of ours. From 4400 to 4499 trying again with the same token and room is pointless;
 * below that it is not (the numbers of RFC 6455, 4000 and up to 4399).
 */
export const CloseCode = {
  goingAway: 1001,
  tooBig: 1009,
  /** The client reads too slowly; it should come back with `since`. */
  tooSlow: 4008,
  /** Neither hello in time nor pings. */
  silent: 4009,
  badFrame: 4400,
  unauthorized: 4401,
  protocolVersion: 4426,
  /** The same person opened more sockets than allowed: the oldest goes. */
  replaced: 4409,
} as const

export const isFinalCloseCode = (code: number): boolean => code >= 4400 && code < 4500

export const RequestId = v.pipe(v.string(), v.minLength(1), v.maxLength(36))
const roomId = v.pipe(v.string(), v.regex(ROOM_ID))
const seq = v.pipe(v.number(), v.integer(), v.minValue(0))
const at = v.pipe(v.number(), v.integer(), v.minValue(0))

// ── client → server ──────────────────────────────────────────────────────────────────────────────────────────────

export const Hello = v.object({ type: v.literal('hello'), id: RequestId, version: v.number() })
/** `since`: the last seq this client has seen of the room; absent on a first visit. */
export const Join = v.object({ type: v.literal('join'), id: RequestId, roomId, since: v.optional(seq) })
export const Leave = v.object({ type: v.literal('leave'), id: RequestId, roomId })
/** `id` makes it idempotent: said twice after a lost answer, it is heard once. */
export const Say = v.object({ type: v.literal('say'), id: RequestId, roomId, text: v.pipe(v.string(), v.maxLength(4000)) })
/** `seq`: the last one seen, so that the server knows how far behind the client is. */
export const Ping = v.object({ type: v.literal('ping'), seq: v.optional(seq) })

export const ClientMessage = v.variant('type', [Hello, Join, Leave, Say, Ping])
export type ClientMessage = v.InferOutput<typeof ClientMessage>
export const ClientFrame = v.pipe(v.array(ClientMessage), v.minLength(1), v.maxLength(CLIENT_FRAME_MAX_MESSAGES))

// ── server → client: in a room, in order ─────────────────────────────────────────────────────────────────────────

export const ChatMessage = v.object({ type: v.literal('chat'), seq, id: v.string(), at, from: User, text: v.string() })
export type ChatMessage = v.InferOutput<typeof ChatMessage>
/** Somebody came. Many arrivals within a second are one notice. `others` counts those not named. */
export const JoinNotice = v.object({ type: v.literal('joinNotice'), seq, at, user: User, others: seq })
/** The room changed: its status, its title. Carries the whole room, so that nothing has to be fetched. */
export const RoomChanged = v.object({ type: v.literal('roomChanged'), seq, at, room: Room })
/** The last message of a room. */
export const RoomEnded = v.object({ type: v.literal('roomEnded'), seq, at, room: Room })

export const RoomMessage = v.variant('type', [ChatMessage, JoinNotice, RoomChanged, RoomEnded])
export type RoomMessage = v.InferOutput<typeof RoomMessage>

// ── server → client: answers and news without a place in the order ──────────────────────────────────────────────

export const Welcome = v.object({ type: v.literal('welcome'), re: RequestId, version: v.number(), user: User, pingIntervalMs: v.number() })
/** `messages`: what was missed since `since`, or the last ones. `isGap`: more was missed than the server keeps. */
export const Joined = v.object({ type: v.literal('joined'), re: RequestId, room: Room, seq, online: seq, messages: v.array(RoomMessage), isGap: v.boolean() })
export const Left = v.object({ type: v.literal('left'), re: RequestId })
/** Said, stored and given its place. */
export const Said = v.object({ type: v.literal('said'), re: RequestId, messageId: v.string(), seq, at })
/** `re` is null where nothing was asked. `REMOVED` then says that the anchor has sent this person out of the room they were in. */
export const Failed = v.object({ type: v.literal('failed'), re: v.nullable(RequestId), code: v.picklist(ERROR_CODES), message: v.string(), retryAfterMs: v.optional(v.number()) })
export const Pong = v.object({ type: v.literal('pong'), at })
/** People in the room besides its anchor. Low priority: the first to be dropped for a slow reader. */
export const Online = v.object({ type: v.literal('online'), roomId, online: seq })
/** For this person alone: how they stand in the room's link-mic. Sent on joining, and when it has changed. */
export const LinkMicSignal = v.object({ type: v.literal('linkMic'), view: LinkMicView })
/** For this person alone: whether they may speak. Sent when they join silenced, and when it has changed. */
export const StandingSignal = v.object({ type: v.literal('standing'), standing: Standing })

export const ServerMessage = v.variant('type', [Welcome, Joined, Left, Said, Failed, Pong, Online, LinkMicSignal, StandingSignal, ChatMessage, JoinNotice, RoomChanged, RoomEnded])
export type ServerMessage = v.InferOutput<typeof ServerMessage>
export const ServerFrame = v.array(ServerMessage)
