/** Gives a room's messages their places, one batch at a time: stored first, then told, so no place is ever given twice. */
import type { ChatMessage, RoomMessage } from '../../shared/protocol/ws'
import type { Clock } from '../clock'
import type { MessageStore, StoredMessage } from './MessageStore'
import { Unavailable } from '../errors'
import { WAITING_WRITES_MAX } from './limits'

/** A message that does not know its place yet. */
export type Draft
  = | {
    readonly userId: string
    readonly requestId: string
    /** @throws AppError when it may not be said; not asked when it has been said already. */
    readonly admit: () => void
    readonly compose: (seq: number, at: number) => ChatMessage
  }
  | { readonly compose: (seq: number, at: number) => Exclude<RoomMessage, ChatMessage> }

interface Waiting {
  readonly draft: Draft
  readonly resolve: (message: RoomMessage) => void
  readonly reject: (error: unknown) => void
}

export interface RoomWriterOptions {
  readonly roomId: string
  readonly lastSeq: number
  readonly store: MessageStore
  readonly clock: Clock
  readonly onStored: (messages: readonly RoomMessage[]) => void
}

export class RoomWriter {
  private waiting: Waiting[] = []
  private isWriting = false
  /** Requests on their way, so that one repeated at once is not stored twice. */
  private readonly underWay = new Map<string, Promise<RoomMessage>>()

  private seq: number

  constructor(private readonly options: RoomWriterOptions) {
    this.seq = options.lastSeq
  }

  get isBusy(): boolean {
    return this.isWriting
  }

  /** The message in its place; a request that was answered before gets the same message again. */
  write(draft: Draft): Promise<RoomMessage> {
    if (!('requestId' in draft))
      return this.enqueue(draft)
    const key = `${draft.userId} ${draft.requestId}`
    const same = this.underWay.get(key)
    if (same)
      return same
    const written = this.enqueue(draft).finally(() => this.underWay.delete(key))
    this.underWay.set(key, written)
    return written
  }

  private enqueue(draft: Draft): Promise<RoomMessage> {
    if (this.waiting.length >= WAITING_WRITES_MAX)
      return Promise.reject(Unavailable('Too many messages wait to be stored.'))
    return new Promise((resolve, reject) => {
      this.waiting.push({ draft, resolve, reject })
      if (!this.isWriting)
        void this.writeAll()
    })
  }

  private async writeAll(): Promise<void> {
    this.isWriting = true
    while (this.waiting.length > 0)
      await this.writeBatch(this.waiting.splice(0))
    this.isWriting = false
  }

  private async writeBatch(batch: readonly Waiting[]): Promise<void> {
    const { roomId, store, clock, onStored } = this.options
    let fresh: readonly Waiting[] = batch
    try {
      fresh = await this.withoutRepeats(batch)
      if (fresh.length === 0)
        return
      const at = clock.now()
      const stored = fresh.map(({ draft }, index) => compose(roomId, draft, this.seq + 1 + index, at))
      await store.append(stored)
      this.seq += stored.length // only now: a place that was not stored is given again
      onStored(stored.map(({ message }) => message))
      fresh.forEach(({ resolve }, index) => resolve(stored[index].message))
    }
    catch (error) {
      for (const { reject } of fresh)
        reject(error)
    }
  }

  private async withoutRepeats(batch: readonly Waiting[]): Promise<Waiting[]> {
    const { roomId, store } = this.options
    const said = await Promise.all(batch.map(({ draft }) => 'requestId' in draft ? store.findSaid(roomId, draft.userId, draft.requestId) : undefined))
    return batch.filter((waiting, index) => {
      const before = said[index]
      if (before)
        waiting.resolve(before)
      return !before && isAdmitted(waiting)
    })
  }
}

function isAdmitted({ draft, reject }: Waiting): boolean {
  try {
    if ('admit' in draft)
      draft.admit()
    return true
  }
  catch (error) {
    reject(error)
    return false
  }
}

function compose(roomId: string, draft: Draft, seq: number, at: number): StoredMessage {
  return 'requestId' in draft
    ? { roomId, message: draft.compose(seq, at), requestId: draft.requestId }
    : { roomId, message: draft.compose(seq, at) }
}
