/** Where the canvas of shared/domain/layout.ts lies on the screen: guests' tiles are placed in it. Pure. */
import type { CanvasShape } from '@/shared/domain/layout'

/** In px, or in any other unit for a shape. */
export interface Size {
  readonly width: number
  readonly height: number
}

const UPRIGHT: Size = { width: 9, height: 16 }
const LYING: Size = { width: 16, height: 9 }

/** The largest picture of this shape that fits into the frame. */
export function containedIn(frame: Size, shape: Size): Size {
  const scale = Math.min(frame.width / shape.width, frame.height / shape.height)
  return { width: Math.round(shape.width * scale), height: Math.round(shape.height * scale) }
}

/**
 * A picture that is shown whole is the canvas itself. One that is cropped to a phone's screen has its edges outside: there
 * the canvas is as wide as the screen, so that three tiles stay between the bars. A picture not known yet has no edges.
 */
export function canvasIn(frame: Size, picture: Size | undefined, isCropped: boolean, shape: CanvasShape): Size {
  return containedIn(frame, isCropped || !picture ? { portrait: UPRIGHT, landscape: LYING }[shape] : picture)
}
