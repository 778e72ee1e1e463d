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

export function coverArt(roomId: string): string {
  const seed = hash(roomId)
  const [dark, bright] = PAIRS[seed % PAIRS.length]
  const tilt = (seed >>> 4) % 60 - 30
  const x = 90 + (seed >>> 10) % 120
  const rings = [26, 52, 82, 116, 154]
    .map((radius, ring) => `<circle cx='${x}' cy='170' r='${radius}' opacity='${(0.5 - ring * 0.09).toFixed(2)}'/>`)
    .join('')
  return svgUri(300, 400, [
    `<defs><linearGradient id='g' gradientTransform='rotate(${45 + tilt} .5 .5)'><stop stop-color='${bright}'/><stop offset='1' stop-color='${dark}'/></linearGradient></defs>`,
    `<rect width='300' height='400' fill='url(#g)'/>`,
    `<g fill='none' stroke='#fff' stroke-width='2'>${rings}</g>`,
    `<circle cx='${x}' cy='170' r='9' fill='#fff' opacity='.85'/>`,
  ].join(''))
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811C9DC5
  for (let i = 0; i < text.length; i++)
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
