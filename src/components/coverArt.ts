/** A cover for a room without a picture: always the same for the same room, and told apart from its neighbours. */
import { svgUri } from './svg'

/** Deep, so that white text stays readable on them. */
const PAIRS = [
  ['#43234a', '#c2554f'],
  ['#1d2f4f', '#4c7fb0'],
  ['#173b3b', '#3f9a83'],
  ['#3b2a1c', '#b9803f'],
  ['#2c2453', '#7d63c4'],
  ['#472036', '#c05486'],
] as const

/** Its two colours. */
export const coverColours = (roomId: string): readonly [dark: string, bright: string] => PAIRS[hash(roomId) % PAIRS.length]

export function coverArt(roomId: string): string {
  const seed = hash(roomId)
  const [dark, bright] = coverColours(roomId)
  const tilt = (seed >>> 4) % 60 - 30
  const glyph = GLYPHS[(seed >>> 7) % GLYPHS.length](seed >>> 9)
  return svgUri(300, 400, [
    `<defs><linearGradient id='g' gradientTransform='rotate(${45 + tilt} .5 .5)'><stop stop-color='${bright}'/><stop offset='1' stop-color='${dark}'/></linearGradient></defs>`,
    `<rect width='300' height='400' fill='url(#g)'/>`,
    glyph,
  ].join(''))
}

/** Each draws sound in its own way: a wave that spreads, a level, two voices that meet. */
const GLYPHS: readonly ((seed: number) => string)[] = [
  (seed) => {
    const x = 300 * (seed % 2)
    const rings = [70, 118, 166, 214, 262].map((radius, ring) => `<circle cx='${x}' cy='190' r='${radius}' opacity='${(0.3 - ring * 0.05).toFixed(2)}'/>`)
    return `<g fill='none' stroke='#fff' stroke-width='14'>${rings.join('')}</g><circle cx='${x}' cy='190' r='34' fill='#fff' opacity='.4'/>`
  },
  (seed) => {
    const bars = Array.from({ length: 9 }, (_, bar) => {
      const height = 30 + (seed >>> bar * 2) % 4 * 34 + (4 - Math.abs(4 - bar)) * 12
      return `<rect x='${27 + bar * 28}' y='${170 - height / 2}' width='14' height='${height}' rx='7'/>`
    })
    return `<g fill='#fff' opacity='.34'>${bars.join('')}</g>`
  },
  (seed) => {
    const shift = seed % 40 - 20
    return `<g fill='#fff'><circle cx='${112 + shift}' cy='160' r='74' opacity='.26'/><circle cx='${190 + shift}' cy='${150 + seed % 5 * 6}' r='74' opacity='.2'/></g>`
  },
]

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811C9DC5
  for (let i = 0; i < text.length; i++)
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
