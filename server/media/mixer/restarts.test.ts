import { describe, expect, it } from 'vitest'
import { Restarts } from './restarts'

describe('restarts', () => {
  it.each<[string, number[], (number | undefined)[]]>([
    ['pauses grow, then it is enough', [0, 1, 2, 3, 4], [0, 500, 1000, 2000, undefined]],
    ['failures far apart do not add up', [0, 70, 140, 210, 280, 350], [0, 0, 0, 0, 0, 0]],
    ['a good minute makes up for bad ones', [0, 1, 2, 63, 64], [0, 500, 1000, 0, 500]],
  ])('[LM86] %s', (_name, seconds, pauses) => {
    const restarts = new Restarts()
    expect(seconds.map(second => restarts.next(second * 1000))).toEqual(pauses)
  })
})
