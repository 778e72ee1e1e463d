import type { MediaKind } from './rtpPacket'
import { CLOCK_RATE, timestampDistance } from './rtpPacket'

/** Which moment of the publisher's wall clock an RTP timestamp belongs to (RFC 3550, 6.4.1). */
export interface SenderReport {
  /** Milliseconds; its epoch does not matter, but is common to the publisher's tracks. */
  readonly ntpMs: number
  readonly rtpTimestamp: number
}

/** A timestamp that strays further than this from the time passed belongs to a new row of timestamps. */
const DISCONTINUITY_MS = 10_000
/** Up to this much the sound is steered by parts of its speed that nobody hears; beyond it in larger steps. */
const GENTLE_ERROR_MS = 100
const GENTLE_RATE = 0.05
const FAST_RATE = 0.5
/** Sound that has to go forward this far does so at once: a gap is shorter than the steering would be. */
const JUMP_MS = 500

/**
 * RTP timestamps of a publisher's picture and sound → milliseconds since its first packet, the same for both.
 *
 * Each track is anchored where its first packet arrives. When the sender reports of both have come, the sound is
 * steered onto the picture's time. What was given out never goes back.
 */
export class MediaTimeline {
  private readonly video = new TrackClock(CLOCK_RATE.video)
  private readonly audio = new TrackClock(CLOCK_RATE.audio)
  private startedAt?: number
  private audioShiftMs = 0
  private lastAudioMs?: number

  /** Call in the order of timestamps. `now` in ms of any steady clock. */
  at(kind: MediaKind, timestamp: number, now: number): number {
    this.startedAt ??= now
    const arrivedMs = now - this.startedAt
    if (kind === 'video')
      return this.video.toMs(timestamp, arrivedMs)
    const ms = this.audio.toMs(timestamp, arrivedMs)
    this.steer(ms)
    this.lastAudioMs = ms
    return ms + this.audioShiftMs
  }

  learn(kind: MediaKind, report: SenderReport): void {
    this[kind].learn(report)
  }

  private steer(ms: number) {
    if (this.audio.ntpOffsetMs === undefined || this.video.ntpOffsetMs === undefined || this.lastAudioMs === undefined)
      return
    const error = this.audio.ntpOffsetMs - this.video.ntpOffsetMs - this.audioShiftMs
    if (error > JUMP_MS) {
      this.audioShiftMs += error
      return
    }
    const rate = Math.abs(error) > GENTLE_ERROR_MS ? FAST_RATE : GENTLE_RATE
    const step = Math.min(Math.abs(error), Math.max(0, ms - this.lastAudioMs) * rate)
    this.audioShiftMs += Math.sign(error) * step
  }
}

/** One track's timestamps, which start anywhere and wrap, on the time of its arrival. */
class TrackClock {
  /** The publisher's wall clock less this track's time. */
  ntpOffsetMs?: number
  private last?: { readonly timestamp: number, readonly ms: number, readonly arrivedMs: number }

  constructor(private readonly rate: number) {}

  toMs(timestamp: number, arrivedMs: number): number {
    const ms = this.continued(timestamp, arrivedMs) ?? Math.max(arrivedMs, this.last?.ms ?? 0)
    this.last = { timestamp, ms, arrivedMs }
    return ms
  }

  learn({ ntpMs, rtpTimestamp }: SenderReport) {
    if (this.last)
      this.ntpOffsetMs = ntpMs - (this.last.ms + this.msBetween(this.last.timestamp, rtpTimestamp))
  }

  private continued(timestamp: number, arrivedMs: number) {
    if (!this.last)
      return undefined
    const advanceMs = this.msBetween(this.last.timestamp, timestamp)
    if (Math.abs(advanceMs - (arrivedMs - this.last.arrivedMs)) <= DISCONTINUITY_MS)
      return this.last.ms + advanceMs
    this.ntpOffsetMs = undefined
    return undefined
  }

  private msBetween(from: number, to: number) {
    return timestampDistance(from, to) * 1000 / this.rate
  }
}
