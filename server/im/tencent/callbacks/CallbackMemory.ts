import type { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { CALLBACK_WINDOW_MS, CALLBACKS_REMEMBERED } from '../limits'

/** Callbacks that were taken: the same bytes again, within the time a signature is good for, are a replay. */
export class CallbackMemory {
  private readonly seen = new Map<string, number>()

  /** @returns whether it has come for the first time */
  take(body: Buffer, now: number): boolean {
    this.forget(now)
    const id = createHash('sha256').update(body).digest('base64')
    if (this.seen.has(id))
      return false
    this.seen.set(id, now)
    return true
  }

  private forget(now: number): void {
    for (const [id, at] of this.seen) {
      if (now - at <= 2 * CALLBACK_WINDOW_MS && this.seen.size < CALLBACKS_REMEMBERED)
        return
      this.seen.delete(id)
    }
  }
}
