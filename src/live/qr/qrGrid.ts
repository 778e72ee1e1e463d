/** The fields of a QR code: its patterns, its bytes between them, and the mask under which it reads best. ISO/IEC 18004. */
import type { QrCodewords } from './qrCodewords'

export type Grid = readonly (readonly boolean[])[]

/** Where a mask turns dark into light (table 10). */
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  x => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => x * y % 2 + x * y % 3 === 0,
  (x, y) => (x * y % 2 + x * y % 3) % 2 === 0,
  (x, y) => ((x + y) % 2 + x * y % 3) % 2 === 0,
]

export function qrGrid(code: QrCodewords): Grid {
  const grids = MASKS.map((_, mask) => drawn(code, mask)).map(grid => ({ grid, penalty: penaltyOf(grid) }))
  return grids.reduce((best, next) => next.penalty < best.penalty ? next : best).grid
}

function drawn({ bytes, version }: QrCodewords, mask: number): Grid {
  const side = 17 + 4 * version
  const grid: (boolean | undefined)[][] = Array.from({ length: side }, () => Array.from({ length: side }))
  const set = (x: number, y: number, isDark: boolean) => {
    if (x >= 0 && y >= 0 && x < side && y < side)
      grid[y][x] = isDark
  }
  /** Rings round a middle; those listed are light. */
  const target = (middleX: number, middleY: number, reach: number, light: readonly number[]) => {
    for (let y = -reach; y <= reach; y++) {
      for (let x = -reach; x <= reach; x++)
        set(middleX + x, middleY + y, !light.includes(Math.max(Math.abs(x), Math.abs(y))))
    }
  }

  for (let i = 0; i < side; i++) {
    set(i, 6, i % 2 === 0)
    set(6, i, i % 2 === 0)
  }
  const alignments = alignmentsOf(version, side)
  const last = alignments.length - 1
  alignments.forEach((x, column) => alignments.forEach((y, row) => {
    if (![`0 0`, `0 ${last}`, `${last} 0`].includes(`${column} ${row}`))
      target(x, y, 2, [1])
  }))
  for (const [x, y] of [[3, 3], [side - 4, 3], [3, side - 4]])
    target(x, y, 4, [2, 4])
  drawFormat(set, side, mask)
  if (version >= 7)
    drawVersion(set, side, version)

  let bit = 0
  for (const [x, y] of zigzag(side)) {
    if (grid[y][x] === undefined) {
      const isDark = (bytes[bit >> 3] >> (7 - bit % 8) & 1) === 1
      grid[y][x] = isDark !== MASKS[mask](x, y)
      bit++
    }
  }
  return grid as boolean[][]
}

type Set = (x: number, y: number, isDark: boolean) => void

/** Middles of the small targets, along either side. */
function alignmentsOf(version: number, side: number): number[] {
  if (version < 2)
    return []
  const count = Math.floor(version / 7) + 2
  const distance = Math.floor((4 * version + 2 * count + 1) / (2 * count - 2)) * 2
  return [6, ...Array.from({ length: count - 1 }, (_, index) => side - 7 - distance * (count - 2 - index))]
}

/** Level L and the mask, twice. */
function drawFormat(set: Set, side: number, mask: number): void {
  const format = withCheckBits(8 | mask, 10, 0x537) ^ 0x5412
  for (let i = 0; i < 15; i++) {
    const isDark = (format >> i & 1) === 1
    if (i < 8)
      set(8, i + (i > 5 ? 1 : 0), isDark)
    else
      set(i === 8 ? 7 : 14 - i, 8, isDark)
    set(i < 8 ? side - 1 - i : 8, i < 8 ? 8 : side - 15 + i, isDark)
  }
  set(8, side - 8, true)
}

function drawVersion(set: Set, side: number, version: number): void {
  const bits = withCheckBits(version, 12, 0x1F25)
  for (let i = 0; i < 18; i++) {
    const [far, near] = [side - 11 + i % 3, Math.floor(i / 3)]
    set(far, near, (bits >> i & 1) === 1)
    set(near, far, (bits >> i & 1) === 1)
  }
}

/** Followed by the remainder of its division by a polynomial. */
function withCheckBits(value: number, count: number, polynomial: number): number {
  let rest = value
  for (let i = 0; i < count; i++)
    rest = (rest << 1) ^ (rest >> (count - 1)) * polynomial
  return value << count | rest
}

/** Two columns at a time from the right, up and down in turn, over the column of the timing pattern. */
function* zigzag(side: number): Generator<readonly [x: number, y: number]> {
  let isUp = true
  for (let right = side - 1; right > 0; right -= 2) {
    if (right === 6)
      right = 5
    for (let i = 0; i < side; i++) {
      const y = isUp ? side - 1 - i : i
      yield [right, y]
      yield [right - 1, y]
    }
    isUp = !isUp
  }
}

/** What makes it hard to read: long runs, blocks, look-alikes of the corners, too much of one colour (table 11). */
function penaltyOf(grid: Grid): number {
  const rows = grid.map(row => row.map(Number).join(''))
  const columns = rows.map((_, x) => rows.map(row => row[x]).join(''))
  const lines = [...rows, ...columns].map((line) => {
    const runs = line.match(/0{5,}|1{5,}/g) ?? []
    const lookalikes = line.match(/(?=10111010000|00001011101)/g) ?? []
    return runs.reduce((sum, run) => sum + run.length - 2, 0) + 40 * lookalikes.length
  })
  const blocks = rows.slice(1).map((row, y) => [...row].filter((field, x) => x > 0 && field === row[x - 1] && field === rows[y][x] && field === rows[y][x - 1]).length)
  const dark = rows.join('').replace(/0/g, '').length / rows.length ** 2
  return sum(lines) + 3 * sum(blocks) + 10 * Math.floor(Math.abs(dark - 0.5) * 20)
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
