const WINDOW_MS = 10_000

/** Reads a counter now and then and tells how fast it has grown over the last ten seconds. */
export class RateMeter {
  private readings: { readonly total: number, readonly at: number }[] = []

  record(total: number, at: number): void {
    this.readings.push({ total, at })
    // One reading from before the window stays: growth is counted from there.
    while (this.readings.length > 2 && this.readings[1].at <= at - WINDOW_MS)
      this.readings.shift()
  }

  get perSecond(): number {
    const [first, last] = [this.readings[0], this.readings.at(-1)]
    return first && last && last.at > first.at ? (last.total - first.total) / (last.at - first.at) * 1000 : 0
  }
}
