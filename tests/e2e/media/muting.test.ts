import type { Browser, Page } from 'playwright-core'
import type { LabTask } from './lab'
import type { LabServer } from './labServer'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startLabServer } from './labServer'

const STREAM = 'rmedia1-uanchor1'

let server: LabServer
let browser: Browser

beforeAll(async () => {
  [server, browser] = await Promise.all([startLabServer(), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function open(task: LabTask): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 400, height: 600 } })
  await page.goto(server.pageUrl(task))
  await page.waitForFunction(() => window.lab?.events.some(({ name, detail }) => name === 'status' && detail === 'live'), undefined, { timeout: 15_000 })
  return page
}

/** Of the picture shown now: from 0, black, to 255. Of the sound: the loudest sample of 300 ms. */
function look(page: Page) {
  return page.evaluate(async () => {
    const video = window.lab.video as HTMLVideoElement & { captureStream: () => MediaStream }
    const pen = new OffscreenCanvas(16, 16).getContext('2d')!
    pen.drawImage(video, 0, 0, 16, 16)
    const { data } = pen.getImageData(0, 0, 16, 16)
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 16_384 })
    context.createMediaStreamSource(video.captureStream()).connect(analyser)
    await new Promise(resolve => setTimeout(resolve, 400))
    const samples = new Float32Array(analyser.fftSize)
    analyser.getFloatTimeDomainData(samples)
    await context.close()
    return {
      brightness: data.reduce((sum, value, index) => index % 4 === 3 ? sum : sum + value, 0) / (16 * 16 * 3),
      loudness: samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0),
      time: video.currentTime,
    }
  })
}

it('[LM75] an FLV viewer sees black and hears nothing, without standing still, and then both again', { timeout: 60_000 }, async () => {
  await open({ publish: { whip: server.whip(STREAM) } })
  const viewer = await open({ watch: { urls: server.play(STREAM) } })
  const seen = async () => {
    const { brightness, loudness } = await look(viewer)
    return [brightness > 40, loudness > 0.05]
  }
  await expect.poll(seen, { timeout: 5000 }).toEqual([true, true])
  for (let round = 0; round < 3; round++) { // each meets the players' pictures in hand at another moment
    server.hub.mute(STREAM, { sound: true, picture: true })
    await expect.poll(seen, { timeout: 5000 }).toEqual([false, false])
    const { time } = await look(viewer)
    await expect.poll(async () => (await look(viewer)).time, { timeout: 4000 }).toBeGreaterThan(time + 1)
    server.hub.mute(STREAM, { sound: false, picture: false })
    await expect.poll(seen, { timeout: 5000 }).toEqual([true, true])
  }
  expect(await viewer.evaluate(() => window.lab.events.filter(({ name }) => name === 'status').map(({ detail }) => detail))).toEqual(['connecting', 'live'])
})
