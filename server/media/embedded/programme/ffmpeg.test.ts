/** A real encoder at each end, and the mixing desk between: what a player of the programme has when a guest came and went. */
import type { TestMedia } from '../testing/mediaServer'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { prepareMixing } from '../../mixer/prepareMixing'
import { MIX_QUALITIES } from '../../mixer/quality'
import { colourAt, decode, download, longestSilenceMs } from '../../mixer/testing/recordStream'
import { FlvTagReader } from '../flvTagReader'
import { person, startEncoder, stopAll } from '../testing/ffmpeg'
import { startTestMedia } from '../testing/mediaServer'
import { until } from '../testing/until'
import { ANCHOR, MIX, PROGRAMME } from './testing/sources'

const GUEST = 'r23456-u34567'
/** ffmpeg, which looks at the result, begins its filters anew when a rate changes, and fills up from zero. */
const AS_MIXED = ['-ar', '48000']

let media: TestMedia
beforeEach(async () => {
  media = await startTestMedia({ mixing: await prepareMixing({ ffmpegPath: null, quality: MIX_QUALITIES['360p'], maxRooms: 1 }, () => {}) })
})
afterEach(async () => {
  stopAll()
  await media.stop()
})

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

it('[PG2] a guest comes and goes: one connection, time that goes on, pictures of both sizes, and hardly a silence', async () => {
  media.provider.programme(PROGRAMME, [MIX, ANCHOR])
  startEncoder(media.pushUrl(ANCHOR), person('red', 440, '180x320'), AS_MIXED)
  startEncoder(media.pushUrl(GUEST), person('blue', 880, '180x320'), AS_MIXED)
  await until(() => media.hub.find(ANCHOR)?.videoHeader !== undefined && media.hub.find(GUEST)?.videoHeader !== undefined)
  const downloading = download(media.play(PROGRAMME).flv, 11_000)
  await sleep(2000)
  await media.provider.mix(MIX, { anchorStreamId: ANCHOR, guests: [{ streamId: GUEST, seat: 1, hasPicture: true, hasSound: true }] })
  await until(() => media.hub.find(MIX) !== undefined)
  await sleep(3000)
  await media.provider.stopMix(MIX)
  const flv = await downloading

  const tags: { type: number, timestamp: number }[] = []
  new FlvTagReader(tag => tags.push(tag)).push(flv)
  for (const type of [8, 9]) {
    const times = tags.filter(tag => tag.type === type).map(({ timestamp }) => timestamp)
    const steps = times.slice(1).map((time, index) => time - times[index])
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...steps)).toBeLessThan(1000)
    expect(times.at(-1)! - times[0]).toBeLessThan(12_500) // what was there already, and the time that passed
    expect(times.at(-1)! - times[0]).toBeGreaterThan(9000)
  }
  const { pictures, sound, ...size } = await decode(flv)
  const seen = pictures.map(picture => colourAt(size, picture, 0.5, 0.3))
  expect(seen.every(colour => colour === 'red')).toBe(true)
  const guestSeen = pictures.map(picture => [0.7, 0.8, 0.85, 0.9].some(x => [0.5, 0.6, 0.7, 0.8].some(y => colourAt(size, picture, x, y) === 'blue')))
  expect([guestSeen[0], guestSeen.filter(Boolean).length > 50, guestSeen.at(-1)]).toEqual([false, true, false])
  expect(longestSilenceMs(sound, 440)).toBeLessThanOrEqual(1000)
}, 40_000)
