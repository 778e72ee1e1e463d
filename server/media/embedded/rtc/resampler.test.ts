import { describe, expect, it } from 'vitest'
import { BLOCK_SAMPLES, Resampler } from './resampler'

const HZ = 440

/** A tone in pieces as a decoder gives them, resampled. */
function resample({ rate, piece, pieces, channels = 2, timeOf = (index: number) => 1000 + index * piece * 1000 / rate }: { rate: number, piece: number, pieces: number, channels?: number, timeOf?: (index: number) => number }) {
  const blocks: { channels: Float32Array[], timeMs: number }[] = []
  const resampler = new Resampler(block => void blocks.push(block))
  for (let index = 0; index < pieces; index++) {
    const samples = Float32Array.from({ length: piece }, (_, i) => Math.sin(2 * Math.PI * HZ * (index * piece + i) / rate))
    resampler.push({ channels: Array.from({ length: channels }, () => samples), rate, timeMs: timeOf(index) })
  }
  return blocks
}

describe('resampler', () => {
  it.each([[44_100, 1024, 2], [48_000, 1024, 2], [22_050, 1024, 1], [32_000, 960, 1], [8000, 160, 2], [96_000, 2048, 6]])('[RT11] a tone stays that tone: %i Hz, pieces of %i, %i channels', (rate, piece, channels) => {
    const blocks = resample({ rate, piece, channels, pieces: Math.ceil(rate / piece) })
    const samples = blocks.flatMap(block => [...block.channels[1]])
    expect(samples.length).toBeGreaterThanOrEqual(48_000 - BLOCK_SAMPLES)
    const delay = 48_000 / rate // one sample in: the interpolation needs both neighbours
    const errors = samples.map((sample, i) => i < delay ? 0 : Math.abs(sample - Math.sin(2 * Math.PI * HZ * (i - delay) / 48_000)))
    expect(errors.reduce((worst, error) => Math.max(worst, error), 0)).toBeLessThan(0.02)
    expect(blocks.every(block => block.channels.length === 2 && block.channels[0].length === BLOCK_SAMPLES)).toBe(true)
  })

  it('[RT11] blocks follow each other by 20 ms, whatever the rounding of their timestamps', () => {
    const blocks = resample({ rate: 44_100, piece: 1024, pieces: 400, timeOf: index => Math.floor(index * 1024 / 44.1) })
    blocks.forEach(({ timeMs }, index) => expect(timeMs).toBeCloseTo(index * 20, 6))
  })

  it('[RT11] a pause in the source is a pause in the times', () => {
    const blocks = resample({ rate: 48_000, piece: 960, pieces: 20, timeOf: index => index * 20 + (index >= 10 ? 3000 : 0) })
    expect(blocks.map(block => block.timeMs).slice(8, 12)).toEqual([160, 180, 3200, 3220])
  })
})
