/** What a platform gives to draw on, and what is done with it on both: load pictures, paint, and keep the result. */
import type { Drawing, Measure, PictureName, Size } from './drawing'
import type { Brush, Pictures } from './paint'
import type { Clock } from '@/src/ports/Clock'
import type { Picture } from '@/src/ports/RoomApi'
import { measureBy, paint } from './paint'

export interface Easel {
  readonly canvas: { width: number, height: number, getContext: (type: '2d') => Brush | null }
  /** Starts to load when `src` is set. */
  createImage: () => LoadingImage
  /** What is on the canvas, as a JPEG. */
  save: () => Promise<Picture>
}

export type LoadingImage = Pick<HTMLImageElement, 'src' | 'width' | 'height' | 'onload' | 'onerror'>

/** A picture that takes longer is as good as none. */
export const LOAD_TIMEOUT_MS = 6000

/** Undefined when it cannot be had in time. */
export function loadImage({ createImage }: Pick<Easel, 'createImage'>, address: string, clock: Pick<Clock, 'after'>): Promise<LoadingImage | undefined> {
  return new Promise((resolve) => {
    const image = createImage()
    const stop = clock.after(LOAD_TIMEOUT_MS, () => resolve(undefined))
    const settle = (loaded?: LoadingImage) => {
      stop()
      resolve(loaded)
    }
    image.onload = () => settle(image.width > 0 && image.height > 0 ? image : undefined)
    image.onerror = () => settle()
    image.src = address
  })
}

/** @throws Error when the canvas cannot be drawn on, or not be kept */
export async function draw(easel: Easel, size: Size, layout: (measure: Measure) => Drawing, images: Partial<Record<PictureName, LoadingImage>> = {}): Promise<Picture> {
  Object.assign(easel.canvas, size)
  const brush = easel.canvas.getContext('2d')
  if (!brush)
    throw new Error('this canvas cannot be drawn on')
  paint(brush, layout(measureBy(brush)), images as unknown as Pictures)
  return easel.save()
}
