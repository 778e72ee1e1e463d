/** Which effects this browser can draw. */
import type { Browser } from '../browser'
import { createWebglPainter } from './webglPainter'

export interface PainterPowers {
  /** Smoother skin. */
  readonly skin: boolean
  /** Whiteness and filters. */
  readonly colour: boolean
}

export function readPainterPowers({ createCanvas }: Pick<Browser, 'createCanvas'>): PainterPowers {
  const painter = createWebglPainter(createCanvas(1, 1))
  painter?.release() // browsers give few contexts
  const pen = createCanvas(1, 1).getContext('2d')
  return { skin: painter !== undefined, colour: painter !== undefined || (pen !== null && 'filter' in pen) }
}
