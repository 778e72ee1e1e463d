import type { Rate } from './limits'

/** Lets `burst` through at once and `perSecond` on average. */
export class TokenBucket {
  private tokens: number

  constructor(private readonly rate: Rate, private at: number) {
    this.tokens = rate.burst
  }

  /** Takes one. Answers 0, or the milliseconds until there is one again. */
  take(now: number): number {
    const waitMs = this.waitMs(now)
    if (waitMs === 0)
      this.tokens -= 1
    return waitMs
  }

  /** Milliseconds until there is one; 0: there is one now. */
  waitMs(now: number): number {
    this.refill(now)
    return this.tokens >= 1 ? 0 : Math.ceil((1 - this.tokens) / this.rate.perSecond * 1000)
  }

  /** A full bucket may be forgotten: a new one is the same. */
  isFull(now: number): boolean {
    this.refill(now)
    return this.tokens >= this.rate.burst
  }

  private refill(now: number): void {
    this.tokens = Math.min(this.rate.burst, this.tokens + Math.max(0, now - this.at) / 1000 * this.rate.perSecond)
    this.at = now
  }
}
