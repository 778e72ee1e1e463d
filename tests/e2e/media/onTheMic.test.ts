/** What link-mic asks of the web engines: other streams on a running player, sound alone, several players at once. */
import type { Browser, Page } from 'playwright-core'
import type { LabTask } from './lab'
import type { LabServer } from './labServer'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { until } from '../support/browser'
import { startPhone } from '../support/phone'
import { coloursSeen, tonesHeard } from '../support/senses'
import { startLabServer } from './labServer'

const ANCHOR = 'rmedia1-uanchor1'
const GUEST = 'rmedia1-uguest1'

let server: LabServer
let browser: Browser
const pages: Page[] = []
const encoders: Encoder[] = []
/** Exceptions of pages that nobody caught. */
const errors: string[] = []

beforeAll(async () => {
  [server, browser] = await Promise.all([startLabServer(), launchChromium()])
})

afterEach(async () => {
  await Promise.all(pages.splice(0).map(page => page.close()))
  await Promise.all(encoders.splice(0).map(encoder => encoder.stop()))
  server.news.length = 0
  expect(errors.splice(0)).toEqual([])
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function open(task: LabTask): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 400, height: 600 } })
  pages.push(page)
  page.on('pageerror', error => errors.push(error.stack ?? String(error)))
  await page.goto(server.pageUrl(task))
  return page
}

const waitForStatus = (page: Page, status: string) => page.waitForFunction(wanted => window.lab?.events.findLast(event => event.name === 'status')?.detail === wanted, status, { timeout: 15_000 })

it.each([['live', 'wsFlv'], ['lowLatency', 'whep']] as const)('[LM169] a stream without a picture is heard in mode %s by %s', async (mode, way) => {
  encoders.push(startEncoder(server.rtmp(GUEST), 'audioOnly'))
  await until(async () => server.news.includes('publish'), 'the sound is published')
  const listener = await open({ watch: { urls: server.play(GUEST), mode } })
  await waitForStatus(listener, 'live')
  await until(async () => (await tonesHeard(listener, [440])).length > 0, 'the tone is heard', 5000)
  await listener.waitForFunction(() => window.lab.events.some(({ name }) => name === 'statistics'))
  expect(await listener.evaluate(() => window.lab.events.find(({ name }) => name === 'statistics')!.detail.transport)).toBe(way)
  await listener.waitForTimeout(6000) // longer than a way without a picture would be borne
  expect(await listener.evaluate(() => window.lab.events.filter(({ name }) => name === 'status' || name === 'problem').map(({ detail }) => detail))).toEqual(['connecting', 'live'])
})

it('[LM167] another stream and another mode are seen and heard on the same element, and back, and [LM168] it is never black', { timeout: 60_000 }, async () => {
  encoders.push(startPhone(server.rtmp(ANCHOR), { colour: 'red', hz: 500 }), startPhone(server.rtmp(GUEST), { colour: 'green', hz: 1500 }))
  await until(async () => server.news.length === 2, 'both are published')
  const viewer = await open({ watch: { urls: server.play(ANCHOR) } })
  await waitForStatus(viewer, 'live')
  const blackAt = viewer.evaluate(watchForBlack)
  const [anchor, guest] = [ANCHOR, GUEST].map(server.play)
  for (const [urls, mode, colour, hz] of [[guest, 'live', 'green', 1500], [guest, 'lowLatency', 'green', 1500], [anchor, 'lowLatency', 'red', 500], [anchor, 'live', 'red', 500]] as const) {
    await viewer.evaluate(target => window.lab.player!.select(target), { urls, mode })
    await until(async () => (await coloursSeen(viewer)).join() === colour, `${colour} is seen in mode ${mode}`)
    await until(async () => (await tonesHeard(viewer, [500, 1500])).join() === String(hz), `${hz} Hz is heard in mode ${mode}`)
  }
  for (const urls of [guest, anchor, guest, anchor, guest]) // before the one before has connected
    await viewer.evaluate(target => window.lab.player!.select(target), { urls, mode: 'live' } as const)
  await until(async () => (await coloursSeen(viewer)).join() === 'green', 'the last one wins')
  expect(errors).toEqual([])
  await viewer.evaluate(() => void (window.stopWatching = true))
  expect(await blackAt).toEqual([])
  expect(await viewer.locator('canvas').count()).toBe(0)
})

it('[LM170] four players run beside one another by WS-FLV or WHEP, and requests still get through', { timeout: 60_000 }, async () => {
  encoders.push(startPhone(server.rtmp(ANCHOR), { colour: 'red', hz: 500 }), startPhone(server.rtmp(GUEST), { colour: 'green', hz: 1500 }))
  await until(async () => server.news.length === 2, 'both are published')
  const viewer = await open({})
  await viewer.waitForFunction(() => window.lab)
  for (const mode of ['live', 'lowLatency'] as const) {
    for (const stream of [ANCHOR, GUEST, ANCHOR, GUEST])
      await viewer.evaluate(([urls, how]) => window.lab.watchBeside(urls, how), [server.play(stream), mode] as const)
  }
  await viewer.waitForFunction(() => window.lab.tiles.every(({ statuses, ways }) => statuses.at(-1) === 'live' && ways.size > 0), undefined, { timeout: 15_000 })
  expect(await viewer.evaluate(() => window.lab.tiles.map(({ ways }) => [...ways].join()))).toEqual([...Array.from({ length: 4 }).fill('wsFlv'), ...Array.from({ length: 4 }).fill('whep')])
  const answered = await viewer.evaluate(() => Promise.all(Array.from({ length: 6 }, async () => (await fetch('/lab.js')).status)))
  expect(answered).toEqual([200, 200, 200, 200, 200, 200])
  await until(async () => (await coloursSeen(viewer)).join() === 'red,green', 'both are seen')
  await viewer.evaluate(() => window.lab.tiles.forEach(({ player }) => player.destroy()))
  await until(async () => server.readers() === 0, 'nobody plays any more', 5000)
})

/** Runs in the page: moments at which what lies on the stage, video or still, had no picture. */
async function watchForBlack(): Promise<number[]> {
  const pen = Object.assign(document.createElement('canvas'), { width: 4, height: 4 }).getContext('2d', { willReadFrequently: true })!
  const black: number[] = []
  window.stopWatching = false
  while (!window.stopWatching) {
    await new Promise(requestAnimationFrame)
    pen.clearRect(0, 0, 4, 4)
    for (const layer of document.querySelectorAll<HTMLVideoElement | HTMLCanvasElement>('video, canvas'))
      pen.drawImage(layer, 0, 0, 4, 4)
    const { data } = pen.getImageData(0, 0, 4, 4)
    if (data.every((value, index) => index % 4 === 3 || value < 20))
      black.push(Math.round(performance.now()))
  }
  return black
}

declare global {
  interface Window { stopWatching: boolean }
}
