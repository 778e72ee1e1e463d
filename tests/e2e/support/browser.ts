/** People in a browser, and what the tests read from their pages. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Colour } from './senses'
import type { Session } from '@/shared/protocol/rest'
import { COLOURS } from './senses'

const PHONE = { width: 375, height: 812 }

/** What a person's camera and microphone give: one colour, one tone. By them the others' tests know who it is. */
export interface Feed {
  readonly colour: Colour
  readonly hz: number
}

export interface BrowserPerson {
  readonly context: BrowserContext
  readonly page: Page
  readonly errors: string[]
  /** Resolves when the app has made them a guest. */
  readonly nickname: Promise<string>
}

/**
 * One person with a phone, in Chinese: own storage, own session. Page errors are collected; a test ends by finding none.
 * Without a feed the camera is Chromium's fake one.
 */
export async function openPerson(browser: Browser, feed?: Feed): Promise<BrowserPerson> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', permissions: ['camera', 'microphone'], reducedMotion: 'reduce' })
  await context.addInitScript('globalThis.__name ??= named => named') // functions that tsx compiled, as for benches, call it
  if (feed)
    await context.addInitScript(replaceDevices, { css: `hsl(${COLOURS[feed.colour]}, 80%, 45%)`, hz: feed.hz })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.stack ?? String(error)))
  const nickname = new Promise<string>((resolve) => {
    context.on('response', (response) => {
      if (response.request().method() === 'POST' && response.ok() && response.url().endsWith('/api/sessions'))
        void response.json().then(({ user }: Session) => resolve(user.nickname))
    })
  })
  return { context, page, errors, nickname }
}

/**
 * How many of the picture's sampled pixels change within `ms`, 0 to 1, in the largest video of the page. A still
 * picture gives 0.
 */
export async function pictureMotion(page: Page, ms = 700): Promise<number> {
  return page.evaluate(async (wait) => {
    const video = [...document.querySelectorAll('video')].sort((a, b) => b.videoWidth - a.videoWidth)[0]
    if (!video || video.videoWidth === 0)
      return 0
    const canvas = document.createElement('canvas')
    canvas.width = 64
    canvas.height = 64
    const context = canvas.getContext('2d', { willReadFrequently: true })!
    const sample = () => {
      context.drawImage(video, 0, 0, 64, 64)
      return context.getImageData(0, 0, 64, 64).data.slice()
    }
    const before = sample()
    await new Promise(resolve => setTimeout(resolve, wait))
    const after = sample()
    let changed = 0
    for (let i = 0; i < before.length; i += 4) {
      if (Math.abs(before[i] - after[i]) + Math.abs(before[i + 1] - after[i + 1]) + Math.abs(before[i + 2] - after[i + 2]) > 24)
        changed++
    }
    return changed / (64 * 64)
  }, ms)
}

/** The loudest moment within `ms` of the page's largest video, as RMS from 0 to 1. Silence gives 0. */
export async function loudness(page: Page, ms = 2500): Promise<number> {
  return page.evaluate(async (wait) => {
    const video = [...document.querySelectorAll('video')].sort((a, b) => b.videoWidth - a.videoWidth)[0] as HTMLVideoElement & { captureStream: () => MediaStream }
    const stream = video?.srcObject instanceof MediaStream ? video.srcObject : video?.captureStream()
    if (!stream || stream.getAudioTracks().length === 0)
      return 0
    const audio = new AudioContext()
    await audio.resume()
    const analyser = audio.createAnalyser()
    audio.createMediaStreamSource(stream).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    let loudest = 0
    for (const end = performance.now() + wait; performance.now() < end;) {
      await new Promise(resolve => setTimeout(resolve, 20))
      analyser.getFloatTimeDomainData(samples)
      loudest = Math.max(loudest, Math.hypot(...samples) / Math.sqrt(samples.length))
    }
    await audio.close()
    return loudest
  }, ms)
}

/** Asks again and again until `ask` answers something truthy. */
export async function until<T>(ask: () => Promise<T>, what: string, timeoutMs = 20_000): Promise<NonNullable<T>> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer)
      return answer as NonNullable<T>
    if (Date.now() > end)
      throw new Error(`not within ${timeoutMs} ms: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

/** Runs in the page. */
function replaceDevices({ css, hz }: { css: string, hz: number }) {
  const FPS = 12

  /** Upright, as a phone's camera, with a little motion. */
  function openCamera(): MediaStreamTrack {
    const canvas = Object.assign(document.createElement('canvas'), { width: 360, height: 640 })
    const pen = canvas.getContext('2d', { alpha: false })!
    let step = 0
    setInterval(() => {
      pen.fillStyle = css
      pen.fillRect(0, 0, 360, 640)
      pen.fillStyle = 'white'
      pen.fillRect(step++ * 7 % 320, 40, 40, 40)
    }, 1000 / FPS)
    return canvas.captureStream(FPS).getVideoTracks()[0]
  }

  function openMicrophone(): MediaStreamTrack {
    const context = new AudioContext({ sampleRate: 48_000 })
    const output = context.createMediaStreamDestination()
    const tone = new OscillatorNode(context, { frequency: hz })
    tone.connect(new GainNode(context, { gain: 0.4 })).connect(output)
    tone.start()
    return output.stream.getAudioTracks()[0]
  }

  if (navigator.mediaDevices) {
    navigator.mediaDevices.getUserMedia = async ({ video, audio } = {}) =>
      new MediaStream([...video ? [openCamera()] : [], ...audio ? [openMicrophone()] : []])
  }
}
