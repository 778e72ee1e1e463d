/** Draws pictures of 720p with effects and without, for effects.bench.ts. */
import type { PictureEffects } from '../../src/live/media/web/effects/pictureEffects'
import { createCanvasPainter } from '../../src/live/media/web/effects/canvasPainter'
import { NO_EFFECTS } from '../../src/live/media/web/effects/pictureEffects'
import { createWebglPainter } from '../../src/live/media/web/effects/webglPainter'

const SIZE = { width: 1280, height: 720 }
const FRAMES = 12

function createCanvas() {
  return Object.assign(document.createElement('canvas'), SIZE)
}

/** A camera's stream: what is drawn differs from picture to picture. */
async function openVideo(): Promise<HTMLVideoElement> {
  const canvas = createCanvas()
  const pen = canvas.getContext('2d')!
  let hue = 0
  const draw = () => {
    pen.fillStyle = `hsl(${hue++ % 360}, 40%, 60%)`
    pen.fillRect(0, 0, SIZE.width, SIZE.height)
  }
  draw()
  setInterval(draw, 100)
  const video = Object.assign(document.createElement('video'), { muted: true, srcObject: canvas.captureStream() })
  await video.play()
  return video
}

/** Milliseconds of one picture, the middle of many; reading a pixel waits until it is drawn. */
function measure(draw: () => void): number {
  draw()
  const taken = Array.from({ length: FRAMES }, () => {
    const began = performance.now()
    draw()
    return performance.now() - began
  })
  return taken.sort((a, b) => a - b)[FRAMES / 2]
}

async function run() {
  const video = await openVideo()
  const pen = createCanvas().getContext('2d')!
  const canvas = createCanvas()
  const painter = createWebglPainter(canvas)!
  const gl = canvas.getContext('webgl2')!
  const flat = createCanvas()
  const flatPainter = createCanvasPainter(flat)!
  const colour = { ...NO_EFFECTS, whiteness: 5, filter: 'pink' } as const
  const pixel = new Uint8Array(4)
  const paint = (effects: PictureEffects) => measure(() => {
    painter.paint(video, effects)
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel)
  })
  return {
    bare: measure(() => {
      pen.drawImage(video, 0, 0)
      pen.getImageData(0, 0, 1, 1)
    }),
    flat: measure(() => {
      flatPainter.paint(video, colour)
      flat.getContext('2d')!.getImageData(0, 0, 1, 1)
    }),
    colour: paint(colour),
    skin: paint({ ...NO_EFFECTS, beauty: 9 }),
  }
}

declare global {
  interface Window { effectsBench: typeof run }
}
window.effectsBench = run
