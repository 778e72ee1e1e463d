import type { ErrorCode } from '@/shared/protocol/errorCode'
import { ApiFailure } from '@/src/ports/RoomApi'

/** The code of a failed call. Anything else is a mistake of ours and rises. */
export function failureCode(error: unknown): ErrorCode {
  if (error instanceof ApiFailure)
    return error.code
  throw error
}
