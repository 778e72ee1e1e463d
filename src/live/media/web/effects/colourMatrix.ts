/** CSS filter functions as arithmetic on colours, by https://www.w3.org/TR/filter-effects-1/#ShorthandEquivalents. Pure. */

/** Three rows of red, green, blue and a constant: what becomes of a colour from 0 to 1. */
export type ColourMatrix = readonly (readonly [number, number, number, number])[]

const SAME: ColourMatrix = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]
const LUMA = [0.213, 0.715, 0.072]
const SEPIA = [[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]]
const HUE_COS = [[0.787, -0.715, -0.072], [-0.213, 0.285, -0.072], [-0.213, -0.715, 0.928]]
const HUE_SIN = [[-0.213, -0.715, 0.928], [0.143, 0.140, -0.283], [-0.787, 0.715, 0.072]]

/** @param functions such as `sepia(0.3) hue-rotate(-45deg)` */
export function colourMatrix(functions: string): ColourMatrix {
  return [...functions.matchAll(/([a-z-]+)\((-?[\d.]+)/g)].reduce((before, [, name, amount]) => after(before, matrixOf(name, Number(amount))), SAME)
}

function matrixOf(name: string, amount: number): ColourMatrix {
  switch (name) {
    case 'brightness': return cells((row, column) => row === column ? amount : 0)
    case 'contrast': return cells((row, column) => row === column ? amount : 0, (1 - amount) / 2)
    case 'saturate': return cells((row, column) => LUMA[column] * (1 - amount) + (row === column ? amount : 0))
    case 'sepia': return cells((row, column) => SEPIA[row][column] * amount + (row === column ? 1 - amount : 0))
    case 'hue-rotate': {
      const angle = amount * Math.PI / 180
      return cells((row, column) => LUMA[column] + HUE_COS[row][column] * Math.cos(angle) + HUE_SIN[row][column] * Math.sin(angle))
    }
    default: throw new Error(`no such filter function: ${name}`)
  }
}

function cells(cell: (row: number, column: number) => number, constant = 0): ColourMatrix {
  return [0, 1, 2].map(row => [cell(row, 0), cell(row, 1), cell(row, 2), constant] as const)
}

function after(first: ColourMatrix, second: ColourMatrix): ColourMatrix {
  const cell = (row: number, column: number) => [0, 1, 2].reduce((sum, inner) => sum + second[row][inner] * first[inner][column], 0)
  return [0, 1, 2].map(row => [cell(row, 0), cell(row, 1), cell(row, 2), cell(row, 3) + second[row][3]] as const)
}
