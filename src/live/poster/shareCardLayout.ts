/** The picture of a share card, 5:4 as WeChat shows it, for a room without a cover. Pure. */
import type { Drawing, Font, Measure, Size } from './drawing'
import type { PosterContent } from './posterLayout'
import { drawnCover } from './drawnCover'
import { wrapLines } from './wrapLines'

export const SHARE_CARD: Size = { width: 500, height: 400 }
const TITLE: Font = { size: 34, isBold: true }
const SMALL: Font = { size: 24, isBold: false }
const MARGIN = 28

export function shareCardLayout({ anchor, colours, status, title }: Pick<PosterContent, 'anchor' | 'colours' | 'status' | 'title'>, measure: Measure): Drawing {
  const line = (text: string, font: Font) => wrapLines(text, SHARE_CARD.width - 2 * MARGIN, 1, part => measure(part, font))[0] ?? ''
  return {
    ...SHARE_CARD,
    draws: [
      ...drawnCover({ x: 0, y: 0, ...SHARE_CARD }, colours),
      { type: 'box', box: { x: 0, y: 220, width: SHARE_CARD.width, height: 180 }, colours: ['rgba(8, 6, 11, 0)', 'rgba(8, 6, 11, 0.78)'] },
      { type: 'text', text: line(title, TITLE), x: MARGIN, y: 336, font: TITLE, colour: '#fff' },
      { type: 'text', text: line(`${status} · ${anchor}`, SMALL), x: MARGIN, y: 374, font: SMALL, colour: 'rgba(255, 255, 255, 0.78)' },
    ],
  }
}
