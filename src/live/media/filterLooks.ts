/**
 * The colour of each of the tag's filters, as a list of CSS filter functions. On the web it is the filter; for WeChat's own
 * filters it is the swatch by which a person finds them.
 */
import type { PusherTag } from './tags/pusherTag'

export type FilterName = PusherTag['filter']

export const FILTER_LOOKS: Readonly<Record<FilterName, string>> = {
  standard: '',
  pink: 'sepia(0.3) hue-rotate(-45deg) saturate(1.25) brightness(1.07)',
  nostalgia: 'sepia(0.6) contrast(0.94) saturate(0.9) brightness(1.02)',
  blues: 'sepia(0.32) hue-rotate(175deg) saturate(1.15) contrast(1.05)',
  romantic: 'sepia(0.26) hue-rotate(-75deg) saturate(1.2) brightness(1.05)',
  cool: 'sepia(0.2) hue-rotate(150deg) saturate(1.1) brightness(1.06)',
  fresher: 'sepia(0.14) hue-rotate(70deg) saturate(1.25) brightness(1.07) contrast(0.97)',
  solor: 'contrast(0.9) saturate(0.82) brightness(1.11)',
  aestheticism: 'saturate(1.28) contrast(1.06) brightness(1.03)',
  whitening: 'brightness(1.14) contrast(0.95) saturate(0.94)',
  cerisered: 'sepia(0.36) hue-rotate(-60deg) saturate(1.6)',
}
