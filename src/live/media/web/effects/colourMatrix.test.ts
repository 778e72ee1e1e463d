import type { FilterName } from '../../filterLooks'
import { describe, expect, it } from 'vitest'
import { FILTER_LOOKS } from '../../filterLooks'
import { PUSHER_ATTRIBUTES } from '../../tags/pusherTag'
import { colourMatrix } from './colourMatrix'

type Colour = readonly [number, number, number]
const SKIN: Colour = [0.85, 0.66, 0.55]

function through(functions: string, [red, green, blue]: Colour): Colour {
  const [r, g, b] = colourMatrix(functions).map(row => row[0] * red + row[1] * green + row[2] * blue + row[3])
  return [r, g, b]
}

describe('a filter as arithmetic', () => {
  it.each([
    ['', [0.2, 0.4, 0.6], [0.2, 0.4, 0.6]],
    ['brightness(1.5)', [0.2, 0.4, 0.6], [0.3, 0.6, 0.9]],
    ['contrast(0.5)', [0, 0.5, 1], [0.25, 0.5, 0.75]],
    ['saturate(0)', [1, 0, 0], [0.213, 0.213, 0.213]],
    ['sepia(1)', [1, 1, 1], [1.351, 1.203, 0.937]],
    ['hue-rotate(120deg)', [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]],
    ['brightness(2) contrast(0.5)', [0.1, 0.2, 0.3], [0.35, 0.45, 0.55]],
  ] as const)('[PB51] "%s" makes of %j what CSS makes of it', (functions, colour, expected) => {
    through(functions, colour).forEach((value, index) => expect(value).toBeCloseTo(expected[index], 2))
  })

  it('[PB51] each name of the tag has a colour of its own, and skin stays skin', () => {
    const names = [...['standard', 'pink', 'nostalgia', 'blues', 'romantic', 'cool', 'fresher', 'solor', 'aestheticism', 'whitening', 'cerisered'] as FilterName[]]
    expect(Object.keys(FILTER_LOOKS)).toEqual(names)
    expect(names.every(name => PUSHER_ATTRIBUTES.filter.read(name) === name)).toBe(true)
    const seen = names.map(name => through(FILTER_LOOKS[name], SKIN))
    expect(new Set(seen.map(colour => colour.map(value => value.toFixed(2)).join())).size).toBe(names.length)
    for (const [red, , blue] of seen)
      expect(red).toBeGreaterThan(blue)
  })
})
