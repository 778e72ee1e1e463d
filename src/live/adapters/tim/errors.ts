/**
 * The SDK's failures in our codes. https://web.sdk.qcloud.com/im/doc/v3/zh-cn/module-ERROR_CODE.html has those of the SDK,
 * https://cloud.tencent.com/document/product/269/1671 those of the service.
 */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import { MESSAGE_REFUSALS } from '@/shared/protocol/tencentIm'
import { ApiFailure } from '@/src/ports/RoomApi'

const CODES: Readonly<Record<number, ErrorCode>> = {
  2024: 'UNAUTHORIZED', // not logged in: visitors may only read
  2101: 'NOT_IN_ROOM', // not in the live room
  2602: 'ROOM_NOT_FOUND', // not the id of a group
  2603: 'ROOM_NOT_FOUND',
  2800: 'NETWORK',
  2801: 'TIMEOUT',
  2805: 'NETWORK', // offline
  2996: 'SENDING_TOO_FAST',
  3002: 'REPLACED', // the account is used in another window
  3003: 'REPLACED', // and on another device
  3004: 'UNAUTHORIZED', // the UserSig ran out
  3006: 'FORBIDDEN', // sent away by the server
  10007: 'FORBIDDEN',
  10010: 'ROOM_NOT_FOUND', // dismissed
  10015: 'ROOM_NOT_FOUND',
  10016: 'FORBIDDEN', // our server said no
  10017: 'SILENCED',
  10023: 'SENDING_TOO_FAST',
  20002: 'UNAUTHORIZED', // the login ran out
  80001: 'TEXT_BLOCKED',
  ...Object.fromEntries(Object.entries(MESSAGE_REFUSALS).map(([code, number]) => [number, code as ErrorCode])),
}
/** Everything about UserSigs: expired, forged, of another user or application. */
const USER_SIG = { first: 70_001, last: 70_016 }

export function codeOf(timCode: number): ErrorCode {
  const isUserSig = timCode >= USER_SIG.first && timCode <= USER_SIG.last
  return CODES[timCode] ?? (isUserSig ? 'UNAUTHORIZED' : 'UNAVAILABLE')
}

/** What anything that the SDK or the API rejects with means to the app. */
export function failureOf(error: unknown): ApiFailure {
  if (error instanceof ApiFailure)
    return error
  const code = typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : Number.NaN
  return new ApiFailure(codeOf(code), `Tencent IM: ${Number.isNaN(code) ? String(error) : code}`)
}

const PASSING: readonly ErrorCode[] = ['NETWORK', 'TIMEOUT', 'UNAVAILABLE', 'INTERNAL', 'TOO_MANY_REQUESTS']

/** Trying again may help. */
export const isPassing = ({ code }: ApiFailure): boolean => PASSING.includes(code)
