/** What the ways to watch have in common. */
import type { WayReport } from '../recovery/createRecovery'
import type { Browser } from './browser'
import type { MediaStatistics, PlayerProps } from '@/src/live/components/media'

export interface PlayWayOptions {
  readonly browser: Browser
  readonly video: HTMLVideoElement
  readonly url: string
  readonly mode: PlayerProps['mode']
  /** To be called once the element has its source: a new source forgets an earlier play(). */
  readonly play: () => void
  /** For diagnostics. */
  readonly note: (text: string) => void
  /** `opened` means the first picture, or the first sound where there is no picture. */
  readonly report: WayReport
}

export interface PlayWay {
  look: () => Promise<PlayLook>
  close: () => void
}

export interface PlayLook {
  readonly statistics: MediaStatistics
  /** How loud it is, 0 to 100, where the way tells. */
  readonly level?: number
  /** Grows while media flows; any unit. */
  readonly progress: number
}

/** Frames shown since the look before. */
export function createFrameCounter(video: HTMLVideoElement, now: () => number): () => number {
  let last = { frames: 0, at: now() }
  return () => {
    const next = { frames: video.getVideoPlaybackQuality().totalVideoFrames, at: now() }
    const fps = (next.frames - last.frames) * 1000 / Math.max(1, next.at - last.at)
    last = next
    return Math.max(0, Math.round(fps))
  }
}
