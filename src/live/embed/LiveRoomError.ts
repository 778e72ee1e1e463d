import type { ErrorCode } from '@/shared/protocol/errorCode'

/** What the module API refuses with; `errCode` and `errMsg` are what the old component's `fail` was called with. */
export class LiveRoomError extends Error {
  override readonly name = 'LiveRoomError'

  /** `reason` is the server's own code; undefined when it was not asked. */
  constructor(readonly errCode: number, readonly errMsg: string, readonly reason?: ErrorCode) {
    super(errMsg)
  }
}

/** The numbers of the old module. */
export const FAILED = { request: -1, login: -2, badParameters: -9 } as const
