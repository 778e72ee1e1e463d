const FIRST_PAUSES_MS = [0, 500, 1000, 2000]
/** What went well for so long begins with a clean sheet. */
const FORGIVEN_AFTER_MS = 60_000

/** How often something may fail, and how long it then pauses. */
export class Restarts {
  private failures = 0
  private failedAt = -Infinity

  /** @returns the pause in ms before the next try, undefined when it has failed too often */
  next(nowMs: number): number | undefined {
    if (nowMs - this.failedAt > FORGIVEN_AFTER_MS)
      this.failures = 0
    this.failedAt = nowMs
    return FIRST_PAUSES_MS[this.failures++]
  }
}
