/** A picture file as a small square, for a face. */
const SIDE = 256

/** Its middle, as a JPEG. @throws Error when the browser cannot read the file */
export async function squarePicture(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file)
  const side = Math.min(picture.width, picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const brush = canvas.getContext('2d')!
  brush.fillStyle = '#fff' // a JPEG shows black where nothing is
  brush.fillRect(0, 0, SIDE, SIDE)
  brush.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, SIDE, SIDE)
  picture.close()
  return new Promise((resolve, reject) => canvas.toBlob(blob => blob ? resolve(blob) : reject(new Error('no picture came of it')), 'image/jpeg', 0.88))
}
