/** A picture of what a <video> shows, small enough for a room's cover. */
import type { Browser } from './browser'
import { COVER_MAX_BYTES } from '@/shared/protocol/rest'

const LONGEST_SIDE = 720
const QUALITIES = [0.86, 0.7, 0.5, 0.3]

/** Undefined while there is no picture. */
export async function snapshotJpeg({ createCanvas }: Pick<Browser, 'createCanvas'>, video: HTMLVideoElement): Promise<Blob | undefined> {
  if (!video.videoWidth)
    return undefined
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight))
  const canvas = createCanvas(Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale))
  canvas.getContext('2d')!.drawImage(video, 0, 0, canvas.width, canvas.height)
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (blob && blob.size <= COVER_MAX_BYTES)
      return blob
  }
  return undefined
}
