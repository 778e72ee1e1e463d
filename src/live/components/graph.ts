/** The last minute of bitrate and frame rate as a drawing. Pure: an address for an image, which works in WeChat too. */
import type { MediaStatistics } from './media'
import { svgUri } from '@/src/components/svg'

const WIDTH = 320
const HEIGHT = 120
/** Seconds from the left edge to the right. */
const SPAN = 60
const BITRATE_COLOUR = '#ff7d68'
const FPS_COLOUR = '#5ed6a0'

export function statisticsGraph(samples: readonly MediaStatistics[]): string {
  const top = niceCeiling(Math.max(1, ...samples.map(({ bitrateKbps }) => bitrateKbps)))
  const bitrate = samples.map(({ bitrateKbps }, index) => point(index, samples.length, bitrateKbps / top))
  const fps = samples.map(({ fps }, index) => point(index, samples.length, Math.min(1, fps / 60)))
  return svgUri(WIDTH, HEIGHT, [
    `<defs><linearGradient id='g' x2='0' y2='1'><stop stop-color='${BITRATE_COLOUR}' stop-opacity='.45'/><stop offset='1' stop-color='${BITRATE_COLOUR}' stop-opacity='0'/></linearGradient></defs>`,
    ...[0, 0.5, 1].map(level => `<path d='M0 ${y(level)}H${WIDTH}' stroke='#fff' stroke-opacity='.1'/>`),
    area(bitrate),
    line(bitrate, BITRATE_COLOUR),
    line(fps, FPS_COLOUR),
    `<text x='${WIDTH}' y='${y(1) + 12}' font-size='10' text-anchor='end' fill='#b0a9b6' font-family='sans-serif'>${top} kbps</text>`,
  ].join(''))
}

/** 1, 2 or 5 times a power of ten: the scale must not jump with every sample. */
export function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5].find(step => step * power >= value) ?? 10) * power
}

type Point = readonly [x: number, y: number]

const y = (level: number): number => Math.round((HEIGHT - 6 - level * (HEIGHT - 16)) * 10) / 10

const point = (index: number, count: number, level: number): Point => [Math.round((WIDTH - (count - 1 - index) * WIDTH / (SPAN - 1)) * 10) / 10, y(level)]

const path = (points: readonly Point[]): string => points.map(([x, y], index) => `${index ? 'L' : 'M'}${x} ${y}`).join('')

const line = (points: readonly Point[], colour: string): string => points.length < 2 ? '' : `<path d='${path(points)}' fill='none' stroke='${colour}' stroke-width='2' stroke-linejoin='round'/>`

const area = (points: readonly Point[]): string => points.length < 2 ? '' : `<path d='${path(points)}V${y(0)}H${points[0][0]}z' fill='url(#g)'/>`
