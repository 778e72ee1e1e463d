/** Sends a room's messages to its readers: at once after a rest, in batches while busy, in slices when there are many. */
import type { Clock } from '../clock'
import type { ChatCounts } from './ChatCounts'
import type { Batch, Reader } from './Reader'
import type { Line, RoomLog } from './RoomLog'
import { frameOf } from './frame'
import { BATCH_MS, SLICE_SIZE } from './limits'
import { Pacer } from './Pacer'

export interface FanoutOptions {
  readonly clock: Clock
  /** Lets other work run, then continues: setImmediate. */
  readonly nextTurn: (action: () => void) => void
  readonly log: RoomLog
  readonly counts: ChatCounts
}

export class Fanout {
  private readonly readers = new Set<Reader>()
  private readonly pacer: Pacer
  private lines: Line[] = []
  private aside?: string
  private isSending = false
  private isDue = false
  private hasStragglers = false

  constructor(private readonly options: FanoutOptions) {
    this.pacer = new Pacer(options.clock, BATCH_MS, () => this.flush())
  }

  add(reader: Reader): void {
    this.readers.add(reader)
  }

  remove(reader: Reader): void {
    this.readers.delete(reader)
  }

  /** Messages in their order. */
  post(lines: readonly Line[]): void {
    this.lines.push(...lines)
    this.pacer.request()
  }

  /** News without a place in the order; a later one replaces what has not left yet. */
  postAside(json: string): void {
    this.aside = json
    this.pacer.request()
  }

  /** Sends those who fell behind what they are owed, as far as they can take it now. */
  catchUp(): void {
    if (this.hasStragglers)
      this.pacer.request()
  }

  stop(): void {
    this.pacer.stop()
  }

  private flush(): void {
    if (this.isSending) {
      this.isDue = true
      return
    }
    const batch = this.takeBatch()
    this.hasStragglers = false
    this.isSending = true
    this.sendSlice(batch, [...this.readers], 0)
  }

  private sendSlice(batch: Batch, readers: readonly Reader[], from: number): void {
    const end = Math.min(from + SLICE_SIZE, readers.length)
    for (let index = from; index < end; index++)
      this.send(batch, readers[index])
    if (end < readers.length)
      return this.options.nextTurn(() => this.sendSlice(batch, readers, end))
    this.isSending = false
    if (this.isDue) {
      this.isDue = false
      this.flush()
    }
  }

  private send(batch: Batch, reader: Reader): void {
    if (!this.readers.has(reader)) // left since the slices began
      return
    this.options.counts.frames++
    if (!reader.take(batch, this.options.log)) {
      this.options.counts.passedOver++
      this.hasStragglers = true
    }
  }

  private takeBatch(): Batch {
    const { lines, aside } = this
    this.lines = []
    this.aside = undefined
    const after = (lines[0]?.seq ?? this.options.log.seq + 1) - 1
    const frameWithoutAside = frameOf(lines)
    return { lines, aside, after, frameWithoutAside, frame: aside === undefined ? frameWithoutAside : frameOf(lines, aside) }
  }
}
