/** Raw pictures, planar YUV 4:2:0: a plane of brightness, then two of colour with half its width and height. */
import type { Box, Size } from './quality'

const BLACK_LUMA = 16
const NO_CHROMA = 128

export const pictureBytes = ({ width, height }: Size): number => width * height * 3 / 2

export function blackPicture(size: Size): Buffer {
  const picture = Buffer.alloc(pictureBytes(size), NO_CHROMA)
  return picture.fill(BLACK_LUMA, 0, size.width * size.height)
}

/** Lays a picture of the box's size onto the canvas, in place. */
export function paste(canvas: Buffer, canvasSize: Size, picture: Buffer, box: Box): void {
  let canvasStart = 0
  let pictureStart = 0
  for (const scale of [1, 2, 2]) {
    const canvasWidth = canvasSize.width / scale
    const width = box.width / scale
    const height = box.height / scale
    const corner = canvasStart + box.y / scale * canvasWidth + box.x / scale
    for (let row = 0; row < height; row++)
      picture.copy(canvas, corner + row * canvasWidth, pictureStart + row * width, pictureStart + (row + 1) * width)
    canvasStart += canvasWidth * canvasSize.height / scale
    pictureStart += width * height
  }
}
