/** One stage of people with RTMP alone and people in a browser. */
import type { Answered, Look } from './testing/chromium'
import type { RtcTestServer } from './testing/rtcServer'
import path from 'node:path'
import { expect, it } from 'vitest'
import { startEncoder } from '../testing/ffmpeg'
import { useLab } from './testing/lab'
import { brightnesses, record, toneHz } from './testing/recording'
import { STREAM } from './testing/rtcServer'

const TONE_HZ = 440
const lab = useLab()
let server: RtcTestServer

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const untilPublished = () => expect.poll(() => server.hub.find(STREAM)?.videoHeader && server.hub.find(STREAM)?.audioHeader, { timeout: 8000 }).toBeTruthy()

it.each([['baseline', '1', '44100'], ['main', '2', '48000']])('[LM76] a phone (H.264 %s, AAC of %s channels, %s Hz) is seen moving and heard at its pitch in a browser', async (profile, channels, rate) => {
  server = await lab.startServer()
  startEncoder(`${server.rtmpUrl}/${STREAM}`, 'aac44100', ['-preset', 'veryfast', '-bf', '0', '-profile:v', profile, '-ac', channels, '-ar', rate])
  await untilPublished()
  const audience = await lab.openTab()
  expect(await audience.call<Answered>('watch', `${server.url}/whep/${STREAM}`)).toMatchObject({ status: 201 })
  await expect.poll(async () => (await audience.call<Look>('look')).frames, { timeout: 8000 }).toBeGreaterThan(0)
  await pause(2000)
  const look = await audience.call<Look>('look')
  expect(look.differentPictures).toBeGreaterThan(20)
  expect(Math.abs(look.toneHz! - TONE_HZ)).toBeLessThan(15)
}, 60_000)

it('[LM76] a browser is seen and heard at its pitch by a phone', async () => {
  server = await lab.startServer()
  const anchor = await lab.openTab()
  expect(await anchor.call<Answered>('publish', `${server.url}/whip/${STREAM}`)).toMatchObject({ status: 201 })
  await untilPublished()
  const file = path.join(lab.folder, 'phone.flv')
  await record(`${server.rtmpUrl}/${STREAM}`, 3, file)
  expect(new Set(await brightnesses(file)).size).toBeGreaterThan(5)
  expect(Math.abs(await toneHz(file) - TONE_HZ)).toBeLessThan(3)
}, 60_000)
