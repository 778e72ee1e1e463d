/**
 * Where the anchor's and the guests' pictures lie: one description for the app's tiles and for the mixer. Pure.
 *
 * All numbers are parts of the canvas, 0 to 1, from its top left corner. A seat's place depends on its number alone, so that
 * nobody's tile moves when others come and go.
 */

export type SeatNumber = 1 | 2 | 3
export const SEATS: readonly SeatNumber[] = [1, 2, 3]

/** The canvas has the shape of the anchor's picture: upright 9:16, or lying 16:9. */
export type CanvasShape = 'portrait' | 'landscape'

export interface Tile {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The anchor's picture fills the canvas; the guests' lie upon it. */
export const ANCHOR_TILE: Tile = { x: 0, y: 0, width: 1, height: 1 }

/** On a canvas of 360 × 640: 120 × 180, from 60 above the bottom upward, as WeChat's own live rooms have it. */
const GUEST_TILE: Readonly<Record<CanvasShape, Pick<Tile, 'width' | 'height'> & { readonly bottom: number }>> = {
  portrait: { width: 1 / 3, height: 180 / 640, bottom: 60 / 640 },
  landscape: { width: 1 / 5, height: 0.28, bottom: 0.08 },
}

export const canvasShapeOf = ({ width, height }: { readonly width: number, readonly height: number }): CanvasShape => width > height ? 'landscape' : 'portrait'

/** Seats are stacked from the bottom right corner upward. */
export function guestTile(seat: SeatNumber, shape: CanvasShape): Tile {
  const { width, height, bottom } = GUEST_TILE[shape]
  return { x: 1 - width, y: 1 - bottom - seat * height, width, height }
}
