import type { AudioData } from '@napi-rs/webcodecs'
import type { AudioCodecs, AudioTranscoder } from './audioCodecs'
import { AUDIO_BITRATE, SAMPLE_RATE } from './audioCodecs'
import { createCodecChain, createRestartingTranscoder } from './codecChain'
import { BLOCK_SAMPLES, Resampler } from './resampler'

/** By samplingFrequencyIndex (ISO 14496-3, table 1.18). */
const AAC_RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350]
/** Look-ahead of the Opus encoder: its packets begin this much before the samples put in. */
const OPUS_LOOKAHEAD_MS = 312 * 1000 / SAMPLE_RATE

/** `config` is the stream's AudioSpecificConfig. Raw AAC frames with their times → Opus packets of 20 ms with theirs, in ms. */
export function createAacToOpus(codecs: AudioCodecs, config: Buffer, onPacket: (packet: Buffer, timeMs: number) => void, log: (message: string) => void, now: () => number): AudioTranscoder {
  return createRestartingTranscoder((onFailure) => {
    const times: number[] = []
    let encode: (data: AudioData) => void = () => {}
    const resampler = new Resampler(({ channels, timeMs }) => {
      times.push(timeMs - OPUS_LOOKAHEAD_MS)
      encodeBlock(codecs, channels, encode)
    })
    return createCodecChain({
      codecs,
      decoder: { codec: 'mp4a.40.2', ...readAacConfig(config), description: config },
      encoder: { codec: 'opus', sampleRate: SAMPLE_RATE, numberOfChannels: 2, bitrate: AUDIO_BITRATE },
      onSamples(data, encodeSamples) {
        encode = encodeSamples
        resampler.push({ channels: planesOf(data), rate: data.sampleRate, timeMs: data.timestamp / 1000 })
      },
      onChunk(packet) {
        const timeMs = times.shift() // one packet for each block
        if (timeMs !== undefined)
          onPacket(packet, timeMs)
      },
      onFailure,
    })
  }, log, now)
}

/** Rate and channels, with the usual ones for what the short form of the config does not say. */
export function readAacConfig(config: Buffer): { sampleRate: number, numberOfChannels: number } {
  const rateIndex = config.length < 2 ? 4 : ((config[0] & 7) << 1) | (config[1] >> 7)
  const channels = config.length < 2 ? 2 : (config[1] >> 3) & 15
  return { sampleRate: AAC_RATES[rateIndex] ?? 44_100, numberOfChannels: channels === 0 ? 2 : channels }
}

function planesOf(data: AudioData): Float32Array[] {
  return Array.from({ length: Math.min(2, data.numberOfChannels) }, (_, planeIndex) => {
    const samples = new Float32Array(data.numberOfFrames)
    data.copyTo(samples, { planeIndex, format: 'f32-planar' })
    return samples
  })
}

function encodeBlock(codecs: AudioCodecs, channels: readonly Float32Array[], encode: (data: AudioData) => void) {
  const samples = new Float32Array(channels.length * BLOCK_SAMPLES)
  channels.forEach((plane, index) => samples.set(plane, index * BLOCK_SAMPLES))
  // The encoder counts samples; the timestamp is asked for and not used.
  const data = new codecs.AudioData({ format: 'f32-planar', sampleRate: SAMPLE_RATE, numberOfFrames: BLOCK_SAMPLES, numberOfChannels: channels.length, timestamp: 0, data: samples })
  try {
    encode(data)
  }
  finally {
    data.close()
  }
}
