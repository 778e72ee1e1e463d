/** Tells what comes a second time, by something that names it. Bounded: of too many, what came first is forgotten. */
export class ReplayMemory {
  /** When each came, oldest first. */
  private readonly seen = new Map<string, number>()

  /** A name may come again after more than `keptMs`, or when `max` others have come since. */
  constructor(private readonly keptMs: number, private readonly max: number) {}

  /** Takes note of it. `now` in milliseconds. @returns whether it has come before */
  isReplay(name: string, now: number): boolean {
    const isOver = (at: number) => now - at > this.keptMs
    const before = this.seen.get(name)
    if (before !== undefined && !isOver(before))
      return true
    this.seen.delete(name)
    for (const [old, at] of this.seen) {
      if (!isOver(at) && this.seen.size < this.max)
        break
      this.seen.delete(old)
    }
    this.seen.set(name, now)
    return false
  }
}
