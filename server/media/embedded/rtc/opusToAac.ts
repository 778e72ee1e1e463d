import type { AudioCodecs, AudioTranscoder } from './audioCodecs'
import { AUDIO_BITRATE, SAMPLE_RATE } from './audioCodecs'
import { createCodecChain, createRestartingTranscoder } from './codecChain'
import { SampleTimeline } from './sampleTimeline'

/** AudioSpecificConfig (ISO 14496-3, 1.6.2.1) of what comes out: AAC-LC, 48 kHz, stereo. */
export const AAC_CONFIG = Buffer.from([0x11, 0x90])

const AAC_FRAME_SAMPLES = 1024
/** The encoder's first frame holds nothing but its run-up: without taking it off, all sound would come 21 ms late. */
const AAC_PRIMING_SAMPLES = 1024

/** Opus packets with their times → raw AAC frames with theirs, in ms. */
export function createOpusToAac(codecs: AudioCodecs, onFrame: (frame: Buffer, timeMs: number) => void, log: (message: string) => void, now: () => number): AudioTranscoder {
  return createRestartingTranscoder((onFailure) => {
    const timeline = new SampleTimeline(SAMPLE_RATE)
    let frames = 0
    return createCodecChain({
      codecs,
      decoder: { codec: 'opus', sampleRate: SAMPLE_RATE, numberOfChannels: 2 },
      encoder: { codec: 'mp4a.40.2', sampleRate: SAMPLE_RATE, numberOfChannels: 2, bitrate: AUDIO_BITRATE },
      onSamples(data, encode) {
        timeline.append(data.numberOfFrames, data.timestamp / 1000)
        encode(data)
      },
      onChunk: frame => onFrame(frame, timeline.timeOf(frames++ * AAC_FRAME_SAMPLES - AAC_PRIMING_SAMPLES)),
      onFailure,
    })
  }, log, now)
}
