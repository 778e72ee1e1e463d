/** The quality's figures, with what the tag's attributes say in their place. */
import type { QualityFigures } from '../quality'
import type { PusherTag } from '../tags/pusherTag'
import type { VideoQuality } from '@/src/live/components/media'
import { QUALITIES } from '../quality'

const ASPECTS = { '9:16': 16 / 9, '3:4': 4 / 3 } as const

export function figuresOf({ quality, tag = {} }: { readonly quality: VideoQuality, readonly tag?: Partial<PusherTag> }): QualityFigures {
  const usual = QUALITIES[quality]
  const width = tag.videoWidth ?? usual.shortSide
  const height = tag.videoHeight ?? (tag.aspect ? Math.round(width * ASPECTS[tag.aspect]) : usual.longSide)
  return {
    ...usual,
    shortSide: Math.min(width, height),
    longSide: Math.max(width, height),
    fps: tag.fps ?? usual.fps,
    maxKbps: tag.maxBitrate ?? usual.maxKbps,
  }
}
