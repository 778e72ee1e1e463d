import type { MediaPacket, FlvTagType as TagType } from '../flv'
import { FlvTagType, isFrame } from '../flv'

/** A source that runs back, or ahead of the real time, by more than this has begun to count anew. */
const TOLERATED_JUMP_MS = 2000
/** Between the last of one source and the first of the next, at most: players in a browser stop for ever at a hole. */
const SEAM_MS = 40

/** On the programme's time, and in unix ms. */
interface Moment {
  readonly ms: number
  readonly at: number
}

/** Timestamps of sources that follow each other → those of one programme, which never run back, and have no hole where another source begins. */
export class ProgrammeTimeline {
  /** The first source keeps its own time, so that its packets can be shared as they are. */
  private offsetMs = 0
  private readonly lastMs = new Map<TagType, number>()
  private newest?: Moment
  /** Where the source was put. */
  private begun?: Moment

  /** Another source: what it last sent, at `newestMs` of its own time, came `at` (unix ms). */
  goOver(newestMs: number, at: number): void {
    const ms = this.newest ? this.newest.ms + Math.min(at - this.newest.at, SEAM_MS) : newestMs
    this.offsetMs = ms - newestMs
    this.begun = { ms, at }
  }

  /** `goOver`, if the source has begun to count anew. For packets that come now, not for those that were kept. */
  follow(packet: MediaPacket, now: number): void {
    if (!this.newest || !this.begun || !isFrame(packet))
      return
    const ms = packet.timestamp + this.offsetMs
    const dueMs = this.begun.ms + now - this.begun.at
    if (ms < this.newest.ms - TOLERATED_JUMP_MS || ms > dueMs + TOLERATED_JUMP_MS)
      this.goOver(packet.timestamp, now)
  }

  /**
   * Pictures from before what was last seen are hurried through, as those after them cannot be decoded without; sound from
   * before what was last heard has no place.
   *
   * @returns ms on the programme's time
   */
  place(packet: MediaPacket, now: number): number | undefined {
    const ms = packet.timestamp + this.offsetMs
    const last = this.lastMs.get(packet.type) ?? -Infinity
    if (!isFrame(packet))
      return Math.max(ms, last, 0)
    if (ms < last && packet.type === FlvTagType.Audio)
      return undefined
    const placed = packet.type === FlvTagType.Video ? Math.max(ms, last + 1) : ms
    this.lastMs.set(packet.type, placed)
    if (placed >= (this.newest?.ms ?? -Infinity))
      this.newest = { ms: placed, at: now }
    return placed
  }
}
