import { execFileSync } from 'node:child_process'
import process from 'node:process'
import { expect, it } from 'vitest'
import { pictureSize } from '../rtc/sps'
import { BlankPictures } from './blankPictures'

const START_CODE = Buffer.from([0, 0, 0, 1])

/** Lowest and highest brightness and colours of every picture that ffmpeg decodes; it ends with an error when it finds one in the data. */
function decode(nalUnits: readonly Buffer[]): string[] {
  const input = Buffer.concat(nalUnits.flatMap(nal => [START_CODE, nal]))
  const metadata = execFileSync(process.env.FFMPEG_PATH ?? 'ffmpeg', ['-v', 'error', '-xerror', '-err_detect', 'explode', '-f', 'h264', '-i', '-', '-vf', 'signalstats,metadata=print:file=-', '-fps_mode', 'passthrough', '-f', 'null', '-'], { input, encoding: 'utf8' })
  const value = (frame: string, key: string) => Number(new RegExp(`signalstats\\.${key}=([\\d.]+)`).exec(frame)?.[1])
  return metadata.split(/^frame:/m).slice(1).map(frame => ['Y', 'U', 'V'].map(plane => `${value(frame, `${plane}MIN`)}-${value(frame, `${plane}MAX`)}`).join(' '))
}

it.each([[640, 360], [360, 640], [1280, 720], [1920, 1080], [16, 16], [178, 146]])('[LM72] %i × %i: key pictures and repeats are black, without an error, of that size', (width, height) => {
  const blank = new BlankPictures({ width, height })
  const { sps, pps } = blank.parameterSets
  const repeats = Array.from({ length: 20 }, () => blank.repeat())
  const second = blank.key()
  const pictures = decode([sps, pps, new BlankPictures({ width, height }).key(), ...repeats, sps, pps, second, blank.repeat()])
  expect(pictures).toHaveLength(23)
  expect(new Set(pictures)).toEqual(new Set(['16-16 128-128 128-128']))
  expect(pictureSize(sps)).toEqual({ width, height })
  expect(Math.max(...repeats.map(({ length }) => length))).toBeLessThan(12)
})

it.each([undefined, { width: 0, height: 0 }, { width: 1 << 20, height: 1 << 20 }])('[LM72] of a size that cannot be they are 640 × 360: %o', (size) => {
  expect(pictureSize(new BlankPictures(size).parameterSets.sps)).toEqual({ width: 640, height: 360 })
})
