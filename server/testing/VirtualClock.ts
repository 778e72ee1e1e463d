import type { Clock } from '../clock'

interface Timer {
  due: number
  readonly everyMs: number | undefined
  readonly action: () => void
}

/** Time that passes when a test says so. */
export class VirtualClock implements Clock {
  private readonly timers = new Set<Timer>()

  constructor(private time = 1_790_000_000_000) {}

  now = (): number => this.time
  after = (ms: number, action: () => void): () => void => this.add({ due: this.time + ms, everyMs: undefined, action })
  every = (ms: number, action: () => void): () => void => this.add({ due: this.time + ms, everyMs: ms, action })

  /** Timers that have not gone off. */
  get pending(): number {
    return this.timers.size
  }

  /** Another clock, so much further on; this one's timers stay here. */
  later(ms: number): VirtualClock {
    return new VirtualClock(this.time + ms)
  }

  /** Timers in between go off at their own moment, and what they began has settled before the next one. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms
    for (let timer = this.next(end); timer; timer = this.next(end)) {
      this.time = timer.due
      if (timer.everyMs === undefined)
        this.timers.delete(timer)
      else
        timer.due += timer.everyMs
      timer.action()
      await settled()
    }
    this.time = end
  }

  private next(end: number): Timer | undefined {
    return [...this.timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0]
  }

  private add(timer: Timer): () => void {
    this.timers.add(timer)
    return () => this.timers.delete(timer)
  }
}

/** Everything that needs no time has happened. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++)
    await new Promise(resolve => setImmediate(resolve))
}
