import type { Browser, Page } from 'playwright-core'
import type { LabServer } from './labServer'
import type { PusherTag } from '@/src/live/media/tags/pusherTag'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startLabServer } from './labServer'

const STREAM = 'rmedia1-uanchor1'
const MICROPHONE_HZ = 440
const MUSIC_HZ = 1500

let server: LabServer
let browser: Browser
const pages: Page[] = []

beforeAll(async () => {
  [server, browser] = await Promise.all([startLabServer(), launchChromium([...GL_FLAGS])])
})

afterEach(async () => {
  await Promise.all(pages.splice(0).map(page => page.close()))
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** With WebGL by software, and as if that were a graphics card. */
const GL_FLAGS = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection']

interface Ledger { readonly tracks: MediaStreamTrack[], readonly contexts: AudioContext[], readonly canvases: HTMLCanvasElement[], readonly counts: { peers: number, cameras: number, replaced: number } }

/** A camera whose every pixel is known, a microphone with one tone, and a book of what the page opens. Runs in the page. */
function replaceDevices(hz: number) {
  const ledger: Ledger = { tracks: [], contexts: [], canvases: [], counts: { peers: 0, cameras: 0, replaced: 0 } }
  Object.assign(window, { ledger })
  const { AudioContext, RTCPeerConnection } = window
  const { replaceTrack } = RTCRtpSender.prototype
  const { getContext } = HTMLCanvasElement.prototype
  const device = new AudioContext({ sampleRate: 48_000 })
  window.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options)
      ledger.contexts.push(this)
    }
  }
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      ledger.counts.peers++
    }
  }
  RTCRtpSender.prototype.replaceTrack = function (track) {
    ledger.counts.replaced++
    return replaceTrack.call(this, track)
  }
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...kind: [string]) {
    if (kind[0].startsWith('webgl') && !ledger.canvases.includes(this))
      ledger.canvases.push(this)
    return getContext.call(this, ...kind) as never
  } as typeof getContext

  /** Left: skin with a fine grain and an edge in the middle. Right: grey. */
  function openCamera(): MediaStreamTrack {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 })
    const pen = canvas.getContext('2d', { alpha: false })!
    const grain = pen.createImageData(160, 240)
    for (let at = 0; at < grain.data.length; at += 4) {
      const x = at / 4 % 160
      const base = x < 80 ? [205, 150, 125] : [105, 70, 55]
      const noise = (at / 4 + Math.floor(at / 640)) % 2 ? 9 : -9
      base.forEach((value, index) => grain.data[at + index] = value + noise)
      grain.data[at + 3] = 255
    }
    let step = 0
    setInterval(() => {
      pen.fillStyle = 'rgb(90, 90, 90)'
      pen.fillRect(0, 0, 320, 240)
      pen.putImageData(grain, 0, 0)
      pen.fillStyle = step++ % 2 ? '#000' : '#111' // a frame that changes nothing is not sent
      pen.fillRect(300, 220, 20, 20)
    }, 80)
    ledger.counts.cameras++
    return canvas.captureStream(12).getVideoTracks()[0]
  }

  function openMicrophone(): MediaStreamTrack {
    const output = device.createMediaStreamDestination()
    const tone = new OscillatorNode(device, { frequency: hz })
    tone.connect(new GainNode(device, { gain: 0.2 })).connect(output)
    tone.start()
    return output.stream.getAudioTracks()[0]
  }

  navigator.mediaDevices.getUserMedia = async ({ video, audio } = {}) => {
    const opened = [...video ? [openCamera()] : [], ...audio ? [openMicrophone()] : []]
    ledger.tracks.push(...opened)
    return new MediaStream(opened)
  }
}

declare global { interface Window { ledger: Ledger } }

/** What is measured in the picture that is sent: columns 8 to 72 are light skin, 88 to 152 dark skin, 168 to 290 grey. */
interface PictureFigures {
  /** Of the grey, 0 to 255. */
  readonly grey: number
  /** Red less blue, of the grey. */
  readonly warmth: number
  /** How much neighbours differ on skin. */
  readonly grain: number
  /** Between the two complexions, three pixels to each side of where they meet. */
  readonly edge: number
  /** Left half less right half, in red. */
  readonly balance: number
}

async function openAnchor(tag: Partial<PusherTag> = {}, by = browser): Promise<Page> {
  const page = await by.newPage({ viewport: { width: 400, height: 600 } })
  pages.push(page)
  await page.addInitScript('globalThis.__name ??= named => named')
  await page.addInitScript(replaceDevices, MICROPHONE_HZ)
  await page.goto(server.pageUrl({ publish: { whip: server.whip(STREAM), settings: { source: 'camera', tag } } }))
  await page.waitForFunction(() => window.lab?.events.findLast(event => event.name === 'status')?.detail === 'live', undefined, { timeout: 15_000 })
  return page
}

const setTag = (page: Page, tag: Partial<PusherTag>) => page.evaluate(next => window.lab.pusher!.select({ tag: next }), tag)
const counts = (page: Page) => page.evaluate(() => window.ledger.counts)
const waitForNote = (page: Page, text: string, times = 1) => page.waitForFunction(([wanted, count]) => window.lab.events.filter(({ name, detail }) => name === 'diagnostic' && detail.text === wanted).length >= (count as number), [text, times] as const)
const isCameraItselfSent = (page: Page) => page.evaluate(() => (window.lab.video.srcObject as MediaStream).getVideoTracks()[0] === window.ledger.tracks.find(({ kind }) => kind === 'video'))

function measure(page: Page): Promise<PictureFigures> {
  return page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 })
    const pen = canvas.getContext('2d', { willReadFrequently: true })!
    pen.drawImage(window.lab.video, 0, 0)
    const { data } = pen.getImageData(0, 20, 320, 100)
    const mean = (from: number, to: number, channel: number) => {
      let sum = 0
      for (let y = 0; y < 100; y++) {
        for (let x = from; x < to; x++)
          sum += data[(y * 320 + x) * 4 + channel]
      }
      return sum / 100 / (to - from)
    }
    let grain = 0
    for (let x = 8; x < 72; x++)
      grain += Math.abs(data[(50 * 320 + x) * 4] - data[(50 * 320 + x + 1) * 4]) / 64
    return {
      grain,
      grey: (mean(168, 290, 0) + mean(168, 290, 1) + mean(168, 290, 2)) / 3,
      warmth: mean(168, 290, 0) - mean(168, 290, 2),
      edge: mean(75, 77, 0) - mean(83, 85, 0),
      balance: mean(0, 160, 0) - mean(160, 320, 0),
    }
  })
}

/** How loud these tones are in what a viewer hears, in dB. */
function toneLevels(page: Page, tones: readonly number[]): Promise<number[]> {
  return page.evaluate(async (wanted) => {
    const video = window.lab.video as HTMLVideoElement & { captureStream: () => MediaStream }
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
    context.createMediaStreamSource(video.srcObject as MediaStream ?? video.captureStream()).connect(analyser)
    await new Promise(resolve => setTimeout(resolve, 600))
    const levels = new Float32Array(analyser.frequencyBinCount)
    analyser.getFloatFrequencyData(levels)
    await context.close()
    const at = (hz: number) => Math.round(hz * analyser.fftSize / context.sampleRate)
    return wanted.map(hz => Math.round(Math.max(...levels.slice(at(hz) - 2, at(hz) + 3))))
  }, tones)
}

/** A file of one tone, as a person would choose one. */
function playTone(page: Page, hz: number, seconds: number): Promise<void> {
  return page.evaluate(async ([frequency, length]) => {
    const rate = 8000
    const samples = Int16Array.from({ length: rate * length }, (_, index) => 8000 * Math.sin(2 * Math.PI * frequency * index / rate))
    const text = (letters: string) => new TextEncoder().encode(letters)
    const number = (value: number, bytes: 2 | 4) => new Uint8Array(Uint32Array.of(value).buffer, 0, bytes)
    const file = new Blob([text('RIFF'), number(36 + samples.byteLength, 4), text('WAVEfmt '), number(16, 4), number(1, 2), number(1, 2), number(rate, 4), number(rate * 2, 4), number(2, 2), number(16, 2), text('data'), number(samples.byteLength, 4), samples])
    await window.lab.pusher!.call('playBGM', { url: URL.createObjectURL(file) })
  }, [hz, seconds] as const)
}

describe('the camera with effects', () => {
  it('[PB47] without any the camera itself is sent, and nothing is drawn', async () => {
    const page = await openAnchor()
    expect(await isCameraItselfSent(page)).toBe(true)
    expect(await page.evaluate(() => window.ledger.canvases.length)).toBe(0)
  })

  it('[PB51] white, smooth, tinted and turned are seen in what is sent', async () => {
    const page = await openAnchor()
    const plain = await measure(page)
    await setTag(page, { whiteness: 6 })
    await waitForNote(page, 'effects on')
    await page.waitForTimeout(500)
    const white = await measure(page)
    expect(white.grey).toBeGreaterThan(plain.grey + 12)
    await setTag(page, { beauty: 9 })
    await page.waitForTimeout(500)
    const smooth = await measure(page)
    expect(plain.grain).toBeGreaterThan(14)
    expect(smooth.grain).toBeLessThan(plain.grain / 3)
    expect(smooth.edge).toBeGreaterThan(plain.edge * 0.8)
    expect(smooth.grey).toBeCloseTo(plain.grey, -0.7)
    await setTag(page, { filter: 'blues' })
    await page.waitForTimeout(500)
    expect((await measure(page)).warmth).toBeLessThan(plain.warmth - 12)
    await setTag(page, { filter: 'nostalgia' })
    await page.waitForTimeout(500)
    expect((await measure(page)).warmth).toBeGreaterThan(plain.warmth + 12)
    await setTag(page, { remoteMirror: true })
    await page.waitForTimeout(500)
    expect((await measure(page)).balance).toBeCloseTo(-plain.balance, -1)
  })

  it('[PB48] moving a slider opens no camera and no connection, and replaces the track only when the effects begin and end', async () => {
    const page = await openAnchor()
    for (const beauty of [1, 4, 7, 9]) {
      await setTag(page, { beauty })
      await waitForNote(page, 'effects on')
      await page.waitForTimeout(300)
    }
    expect(await counts(page)).toEqual({ peers: 1, cameras: 1, replaced: 1 })
    await setTag(page, { beauty: 0 })
    await waitForNote(page, 'effects off')
    expect(await counts(page)).toEqual({ peers: 1, cameras: 1, replaced: 2 })
    expect(await isCameraItselfSent(page)).toBe(true)
  })

  it('[PB50] when the graphics card is taken away the camera itself is sent, until other effects are asked for', async () => {
    const page = await openAnchor({ beauty: 5 })
    await waitForNote(page, 'effects on')
    await expect.poll(() => isCameraItselfSent(page)).toBe(false)
    await page.evaluate(() => window.ledger.canvases.at(-1)!.getContext('webgl2')!.getExtension('WEBGL_lose_context')!.loseContext())
    await waitForNote(page, 'effects: graphics context lost')
    expect(await isCameraItselfSent(page)).toBe(true)
    await setTag(page, { beauty: 6 })
    await expect.poll(() => isCameraItselfSent(page)).toBe(false)
    expect((await counts(page)).peers).toBe(1)
  })
})

it('[PB52] without a graphics card the canvas brightens and tints, and there is no smooth skin', async () => {
  const plainBrowser = await launchChromium([...GL_FLAGS, '--disable-3d-apis'])
  const page = await openAnchor({}, plainBrowser)
  const plain = await vi.waitFor(async () => {
    const first = await measure(page)
    expect(first.balance).not.toBe(0) // a picture is there
    return first
  }, { timeout: 10_000, interval: 200 })
  expect(await page.evaluate(() => (['beauty', 'whiteness', 'filter'] as const).map(window.lab.pusher!.supports))).toEqual([false, true, true])
  await setTag(page, { whiteness: 6 })
  await waitForNote(page, 'effects on')
  await page.waitForTimeout(500)
  expect((await measure(page)).grey).toBeGreaterThan(plain.grey + 12)
  await setTag(page, { filter: 'nostalgia', remoteMirror: true })
  await page.waitForTimeout(500)
  const tinted = await measure(page)
  expect(Math.sign(tinted.balance)).toBe(-Math.sign(plain.balance))
  await plainBrowser.close()
})

describe('music', () => {
  it('[PB53] a viewer hears it together with the microphone, and the microphone alone when it is over', async () => {
    const anchor = await openAnchor()
    const viewer = await browser.newPage()
    pages.push(viewer)
    await viewer.goto(server.pageUrl({ watch: { urls: server.play(STREAM) } }))
    await viewer.waitForFunction(() => window.lab?.events.findLast(event => event.name === 'status')?.detail === 'live')
    await playTone(anchor, MUSIC_HZ, 20)
    await expect.poll(async () => Math.min(...await toneLevels(viewer, [MICROPHONE_HZ, MUSIC_HZ])), { timeout: 8000 }).toBeGreaterThan(-50)
    await anchor.evaluate(() => window.lab.pusher!.setMuted(true))
    await expect.poll(async () => Math.max(...await toneLevels(viewer, [MICROPHONE_HZ, MUSIC_HZ])), { timeout: 8000 }).toBeLessThan(-80)
    await anchor.evaluate(() => window.lab.pusher!.setMuted(false))
    await anchor.evaluate(() => window.lab.pusher!.call('stopBGM'))
    await expect.poll(async () => {
      const [microphone, music] = await toneLevels(viewer, [MICROPHONE_HZ, MUSIC_HZ])
      return microphone - music
    }, { timeout: 8000 }).toBeGreaterThan(25)
    const news = await anchor.evaluate(() => window.lab.events.filter(({ name }) => name === 'bgm').map(({ detail }) => detail))
    expect(news[0]).toEqual({ type: 'started' })
    expect(news[1]).toEqual({ type: 'progress', ms: expect.any(Number), durationMs: 20_000 })
    expect(await counts(anchor)).toMatchObject({ peers: 1, replaced: 2 })
  })
})

it('[PB56] stopped, no track, no sound graph and no graphics context is left', async () => {
  const page = await openAnchor({ beauty: 5 })
  await waitForNote(page, 'effects on')
  await playTone(page, MUSIC_HZ, 20)
  await page.evaluate(() => window.lab.pusher!.stop())
  await expect.poll(() => page.evaluate(() => ({
    tracks: window.ledger.tracks.map(({ readyState }) => readyState),
    contexts: window.ledger.contexts.map(({ state }) => state),
    graphics: window.ledger.canvases.map(canvas => canvas.getContext('webgl2')!.isContextLost()),
  }))).toEqual({ tracks: ['ended', 'ended'], contexts: ['closed'], graphics: [true] })
})
