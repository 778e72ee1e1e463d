import type { Browser } from 'playwright-core'
import type { LabServer } from './labServer'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FlvTagType } from '@/server/media/embedded/flv'
import { aacFrame, aacSequenceHeader, avcFrame, avcSequenceHeader } from '@/server/media/embedded/flvFrames'
import { BlankPictures } from '@/server/media/embedded/mute/blankPictures'
import { silentAac } from '@/server/media/embedded/mute/silence'
import { AAC_CONFIG } from '@/server/media/embedded/rtc/opusToAac'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startLabServer } from './labServer'

const STREAM = 'rmedia1-uanchor1'
const SIZES = [{ width: 640, height: 360 }, { width: 1280, height: 720 }]
const FRAME_MS = 40
const SOUND_MS = 1024 / 48

let server: LabServer
let browser: Browser

beforeAll(async () => {
  [server, browser] = await Promise.all([startLabServer(), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Silence, and a picture every 40 ms, of another size after each `length` pictures, of which the last may be a key picture. */
function publishTurning(length: number, isLastKey: boolean): () => void {
  const stream = server.hub.publish(STREAM, 'trusted', { id: 'turning', kind: 'loop', close() {} })
  if (typeof stream === 'string')
    throw new Error(stream)
  stream.push(FlvTagType.Audio, 0, aacSequenceHeader(AAC_CONFIG))
  let blank: BlankPictures
  let sounds = 0
  let count = 0
  const timer = setInterval(() => {
    const at = count * FRAME_MS
    for (; sounds * SOUND_MS <= at; sounds++)
      stream.push(FlvTagType.Audio, Math.round(sounds * SOUND_MS), aacFrame(silentAac(2)))
    const place = count % length
    if (place === 0) {
      blank = new BlankPictures(SIZES[count / length % 2])
      stream.push(FlvTagType.Video, at, avcSequenceHeader(blank.parameterSets))
    }
    const isKey = place === 0 || (isLastKey && place === length - 1)
    stream.push(FlvTagType.Video, at, avcFrame([isKey ? blank.key() : blank.repeat()], isKey))
    count++
  }, FRAME_MS)
  return () => {
    clearInterval(timer)
    server.hub.kick(STREAM)
  }
}

/** How many pictures the browser is given after each configuration: a moof box tells its track, and how many samples it has. */
function countPictures() {
  const counts: number[] = []
  Object.assign(window, { counts })
  const append = SourceBuffer.prototype.appendBuffer
  SourceBuffer.prototype.appendBuffer = function (data) {
    const bytes = new Uint8Array(data as ArrayBuffer)
    const find = (name: string) => bytes.findIndex((_, at) => [...name].every((letter, index) => bytes[at + index] === letter.charCodeAt(0)))
    const number = (at: number) => new DataView(data as ArrayBuffer).getUint32(at)
    const isVideo = find('vmhd') >= 0 || (find('tfhd') >= 0 && number(find('tfhd') + 8) === 1)
    if (isVideo && find('vmhd') >= 0)
      counts.push(0)
    else if (isVideo)
      counts[counts.length - 1] += number(find('trun') + 8)
    append.call(this, data)
  }
}

it.each([[25, false], [26, false], [25, true], [26, true]])('[PB10] when the size changes every %i pictures, the last of them a key picture (%s), each is decoded as one of its size', async (length, isLastKey) => {
  const stop = publishTurning(length, isLastKey)
  const viewer = await browser.newPage()
  await viewer.addInitScript(countPictures)
  await viewer.goto(server.pageUrl({ watch: { urls: server.play(STREAM) } }))
  const counts = () => viewer.evaluate(() => (window as unknown as { counts: number[] }).counts)
  await expect.poll(async () => (await counts()).length, { timeout: 12_000 }).toBeGreaterThan(4)
  expect((await counts()).slice(1, 4)).toEqual([length, length, length])
  expect(await viewer.evaluate(() => window.lab.events.filter(({ name }) => name === 'status').map(({ detail }) => detail))).toEqual(['connecting', 'live'])
  await viewer.close()
  stop()
}, 30_000)
