import type { LiveStream } from '../liveStream'
import type { AudioCodecs, AudioTranscoder } from './audioCodecs'
import { FlvTagType } from '../flv'
import { aacFrame, aacSequenceHeader, opusFrame, opusSequenceHeader } from '../flvFrames'
import { AAC_CONFIG, createOpusToAac } from './opusToAac'

/** "OpusHead" (RFC 7845, 5.1): version 1, stereo, pre-skip 312, 48 kHz, no gain, mapping family 0. */
const OPUS_HEAD = Buffer.from([...Buffer.from('OpusHead'), 1, 2, 0x38, 1, 0x80, 0xBB, 0, 0, 0, 0, 0])

export interface FlvAudioOptions {
  readonly stream: LiveStream
  /** Undefined: the Opus goes out, the AAC does not. */
  readonly codecs?: AudioCodecs
  readonly log: (message: string) => void
  readonly now: () => number
}

/** Opus → FLV, twice: as AAC for everybody, and as it is (enhanced RTMP) for readers who ask, without the encoder's delay. */
export class FlvAudioWriter {
  private readonly stream: LiveStream
  private readonly transcoder?: AudioTranscoder
  private lastOpusMs = 0
  private lastAacMs = 0

  constructor({ stream, codecs, log, now }: FlvAudioOptions) {
    this.stream = stream
    this.transcoder = codecs && createOpusToAac(codecs, (frame, timeMs) => this.writeAac(frame, timeMs), log, now)
  }

  write(packet: Buffer, mediaMs: number): void {
    this.lastOpusMs = Math.max(this.lastOpusMs, Math.round(mediaMs))
    if (!this.stream.opusHeader)
      this.stream.push(FlvTagType.Audio, this.lastOpusMs, opusSequenceHeader(OPUS_HEAD))
    this.stream.push(FlvTagType.Audio, this.lastOpusMs, opusFrame(packet))
    this.transcoder?.push(Buffer.from(packet), mediaMs) // a copy: the codec reads it later, on a thread of its own
  }

  close(): void {
    this.transcoder?.close()
  }

  private writeAac(frame: Buffer, timeMs: number) {
    this.lastAacMs = Math.max(this.lastAacMs, Math.round(timeMs))
    if (!this.stream.audioHeader)
      this.stream.push(FlvTagType.Audio, this.lastAacMs, aacSequenceHeader(AAC_CONFIG))
    this.stream.push(FlvTagType.Audio, this.lastAacMs, aacFrame(frame))
  }
}
