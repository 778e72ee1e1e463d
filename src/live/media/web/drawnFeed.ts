/** Pictures that we draw ourselves: the test pattern and the audio-only card. */
import type { Browser } from './browser'
import type { Draw } from './draw'
import type { Feed } from './feed'
import { drawAudioCard } from './audioCard'
import { drawTestPattern } from './testPattern'

/** Needs no device: portrait, a clock, and enough movement that a frozen picture shows at once. */
export function patternFeed(browser: Browser): Feed {
  return drawnFeed(browser, 'pattern', { width: 720, height: 1280 }, 25, drawTestPattern)
}

/** Small and nearly still: a few kbit/s. Fast enough that no statistics take it for a frozen picture. */
export function audioCardFeed(browser: Browser): Feed {
  return drawnFeed(browser, 'card', { width: 360, height: 640 }, 15, drawAudioCard)
}

function drawnFeed({ clock, createCanvas, tick }: Browser, key: string, size: { width: number, height: number }, fps: number, draw: Draw): Feed {
  const canvas = createCanvas(size.width, size.height)
  const pen = canvas.getContext('2d', { alpha: false })!
  draw(pen, size, clock.now())
  const [track] = canvas.captureStream(fps).getVideoTracks()
  const stopDrawing = tick(1000 / fps, () => draw(pen, size, clock.now()))
  return {
    key,
    track,
    stop() {
      stopDrawing()
      track.stop()
    },
    onEnded: () => {},
  }
}
