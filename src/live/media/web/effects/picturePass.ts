/** The camera's picture goes through here while it has effects: video → painter → canvas → track. */
import type { Browser } from '../browser'
import type { PictureEffects } from './pictureEffects'
import { listen } from '../browser'
import { createCanvasPainter } from './canvasPainter'
import { createWebglPainter } from './webglPainter'

/** Often enough that every frame of the camera is met soon after it came. */
const LOOK_EVERY_MS = 15

/** HTMLMediaElement.HAVE_CURRENT_DATA */
const HAVE_PICTURE = 2

export interface PicturePass {
  /** Carries pictures from `onFirst` on. */
  readonly track: MediaStreamTrack
  setSource: (camera: MediaStreamTrack) => void
  setEffects: (effects: PictureEffects) => void
  close: () => void
}

export interface PicturePassOptions {
  readonly browser: Pick<Browser, 'clock' | 'createCanvas' | 'createStream' | 'createVideo' | 'tick'>
  readonly onFirst: () => void
  /** The graphics card was taken away: nothing comes any more. */
  readonly onLost: () => void
}

/** Undefined where the browser cannot draw. */
export function openPicturePass({ browser, onFirst, onLost }: PicturePassOptions, camera: MediaStreamTrack, effects: PictureEffects): PicturePass | undefined {
  const canvas = browser.createCanvas(1, 1)
  const painter = createWebglPainter(canvas) ?? createCanvasPainter(canvas)
  const [track] = painter ? canvas.captureStream().getVideoTracks() : []
  if (!painter || !track)
    return undefined
  const { clock } = browser
  const video = browser.createVideo()
  Object.assign(video, { muted: true, playsInline: true }) // else iPhones show it over everything
  let shownTime = -1
  let hasBegun = false
  /** A frame that is being drawn, by the moment when that began. */
  let drawing: number | undefined
  let restUntil = 0
  const stops = [browser.tick(LOOK_EVERY_MS, look), listen(canvas, 'webglcontextlost', onLost)]

  function look() {
    if (drawing !== undefined && painter!.isDone()) {
      restUntil = 2 * clock.now() - drawing // as long as it took: a slow device drops frames, and can still be used
      drawing = undefined
    }
    if (drawing !== undefined || clock.now() < restUntil || video.readyState < HAVE_PICTURE || video.currentTime === shownTime)
      return
    shownTime = video.currentTime
    drawing = clock.now()
    painter!.paint(video, effects)
    if (!hasBegun)
      onFirst()
    hasBegun = true
  }

  function setSource(next: MediaStreamTrack) {
    video.srcObject = browser.createStream([next])
    void video.play().catch(() => {}) // muted it may always play; this is an interrupted load
  }

  setSource(camera)
  return {
    track,
    setSource,
    setEffects(next) {
      effects = next
      shownTime = -1
    },
    close() {
      stops.forEach(stop => stop())
      track.stop()
      video.srcObject = null
      painter.release()
    },
  }
}
