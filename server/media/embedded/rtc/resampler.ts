import { SAMPLE_RATE } from './audioCodecs'

/** 20 ms, the usual Opus packet. */
export const BLOCK_SAMPLES = 960
const CHANNELS = 2
/** RTMP timestamps are whole milliseconds and jitter: samples are counted instead, until the source really paused. */
const MAX_DRIFT_MS = 80

export interface Samples {
  /** One array per channel, all of the same length. */
  readonly channels: readonly Float32Array[]
  readonly rate: number
  readonly timeMs: number
}

/**
 * Any rate and number of channels → blocks of 48 kHz stereo, by linear interpolation. The Opus encoder refuses 44.1 kHz,
 * which is what OBS and ffmpeg send unless told otherwise.
 */
export class Resampler {
  private block = newBlock()
  private filled = 0
  private blockTimeMs = 0
  /** Where the next sample out lies among the samples in; from -1 to 0 is between the last call's and this one's. */
  private position = 0
  private previous: number[] = [0, 0]
  private expectedMs?: number

  /** `channels` is the caller's to keep. */
  constructor(private readonly onBlock: (block: { channels: Float32Array[], timeMs: number }) => void) {}

  push({ channels, rate, timeMs }: Samples): void {
    const length = channels[0].length
    if (length === 0)
      return
    this.follow(timeMs)
    const inputs = [channels[0], channels[1] ?? channels[0]]
    const step = rate / SAMPLE_RATE
    for (; this.position < length; this.position += step) {
      const index = Math.floor(this.position)
      const fraction = this.position - index
      inputs.forEach((samples, channel) => {
        const before = index <= 0 ? this.previous[channel] : samples[index - 1]
        this.block[channel][this.filled] = before + (samples[Math.max(index, 0)] - before) * fraction
      })
      if (++this.filled === BLOCK_SAMPLES)
        this.emit()
    }
    this.position -= length
    this.previous = inputs.map(samples => samples[length - 1])
    this.expectedMs! += length * 1000 / rate
  }

  private follow(timeMs: number) {
    if (this.expectedMs !== undefined && Math.abs(this.expectedMs - timeMs) <= MAX_DRIFT_MS)
      return
    this.blockTimeMs = timeMs - this.filled * 1000 / SAMPLE_RATE
    this.expectedMs = timeMs
  }

  private emit() {
    this.onBlock({ channels: this.block, timeMs: this.blockTimeMs })
    this.block = newBlock()
    this.filled = 0
    this.blockTimeMs += BLOCK_SAMPLES * 1000 / SAMPLE_RATE
  }
}

const newBlock = () => Array.from({ length: CHANNELS }, () => new Float32Array(BLOCK_SAMPLES))
