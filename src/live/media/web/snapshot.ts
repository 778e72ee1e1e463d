/** A picture of what a <video> shows, small enough for a room's cover. */
import type { Browser } from './browser'
import { COVER_MAX_BYTES } from '@/shared/protocol/rest'

const LONGEST_SIDE = 720
const KEEPING_QUALITY = 0.92
const QUALITIES = [0.86, 0.7, 0.5, 0.3]

/** Undefined while there is no picture. */
export async function snapshotJpeg({ createCanvas }: Pick<Browser, 'createCanvas'>, video: HTMLVideoElement): Promise<Blob | undefined> {
  if (!video.videoWidth)
    return undefined
  const canvas = draw(createCanvas, video, Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight)))
  for (const quality of QUALITIES) {
    const blob = await jpegOf(canvas, quality)
    if (blob && blob.size <= COVER_MAX_BYTES)
      return blob
  }
  return undefined
}

/** As large as the picture is, for a person to keep. Undefined while there is none. */
export async function snapshotWhole({ createCanvas }: Pick<Browser, 'createCanvas'>, video: HTMLVideoElement): Promise<{ blob: Blob, width: number, height: number } | undefined> {
  if (!video.videoWidth)
    return undefined
  const canvas = draw(createCanvas, video, 1)
  const blob = await jpegOf(canvas, KEEPING_QUALITY)
  return blob ? { blob, width: canvas.width, height: canvas.height } : undefined
}

function draw(createCanvas: Browser['createCanvas'], video: HTMLVideoElement, scale: number): HTMLCanvasElement {
  const canvas = createCanvas(Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale))
  canvas.getContext('2d')!.drawImage(video, 0, 0, canvas.width, canvas.height)
  return canvas
}

const jpegOf = (canvas: HTMLCanvasElement, quality: number) => new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', quality))
