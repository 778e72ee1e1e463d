import type { CanvasShape } from '../../../shared/domain/layout'
import type { Mix } from '../MediaProvider'
import type { Box, MixQuality, Size } from './quality'
import type { SourceOptions } from './source'
import { ANCHOR_TILE, guestTile } from '../../../shared/domain/layout'
import { blackPicture, paste } from './picture'
import { boxOf, canvasSize, CHANNELS, SAMPLES_PER_FRAME } from './quality'
import { mixSounds } from './sound'
import { samplesAt } from './soundTrack'
import { Source } from './source'

export interface DeskOptions extends Omit<SourceOptions, 'streamId' | 'size'> {
  readonly shape: CanvasShape
  readonly quality: MixQuality
}

interface Layer {
  readonly source: Source
  readonly box: Box
  readonly hasPicture: boolean
}

/** Everybody on stage on one canvas, and in one sound. Who comes or goes does not disturb the others. */
export class Desk {
  readonly shape: CanvasShape
  readonly canvas: Size
  private readonly sources = new Map<string, Source>()
  /** The anchor's first, then in the order in which they lie upon each other. */
  private layers: readonly Layer[] = []

  constructor(private readonly options: DeskOptions, mix: Mix) {
    this.shape = options.shape
    this.canvas = canvasSize(options.shape, options.quality)
    this.arrange(mix)
  }

  arrange({ anchorStreamId, guests }: Mix): void {
    const wanted = new Set([anchorStreamId, ...guests.map(({ streamId }) => streamId)])
    for (const [streamId, source] of this.sources) {
      if (wanted.has(streamId))
        continue
      source.stop()
      this.sources.delete(streamId)
    }
    this.layers = [
      this.layer(anchorStreamId, boxOf(ANCHOR_TILE, this.canvas), true),
      ...guests.map(({ streamId, seat, hasPicture }) => this.layer(streamId, boxOf(guestTile(seat, this.shape), this.canvas), hasPicture)),
    ]
  }

  /** Whether nobody's picture is missing who has one. */
  isReadyAt(ms: number): boolean {
    return this.layers.every(({ source }) => !source.isShowing || source.pictures.at(ms) !== undefined)
  }

  /** Without the anchor's picture the audience is better off with everybody's own stream. */
  showsAnchorAt(ms: number): boolean {
    const [{ source }] = this.layers
    return !source.isShowing || source.pictures.at(ms) !== undefined
  }

  pictureAt(ms: number): Buffer {
    const canvas = blackPicture(this.canvas)
    for (const { source, box, hasPicture } of this.layers) {
      const picture = source.pictures.at(ms)
      if (picture && hasPicture)
        paste(canvas, this.canvas, picture, box)
    }
    return canvas
  }

  soundAt(ms: number): Int16Array {
    const length = SAMPLES_PER_FRAME * CHANNELS
    return mixSounds(this.layers.map(({ source }) => source.sound.take(samplesAt(ms), length)), length)
  }

  stop(): void {
    for (const source of this.sources.values())
      source.stop()
    this.sources.clear()
  }

  private layer(streamId: string, box: Box, hasPicture: boolean): Layer {
    let source = this.sources.get(streamId)
    if (!source)
      this.sources.set(streamId, source = new Source({ ...this.options, streamId, size: { width: box.width, height: box.height } }))
    return { source, box, hasPicture }
  }
}
