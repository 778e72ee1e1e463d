/** Draws one frame of the camera with its effects onto a canvas. */
import type { PictureEffects } from './pictureEffects'

export interface Painter {
  /** The video has a picture. The canvas takes its size. */
  paint: (video: HTMLVideoElement, effects: PictureEffects) => void
  /** The last frame is through: what is drawn earlier waits in a line. */
  isDone: () => boolean
  /** Gives back what the graphics card holds. */
  release: () => void
}

/** Whether it changed. */
export function fit(canvas: HTMLCanvasElement, { videoWidth, videoHeight }: HTMLVideoElement): boolean {
  if (canvas.width === videoWidth && canvas.height === videoHeight)
    return false
  Object.assign(canvas, { width: videoWidth, height: videoHeight })
  return true
}
