import decodeQR from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import { QR_BYTES_MAX, qrMatrix } from './qrMatrix'
import { qrPicture } from './qrPicture'

/** The code as a camera would see it, with so many pixels for each field. */
function photograph(rows: readonly (readonly boolean[])[], scale = 3) {
  const side = rows.length * scale
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let pixel = 0; pixel < side * side; pixel++) {
    if (rows[Math.floor(pixel / side / scale)][Math.floor(pixel % side / scale)])
      data.fill(0, pixel * 4, pixel * 4 + 3)
  }
  return { width: side, height: side, data }
}

describe('the matrix', () => {
  it.each([
    ['a page', 'https://live.example.com/#/src/live/pages/room/index?id=rroom0000001'],
    ['an address', `rtmp://10.0.0.2:1935/live/test?txSecret=${'a'.repeat(32)}&txTime=6A0F`],
    ['other letters', '周末弹唱 🎸'],
    ['as much as it may be', 'x'.repeat(QR_BYTES_MAX)],
  ])('[TL8] a reader finds in it what was written: %s', (_, text) => {
    expect(decodeQR(photograph(qrMatrix(text)))).toBe(text)
  })

  it('[TL8] what no camera could read from a screen is refused', () => {
    expect(() => qrMatrix('x'.repeat(QR_BYTES_MAX + 1))).toThrow(RangeError)
    expect(() => qrMatrix('弹'.repeat(QR_BYTES_MAX / 3 + 1))).toThrow(RangeError)
  })
})

it('[TL8] the drawing has the same fields', () => {
  const text = 'https://live.example.com/whep/test'
  const svg = decodeURIComponent(qrPicture(text))
  const side = Number(/viewBox='0 0 (\d+)/.exec(svg)?.[1])
  const rows = Array.from({ length: side }, () => Array.from<boolean>({ length: side }).fill(false))
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g))
    rows[Number(y)].fill(true, Number(x), Number(x) + Number(length))
  expect(rows).toEqual(qrMatrix(text))
})
