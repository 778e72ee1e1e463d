import { execFileSync } from 'node:child_process'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { createAudioCodecsLoader, SAMPLE_RATE } from '../rtc/audioCodecs'
import { silentAac, silentOpus } from './silence'

const codecs = (await createAudioCodecsLoader(() => {})())!

/** AAC-LC frames as a file (ISO 14496-3, 1.A.2.2.1). */
function adts(frames: readonly Buffer[], rateIndex: number, channelConfiguration: number): Buffer {
  return Buffer.concat(frames.flatMap((frame) => {
    const length = frame.length + 7
    return [Buffer.from([0xFF, 0xF1, (1 << 6) | (rateIndex << 2) | (channelConfiguration >> 2), ((channelConfiguration & 3) << 6) | (length >> 11), (length >> 3) & 0xFF, ((length & 7) << 5) | 0x1F, 0xFC]), frame]
  }))
}

describe('aAC', () => {
  it.each([[1, 1, 44_100, 4], [1, 1, 48_000, 3], [2, 2, 44_100, 4], [2, 2, 48_000, 3], [3, 3, 44_100, 4], [4, 4, 48_000, 3], [5, 5, 48_000, 3], [6, 6, 48_000, 3], [7, 8, 48_000, 3]])('[LM71] a silent frame of channel configuration %i is %i channels of silence at %i Hz', (configuration, channels, rate, rateIndex) => {
    const input = adts(Array.from({ length: 50 }, () => silentAac(configuration)), rateIndex, configuration)
    const samples = execFileSync(process.env.FFMPEG_PATH ?? 'ffmpeg', ['-v', 'error', '-xerror', '-err_detect', 'explode', '-f', 'aac', '-i', '-', '-f', 's16le', '-'], { input, maxBuffer: 1 << 24 })
    expect(samples.length).toBe(50 * 1024 * channels * 2)
    expect(samples.every(byte => byte === 0)).toBe(true)
  })
})

describe('opus', () => {
  it('[LM71] twenty milliseconds are the well-known three bytes', () => {
    expect(silentOpus(Buffer.from([0xFC, 1, 2, 3])).toString('hex')).toBe('f8fffe')
  })

  it.each([
    ['SILK, 10 ms', [0x00, 1], 10],
    ['SILK, 60 ms, stereo', [0x1C, 1], 60],
    ['hybrid, two of 20 ms', [0x69, 1, 1], 40],
    ['CELT, 2.5 ms', [0xE0, 1], 2.5],
    ['CELT, 20 ms', [0xF8, 1], 20],
    ['CELT, five of 20 ms', [0xFB, 5, 1, 1, 1, 1, 1], 100],
    ['SILK, two of 60 ms', [0x19, 1, 1], 120],
    ['nothing', [], 20],
    ['CELT, none of 20 ms', [0xFB, 0], 20],
    ['CELT, more than there may be', [0xFB, 63], 120],
  ])('[LM71] %s: silence as long as that', async (_, bytes, ms) => {
    const lengths: number[] = []
    let loudest = 0
    const decoder = new codecs.AudioDecoder({
      output: (data) => {
        const samples = new Float32Array(data.numberOfFrames)
        data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
        loudest = samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), loudest)
        lengths.push(data.numberOfFrames)
        data.close()
      },
      error: (error) => { throw error },
    })
    decoder.configure({ codec: 'opus', sampleRate: SAMPLE_RATE, numberOfChannels: 2 })
    for (let i = 0; i < 3; i++)
      decoder.decode(new codecs.EncodedAudioChunk({ type: 'key', timestamp: 0, data: silentOpus(Buffer.from(bytes)) }))
    await decoder.flush()
    decoder.close()
    expect([lengths.at(-1), loudest]).toEqual([ms * SAMPLE_RATE / 1000, 0])
  })
})
