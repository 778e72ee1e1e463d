const WINDOW_SECONDS = 5

/** Bits per second over the last five whole seconds. */
export class BitrateMeter {
  private readonly bytes = Array.from({ length: WINDOW_SECONDS + 1 }, () => 0)
  private firstSecond?: number
  private second = 0

  constructor(private readonly now: () => number) {}

  count(bytes: number): void {
    this.turn()
    this.bytes[this.second % this.bytes.length] += bytes
  }

  get kbps(): number {
    this.turn()
    if (this.firstSecond === undefined)
      return 0
    // The current second is still filling; a young stream is averaged over its own age.
    const seconds = Math.min(this.second - this.firstSecond, WINDOW_SECONDS)
    const current = this.bytes[this.second % this.bytes.length]
    const total = this.bytes.reduce((sum, bytes) => sum + bytes, 0)
    return Math.round((seconds === 0 ? current : (total - current) / seconds) * 8 / 1000)
  }

  private turn() {
    const second = Math.floor(this.now() / 1000)
    this.firstSecond ??= second
    const silent = Math.min(second - this.second, this.bytes.length)
    for (let back = 0; back < silent; back++)
      this.bytes[(second - back) % this.bytes.length] = 0
    this.second = second
  }
}
