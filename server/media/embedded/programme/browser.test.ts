/** A player that decodes, mpegts.js in Chromium: what it makes of a programme that changes its size and its sound. */
import type { Browser } from 'playwright-core'
import type { Served } from '../../../testing/serve'
import type { TestMedia } from '../testing/mediaServer'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { serve } from '../../../testing/serve'
import { launchChromium } from '../rtc/testing/chromium'
import { person } from '../testing/ffmpeg'
import { startTestMedia } from '../testing/mediaServer'
import { ANCHOR, MIX, PROGRAMME } from './testing/sources'

const PLAYER = readFileSync(createRequire(import.meta.url).resolve('mpegts.js'))
const PATIENCE = { timeout: 8000, interval: 50 }

interface Look {
  readonly size: string
  readonly ms: number
  readonly soundBytes: number
  readonly gaps: number
  readonly errors: readonly string[]
}

let media: TestMedia
let page: Served
let browser: Browser
beforeEach(async () => {
  media = await startTestMedia()
  page = await serve((request, response) => request.url === '/player.js'
    ? response.end(PLAYER)
    : response.setHeader('Content-Type', 'text/html').end('<video id="video" muted></video><script src="/player.js"></script>'))
  browser = await launchChromium()
})
afterEach(async () => {
  await browser.close()
  await page.close()
  await media.stop()
})

/** Four seconds of FLV: played from here they keep their pace however busy the machine is. */
function film(colour: string, size: string, rate: number): Buffer {
  return execFileSync(process.env.FFMPEG_PATH ?? 'ffmpeg', ['-v', 'error', ...person(colour, 440, size), '-ar', String(rate), '-t', '4', '-f', 'flv', 'pipe:1'])
}

it('[PG4] a player goes on through other sizes and other sounds, and back', async () => {
  media.provider.programme(PROGRAMME, [MIX, ANCHOR])
  media.playLoop(ANCHOR, film('red', '180x320', 44_100))
  const tab = await browser.newPage()
  await tab.goto(page.url)
  await tab.evaluate(`{
    const errors = window.errors = []
    const player = mpegts.createPlayer({ type: 'flv', isLive: true, url: ${JSON.stringify(media.play(PROGRAMME).flv)} }, { enableWorker: false })
    player.on('error', (...what) => errors.push(String(what)))
    player.attachMediaElement(video)
    player.load()
    player.play()
  }`)
  const look = () => tab.evaluate(`({
    size: video.videoWidth + 'x' + video.videoHeight,
    ms: video.currentTime * 1000,
    soundBytes: video.webkitAudioDecodedByteCount,
    gaps: Math.max(0, video.buffered.length - 1),
    errors,
  })`) as Promise<Look>

  /** Shown, and going on for a second. */
  async function shows(size: string) {
    const before = await vi.waitFor(async () => {
      const now = await look()
      expect(now).toMatchObject({ size, gaps: 0, errors: [] })
      return now
    }, PATIENCE)
    await vi.waitFor(async () => expect((await look()).ms).toBeGreaterThan(before.ms + 1000), PATIENCE)
    const after = await look()
    expect(after).toMatchObject({ size, gaps: 0, errors: [] })
    expect(after.soundBytes).toBeGreaterThan(before.soundBytes)
  }
  await shows('180x320')
  const stopMix = media.playLoop(MIX, film('blue', '360x640', 48_000))
  await shows('360x640')
  stopMix()
  await shows('180x320')
}, 60_000)
