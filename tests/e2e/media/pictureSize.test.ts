import type { Browser } from 'playwright-core'
import type { LabServer } from './labServer'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FlvTagType } from '@/server/media/embedded/flv'
import { avcFrame, avcSequenceHeader } from '@/server/media/embedded/flvFrames'
import { BlankPictures } from '@/server/media/embedded/mute/blankPictures'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startLabServer } from './labServer'

const STREAM = 'rmedia1-uanchor1'
const SIZES = [{ width: 640, height: 360 }, { width: 360, height: 640 }]
const FRAME_MS = 40

let server: LabServer
let browser: Browser

beforeAll(async () => {
  [server, browser] = await Promise.all([startLabServer(), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** A picture every 40 ms, of another size after each `length` pictures, of which the last may be a key picture. */
function publishTurning(length: number, isLastKey: boolean): () => void {
  const stream = server.hub.publish(STREAM, 'trusted', { id: 'turning', kind: 'loop', close() {} })
  if (typeof stream === 'string')
    throw new Error(stream)
  let blank: BlankPictures
  let count = 0
  const timer = setInterval(() => {
    const at = count * FRAME_MS
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

it.each([[25, false], [26, false], [25, true], [26, true]])('[PB10] a picture that turns every %i pictures, the last of them a key picture (%s), never stands still', async (length, isLastKey) => {
  const stop = publishTurning(length, isLastKey)
  const viewer = await browser.newPage()
  await viewer.goto(server.pageUrl({ watch: { urls: server.play(STREAM) } }))
  const turns = () => viewer.evaluate(() => window.lab.events.filter(({ name }) => name === 'size').length)
  await expect.poll(turns, { timeout: 12_000 }).toBeGreaterThan(5)
  expect(await viewer.evaluate(() => window.lab.events.filter(({ name }) => name === 'status').map(({ detail }) => detail))).toEqual(['connecting', 'live'])
  await viewer.close()
  stop()
}, 30_000)
