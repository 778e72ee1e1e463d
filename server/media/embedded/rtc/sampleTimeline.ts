interface Segment {
  readonly firstSample: number
  readonly timeMs: number
}

/**
 * Encoders count samples and ignore the timestamps they are given; so the time of what they put out is looked up by the
 * number of the sample. Remembers which time the samples put in had.
 */
export class SampleTimeline {
  private readonly segments: Segment[] = []
  private samples = 0

  constructor(private readonly rate: number) {}

  append(samples: number, timeMs: number): void {
    this.segments.push({ firstSample: this.samples, timeMs })
    this.samples += samples
  }

  /** Ask in ascending order: what lies before is forgotten. A sample before the first one is that much earlier. */
  timeOf(sample: number): number {
    while (this.segments.length > 1 && this.segments[1].firstSample <= sample)
      this.segments.shift()
    const segment = this.segments[0]
    return segment === undefined ? 0 : segment.timeMs + (sample - segment.firstSample) * 1000 / this.rate
  }
}
