/** The poster of a room: its cover, title and anchor, whether it is on air, and a code that leads into it. Pure. */
import type { CodeFields, Draw, Drawing, Font, Measure, Size } from './drawing'
import { cropTo } from './drawing'
import { drawnCover } from './drawnCover'
import { wrapLines } from './wrapLines'

export interface PosterContent {
  readonly title: string
  readonly anchor: string
  /** On air, about to begin, over. */
  readonly status: string
  readonly isLive: boolean
  /** What the code is for, and whose it is. */
  readonly hint: string
  readonly appName: string
  /** The room's own two, dark and bright, for a cover that has to be drawn. */
  readonly colours: readonly [dark: string, bright: string]
  /** Sizes of what could be loaded. */
  readonly cover?: Size
  readonly face?: Size
  /** Fields to be drawn, or the size of a picture. */
  readonly code: CodeFields | Size
}

export const POSTER: Size = { width: 750, height: 1334 }
const MARGIN = 40
const GROUND = '#17131d'
const COVER = { x: 0, y: 0, width: POSTER.width, height: 880 }
const TITLE: Font = { size: 50, isBold: true }
const BADGE: Font = { size: 28, isBold: true }
const NAME: Font = { size: 34, isBold: true }
const SMALL: Font = { size: 26, isBold: false }
const CODE = { x: POSTER.width - MARGIN - 240, y: POSTER.height - MARGIN - 240, width: 240, height: 240 }
const FACE = { x: MARGIN, y: CODE.y + 4, width: 84, height: 84 }

export function posterLayout(content: PosterContent, measure: Measure): Drawing {
  const width = POSTER.width - 2 * MARGIN
  const lines = (text: string, font: Font, width: number, max: number) => wrapLines(text, width, max, part => measure(part, font))
  const nameX = FACE.x + FACE.width + 20
  const [name = ''] = lines(content.anchor, NAME, CODE.x - nameX - 24, 1)
  const hints = lines(content.hint, SMALL, CODE.x - MARGIN - 24, 2)
  return {
    ...POSTER,
    draws: [
      { type: 'box', box: { x: 0, y: 0, ...POSTER }, colours: [GROUND] },
      ...(content.cover ? [{ type: 'picture', picture: 'cover', from: cropTo(content.cover, COVER), box: COVER } as const] : drawnCover(COVER, content.colours)),
      { type: 'box', box: { ...COVER, y: 480, height: 401 }, colours: ['rgba(23, 19, 29, 0)', GROUND] },
      ...badge(content, measure),
      ...lines(content.title, TITLE, width, 2).map((text, line): Draw => ({ type: 'text', text, x: MARGIN, y: 944 + line * 66, font: TITLE, colour: '#fff' })),
      ...face(content),
      { type: 'text', text: name, x: nameX, y: FACE.y + 54, font: NAME, colour: '#fff' },
      ...hints.map((text, line): Draw => ({ type: 'text', text, x: MARGIN, y: CODE.y + 146 + line * 38, font: SMALL, colour: 'rgba(255, 255, 255, 0.72)' })),
      { type: 'text', text: content.appName, x: MARGIN, y: CODE.y + CODE.height - 8, font: SMALL, colour: '#ff8f7a' },
      'width' in content.code
        ? { type: 'picture', picture: 'code', from: cropTo(content.code, CODE), box: CODE, radius: 20 }
        : { type: 'code', code: content.code, box: CODE, radius: 20 },
    ],
  }
}

function badge({ isLive, status }: PosterContent, measure: Measure): Draw[] {
  const width = Math.ceil(measure(status, BADGE)) + 60
  return [
    { type: 'box', box: { x: MARGIN, y: MARGIN, width, height: 56 }, radius: 28, colours: [isLive ? '#f4503f' : 'rgba(8, 6, 11, 0.62)'] },
    { type: 'text', text: status, x: MARGIN + width / 2, y: MARGIN + 38, font: BADGE, colour: '#fff', align: 'center' },
  ]
}

/** A face that could not be loaded is the first letter of the name. */
function face({ anchor, colours, face }: PosterContent): Draw[] {
  const radius = FACE.width / 2
  if (face)
    return [{ type: 'picture', picture: 'face', from: cropTo(face, FACE), box: FACE, radius }]
  return [
    { type: 'box', box: FACE, radius, colours: [colours[1]] },
    { type: 'text', text: [...anchor][0] ?? '', x: FACE.x + radius, y: FACE.y + radius + 14, font: { size: 40, isBold: true }, colour: '#fff', align: 'center' },
  ]
}
