import { expect, it } from 'vitest'
import { PictureOrder } from './pictureOrder'

const I = 0x65
const P = 0x41
const B = 0x01
const REFERENCED_B = 0x21

it.each([
  ['without B-frames nothing changes', [[I, 0], [P, 40], [P, 80]], [0, 40, 80]],
  ['B-frames nobody refers to are left out', [[I, 0], [P, 120], [B, 40], [B, 80], [P, 240], [B, 160], [B, 200]], [0, 120, undefined, undefined, 240, undefined, undefined]],
  ['B-frames others refer to go at once', [[I, 0], [P, 160], [REFERENCED_B, 80], [B, 40], [B, 120], [P, 320]], [0, 160, 160, undefined, undefined, 320]],
])('[RT16] %s', (_, pictures, expected) => {
  const order = new PictureOrder()
  expect(pictures.map(([type, ms]) => order.place([Buffer.from([0x06, 5]), Buffer.from([type, 0])], ms))).toEqual(expected)
})
