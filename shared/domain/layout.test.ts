import type { CanvasShape, Tile } from './layout'
import { expect, it } from 'vitest'
import { ANCHOR_TILE, canvasShapeOf, guestTile, SEATS } from './layout'

const SHAPES: readonly CanvasShape[] = ['portrait', 'landscape']
const CLOSE = 1e-9

const right = ({ x, width }: Tile) => x + width
const bottom = ({ y, height }: Tile) => y + height

it('[LM29] on a canvas of 360 × 640 a guest has 120 × 180, the first 60 above the bottom', () => {
  const pixels = SEATS.map(seat => guestTile(seat, 'portrait')).map(({ x, y, width, height }) => [x * 360, y * 640, width * 360, height * 640].map(Math.round))
  expect(pixels).toEqual([[240, 400, 120, 180], [240, 220, 120, 180], [240, 40, 120, 180]])
})

it('[LM29] on a lying canvas a guest has a fifth of the width', () => {
  expect(guestTile(1, 'landscape').width).toBeCloseTo(1 / 5)
})

it.each(SHAPES)('[LM29] %s: at the right edge, stacked upward by seat, within the canvas, none upon another', (shape) => {
  expect(ANCHOR_TILE).toEqual({ x: 0, y: 0, width: 1, height: 1 })
  const tiles = SEATS.map(seat => guestTile(seat, shape))
  for (const [index, tile] of tiles.entries()) {
    expect(right(tile)).toBeCloseTo(1)
    expect(tile.y).toBeGreaterThan(0)
    expect(bottom(tile)).toBeLessThan(1)
    if (index > 0)
      expect(bottom(tile)).toBeLessThanOrEqual(tiles[index - 1].y + CLOSE)
  }
})

it.each<[number, number, CanvasShape]>([
  [360, 640, 'portrait'],
  [1080, 1080, 'portrait'],
  [1280, 720, 'landscape'],
])('[LM29] an anchor\'s picture of %i × %i makes a canvas that is %s', (width, height, shape) => {
  expect(canvasShapeOf({ width, height })).toBe(shape)
})
