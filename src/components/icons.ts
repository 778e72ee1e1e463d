/**
 * The icon set: 24 × 24, drawn for this app in one round stroke. An icon is a mask, so that it takes the colour of the text
 * around it on both platforms. Here are those of home, me and what every page uses; the live room adds its own.
 */
import type { liveIcons } from './liveIcons'
import { svgUri } from './svg'

const STROKES = {
  back: 'M14.5 5l-7 7 7 7',
  camera: 'M4.5 6h9A1.5 1.5 0 0 1 15 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6z M15 11l6-3.5v9L15 13',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  chevron: 'M9.5 5l7 7-7 7',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z',
  live: 'M12 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z M8.3 8.3a5.2 5.2 0 0 0 0 7.4 M15.7 8.3a5.2 5.2 0 0 1 0 7.4 M5.4 5.4a9.3 9.3 0 0 0 0 13.2 M18.6 5.4a9.3 9.3 0 0 1 0 13.2',
  person: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4.5 20.5a7.5 7.5 0 0 1 15 0',
  refresh: 'M20 12a8 8 0 1 1-2.6-5.9L20 8.5 M20 4v4.5h-4.5',
  warning: 'M11.1 4.5a1 1 0 0 1 1.8 0l7.8 14a1 1 0 0 1-.9 1.5H4.2a1 1 0 0 1-.9-1.5z M12 10v4 M12 17h.01',
}

export type IconName = keyof typeof STROKES | keyof typeof liveIcons

const strokes: Record<string, string> = STROKES

/** Puts in the icons of a part of the app that is loaded later. Doing it again changes nothing. */
export function addIcons(icons: Readonly<Record<string, string>>): void {
  Object.assign(strokes, icons)
}

export const iconNames = (): readonly IconName[] => Object.keys(strokes) as IconName[]

/** The value of a CSS mask-image. */
export function iconMask(name: IconName): string {
  const svg = svgUri(24, 24, `<path d='${strokes[name]}' fill='none' stroke='#000' stroke-width='1.8' stroke-linecap='round' stroke-linejoin='round'/>`)
  return `url("${svg}")`
}
