/** Paints a drawing on a canvas: the web's, or WeChat's of type 2d, which knows the same calls (but roundRect). */
import type { Box, Draw, Drawing, Font, Measure, PictureName } from './drawing'

export type Brush = Pick<CanvasRenderingContext2D, 'save' | 'restore' | 'beginPath' | 'closePath' | 'arc' | 'arcTo' | 'moveTo' | 'clip' | 'fill' | 'fillRect' | 'stroke' | 'drawImage' | 'createLinearGradient' | 'fillText' | 'measureText'>
  & { fillStyle: string | CanvasGradient | CanvasPattern, strokeStyle: string | CanvasGradient | CanvasPattern, lineWidth: number, font: string, textAlign: CanvasTextAlign }

export type Pictures = Readonly<Partial<Record<PictureName, CanvasImageSource>>>

export function paint(brush: Brush, { draws }: Drawing, pictures: Pictures): void {
  for (const draw of draws) {
    brush.save()
    paintOne(brush, draw, pictures)
    brush.restore()
  }
}

export function measureBy(brush: Brush): Measure {
  return (text, font) => {
    brush.font = cssFont(font)
    return brush.measureText(text).width
  }
}

function paintOne(brush: Brush, draw: Draw, pictures: Pictures): void {
  switch (draw.type) {
    case 'box': {
      const { box, colours, radius = 0 } = draw
      brush.fillStyle = colours.length > 1 ? gradient(brush, box, colours) : colours[0]
      outline(brush, box, radius)
      return brush.fill()
    }
    case 'ring':
      brush.strokeStyle = draw.colour
      brush.lineWidth = draw.width
      brush.beginPath()
      brush.arc(draw.x, draw.y, draw.radius, 0, 2 * Math.PI)
      return brush.stroke()
    case 'picture': {
      const { box, from, radius = 0 } = draw
      const picture = pictures[draw.picture]
      if (!picture)
        return
      outline(brush, box, radius)
      brush.clip()
      return brush.drawImage(picture, from.x, from.y, from.width, from.height, box.x, box.y, box.width, box.height)
    }
    case 'text':
      brush.fillStyle = draw.colour
      brush.font = cssFont(draw.font)
      brush.textAlign = draw.align ?? 'left'
      return brush.fillText(draw.text, draw.x, draw.y)
    case 'code':
      return paintCode(brush, draw)
  }
}

function paintCode(brush: Brush, { box, code, radius }: Extract<Draw, { type: 'code' }>): void {
  brush.fillStyle = '#fff'
  outline(brush, box, radius)
  brush.fill()
  const field = Math.floor(Math.min(box.width, box.height) / code.length)
  const left = box.x + Math.floor((box.width - field * code.length) / 2)
  const top = box.y + Math.floor((box.height - field * code.length) / 2)
  brush.fillStyle = '#000'
  code.forEach((row, y) => row.forEach((isDark, x) => isDark && brush.fillRect(left + x * field, top + y * field, field, field)))
}

const cssFont = ({ isBold, size }: Font) => `${isBold ? 'bold ' : ''}${size}px sans-serif`

function gradient(brush: Brush, { x, y, height }: Box, colours: readonly string[]): CanvasGradient {
  const shade = brush.createLinearGradient(x, y, x, y + height)
  colours.forEach((colour, index) => shade.addColorStop(index / (colours.length - 1), colour))
  return shade
}

function outline(brush: Brush, { x, y, width, height }: Box, radius: number): void {
  brush.beginPath()
  brush.moveTo(x + radius, y)
  brush.arcTo(x + width, y, x + width, y + height, radius)
  brush.arcTo(x + width, y + height, x, y + height, radius)
  brush.arcTo(x, y + height, x, y, radius)
  brush.arcTo(x, y, x + width, y, radius)
  brush.closePath()
}
