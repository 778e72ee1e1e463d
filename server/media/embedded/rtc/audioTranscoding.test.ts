import type { AudioCodecs } from './audioCodecs'
import { describe, expect, it, vi } from 'vitest'
import { seededRandom } from '../../../testing/seededRandom'
import { createAacToOpus, readAacConfig } from './aacToOpus'
import { createAudioCodecsLoader, SAMPLE_RATE } from './audioCodecs'
import { AAC_CONFIG, createOpusToAac } from './opusToAac'

const codecs = (await createAudioCodecsLoader(() => {})())!
function silence() {}

/** Sound with one click: silence, and from `startMs` on a tone. */
async function encode(codec: 'opus' | 'mp4a.40.2', { rate = SAMPLE_RATE, frame, ms, startMs }: { rate?: number, frame: number, ms: number, startMs: number }): Promise<Buffer[]> {
  const frames: Buffer[] = []
  const encoder = new codecs.AudioEncoder({
    output: (chunk) => {
      const bytes = Buffer.alloc(chunk.byteLength)
      chunk.copyTo(bytes)
      frames.push(bytes)
    },
    error: (error) => { throw error },
  })
  encoder.configure({ codec, sampleRate: rate, numberOfChannels: 2, bitrate: 96_000 })
  for (let at = 0; at < ms * rate / 1000; at += frame) {
    const data = Float32Array.from({ length: 2 * frame }, (_, i) => at + (i % frame) < startMs * rate / 1000 ? 0 : 0.5 * Math.sin(2 * Math.PI * 440 * (at + (i % frame)) / rate))
    encoder.encode(new codecs.AudioData({ format: 'f32-planar', sampleRate: rate, numberOfFrames: frame, numberOfChannels: 2, timestamp: 0, data }))
  }
  await encoder.flush()
  encoder.close()
  return frames
}

/** When the tone begins, by the times the frames are labelled with. */
async function onsetMs(codec: 'opus' | 'mp4a.40.2', frames: readonly { frame: Buffer, timeMs: number }[]): Promise<number | undefined> {
  let onset: number | undefined
  const times = frames.map(({ timeMs }) => timeMs)
  const decoder = new codecs.AudioDecoder({
    output: (data) => {
      const samples = new Float32Array(data.numberOfFrames)
      data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
      const startMs = times.shift()!
      const index = samples.findIndex(sample => Math.abs(sample) > 0.2)
      if (index >= 0)
        onset ??= startMs + index * 1000 / SAMPLE_RATE
      data.close()
    },
    error: (error) => { throw error },
  })
  decoder.configure({ codec, sampleRate: SAMPLE_RATE, numberOfChannels: 2, ...codec === 'opus' ? {} : { description: AAC_CONFIG } })
  frames.forEach(({ frame }) => decoder.decode(new codecs.EncodedAudioChunk({ type: 'key', timestamp: 0, data: frame })))
  await decoder.flush()
  decoder.close()
  return onset
}

const collected = async (frames: unknown[], count: number) => vi.waitFor(() => expect(frames.length).toBeGreaterThanOrEqual(count), { timeout: 5000, interval: 10 })

describe('opus to AAC', () => {
  it('[RT11] sound stays at its time: the encoder\'s run-up is taken off', async () => {
    const packets = await encode('opus', { frame: 960, ms: 1000, startMs: 500 })
    const out: { frame: Buffer, timeMs: number }[] = []
    const transcoder = createOpusToAac(codecs, (frame, timeMs) => void out.push({ frame, timeMs }), silence, Date.now)
    packets.forEach((packet, index) => transcoder.push(packet, 10_000 + index * 20))
    await collected(out, 44)
    transcoder.close()
    transcoder.close()
    expect(out[0].timeMs).toBeCloseTo(10_000 - 1024 / 48, 3)
    expect(out[1].timeMs - out[0].timeMs).toBeCloseTo(1024 / 48, 3)
    // The Opus itself has 6.5 ms of look-ahead.
    expect(await onsetMs('mp4a.40.2', out)).toBeGreaterThan(10_500 - 2)
    expect(await onsetMs('mp4a.40.2', out)).toBeLessThan(10_500 + 12)
  })

  it('[RT11] a hole in the Opus is a hole in the times of the AAC', async () => {
    const packets = await encode('opus', { frame: 960, ms: 800, startMs: 0 })
    const times: number[] = []
    const transcoder = createOpusToAac(codecs, (_, timeMs) => void times.push(timeMs), silence, Date.now)
    packets.forEach((packet, index) => transcoder.push(packet, index * 20 + (index >= 20 ? 3000 : 0)))
    await collected(times, 34)
    transcoder.close()
    expect(times.some((time, i) => i > 0 && time - times[i - 1] > 2900)).toBe(true)
    expect(times.at(-1)).toBeGreaterThan(3600)
  })
})

describe('aAC to Opus', () => {
  it.each([[44_100, Buffer.from([0x12, 0x10])], [48_000, AAC_CONFIG]])('[RT11] %i Hz comes out as packets of 20 ms, at their time', async (rate, config) => {
    const frames = await encode('mp4a.40.2', { rate, frame: 1024, ms: 1500, startMs: 700 })
    const out: { frame: Buffer, timeMs: number }[] = []
    const transcoder = createAacToOpus(codecs, config, (frame, timeMs) => void out.push({ frame, timeMs }), silence, Date.now)
    frames.forEach((frame, index) => transcoder.push(frame, Math.round(5000 + index * 1024_000 / rate)))
    await collected(out, 65)
    transcoder.close()
    expect(out[1].timeMs - out[0].timeMs).toBeCloseTo(20, 6)
    const aacPrimingMs = 1024_000 / rate
    expect(Math.abs((await onsetMs('opus', out))! - (5700 + aacPrimingMs))).toBeLessThan(10)
  })

  it.each([
    [[0x12, 0x10], 44_100, 2],
    [[0x11, 0x90], 48_000, 2],
    [[0x14, 0x08], 16_000, 1],
    [[0x12], 44_100, 2],
    [[0x17, 0x80], 44_100, 2],
  ])('[RT11] reads the AudioSpecificConfig %j', (bytes, sampleRate, numberOfChannels) => {
    expect(readAacConfig(Buffer.from(bytes))).toEqual({ sampleRate, numberOfChannels })
  })
})

describe('audio that is damaged or missing', () => {
  it('[RT8] damaged frames throw nothing, and sound comes back after them', async () => {
    const packets = await encode('opus', { frame: 960, ms: 600, startMs: 0 })
    const aac = await encode('mp4a.40.2', { frame: 1024, ms: 600, startMs: 0 })
    const random = seededRandom(5)
    const noise = () => Buffer.from(Array.from({ length: 1 + Math.floor(random() * 200) }, () => Math.floor(random() * 256)))
    const time = { now: 0 }
    for (const [good, create] of [[packets, createOpusToAac], [aac, (...[c, on, log, now]: Parameters<typeof createOpusToAac>) => createAacToOpus(c, AAC_CONFIG, on, log, now)]] as const) {
      let frames = 0
      const transcoder = create(codecs, () => void frames++, silence, () => time.now)
      for (let i = 0; i < 100; i++)
        transcoder.push(i % 10 === 0 ? good[i % good.length] : noise(), i * 20)
      await new Promise(resolve => setTimeout(resolve, 300))
      time.now += 5000
      const before = frames
      good.forEach((frame, index) => transcoder.push(frame, 5000 + index * 20))
      await vi.waitFor(() => expect(frames).toBeGreaterThan(before + 10), { timeout: 5000 })
      transcoder.close()
      transcoder.push(good[0], 9000)
    }
  })

  it('[RT8] codecs that refuse to work cost the sound, not the process', async () => {
    const log: string[] = []
    class Broken {
      state = 'configured'
      decodeQueueSize = 0
      configure() {}
      decode() {
        throw new Error('decoder is out of order')
      }

      close() {
        this.state = 'closed'
      }
    }
    const broken = { ...codecs, AudioDecoder: Broken, AudioEncoder: Broken, EncodedAudioChunk: codecs.EncodedAudioChunk } as unknown as AudioCodecs
    const time = { now: 0 }
    const transcoder = createOpusToAac(broken, () => {}, line => void log.push(line), () => time.now)
    for (let i = 0; i < 100; i++, time.now += 20)
      transcoder.push(Buffer.alloc(10), time.now)
    expect(log).toEqual(['audio codec: decoder is out of order', 'audio codec: decoder is out of order'])
  })

  it('[RT12] a missing package is said once and loaded once', async () => {
    const log: string[] = []
    const load = vi.fn(() => Promise.reject(new Error('Cannot find module')))
    const loadCodecs = createAudioCodecsLoader(line => void log.push(line), load)
    expect([await loadCodecs(), await loadCodecs()]).toEqual([undefined, undefined])
    expect(load).toHaveBeenCalledTimes(1)
    expect(log).toHaveLength(1)
    expect(log[0]).toContain('@napi-rs/webcodecs')
  })
})
