/** What the server throws on purpose. One factory per sentence; http/errorHandler.ts answers them, chat sends them as `failed`. */
import type { StageRefusal } from '../shared/domain/stage'
import type { ErrorCode } from '../shared/protocol/errorCode'
import { MODERATED_MAX } from '../shared/domain/moderation'

export class AppError extends Error {
  override readonly name = 'AppError'

  /** `status` is the HTTP status it is answered with; the message is for developers, in English. */
  constructor(readonly code: ErrorCode, readonly status: number, message: string, readonly retryAfterMs?: number) {
    super(message)
  }
}

/** For `catch`: a refusal means there is nothing; anything else rises. */
export function unlessRefused(error: unknown): undefined {
  if (!(error instanceof AppError))
    throw error
}

export const BadRequest = (message: string) => new AppError('BAD_REQUEST', 400, message)
export const Unauthorized = (message = 'This needs a session: send "Authorization: Bearer <token>" from POST /api/sessions.') => new AppError('UNAUTHORIZED', 401, message)
export const Forbidden = (message: string) => new AppError('FORBIDDEN', 403, message)
export const NotFound = (what: string) => new AppError('NOT_FOUND', 404, `${what} does not exist.`)
export const PayloadTooLarge = (maxBytes: number) => new AppError('PAYLOAD_TOO_LARGE', 413, `The body may have at most ${maxBytes} bytes.`)
export const UnsupportedMediaType = (message: string) => new AppError('UNSUPPORTED_MEDIA_TYPE', 415, message)
export const TooManyRequests = (retryAfterMs: number) => new AppError('TOO_MANY_REQUESTS', 429, `Too many requests: wait ${Math.ceil(retryAfterMs / 1000)} s.`, retryAfterMs)
export const CloudUnavailable = (service: string, retryAfterMs?: number) => new AppError('CLOUD_UNAVAILABLE', 503, `${service} does not answer, or has too much to do: try again later.`, retryAfterMs)
export const GuestsOff = () => new AppError('GUESTS_OFF', 403, 'A nickname is not enough here: open a session with an account.')
/** `reason` completes "because …", and repeats nothing of the token. */
export const WeChatCodeRefused = () => new AppError('TOKEN_REFUSED', 401, 'This code of wx.login is not good, or was used: ask WeChat for a new one.')
export const TokenRefused = (reason: string) => new AppError('TOKEN_REFUSED', 401, `The token of the account system is not good: ${reason}.`)
export const Unavailable = (message: string) => new AppError('UNAVAILABLE', 503, message)

export const TextBlocked = () => new AppError('TEXT_BLOCKED', 422, 'This holds words that are not let through.')
export const Silenced = () => new AppError('SILENCED', 403, 'The anchor has silenced you, or everybody.')
export const ModeratedFull = () => new AppError('MODERATED_FULL', 409, `At most ${MODERATED_MAX} people are silenced, and as many sent away: let some of them be first.`)
export const Removed = (roomId: string) => new AppError('REMOVED', 403, `The anchor has sent you out of room ${roomId}.`)

export const RoomNotFound = (id: string) => new AppError('ROOM_NOT_FOUND', 404, `Room ${id} does not exist.`)
export const RoomEnded = (id: string) => new AppError('ROOM_ENDED', 409, `Room ${id} has ended.`)
export const NotRoomAnchor = (id: string) => new AppError('NOT_ROOM_ANCHOR', 403, `Only its anchor may change room ${id}.`)
export const PublishedElsewhere = () => new AppError('REPLACED', 409, 'You publish this stream from somewhere else.')
export const TooManyStreams = () => new AppError('MEDIA_CAPACITY', 503, 'The server carries as many streams as it may: try again later.')
export const SimulatorFull = (max: number) => new AppError('MEDIA_CAPACITY', 503, `The server lends ${max} simulated streams at a time.`)
export const TooManyTestStreams = (max: number) => new AppError('MEDIA_CAPACITY', 503, `All ${max} test addresses are given: try again later.`)
export const NoWeChat = () => new AppError('NO_WECHAT', 409, 'WeChat does not know this account: nothing can be sent to it.')
export const TooManyRooms = (max: number) => new AppError('TOO_MANY_ROOMS', 409, `You have ${max} rooms on air already: end one first.`)

const REFUSED: Readonly<Record<StageRefusal, string>> = {
  CLOSED: 'The anchor takes no guests now.',
  WAIT: 'Rejected or removed a moment ago: wait before applying again.',
  QUEUE_FULL: 'Too many people are waiting.',
  STAGE_FULL: 'All seats are taken.',
  BUSY: 'That person is applying, invited or on stage already.',
  GONE: 'That application, invitation, seat or person is gone.',
}
export const LinkMicRefused = (refusal: StageRefusal, retryAfterMs?: number) => new AppError(`LINK_MIC_${refusal}`, 409, REFUSED[refusal], refusal === 'WAIT' ? retryAfterMs : undefined)
