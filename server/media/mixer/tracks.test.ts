import { describe, expect, it } from 'vitest'
import { PictureTrack } from './pictureTrack'
import { Pieces } from './pieces'
import { mixSounds } from './sound'
import { samplesAt, SoundTrack } from './soundTrack'

const picture = (name: string) => Buffer.from(name)
const constant = (length: number, value: number) => new Int16Array(length).fill(value)

describe('a person\'s pictures', () => {
  it('[LM83] each is shown from its moment on', () => {
    const track = new PictureTrack()
    expect(track.at(0)).toBeUndefined()
    for (const [ms, name] of [[100, 'a'], [140, 'b'], [180, 'c']] as const)
      track.add(ms, picture(name))
    expect([60, 100, 130, 140, 200].map(ms => track.at(ms)?.toString())).toEqual([undefined, 'a', 'b', 'b', 'c'])
  })

  it('[LM84] the last one stays', () => {
    const track = new PictureTrack()
    track.add(0, picture('a'))
    expect(track.at(3600_000)?.toString()).toBe('a')
  })

  it('[LM84] where a new decoder repeats what the old one gave, its own pictures count', () => {
    const track = new PictureTrack()
    for (const [ms, name] of [[0, 'old'], [40, 'old'], [80, 'old'], [40, 'new']] as const)
      track.add(ms, picture(name))
    expect([0, 40, 80].map(ms => track.at(ms)?.toString())).toEqual(['old', 'new', 'new'])
  })

  it('[LM84] keeps no more than a second when nobody looks', () => {
    const track = new PictureTrack()
    for (let ms = 0; ms < 10_000; ms += 40)
      track.add(ms, picture(String(ms)))
    expect(track.at(0)?.toString()).toBe(String(10_000 - 26 * 40))
  })
})

describe('a person\'s sound', () => {
  it('[LM83] lies where it was put, with silence around it', () => {
    const track = new SoundTrack()
    track.add(4, constant(4, 7))
    expect([...track.take(0, 12)]).toEqual([0, 0, 0, 0, 7, 7, 7, 7, 0, 0, 0, 0])
  })

  it('[LM84] is heard once, and what comes too late is not', () => {
    const track = new SoundTrack()
    track.add(0, constant(8, 7))
    track.take(0, 8)
    track.add(4, constant(8, 9))
    expect([...track.take(8, 8)]).toEqual([9, 9, 9, 9, 0, 0, 0, 0])
    const ring = samplesAt(2000)
    expect([...new Set(track.take(16, ring))]).toEqual([0])
  })

  it('[LM84] of what nobody takes the newest two seconds stay', () => {
    const track = new SoundTrack()
    const hour = samplesAt(3600_000)
    track.add(0, constant(100, 7))
    track.add(hour, constant(100, 8))
    expect([...new Set(track.take(0, 100))]).toEqual([0])
    expect([...new Set(track.take(hour, 100))]).toEqual([8])
  })

  it('[LM80] sounds add up, to the loudest there is and no further', () => {
    const sum = mixSounds([Int16Array.of(1, 30_000, -30_000), Int16Array.of(2, 30_000, -30_000)], 3)
    expect([...sum]).toEqual([3, 32_767, -32_768])
    expect([...mixSounds([], 2)]).toEqual([0, 0])
  })
})

it('[LM84] pieces come out whole, however the bytes come in', () => {
  const pieces: string[] = []
  const cut = new Pieces(3, piece => pieces.push(piece.toString()))
  for (const bytes of ['a', '', 'bcdefg', 'h', 'i', 'j'])
    cut.push(Buffer.from(bytes))
  expect(pieces).toEqual(['abc', 'def', 'ghi'])
})
