/** Where there is no WebGL: brightness, colour and mirror by the 2D canvas; it cannot tell skin from hair. */
import type { Painter } from './painter'
import { FILTER_LOOKS } from '../../filterLooks'
import { fit } from './painter'
import { STRONGEST } from './pictureEffects'

const MOST_BRIGHTNESS = 0.35

/** Undefined where the browser draws nothing at all. */
export function createCanvasPainter(canvas: HTMLCanvasElement): Painter | undefined {
  const pen = canvas.getContext('2d', { alpha: false })
  if (!pen)
    return undefined
  return {
    paint(video, { whiteness, filter, isTurned }) {
      fit(canvas, video)
      const brightness = whiteness === 0 ? '' : `brightness(${1 + MOST_BRIGHTNESS * whiteness / STRONGEST})`
      pen.filter = `${brightness} ${FILTER_LOOKS[filter]}`.trim() || 'none'
      pen.setTransform(isTurned ? -1 : 1, 0, 0, 1, isTurned ? canvas.width : 0, 0)
      pen.drawImage(video, 0, 0)
    },
    isDone: () => true, // nothing is known of it
    release() {},
  }
}
