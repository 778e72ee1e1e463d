/** A muted stream in real players, and back. */
import type { Answered, Look } from './testing/chromium'
import type { RtcTestServer } from './testing/rtcServer'
import path from 'node:path'
import { expect, it } from 'vitest'
import { startEncoder } from '../testing/ffmpeg'
import { useLab } from './testing/lab'
import { brightnesses, record, volumesBySecond } from './testing/recording'
import { STREAM } from './testing/rtcServer'

const TONE_HZ = 440
const BLACK = 20
const MUTED = { sound: true, picture: true }
const UNMUTED = { sound: false, picture: false }
const lab = useLab()
let server: RtcTestServer

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const tab = () => lab.openTab()
type Tab = Awaited<ReturnType<typeof tab>>

async function publish(by: 'whip' | 'rtmp') {
  server = await lab.startServer()
  if (by === 'rtmp')
    startEncoder(`${server.rtmpUrl}/${STREAM}`)
  else
    expect(await (await tab()).call<Answered>('publish', `${server.url}/whip/${STREAM}`)).toMatchObject({ status: 201 })
  await expect.poll(() => server.hub.find(STREAM)?.videoHeader && server.hub.find(STREAM)?.audioHeader, { timeout: 8000 }).toBeTruthy()
}

async function watch(): Promise<Tab> {
  const audience = await tab()
  await audience.call('watch', `${server.url}/whep/${STREAM}`)
  await expect.poll(async () => (await audience.call<Look>('look')).firstFrameMs, { timeout: 8000 }).toBeGreaterThan(0)
  return audience
}

/** Two seconds of what the viewer sees and hears. */
async function watching(audience: Tab): Promise<Look> {
  await audience.call('look')
  await pause(2000)
  return audience.call<Look>('look')
}

it.each(['whip', 'rtmp'] as const)('[LM75] a browser sees black and hears nothing by WebRTC, without standing still, and then both again (%s)', async (by) => {
  await publish(by)
  const audience = await watch()
  await expect.poll(async () => (await watching(audience)).toneHz ?? 0, { timeout: 10_000 }).toBeGreaterThan(TONE_HZ - 15)

  server.hub.mute(STREAM, MUTED)
  await pause(1000)
  const muted = await watching(audience)
  expect(Math.max(...muted.brightness)).toBeLessThan(BLACK)
  expect(muted.toneHz).toBeUndefined()
  expect(muted.frames).toBeGreaterThan(10)
  expect(muted.longestGapMs).toBeLessThan(1000)

  const newcomer = await watch()
  expect(Math.max(...(await watching(newcomer)).brightness)).toBeLessThan(BLACK)
  await newcomer.page.close()

  server.hub.mute(STREAM, UNMUTED)
  await pause(2500) // until the next key frame
  const unmuted = await watching(audience)
  expect(Math.min(...unmuted.brightness)).toBeGreaterThan(2 * BLACK)
  expect(Math.abs(unmuted.toneHz! - TONE_HZ)).toBeLessThan(15)
  expect(unmuted.frames).toBeGreaterThan(10)
}, 60_000)

it.each([['HTTP-FLV', () => `${server.url}/live/${STREAM}.flv`], ['RTMP', () => `${server.rtmpUrl}/${STREAM}`]] as const)('[LM75] ffmpeg by %s finds neither error nor hole: picture and tone, black and silence, picture and tone', async (name, url) => {
  await publish('rtmp')
  const file = path.join(lab.folder, `${name}.flv`)
  const recorded = record(url(), 8, file)
  await pause(2500)
  server.hub.mute(STREAM, MUTED)
  await pause(2500)
  server.hub.mute(STREAM, UNMUTED)
  await recorded
  const bright = await brightnesses(file)
  const firstBlack = bright.findIndex(mean => mean < BLACK)
  const lastBlack = bright.findLastIndex(mean => mean < BLACK)
  expect(bright.length).toBeGreaterThan(8 * 25 - 12)
  expect(bright.slice(firstBlack, lastBlack + 1).every(mean => mean < BLACK)).toBe(true)
  expect([firstBlack > 20, lastBlack - firstBlack > 50, bright.length - lastBlack > 20]).toEqual([true, true, true])
  const seconds = await volumesBySecond(file)
  expect([seconds[0] > -40, Math.min(...seconds) < -85, seconds.at(-2)! > -40]).toEqual([true, true, true])
}, 60_000)
