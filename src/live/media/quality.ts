/** What SD, HD and FHD mean, and how a guest is sent, in pixels and bits. */
import type { VideoQuality } from '@/src/live/components/media'

export interface QualityFigures {
  /** The longer side; phones turn it upright by themselves. */
  readonly longSide: number
  readonly shortSide: number
  readonly fps: number
  readonly minKbps: number
  readonly maxKbps: number
}

export const QUALITIES: Readonly<Record<VideoQuality, QualityFigures>> = {
  SD: { longSide: 640, shortSide: 360, fps: 24, minKbps: 200, maxKbps: 850 },
  HD: { longSide: 1280, shortSide: 720, fps: 25, minKbps: 400, maxKbps: 1800 },
  FHD: { longSide: 1920, shortSide: 1080, fps: 30, minKbps: 600, maxKbps: 3500 },
  guest: { longSide: 480, shortSide: 360, fps: 15, minKbps: 200, maxKbps: 300 },
}
