import type { ErrorCode } from '@/shared/protocol/errorCode'
import { ApiFailure } from '@/src/ports/RoomApi'

/** The code of a failed call. Anything else is a mistake of ours and rises. */
export function failureCode(error: unknown): ErrorCode {
  if (error instanceof ApiFailure)
    return error.code
  throw error
}

const PASSING: readonly ErrorCode[] = ['NETWORK', 'TIMEOUT', 'UNAVAILABLE', 'CLOUD_UNAVAILABLE', 'INTERNAL', 'TOO_MANY_REQUESTS']

/** Trying again may help. */
export const isPassing = (code: ErrorCode): boolean => PASSING.includes(code)
