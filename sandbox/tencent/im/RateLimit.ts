/** So many in any second. */
export class RateLimit {
  private times: number[] = []

  constructor(private readonly now: () => number) {}

  /** @returns whether one more is let through */
  take(perSecond: number): boolean {
    const now = this.now()
    this.times = this.times.filter(time => now - time < 1000)
    if (this.times.length >= perSecond)
      return false
    this.times.push(now)
    return true
  }
}
