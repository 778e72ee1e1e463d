import type { CanvasShape, SeatNumber } from '../../../shared/domain/layout'
import { describe, expect, it } from 'vitest'
import { ANCHOR_TILE, guestTile, SEATS } from '../../../shared/domain/layout'
import { blackPicture, paste, pictureBytes } from './picture'
import { boxOf, canvasSize, MIX_QUALITIES } from './quality'

const SHAPES: readonly CanvasShape[] = ['portrait', 'landscape']
const cases = SHAPES.flatMap(shape => Object.values(MIX_QUALITIES).map(quality => ({ shape, quality, height: quality.shortSide })))

describe('the canvas', () => {
  it.each<[CanvasShape, SeatNumber, object]>([
    ['portrait', 1, { x: 240, y: 400, width: 120, height: 180 }],
    ['portrait', 3, { x: 240, y: 40, width: 120, height: 180 }],
    ['landscape', 1, { x: 512, y: 230, width: 128, height: 100 }],
  ])('[LM80] %s: seat %i has its place at 360p', (shape, seat, box) => {
    expect(boxOf(guestTile(seat, shape), canvasSize(shape, MIX_QUALITIES['360p']))).toEqual(box)
  })

  it.each(cases)('[LM80] $shape $height: every tile is even and within', ({ shape, quality }) => {
    const canvas = canvasSize(shape, quality)
    expect(boxOf(ANCHOR_TILE, canvas)).toEqual({ x: 0, y: 0, ...canvas })
    for (const box of SEATS.map(seat => boxOf(guestTile(seat, shape), canvas))) {
      expect(Object.values(box).filter(value => value % 2 !== 0 || value < 0)).toEqual([])
      expect(box.x + box.width).toBeLessThanOrEqual(canvas.width)
      expect(box.y + box.height).toBeLessThanOrEqual(canvas.height)
    }
  })

  it('[LM80] a picture lies where its box is, in all three planes', () => {
    const size = { width: 8, height: 4 }
    const canvas = blackPicture(size)
    const tile = { width: 2, height: 2 }
    paste(canvas, size, Buffer.alloc(pictureBytes(tile), 200), { x: 4, y: 2, ...tile })
    const bright = [...canvas].flatMap((value, index) => value === 200 ? [index] : [])
    expect(bright).toEqual([20, 21, 28, 29, 32 + 6, 40 + 6])
  })
})
