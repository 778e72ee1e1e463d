import type { Buffer } from 'node:buffer'

export type PictureType = 'jpg' | 'png' | 'webp'

/** Judged by the first bytes: what the sender calls it is not to be trusted. */
export function pictureType(bytes: Buffer): PictureType | undefined {
  if (bytes.length < 12)
    return undefined
  if (bytes[0] === 0xFF && bytes[1] === 0xD8 && bytes[2] === 0xFF)
    return 'jpg'
  if (bytes.toString('latin1', 0, 8) === '\x89PNG\r\n\x1A\n')
    return 'png'
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP')
    return 'webp'
  return undefined
}
