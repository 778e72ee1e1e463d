/**
 * The colour of each of the tag's filters, as a list of CSS filter functions. On the web it is the filter; for WeChat's own
 * filters it is the swatch by which a person finds them.
 */
import type { PusherTag } from './tags/pusherTag'

export type FilterName = PusherTag['filter']

export const FILTER_LOOKS: Readonly<Record<FilterName, string>> = {
  standard: '',
  pink: `${tint(-45, 0.26)} saturate(1.1) brightness(1.06)`,
  nostalgia: 'sepia(0.55) contrast(0.95) saturate(0.9) brightness(1.02)',
  blues: `${tint(175, 0.3)} contrast(1.06)`,
  romantic: `${tint(-85, 0.24)} contrast(0.94) brightness(1.07)`,
  cool: `${tint(145, 0.2)} saturate(1.05) brightness(1.05)`,
  fresher: `${tint(60, 0.14)} saturate(1.2) brightness(1.07) contrast(0.96)`,
  solor: 'contrast(0.88) saturate(0.85) brightness(1.12)',
  aestheticism: 'saturate(1.3) contrast(1.08) brightness(1.03)',
  whitening: 'brightness(1.14) contrast(0.95) saturate(0.92)',
  cerisered: `${tint(-60, 0.34)} saturate(1.35)`,
}

/** A breath of one colour over all, which keep their own: sepia is the only dye that CSS has, so the others are turned to it and back. */
function tint(degrees: number, strength: number): string {
  return `hue-rotate(${-degrees}deg) sepia(${strength}) hue-rotate(${degrees}deg)`
}
