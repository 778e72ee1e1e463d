/** A QR code as a drawing: an address for an image, which works in WeChat too. */
import { svgUri } from '@/src/components/svg'
import { qrMatrix } from './qrMatrix'

/** Black on white, whatever colours the app has: every camera reads that. @throws RangeError like qrMatrix() */
export function qrPicture(text: string): string {
  const rows = qrMatrix(text)
  const side = rows.length
  const dark = rows.map((row, y) => runs(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`).join('')).join('')
  return svgUri(side, side, `<path fill='#fff' d='M0 0h${side}v${side}H0z'/><path shape-rendering='crispEdges' d='${dark}'/>`)
}

interface Run { readonly from: number, readonly length: number }

/** Dark fields in a row as one: a third of the characters. */
function runs(row: readonly boolean[]): readonly Run[] {
  return row.flatMap((isDark, x) => isDark && !row[x - 1] ? [{ from: x, length: [...row, false].indexOf(false, x) - x }] : [])
}
