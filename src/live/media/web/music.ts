/** Background music: one file, played by an element into an audio graph. */
import type { Browser } from './browser'
import type { BgmNews } from '@/src/live/components/media'
import { MediaCallError } from '../tags/call'
import { listen } from './browser'

const MAX_BYTES = 20 * 1024 * 1024
const FETCH_TIMEOUT_MS = 15_000
const PROGRESS_EVERY_MS = 1000

export interface MusicOptions {
  readonly url: string
  readonly startTimeMs?: number
  readonly endTimeMs?: number
}

export interface Music {
  pause: () => void
  /** @throws MediaCallError */
  resume: () => Promise<void>
  close: () => void
}

/** Only what a page may hand in: its own files and the network. @throws MediaCallError INVALID */
export function readMusic({ url, startTimeMs = 0, endTimeMs = Infinity }: MusicOptions): Required<MusicOptions> {
  if (typeof url !== 'string' || !/^(?:https?|blob):/.test(url))
    throw new MediaCallError('INVALID', 'playBGM: url is no http, https or blob address')
  if (!(startTimeMs >= 0 && endTimeMs > startTimeMs))
    throw new MediaCallError('INVALID', 'playBGM: times make no sense')
  return { url, startTimeMs, endTimeMs }
}

/** An address that the element can play, and how to free it. */
export interface MusicFile {
  readonly url: string
  readonly release: () => void
}

/**
 * A file of the page's own is there; from the network it is fetched whole.
 *
 * @throws MediaCallError FAILED when it does not come in 15 s, or has more than 20 MB
 */
export async function openMusic(browser: Pick<Browser, 'clock' | 'fetch'>, url: string): Promise<MusicFile> {
  if (url.startsWith('blob:'))
    return { url, release() {} }
  const own = URL.createObjectURL(await fetchMusic(browser, url))
  return { url: own, release: () => URL.revokeObjectURL(own) }
}

async function fetchMusic({ clock, fetch }: Pick<Browser, 'clock' | 'fetch'>, url: string): Promise<Blob> {
  const abort = new AbortController()
  const stopTimer = clock.after(FETCH_TIMEOUT_MS, () => abort.abort())
  try {
    const response = await fetch(url, { signal: abort.signal })
    if (!response.ok)
      throw new Error(`HTTP ${response.status}`)
    return await readBounded(response)
  }
  catch (error) {
    abort.abort()
    throw new MediaCallError('FAILED', `playBGM: ${(error as Error).message}`)
  }
  finally {
    stopTimer()
  }
}

async function readBounded(response: Response): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const reader = response.body!.getReader()
  for (let next = await reader.read(); next.value; next = await reader.read()) {
    bytes += next.value.length
    if (bytes > MAX_BYTES)
      throw new Error('more than 20 MB')
    parts.push(next.value)
  }
  return new Blob(parts)
}

/**
 * Begins at once. `connect` puts the element's sound where it is to be heard.
 *
 * @throws MediaCallError FAILED when the browser cannot play it
 */
export async function playMusic(
  { clock, createAudio }: Pick<Browser, 'clock' | 'createAudio'>,
  file: MusicFile,
  { startTimeMs, endTimeMs }: Required<MusicOptions>,
  connect: (element: HTMLAudioElement) => void,
  tell: (news: BgmNews) => void,
): Promise<Music> {
  const element = createAudio()
  let toldAt = -Infinity
  const stops = [
    listen(element, 'timeupdate', look),
    listen(element, 'ended', () => end({ type: 'completed' })),
    listen(element, 'error', () => end({ type: 'failed' })),
  ]
  let isOver = false

  function look() {
    const ms = Math.round(element.currentTime * 1000)
    if (ms >= endTimeMs)
      return end({ type: 'completed' })
    if (clock.now() - toldAt < PROGRESS_EVERY_MS)
      return
    toldAt = clock.now()
    const durationMs = Math.round(Math.min(endTimeMs, element.duration * 1000))
    if (Number.isFinite(durationMs))
      tell({ type: 'progress', ms, durationMs })
  }

  function end(news: BgmNews) {
    close()
    tell(news)
  }

  function close() {
    if (isOver)
      return
    isOver = true
    stops.forEach(stop => stop())
    element.pause()
    element.removeAttribute('src')
    file.release()
  }

  async function play() {
    try {
      await element.play()
    }
    catch (error) {
      throw new MediaCallError('FAILED', `playBGM: ${(error as Error).name}`)
    }
  }

  try {
    element.src = file.url
    connect(element)
    element.currentTime = startTimeMs / 1000 // before its length is known it counts as where to begin
    await play()
  }
  catch (error) {
    close()
    throw error
  }
  tell({ type: 'started' })
  return { pause: () => element.pause(), resume: play, close }
}
