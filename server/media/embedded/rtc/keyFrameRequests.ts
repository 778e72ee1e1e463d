import type { Clock } from '../../../clock'

/** However many viewers join or lose packets at once, the publisher makes at most this many key frames. */
export const KEY_FRAME_MIN_GAP_MS = 500
/** Browsers make key frames only when asked. This bounds how far behind the GOP cache puts a late reader. */
export const KEY_FRAME_INTERVAL_MS = 2000

/** Key frames asked for by many, passed on to one publisher. */
export class KeyFrameRequests {
  private askedAt = -Infinity
  private cancelLater?: () => void
  private isClosed = false

  constructor(private readonly ask: () => void, private readonly clock: Clock) {}

  /** Now if the last one is long enough ago, else as soon as it is. */
  request(): void {
    if (this.isClosed || this.cancelLater)
      return
    const waitMs = this.askedAt + KEY_FRAME_MIN_GAP_MS - this.clock.now()
    if (waitMs > 0) {
      this.cancelLater = this.clock.after(waitMs, () => {
        this.cancelLater = undefined
        this.request()
      })
      return
    }
    this.askedAt = this.clock.now()
    this.ask()
  }

  /** To be called with every packet of the picture. */
  keepComing(): void {
    if (this.clock.now() - this.askedAt >= KEY_FRAME_INTERVAL_MS)
      this.request()
  }

  close(): void {
    this.isClosed = true
    this.cancelLater?.()
  }
}
