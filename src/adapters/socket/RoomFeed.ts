/** Keeps a room's messages in order and without repeats, and notices when one is missing. */
import type { Placed } from './wire'
import type { RoomMessage } from '@/shared/protocol/ws'
import { isKnown } from './wire'

export interface Fed {
  readonly fresh: readonly RoomMessage[]
  /** A number was left out: what follows has to be asked for again. */
  readonly isMissing: boolean
}

export class RoomFeed {
  /** @param last the seq up to which everything has been seen */
  constructor(private last: number) {}

  get seq(): number {
    return this.last
  }

  /** Messages as they come, live. */
  take(messages: readonly Placed[]): Fed {
    const fresh: RoomMessage[] = []
    for (const message of messages) {
      if (message.seq > this.last + 1)
        return { fresh, isMissing: true }
      this.add(message, fresh)
    }
    return { fresh, isMissing: false }
  }

  /** What was missed, complete up to `last`. */
  resume(messages: readonly Placed[], last: number): readonly RoomMessage[] {
    const fresh: RoomMessage[] = []
    for (const message of messages)
      this.add(message, fresh)
    this.last = Math.max(this.last, last)
    return fresh
  }

  private add(message: Placed, fresh: RoomMessage[]): void {
    if (message.seq <= this.last)
      return
    this.last = message.seq
    if (isKnown(message))
      fresh.push(message)
  }
}
