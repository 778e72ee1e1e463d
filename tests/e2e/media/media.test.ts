import type { Browser, Page } from 'playwright-core'
import type { LabEvent, LabTask } from './lab'
import type { LabServer } from './labServer'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { pictureMotion } from '../support/browser'
import { startLabServer } from './labServer'

const STREAM = 'rmedia1-uanchor1'
/** Of a canvas of 64 × 64 that must change: the pattern's hand and its clock. */
const MOVES = 0.01

let server: LabServer
let browser: Browser
const pages: Page[] = []

beforeAll(async () => {
  [server, browser] = await Promise.all([startLabServer(), launchChromium()])
})

afterEach(async () => {
  await Promise.all(pages.splice(0).map(page => page.close()))
  server.doors.webSocket = true
  server.news.length = 0
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function open(task: LabTask, by: Browser = browser): Promise<Page> {
  const page = await by.newPage({ viewport: { width: 400, height: 600 } })
  pages.push(page)
  await page.goto(server.pageUrl(task))
  return page
}

async function openAnchor(publish: Partial<LabTask['publish']> = {}): Promise<Page> {
  const page = await open({ publish: { whip: server.whip(STREAM), ...publish } })
  await waitForStatus(page, 'live')
  return page
}

const events = (page: Page, name: string) => page.evaluate(wanted => window.lab.events.filter(event => event.name === wanted), name) as Promise<LabEvent[]>
/** Missing, it says what came instead and how the element stands. */
async function waitForEvent(page: Page, name: string) {
  await page.waitForFunction(wanted => window.lab?.events.some(event => event.name === wanted), name).catch(async (cause) => {
    const seen = await page.evaluate(() => {
      const { events, video: { paused, muted, readyState } } = window.lab
      return { events: events.slice(0, 20).map(event => [event.name, event.detail]), paused, muted, readyState, hasTapped: navigator.userActivation.hasBeenActive }
    })
    const problem = `no ${name}: ${JSON.stringify(seen)}`
    console.warn(problem) // the runner says nothing of a try that another one made good
    throw new Error(problem, { cause })
  })
}
const details = async (page: Page, name: string) => (await events(page, name)).map(({ detail }) => detail)
const waitForStatus = (page: Page, status: string) => page.waitForFunction(wanted => window.lab?.events.findLast(event => event.name === 'status')?.detail === wanted, status, { timeout: 15_000 })
const transport = async (page: Page) => (await page.waitForFunction(() => window.lab.events.findLast(event => event.name === 'statistics')?.detail.transport)).jsonValue()

async function firstPictureMs(page: Page): Promise<number> {
  const [tap] = await events(page, 'tap')
  return (await events(page, 'status')).find(({ detail }) => detail === 'live')!.at - tap.at
}

/** The loudest frequency of what the page's video plays; 0 in silence. */
function toneHz(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const video = window.lab.video as HTMLVideoElement & { captureStream: () => MediaStream }
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192 })
    context.createMediaStreamSource(video.srcObject as MediaStream ?? video.captureStream()).connect(analyser)
    await new Promise(resolve => setTimeout(resolve, 700))
    const levels = new Float32Array(analyser.frequencyBinCount)
    analyser.getFloatFrequencyData(levels)
    const loudest = levels.indexOf(Math.max(...levels))
    await context.close()
    return levels[loudest] < -70 ? 0 : loudest * context.sampleRate / analyser.fftSize
  })
}

describe('from browser to browser', () => {
  it('[PB1] the test pattern is seen and heard by WS-FLV and by WHEP', { timeout: 60_000 }, async () => {
    await openAnchor()
    for (const [mode, way] of [['live', 'wsFlv'], ['lowLatency', 'whep']] as const) {
      const viewer = await open({ watch: { urls: server.play(STREAM), mode } })
      await waitForStatus(viewer, 'live')
      expect(await transport(viewer)).toBe(way)
      expect(await pictureMotion(viewer)).toBeGreaterThan(MOVES)
      expect(await toneHz(viewer)).toBeCloseTo(440, -1.3)
      expect((await details(viewer, 'size')).at(-1)).toEqual({ width: 720, height: 1280 })
      await viewer.close()
    }
  })

  it('[PB1] the first picture comes within half a second of the tap', async () => {
    await openAnchor()
    const taken: number[] = []
    for (let person = 0; person < 3; person++) { // the best of three: other work on the machine only ever adds
      const viewer = await open({ watch: { urls: server.play(STREAM) } })
      await waitForStatus(viewer, 'live')
      taken.push(Math.round(await firstPictureMs(viewer)))
      await viewer.close()
    }
    console.log(`first picture after ${taken.join(', ')} ms`)
    expect(Math.min(...taken)).toBeLessThan(500)
  })

  it('[PB2] a viewer whose WebSocket is refused sees it by HTTP', async () => {
    server.doors.webSocket = false
    await openAnchor()
    const viewer = await open({ watch: { urls: server.play(STREAM) } })
    await waitForStatus(viewer, 'live')
    expect(await transport(viewer)).toBe('flv')
    expect(await pictureMotion(viewer)).toBeGreaterThan(MOVES)
  })

  it('[PB4] a viewer returns by itself when the anchor drops and comes back', async () => {
    const first = await openAnchor()
    const viewer = await open({ watch: { urls: server.play(STREAM) } })
    await waitForStatus(viewer, 'live')
    await first.close()
    await waitForStatus(viewer, 'interrupted')
    await viewer.waitForFunction(() => window.lab.events.some(({ name, detail }) => name === 'problem' && detail.code === 'STREAM_GONE'))
    await openAnchor()
    await waitForStatus(viewer, 'live')
    expect(await pictureMotion(viewer)).toBeGreaterThan(MOVES)
    expect(await details(viewer, 'status')).toEqual(['connecting', 'live', 'interrupted', 'live'])
  })

  it('[PB10] pattern, camera and sound alone follow one another without a new publication', async () => {
    const anchor = await openAnchor()
    const viewer = await open({ watch: { urls: server.play(STREAM) } })
    await waitForStatus(viewer, 'live')
    await anchor.evaluate(() => window.lab.pusher!.select({ source: 'camera' }))
    await viewer.waitForFunction(() => window.lab.video.videoWidth === 1280, undefined, { timeout: 10_000 })
    await anchor.evaluate(() => window.lab.pusher!.select({ source: 'none' }))
    await viewer.waitForFunction(() => window.lab.video.videoWidth === 360, undefined, { timeout: 10_000 })
    expect(await pictureMotion(viewer)).toBeGreaterThan(0)
    expect(await details(viewer, 'status')).toEqual(['connecting', 'live'])
    expect(server.news).toEqual(['publish'])
  })

  it('[PB7] stop and a closed page end the publication at once, and [PB19] a snapshot fits a cover', async () => {
    const anchor = await openAnchor()
    const snapshot = await anchor.evaluate(async () => {
      const { blob } = (await window.lab.pusher!.snapshot())!
      return { type: blob.type, size: blob.size }
    })
    expect(snapshot.type).toBe('image/jpeg')
    expect(snapshot.size).toBeGreaterThan(5000)
    expect(snapshot.size).toBeLessThan(512 * 1024)
    await anchor.evaluate(() => window.lab.pusher!.stop())
    await expect.poll(() => server.news, { timeout: 2000 }).toEqual(['publish', 'unpublish'])
    const second = await openAnchor()
    await second.goto('about:blank')
    await expect.poll(() => server.news, { timeout: 2000 }).toEqual(['publish', 'unpublish', 'publish', 'unpublish'])
  })

  it('[PB8] an expired URL is a refusal to the anchor and to the viewer', async () => {
    const anchor = await open({ publish: { whip: server.whip(STREAM, -60_000) } })
    await waitForStatus(anchor, 'failed')
    expect(await details(anchor, 'problem')).toEqual([{ code: 'REFUSED' }])
    const { flv, expiresAt } = server.play(STREAM)
    const viewer = await open({ watch: { urls: { flv: flv!.replace(/txSecret=\w{4}/, 'txSecret=0000'), expiresAt } } })
    await waitForStatus(viewer, 'failed')
    expect(await details(viewer, 'problem')).toEqual([{ code: 'REFUSED' }])
  })

  it('[PB23] the FLV player is a file of its own', () => {
    expect(server.files.get('lab.js')!.length).toBeLessThan(90_000)
    expect([...server.files.values()].some(text => text.length > 100_000)).toBe(true)
  })
})

describe('in a strict browser', () => {
  let strict: Browser

  beforeAll(async () => {
    strict = await launchChromium(['--no-sandbox', '--disable-gpu', '--autoplay-policy=document-user-activation-required', '--use-fake-device-for-media-stream', '--allow-loopback-in-peer-connection'])
  })

  afterAll(async () => {
    await strict?.close()
  })

  it('[PB14] autoplay is refused, so it runs muted until the person taps', { retry: 1 }, async () => {
    await openAnchor()
    const viewer = await open({ watch: { urls: server.play(STREAM) } }, strict)
    await waitForEvent(viewer, 'autoplayMuted')
    await waitForStatus(viewer, 'live')
    expect(await viewer.evaluate(() => window.lab.video.muted)).toBe(true)
    await viewer.evaluate(() => document.addEventListener('click', () => window.lab.player!.unmuteByGesture()))
    await viewer.mouse.click(100, 100)
    await viewer.waitForFunction(() => !window.lab.video.muted && !window.lab.video.paused)
    expect(await events(viewer, 'autoplayMuted')).toHaveLength(1)
    expect(await pictureMotion(viewer)).toBeGreaterThan(MOVES)
  })

  it('[PB11] a camera that is denied is told, and nothing is published', async () => {
    const anchor = await open({ publish: { whip: server.whip(STREAM), settings: { source: 'camera' } } }, strict)
    await waitForStatus(anchor, 'failed')
    expect(await details(anchor, 'problem')).toContainEqual({ code: 'CAMERA_DENIED' })
    expect(server.news).toEqual([])
  })
})
