/** Further behind than this, a stream has stood still and goes on where it was: it is taken as being on time again. */
const MAX_LAG_MS = 500
/** What the least late packet of a while is behind is the publisher's clock running slow, or a network grown longer. */
const WINDOW_MS = 5000
const TOLERATED_LAG_MS = 20

/**
 * Timestamps of one publisher → the mix's time, the same for picture and sound, so that they stay together. The packet
 * that travelled fastest is on time; the others are placed by the publisher's own clock.
 */
export class InputTimeline {
  private offsetMs?: number
  private windowEndsAt = 0
  private leastLagMs = Infinity

  /** @returns where the packet belongs, never after `nowMs` */
  place(timestamp: number, nowMs: number): number {
    this.offsetMs ??= nowMs - timestamp
    const lagMs = nowMs - (timestamp + this.offsetMs)
    if (lagMs < 0 || lagMs > MAX_LAG_MS)
      this.shift(lagMs, nowMs)
    else
      this.watch(lagMs, nowMs)
    return timestamp + this.offsetMs
  }

  private watch(lagMs: number, nowMs: number) {
    this.leastLagMs = Math.min(this.leastLagMs, lagMs)
    if (nowMs < this.windowEndsAt)
      return
    this.shift(this.leastLagMs > TOLERATED_LAG_MS ? this.leastLagMs : 0, nowMs)
  }

  private shift(byMs: number, nowMs: number) {
    this.offsetMs! += byMs
    this.leastLagMs = Infinity
    this.windowEndsAt = nowMs + WINDOW_MS
  }
}
