/** A cover for a room without a picture, drawn: its two colours, and sound that spreads. Pure. */
import type { Box, Draw } from './drawing'

const RINGS = 5

export function drawnCover({ x, y, width, height }: Box, [dark, bright]: readonly [dark: string, bright: string]): Draw[] {
  const step = Math.min(width, height) / 9
  const middle = { x: x + width / 2, y: y + height * 0.42 }
  return [
    { type: 'box', box: { x, y, width, height }, colours: [bright, dark] },
    { type: 'box', box: { x: middle.x - step / 2, y: middle.y - step / 2, width: step, height: step }, radius: step / 2, colours: ['rgba(255, 255, 255, 0.5)'] },
    ...Array.from({ length: RINGS }, (_, ring): Draw => ({ type: 'ring', ...middle, radius: step * (ring + 1.2), width: step / 5, colour: `rgba(255, 255, 255, ${(0.34 - ring * 0.06).toFixed(2)})` })),
  ]
}
