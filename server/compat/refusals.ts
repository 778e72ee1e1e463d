/** What rooms and doors refuse in our vocabulary, in the old one. */
import type { ErrorCode } from '../../shared/protocol/errorCode'
import { AppError } from '../errors'
import { WeappCode, WeappError } from './WeappError'

/** What is not here is answered with the code of the action that failed. */
const CODES: Readonly<Partial<Record<ErrorCode, WeappCode>>> = {
  BAD_REQUEST: WeappCode.badRequest,
  PAYLOAD_TOO_LARGE: WeappCode.badRequest,
  UNAUTHORIZED: WeappCode.tokenRefused,
  TOO_MANY_REQUESTS: WeappCode.rateLimited,
  TOO_MANY_ROOMS: WeappCode.createFailed,
  LINK_MIC_STAGE_FULL: WeappCode.tooManyAnchors,
  LINK_MIC_BUSY: WeappCode.alreadyInRoom,
  INTERNAL: WeappCode.storageFailed,
  UNAVAILABLE: WeappCode.storageFailed,
}

/** Where our own words say nothing to who knows seats alone by coming and going. */
const WORDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  LINK_MIC_GONE: 'The anchor of the room has not agreed to it, or does so no longer.',
}

/** Undefined for what nobody meant. `failed`: the code of the action. */
export function refusalOf(error: unknown, failed: WeappCode): WeappError | undefined {
  if (error instanceof WeappError)
    return error
  if (error instanceof AppError)
    return new WeappError(CODES[error.code] ?? failed, WORDS[error.code] ?? error.message)
  // Express and its body parser throw `http-errors` for what the client did wrong; their words may quote it.
  const isClients = error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500
  return isClients ? new WeappError(WeappCode.badRequest, 'This request cannot be read.') : undefined
}

/** For `catch` where somebody enters a room. @throws WeappError; anything that nobody meant as it is */
export function inOldCodes(error: unknown): never {
  throw refusalOf(error, WeappCode.enterFailed) ?? error
}
