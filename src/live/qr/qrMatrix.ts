/** A text as the dark and light fields of a QR code. Pure; ISO/IEC 18004. */
import encodeQR from 'qr'

/** What a camera still reads from another phone's screen. */
export const QR_TEXT_MAX = 1024
/** The light edge that readers need, in fields; it is part of the matrix. */
const EDGE = 4

/**
 * Rows from the top, fields from the left, true for dark, with the light edge round them.
 *
 * @param text at most QR_TEXT_MAX characters
 * @throws RangeError when it is longer
 */
export function qrMatrix(text: string): readonly (readonly boolean[])[] {
  if (text.length > QR_TEXT_MAX)
    throw new RangeError(`A QR code of ${text.length} characters cannot be read from a screen`)
  return encodeQR(text, 'raw', { ecc: 'low', border: EDGE, textEncoder: utf8 })
}

/** WeChat has no TextEncoder on iOS. */
function utf8(text: string): Uint8Array {
  const bytes = encodeURIComponent(text).match(/%..|[^%]/g) ?? []
  return Uint8Array.from(bytes, byte => byte.length > 1 ? Number.parseInt(byte.slice(1), 16) : byte.charCodeAt(0))
}
