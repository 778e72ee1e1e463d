import type { MediaPacket } from '../embedded/flv'
import type { LiveStream } from '../embedded/liveStream'
import type { StreamReader } from '../embedded/streamReader'
import type { FfmpegProcess } from './ffmpegProcess'
import type { Size } from './quality'
import { createPacket, flvHeader, FlvTagType } from '../embedded/flv'
import { isAac, isAvc } from '../embedded/flvFrames'
import { decoderArguments } from './arguments'
import { startFfmpeg } from './ffmpegProcess'
import { InputTimeline } from './inputTimeline'
import { pictureBytes } from './picture'
import { Pieces } from './pieces'
import { CHANNELS, FRAME_MS, SAMPLES_PER_FRAME } from './quality'
import { samplesAt } from './soundTrack'

/** A hole this long is not filled: decoding begins anew behind it. */
const MAX_HOLE_MS = 1000
/** Fed on and on for so long without an answer, or with so much that it has not taken, it has stopped working. */
const UNANSWERED_MS = 2500
const UNTAKEN_BYTES = 4 << 20
const SOUND_PIECE_BYTES = SAMPLES_PER_FRAME / 2 * CHANNELS * 2

export interface Tracks {
  readonly audio: boolean
  readonly video: boolean
}

export interface DecoderOptions {
  readonly command: string
  readonly stream: LiveStream
  /** AAC and H.264 only; at least one. */
  readonly tracks: Tracks
  /** Of the pictures that come out. */
  readonly size: Size
  /** Milliseconds on the mix's time. */
  readonly now: () => number
  readonly onPicture: (atMs: number, picture: Buffer) => void
  /** `at` in samples of both channels. */
  readonly onSound: (at: number, samples: Int16Array) => void
  /** It is over; called at most once, not after `stop`. Begin anew at once, or later when it did not work. */
  readonly onEnd: (how: 'beginAnew' | 'failed', why: string) => void
}

/** One publication → raw pictures and sound, placed on the mix's time, by an ffmpeg of its own: who stands still holds up nobody. */
export class Decoder implements StreamReader {
  readonly isConverter = true
  private readonly child: FfmpegProcess
  private readonly startedAt: number
  private readonly timeline = new InputTimeline()
  private readonly fedMs = { audio: 0, video: 0 }
  private audioConfig?: Buffer
  private hasKeyFrame = false
  /** Of the packet that came last. */
  private lastMs = 0
  private isOver = false
  private unansweredSince?: number
  private fedAt = 0
  private detach = () => {}

  constructor(private readonly options: DecoderOptions) {
    const { command, tracks, size, now, onPicture, onSound } = options
    this.startedAt = now()
    this.child = startFfmpeg(command, decoderArguments({ picture: tracks.video ? size : undefined, hasSound: tracks.audio }), why => this.finish('failed', why))
    let pictures = 0
    const picturePieces = new Pieces(pictureBytes(size), picture => onPicture(this.startedAt + pictures++ * FRAME_MS, picture))
    let samples = samplesAt(this.startedAt)
    const soundPieces = new Pieces(SOUND_PIECE_BYTES, (piece) => {
      const sound = new Int16Array(piece.buffer, piece.byteOffset, piece.length / 2)
      onSound(samples, sound)
      samples += sound.length
    })
    this.readFrom(this.child.output, picturePieces)
    this.readFrom(this.child.extra, soundPieces)
    this.child.input.write(flvHeader(tracks))
    this.detach = options.stream.attach(this)
    if (this.isOver)
      this.detach()
  }

  /** To be called now and then. */
  check(): void {
    if (this.child.input.writableLength > UNTAKEN_BYTES)
      this.finish('failed', 'it takes less than it is given')
    else if (this.unansweredSince !== undefined && this.fedAt - this.unansweredSince > UNANSWERED_MS)
      this.finish('failed', 'it does not answer')
  }

  /** The pictures since the last key frame lead up to the newest, which is shown at once; old sound would only delay the new. */
  start(backlog: readonly MediaPacket[]): void {
    for (const packet of backlog) {
      if (packet.isSequenceHeader || packet.type === FlvTagType.Video)
        this.feed(packet, 0)
    }
  }

  receive(packet: MediaPacket): void {
    if (packet.isSequenceHeader || packet.type === FlvTagType.Script)
      return this.feed(packet, Math.max(this.fedMs.audio, this.fedMs.video))
    const nowMs = this.options.now()
    const atMs = Math.round(this.timeline.place(packet.timestamp, nowMs) - this.startedAt)
    const holeMs = packet.isKeyFrame && !this.hasKeyFrame ? atMs : atMs - this.lastMs
    this.lastMs = Math.max(this.lastMs, atMs)
    if (holeMs > MAX_HOLE_MS)
      return this.finish('beginAnew', 'the stream stood still')
    this.feed(packet, atMs)
  }

  trackAppeared(): void {
    this.finish('beginAnew', 'the stream has another track')
  }

  /** The publication is over; whoever follows it knows. */
  end(): void {
    this.stop()
  }

  stop(): void {
    this.isOver = true
    this.child.kill()
    this.detach()
  }

  private finish(how: 'beginAnew' | 'failed', why: string) {
    if (this.isOver)
      return
    this.stop()
    this.options.onEnd(how, why)
  }

  private readFrom(pipe: { on: (event: 'data', listener: (bytes: Buffer) => void) => void }, pieces: Pieces) {
    pipe.on('data', (bytes) => {
      this.unansweredSince = undefined
      if (!this.isOver)
        pieces.push(bytes)
    })
  }

  private feed(packet: MediaPacket, atMs: number) {
    if (this.isOver || !this.isUsable(packet))
      return
    const track = packet.type === FlvTagType.Video ? 'video' : 'audio'
    this.fedMs[track] = Math.max(this.fedMs[track], atMs)
    this.child.input.write(createPacket(packet.type, this.fedMs[track], packet.payload).flvTag)
    if (packet.isSequenceHeader)
      return
    this.fedAt = this.options.now()
    this.unansweredSince ??= this.fedAt
  }

  private isUsable(packet: MediaPacket): boolean {
    const { tracks } = this.options
    if (packet.type === FlvTagType.Video) {
      this.hasKeyFrame ||= packet.isKeyFrame
      return tracks.video && isAvc(packet.payload) && (packet.isSequenceHeader || this.hasKeyFrame)
    }
    if (packet.type !== FlvTagType.Audio || !tracks.audio || !isAac(packet.payload))
      return false
    return !packet.isSequenceHeader || this.isSameSound(packet.payload)
  }

  /** ffmpeg would begin its sound at 0 again. */
  private isSameSound(header: Buffer): boolean {
    if (this.audioConfig && !this.audioConfig.equals(header)) {
      this.finish('beginAnew', 'the sound has another format')
      return false
    }
    this.audioConfig = Buffer.from(header)
    return true
  }
}
