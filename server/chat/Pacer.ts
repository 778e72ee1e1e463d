import type { Clock } from '../clock'

/** Acts at once after a rest and at most every `ms` while busy: requests in between are folded into the next act. */
export class Pacer {
  private lastAt = Number.NEGATIVE_INFINITY
  private cancel?: () => void

  constructor(private readonly clock: Clock, private readonly ms: number, private readonly act: () => void) {}

  request(): void {
    if (this.cancel)
      return
    const waitMs = this.lastAt + this.ms - this.clock.now()
    if (waitMs <= 0)
      return this.run()
    this.cancel = this.clock.after(waitMs, () => this.run())
  }

  stop(): void {
    this.cancel?.()
    this.cancel = undefined
  }

  private run(): void {
    this.cancel = undefined
    this.lastAt = this.clock.now()
    this.act()
  }
}
