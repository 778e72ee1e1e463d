/**
 * Opus ↔ AAC inside this process. Browsers cannot encode AAC, players of FLV and RTMP know nothing else.
 * The package that does it is optional: without it browsers still hear each other, every other pair is silent.
 */
import type * as WebCodecs from '@napi-rs/webcodecs'

export type AudioCodecs = Pick<typeof WebCodecs, 'AudioData' | 'AudioDecoder' | 'AudioEncoder' | 'EncodedAudioChunk'>

/** Answers undefined when there are none. */
export type LoadAudioCodecs = () => Promise<AudioCodecs | undefined>

export const SAMPLE_RATE = 48_000
export const AUDIO_BITRATE = 64_000

/** Loads the package once, at the first call, and says at most once that it is missing. */
export function createAudioCodecsLoader(
  log: (message: string) => void,
  load: () => Promise<AudioCodecs> = () => import('@napi-rs/webcodecs'),
): LoadAudioCodecs {
  let loaded: Promise<AudioCodecs | undefined> | undefined
  return () => loaded ??= load().catch(() => {
    log('@napi-rs/webcodecs is not installed: sound of browser publishers stays in WebRTC, WebRTC viewers of RTMP publishers hear nothing (npm install --no-save @napi-rs/webcodecs@1.3.1)')
    return undefined
  })
}

export interface AudioTranscoder {
  /** One frame as it came from the network; never throws. */
  push: (frame: Buffer, timeMs: number) => void
  /** May be called twice. */
  close: () => void
}
