/** What chat refuses on purpose; sent to the client as `failed`. */
import { TEXT_MAX } from '../../shared/domain/chatText'
import { PROTOCOL_VERSION } from '../../shared/protocol/ws'
import { AppError } from '../errors'

export const NotInRoom = (roomId: string) => new AppError('NOT_IN_ROOM', 409, `Join room ${roomId} first.`)
export const TextEmpty = () => new AppError('TEXT_EMPTY', 400, 'There is nothing to see in this text.')
export const TextTooLong = () => new AppError('TEXT_TOO_LONG', 400, `A text has at most ${TEXT_MAX} characters.`)
export const SendingTooFast = (retryAfterMs: number) => new AppError('SENDING_TOO_FAST', 429, `Sending too fast: wait ${retryAfterMs} ms.`, retryAfterMs)
export const ProtocolVersion = (theirs: number) => new AppError('PROTOCOL_VERSION', 426, `This server speaks version ${PROTOCOL_VERSION}, not ${theirs}.`)
