/** A text as the dark and light fields of a QR code. Pure. Our own, because it weighs a tenth of a whole library for it. */
import { qrCodewords } from './qrCodewords'
import { qrGrid } from './qrGrid'

/** Bytes of UTF-8: what a camera still reads from another phone's screen. */
export const QR_BYTES_MAX = 1024
/** The light edge that readers need, in fields; it is part of the matrix. */
const EDGE = 4

/**
 * Rows from the top, fields from the left, true for dark, with the light edge round them.
 *
 * @throws RangeError above QR_BYTES_MAX
 */
export function qrMatrix(text: string): readonly (readonly boolean[])[] {
  const content = utf8(text)
  const code = content.length > QR_BYTES_MAX ? undefined : qrCodewords(content)
  if (!code)
    throw new RangeError(`A QR code of ${content.length} bytes cannot be read from a screen`)
  const grid = qrGrid(code)
  const side = grid.length + 2 * EDGE
  return Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => grid[y - EDGE]?.[x - EDGE] ?? false))
}

/** WeChat has no TextEncoder on iOS. */
function utf8(text: string): number[] {
  const bytes = encodeURIComponent(text).match(/%..|[^%]/g) ?? []
  return bytes.map(byte => byte.length > 1 ? Number.parseInt(byte.slice(1), 16) : byte.charCodeAt(0))
}
