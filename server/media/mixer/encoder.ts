import type { FlvTagType } from '../embedded/flv'
import type { FfmpegProcess } from './ffmpegProcess'
import type { MixQuality, Size } from './quality'
import { FlvTagReader } from '../embedded/flvTagReader'
import { encoderArguments } from './arguments'
import { startFfmpeg } from './ffmpegProcess'
import { pictureBytes } from './picture'

/** Without an answer to so much time of the mix (not of the clock: this process may have stood still itself), or with so many pictures not taken, it has stopped working. */
const UNANSWERED_MS = 2000
const UNTAKEN_PICTURES = 50

export interface EncoderOptions {
  readonly command: string
  readonly size: Size
  readonly quality: MixQuality
  /** Timestamps in ms, as the pictures had them. */
  readonly onTag: (tag: { readonly type: FlvTagType, readonly timestamp: number, readonly body: Buffer }) => void
  /** Called at most once, not after `stop`. */
  readonly onFailure: (why: string) => void
}

/** Raw pictures and sound → FLV, by one ffmpeg. */
export class Encoder {
  private readonly child: FfmpegProcess
  private unansweredFromMs?: number
  /** Of the first picture; ffmpeg counts from there. */
  private firstMs?: number

  constructor(private readonly options: EncoderOptions) {
    const { command, size, quality, onTag, onFailure } = options
    this.child = startFfmpeg(command, encoderArguments(size, quality), onFailure)
    const tags = new FlvTagReader(({ type, timestamp, body }) => onTag({ type: type as FlvTagType, timestamp: this.firstMs! + timestamp, body }))
    this.child.output.on('data', (bytes) => {
      this.unansweredFromMs = undefined
      tags.push(bytes)
    })
  }

  /** One picture and the sound that belongs to it, every 40 ms. Neither may be changed afterwards. */
  write(atMs: number, picture: Buffer, sound: Int16Array): void {
    const { size, onFailure } = this.options
    this.firstMs ??= atMs
    this.unansweredFromMs ??= atMs
    this.child.input.write(picture)
    this.child.extra.write(Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength))
    if (atMs - this.unansweredFromMs > UNANSWERED_MS || this.child.input.writableLength > UNTAKEN_PICTURES * pictureBytes(size)) {
      this.stop()
      onFailure('it does not answer')
    }
  }

  stop(): void {
    this.child.kill()
  }
}
