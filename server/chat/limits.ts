/** Tunables of the chat. Rates refill steadily; `burst` is how many may come at once. */
import { PING_INTERVAL_MS } from '../../shared/protocol/ws'

export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

export interface ChatLimits {
  /** Open sockets of everybody together. */
  readonly sockets: number
  /** Generous: a school or an office is one address. */
  readonly socketsPerAddress: number
  /** One person's windows and devices; the oldest makes room. */
  readonly socketsPerUser: number
  readonly connectsPerAddress: Rate
  readonly saysPerUser: Rate
  readonly saysPerRoom: Rate
  readonly requestsPerSocket: Rate
}

export const DEFAULT_CHAT_LIMITS: ChatLimits = {
  sockets: 20_000,
  socketsPerAddress: 500,
  socketsPerUser: 5,
  connectsPerAddress: { perSecond: 20, burst: 200 },
  saysPerUser: { perSecond: 1, burst: 10 },
  saysPerRoom: { perSecond: 100, burst: 200 },
  requestsPerSocket: { perSecond: 20, burst: 100 },
}

/** Between a socket's opening and its hello. */
export const HELLO_TIMEOUT_MS = 3000
/** A socket from which nothing has come for so long is gone. */
export const SILENCE_MS = PING_INTERVAL_MS * 2.5
/** A reader that takes no byte for so long, with bytes waiting, is stuck. */
export const STALL_MS = 15_000
/** A reader whose pings tell of messages older than this is too slow, whatever the kernel still holds for it. */
export const LAG_MS = 30_000
/** A person whose last socket broke is still in the room for so long. */
export const DROP_GRACE_MS = 10_000
/** While a room is busy, what is said in it leaves this often. */
export const BATCH_MS = 50
/** Arrivals and head counts are told at most this often. */
export const NOTICE_MS = 1000
/** Sockets served before other work gets its turn. */
export const SLICE_SIZE = 500
/** Refused requests; one more ends the socket. */
export const STRIKES: Rate = { perSecond: 0.5, burst: 50 }
/** Frames of one socket that wait for their turn. */
export const WAITING_FRAMES_MAX = 64
/** Messages of one room that wait for the store. */
export const WAITING_WRITES_MAX = 2000
/** Room messages kept in memory for those who come back with `since`. */
export const LOG_LENGTH = 256
/** A room with nobody in it leaves memory after so long; what was said in it stays in the store. */
export const ROOM_REST_MS = 60_000
export const TICK_MS = 1000
/** After this a closed socket whose other end does not answer is cut. */
export const CLOSE_TIMEOUT_MS = 2000
