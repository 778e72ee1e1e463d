/** A text as the dark and light fields of a QR code. Pure. */
import encodeQR from 'qr'

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
  const { length } = utf8(text)
  if (length > QR_BYTES_MAX)
    throw new RangeError(`A QR code of ${length} bytes cannot be read from a screen`)
  return encodeQR(text, 'raw', { ecc: 'low', border: EDGE, textEncoder: utf8 })
}

/** WeChat has no TextEncoder on iOS. */
function utf8(text: string): Uint8Array {
  const bytes = encodeURIComponent(text).match(/%..|[^%]/g) ?? []
  return Uint8Array.from(bytes, byte => byte.length > 1 ? Number.parseInt(byte.slice(1), 16) : byte.charCodeAt(0))
}
