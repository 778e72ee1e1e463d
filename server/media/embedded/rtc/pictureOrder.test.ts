import { expect, it } from 'vitest'
import { PictureOrder } from './pictureOrder'

const I = 0x65
const P = 0x41
const B = 0x01
const REFERENCED_B = 0x21

it.each([
  ['without B-frames everything is shown', [[I, 0], [P, 40], [P, 80]], ['show', 'show', 'show']],
  ['B-frames nobody refers to are left out', [[I, 0], [P, 120], [B, 40], [B, 80], [P, 240]], ['show', 'show', 'leaveOut', 'leaveOut', 'show']],
  ['B-frames others refer to cannot be shown', [[I, 0], [P, 160], [REFERENCED_B, 80], [B, 40]], ['show', 'show', 'unshowable', 'leaveOut']],
])('[RT16] %s', (_, pictures, expected) => {
  const order = new PictureOrder()
  expect(pictures.map(([type, ms]) => order.place([Buffer.from([0x06, 5]), Buffer.from([type, 0])], ms))).toEqual(expected)
})
