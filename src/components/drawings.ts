/** Drawings for screens that have nothing else to show. One line weight, one spot of the accent colour. */
import { svgUri } from './svg'

export type DrawingName = 'stage' | 'offline' | 'broken'

const LINE = `fill='none' stroke='#8e8796' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'`
const FAINT = `fill='none' stroke='#3b3545' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'`
const ACCENT = '#ff7d68'
const FLOOR = `<path d='M30 148h180' ${FAINT}/>`

const CONTENT: Record<DrawingName, string> = {
  // a microphone waiting in its spot of light
  stage: `<path d='M92 20L58 148h124L148 20z' fill='#221d2b'/>${FLOOR}`
    + `<path d='M120 92v44M100 148q0-12 20-12t20 12' ${LINE}/><path d='M98 66v6a22 22 0 0 0 44 0v-6' ${LINE}/>`
    + `<rect x='107' y='36' width='26' height='46' rx='13' fill='${ACCENT}'/>`
    + `<path d='M52 66q-7 12 0 24M38 56q-13 22 0 44M188 66q7 12 0 24M202 56q13 22 0 44' ${FAINT}/>`,
  // a plug that has come out
  offline: `${FLOOR}<path d='M20 108h52q18 0 18-18 0-14 14-14' ${LINE}/><rect x='100' y='62' width='26' height='28' rx='7' ${LINE}/><path d='M126 69h12M126 83h12' ${LINE}/>`
    + `<path d='M166 58v36q14 0 14-18t-14-18z' fill='${ACCENT}'/><path d='M180 76q14 0 14 18 0 14 26 14' ${LINE}/><path d='M146 48l4 8M152 104l-5 7M141 56l-7-4' ${FAINT}/>`,
  // a picture that tore
  broken: `${FLOOR}<path d='M116 36H72a10 10 0 0 0-10 10v64a10 10 0 0 0 10 10h38l8-24-14-16 16-18z' ${LINE}/><path d='M136 36h32a10 10 0 0 1 10 10v64a10 10 0 0 1-10 10h-38l8-24-14-16 16-18z' ${LINE}/>`
    + `<circle cx='86' cy='66' r='9' fill='${ACCENT}'/><path d='M74 104l16-16 10 10M146 108l10-14 12 14' ${FAINT}/>`,
}

export function drawing(name: DrawingName): string {
  return svgUri(240, 160, CONTENT[name])
}
