/** What a mixed stream looks and sounds like. */
import type { CanvasShape, Tile } from '../../../shared/domain/layout'

/** In pixels; even, because colour has half the resolution. */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface Box extends Size {
  readonly x: number
  readonly y: number
}

export interface MixQuality {
  readonly shortSide: number
  readonly videoKbps: number
}

export const MIX_QUALITIES = {
  '360p': { shortSide: 360, videoKbps: 800 },
  '540p': { shortSide: 540, videoKbps: 1300 },
  '720p': { shortSide: 720, videoKbps: 2000 },
} as const satisfies Readonly<Record<string, MixQuality>>

export const FRAME_MS = 40
export const FRAME_RATE = 1000 / FRAME_MS
export const KEY_FRAME_EVERY_FRAMES = 2 * FRAME_RATE
export const SAMPLE_RATE = 48_000
export const CHANNELS = 2
/** Of one channel. */
export const SAMPLES_PER_FRAME = SAMPLE_RATE * FRAME_MS / 1000
export const AUDIO_KBPS = 64

export function canvasSize(shape: CanvasShape, { shortSide }: MixQuality): Size {
  const longSide = even(shortSide * 16 / 9)
  return shape === 'portrait' ? { width: shortSide, height: longSide } : { width: longSide, height: shortSide }
}

/** Where a tile lies on the canvas; never beyond its edges. */
export function boxOf(tile: Tile, canvas: Size): Box {
  const width = even(tile.width * canvas.width)
  const height = even(tile.height * canvas.height)
  return {
    x: Math.min(even(tile.x * canvas.width), canvas.width - width),
    y: Math.min(even(tile.y * canvas.height), canvas.height - height),
    width,
    height,
  }
}

const even = (value: number) => Math.round(value / 2) * 2
