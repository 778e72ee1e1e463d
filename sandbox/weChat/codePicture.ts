/** A PNG that stands for a mini-program code: its scene in black and white fields. No camera reads it. */
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'

const FIELDS = 16

export function codePicture(scene: string, width: number): Buffer {
  const bits = createHash('sha256').update(scene).digest()
  const rows = Array.from({ length: width }, (_, y) => {
    const row = Buffer.alloc(width + 1, 255)
    row[0] = 0 // no filter
    for (let x = 0; x < width; x++) {
      const field = Math.floor(y * FIELDS / width) * FIELDS + Math.floor(x * FIELDS / width)
      if (bits[field >> 3] >> (field & 7) & 1)
        row[x + 1] = 0
    }
    return row
  })
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(width, 4)
  const grey = Buffer.from([8, 0, 0, 0, 0])
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'), chunk('IHDR', Buffer.concat([size, grey])), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** Of PNG, RFC 2083; Node has one of its own since 20.15. */
function crc32(bytes: Buffer): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++)
      crc = crc >>> 1 ^ (crc & 1 ? 0xEDB88320 : 0)
  }
  return ~crc >>> 0
}
