/** The bytes of a QR code, with those that let a reader correct what it misread. ISO/IEC 18004, error correction level L. */

/** Of versions 1 to 23: check codewords in each block, and blocks (table 9). */
const CHECKS = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30]
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9]
const VERSION_MAX = 23

/** `version` says how large the code is: 17 + 4 × version fields a side. */
export interface QrCodewords {
  readonly version: number
  readonly bytes: readonly number[]
}

/** In the smallest version that holds them; undefined when none does. */
export function qrCodewords(content: readonly number[]): QrCodewords | undefined {
  for (let version = 1; version <= VERSION_MAX; version++) {
    const capacity = allCodewords(version) - CHECKS[version - 1] * BLOCKS[version - 1]
    const message = bytesOf(content, version < 10 ? 8 : 16)
    if (message.length <= capacity)
      return { version, bytes: withChecks(padded(message, capacity), version) }
  }
}

/** Fields that are left beside the patterns, in bytes. */
function allCodewords(version: number): number {
  const perSide = version < 2 ? 0 : Math.floor(version / 7) + 2
  const fields = (16 * version + 128) * version + 64
  const alignments = version < 2 ? 0 : (25 * perSide - 10) * perSide - 55
  return Math.floor((fields - alignments - (version < 7 ? 0 : 36)) / 8)
}

/** Four bits say "bytes" and `lengthBits` how many; everything after it is shifted by half a byte. */
function bytesOf(content: readonly number[], lengthBits: 8 | 16): number[] {
  const length = lengthBits === 8 ? [content.length] : [content.length >> 8, content.length & 255]
  const shifted = [4, ...[...length, ...content].flatMap(byte => [byte >> 4, byte & 15]), 0]
  return Array.from({ length: shifted.length / 2 }, (_, index) => shifted[2 * index] << 4 | shifted[2 * index + 1])
}

const padded = (message: readonly number[], length: number) => [...message, ...Array.from({ length: length - message.length }, (_, index) => index % 2 ? 0x11 : 0xEC)]

/** In blocks, each with its checks, written byte by byte in turn. */
function withChecks(message: readonly number[], version: number): number[] {
  const count = BLOCKS[version - 1]
  const divisor = generator(CHECKS[version - 1])
  const short = Math.floor(message.length / count)
  /** The last blocks are one byte longer. */
  const shortCount = count - message.length % count
  let from = 0
  const blocks = Array.from({ length: count }, (_, index) => message.slice(from, from += short + (index < shortCount ? 0 : 1)))
  const checks = blocks.map(block => remainder(block, divisor))
  return [...inTurn(blocks, short + 1), ...inTurn(checks, divisor.length)]
}

const inTurn = (blocks: readonly (readonly number[])[], length: number) => Array.from({ length }, (_, index) => blocks.flatMap(block => block.slice(index, index + 1))).flat()

/** Reed–Solomon: the polynomial (x − 2⁰)(x − 2¹)…, without its first coefficient. */
function generator(degree: number): number[] {
  let root = 1
  let product = [...Array.from<number>({ length: degree - 1 }).fill(0), 1]
  for (let i = 0; i < degree; i++) {
    product = product.map((value, index) => times(value, root) ^ (product[index + 1] ?? 0))
    root = times(root, 2)
  }
  return product
}

function remainder(block: readonly number[], divisor: readonly number[]): number[] {
  return block.reduce((rest, byte) => {
    const factor = byte ^ rest[0]
    return divisor.map((value, index) => (rest[index + 1] ?? 0) ^ times(value, factor))
  }, divisor.map(() => 0))
}

/** In GF(256) with x⁸ + x⁴ + x³ + x² + 1. */
function times(one: number, other: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--)
    product = (product << 1) ^ (product >> 7) * 0x11D ^ (other >> bit & 1) * one
  return product
}
