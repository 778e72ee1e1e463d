/** One socket's place in a room: how far it has been sent, and what it is owed. */
import type { Outbox } from './Outbox'
import type { Line, RoomLog } from './RoomLog'
import { frameOf } from './frame'
import { LAG_MS } from './limits'
import { Priority } from './priority'

/** What goes out to a room in one frame. */
export interface Batch {
  /** The seq before the first line. */
  readonly after: number
  readonly lines: readonly Line[]
  /** The head count as JSON: news without a place in the order. */
  readonly aside?: string
  /** Made once for all readers who have everything before this batch. */
  readonly frame: Buffer | undefined
  readonly frameWithoutAside: Buffer | undefined
}

export class Reader {
  /** What its pings should have reached by now. */
  private mark?: { readonly seq: number, readonly at: number }

  constructor(private readonly outbox: Outbox, private sentSeq: number /* the last it has been sent */) {}

  /**
   * Sends the batch, or as much as a reader that falls behind can take. What it is not sent now it is sent later
   * from the log, in order; hangs up when the log no longer has it.
   *
   * @returns whether everything was sent
   */
  take(batch: Batch, log: RoomLog): boolean {
    const least = this.outbox.leastPassing
    if (least === undefined) {
      this.outbox.hangUp()
      return true
    }
    const last = batch.lines.at(-1)?.seq ?? batch.after
    if (least > Priority.normal && !batch.lines.some(line => line.priority >= least))
      return this.sentSeq >= last
    const aside = least <= Priority.low ? batch.aside : undefined
    if (this.sentSeq === batch.after)
      this.sendShared(aside === undefined ? batch.frameWithoutAside : batch.frame)
    else
      this.sendOwn(aside, log, last)
    this.sentSeq = Math.max(this.sentSeq, last)
    return true
  }

  /** For this person alone, without a place in the order. Passed over by no reader: one that takes nothing is hung up on. */
  signal(frame: Buffer): void {
    this.outbox.send(frame)
  }

  /** A client pings the last seq it has seen; one that stays behind for long is hung up on. */
  acknowledge(seq: number, now: number): void {
    if (!this.mark || seq >= this.mark.seq)
      this.mark = { seq: this.sentSeq, at: now }
    else if (now - this.mark.at > LAG_MS)
      this.outbox.hangUp()
  }

  private sendShared(frame: Buffer | undefined): void {
    if (frame)
      this.outbox.send(frame)
  }

  private sendOwn(aside: string | undefined, log: RoomLog, last: number): void {
    const owed = this.sentSeq < last ? log.since(this.sentSeq) : []
    if (!owed)
      return this.outbox.hangUp()
    const frame = frameOf(owed.filter(line => line.seq <= last), aside)
    if (frame)
      this.outbox.send(frame)
  }
}
