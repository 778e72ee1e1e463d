/** Texts on their way: sent again in their order after a drop, until answered, refused or too late. */
import type { Clock } from '@/src/ports/Clock'
import { ApiFailure } from '@/src/ports/RoomApi'

export const SAY_TIMEOUT_MS = 20_000

export interface Text {
  readonly id: string
  readonly text: string
}

interface Waiting extends Text {
  readonly resolve: (messageId: string) => void
  readonly reject: (failure: ApiFailure) => void
  readonly cancelTimeout: () => void
}

export class UnansweredTexts {
  /** Maps keep the order of insertion. */
  private readonly waiting = new Map<string, Waiting>()

  constructor(private readonly clock: Clock) {}

  get all(): readonly Text[] {
    return [...this.waiting.values()]
  }

  /** Resolves with the message's id. */
  add(text: Text): Promise<string> {
    return new Promise((resolve, reject) => {
      const cancelTimeout = this.clock.after(SAY_TIMEOUT_MS, () => this.fail(text.id, new ApiFailure('TIMEOUT', 'The chat did not answer.')))
      this.waiting.set(text.id, { ...text, resolve, reject, cancelTimeout })
    })
  }

  said(id: string, messageId: string): void {
    this.take(id)?.resolve(messageId)
  }

  fail(id: string, failure: ApiFailure): void {
    this.take(id)?.reject(failure)
  }

  failAll(failure: ApiFailure): void {
    for (const { id } of this.all)
      this.fail(id, failure)
  }

  private take(id: string): Waiting | undefined {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    waiting?.cancelTimeout()
    return waiting
  }
}
