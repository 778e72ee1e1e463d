/** Who is seen and heard on a page. Everybody in a test sends a colour and a tone of their own (person.ts), so that pixels and frequencies name them. */
import type { Page } from 'playwright-core'

export const COLOURS = { red: 0, yellow: 55, green: 125, blue: 230, magenta: 300 } as const
export type Colour = keyof typeof COLOURS

/** Part of a picture that a colour must cover to count: a guest's tile is 9 % of the mixed one. */
const SEEN = 0.03
/** dB of a tone that is there; silence after Opus lies below −90. */
const HEARD_DB = -62

interface Senses {
  colours: (parts: Record<string, number>) => Record<string, number>
  tones: (frequencies: readonly number[]) => Promise<Record<number, number>>
}

declare global {
  interface Window { senses?: Senses }
}

/** The colours of which enough is on the page's videos, as they run now: own preview, tiles and big picture alike. */
export async function coloursSeen(page: Page): Promise<Colour[]> {
  await install(page)
  const parts = await page.evaluate(hues => window.senses!.colours(hues), { ...COLOURS })
  return (Object.keys(COLOURS) as Colour[]).filter(colour => parts[colour] > SEEN)
}

/** Those of the given frequencies (Hz) that come out of the page's loudspeaker. */
export async function tonesHeard(page: Page, frequencies: readonly number[]): Promise<number[]> {
  await install(page)
  const levels = await page.evaluate(wanted => window.senses!.tones(wanted), frequencies)
  return frequencies.filter(hz => levels[hz] > HEARD_DB)
}

async function install(page: Page) {
  await page.evaluate(installSenses)
}

/** Runs in the page; once. */
export function installSenses() {
  if (window.senses)
    return
  const SIDE = 24
  const canvas = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE })
  const pen = canvas.getContext('2d', { willReadFrequently: true })!
  const context = new AudioContext()
  const ears = new Map<string, AnalyserNode>()

  const videos = () => [...document.querySelectorAll('video')].filter(video => video.isConnected && video.readyState >= 2)

  function hueOf(red: number, green: number, blue: number): number | undefined {
    const most = Math.max(red, green, blue)
    const span = most - Math.min(red, green, blue)
    if (most < 60 || span < most * 0.4)
      return undefined
    const sixth = most === red ? (green - blue) / span : most === green ? (blue - red) / span + 2 : (red - green) / span + 4
    return (sixth * 60 + 360) % 360
  }

  function colours(hues: Record<string, number>) {
    const parts = Object.fromEntries(Object.keys(hues).map(name => [name, 0]))
    for (const video of videos()) {
      pen.drawImage(video, 0, 0, SIDE, SIDE)
      const { data } = pen.getImageData(0, 0, SIDE, SIDE)
      const counts = Object.fromEntries(Object.keys(hues).map(name => [name, 0]))
      for (let at = 0; at < data.length; at += 4) {
        const hue = hueOf(data[at], data[at + 1], data[at + 2])
        const name = hue === undefined ? undefined : Object.keys(hues).find(one => Math.abs((hue - hues[one] + 540) % 360 - 180) < 22)
        if (name)
          counts[name]++
      }
      for (const name of Object.keys(hues))
        parts[name] = Math.max(parts[name], counts[name] / SIDE / SIDE)
    }
    return parts
  }

  /** What an element plays, whatever its own mute button says. */
  function earAt(video: HTMLVideoElement & { captureStream?: () => MediaStream, earId?: string }): AnalyserNode | undefined {
    const own = video.srcObject instanceof MediaStream ? video.srcObject : undefined
    const key = `${video.earId ??= crypto.randomUUID()} ${own?.id ?? video.src} ${own?.getAudioTracks().map(({ id }) => id)}`
    const known = ears.get(key)
    if (known)
      return known
    const stream = own ?? video.captureStream?.()
    if (!stream?.getAudioTracks().length)
      return undefined
    if (!own)
      stream.getVideoTracks().forEach(track => track.stop()) // copying pictures is dear
    const ear = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 })
    context.createMediaStreamSource(new MediaStream(stream.getAudioTracks())).connect(ear)
    ears.set(key, ear)
    return ear
  }

  async function tones(frequencies: readonly number[]) {
    await context.resume()
    const levels = Object.fromEntries(frequencies.map(hz => [hz, -Infinity]))
    const audible = () => videos().filter(video => !video.muted && !video.paused && video.volume > 0)
    audible().forEach(earAt)
    for (let look = 0; look < 4; look++) { // a key frame or a resampler may swallow one
      await new Promise(resolve => setTimeout(resolve, 120))
      for (const ear of audible().map(earAt)) {
        if (!ear)
          continue
        const spectrum = new Float32Array(ear.frequencyBinCount)
        ear.getFloatFrequencyData(spectrum)
        for (const hz of frequencies) {
          const bin = Math.round(hz * ear.fftSize / context.sampleRate)
          levels[hz] = Math.max(levels[hz], ...spectrum.slice(bin - 2, bin + 3))
        }
      }
    }
    return levels
  }

  window.senses = { colours, tones }
}
