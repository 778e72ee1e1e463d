import { CHANNELS, SAMPLE_RATE } from './quality'

/** What is decoded but not due; more would mean that nobody takes any. */
const MAX_MS = 2000
const PER_MS = SAMPLE_RATE / 1000 * CHANNELS
const SIZE = MAX_MS * PER_MS

/** One person's sound on the mix's time: stereo samples in a ring. What never came is silence. */
export class SoundTrack {
  private readonly ring = new Int16Array(SIZE)
  /** Samples before this have been taken. */
  private from = 0

  /** `at` is a place on the mix's time, in samples of both channels. What comes too late is lost. */
  add(at: number, samples: Int16Array): void {
    const end = at + samples.length
    this.passTo(end - SIZE)
    for (let place = Math.max(at, this.from); place < end; place++)
      this.ring[place % SIZE] = samples[place - at]
  }

  /** Places asked for must not go back. */
  take(at: number, length: number): Int16Array {
    this.passTo(at)
    const taken = new Int16Array(length)
    for (let i = 0; i < length; i++)
      taken[i] = at + i < this.from ? 0 : this.ring[(at + i) % SIZE]
    this.passTo(at + length)
    return taken
  }

  private passTo(to: number) {
    for (let place = Math.max(this.from, to - SIZE); place < to; place++)
      this.ring[place % SIZE] = 0
    this.from = Math.max(this.from, to)
  }
}

export const samplesAt = (ms: number): number => Math.round(ms * SAMPLE_RATE / 1000) * CHANNELS
