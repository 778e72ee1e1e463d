/** Somebody who waits to be let into a room, for so long and no longer. */
import type { Clock } from '@/src/ports/Clock'
import type { ImJoined } from '@/src/ports/ImClient'
import { ApiFailure } from '@/src/ports/RoomApi'

export const JOIN_TIMEOUT_MS = 15_000

export class Joining {
  readonly joined: Promise<ImJoined>
  private resolve!: (joined: ImJoined) => void
  private reject!: (failure: ApiFailure) => void
  private readonly cancelTimeout: () => void

  /** `onTimeout` is to end it with the failure it is given. */
  constructor(clock: Clock, onTimeout: (failure: ApiFailure) => void) {
    this.joined = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }))
    this.cancelTimeout = clock.after(JOIN_TIMEOUT_MS, () => onTimeout(new ApiFailure('TIMEOUT', 'The chat did not answer.')))
  }

  letIn(joined: ImJoined): void {
    this.cancelTimeout()
    this.resolve(joined)
  }

  giveUp(failure: ApiFailure): void {
    this.cancelTimeout()
    this.reject(failure)
  }
}
