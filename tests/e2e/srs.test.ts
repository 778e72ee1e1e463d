/** The main job once more, with streams carried by SRS: a double of it, media and hooks being real. */
import type { Browser } from 'playwright-core'
import type { RunningApp } from './support/app'
import type { SrsDouble } from '@/sandbox/srs/startSrs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSrs } from '@/sandbox/srs/startSrs'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startApp } from './support/app'
import { loudness, pictureMotion, until } from './support/browser'
import { endLive, enterRoom, goLive } from './support/person'
import { createVisitors } from './support/visitors'

const MOVING = 0.01
const AUDIBLE = 0.005

let srs: SrsDouble
let app: RunningApp
let browser: Browser
const visitors = createVisitors(() => browser)

beforeAll(async () => {
  browser = await launchChromium()
})
beforeEach(async () => {
  srs = await startSrs()
  app = await startApp(srs.env)
  srs.sendHooksTo(app.url.replace('localhost', '127.0.0.1'))
})
afterEach(async () => {
  const problems = await visitors.leave()
  await app.stop()
  await srs.close()
  expect(problems).toEqual([])
})
afterAll(() => browser?.close())

const publishers = () => srs.clients().filter(({ type }) => type === 'rtc-publish')

describe('a broadcast on SRS', () => {
  it('[SR8] goes from a browser\'s camera to a viewer; a reload goes on, the end hangs up', async () => {
    const anchor = await visitors.open()
    const viewer = await visitors.open()
    await goLive(anchor.page, app.url)
    expect(publishers()).toHaveLength(1)

    await enterRoom(viewer.page, app.url, /的直播间/)
    await until(async () => await pictureMotion(viewer.page) > MOVING, 'the viewer sees the picture move')
    await until(async () => await loudness(viewer.page) > AUDIBLE, 'the viewer hears the microphone')

    const [first] = publishers()
    await anchor.page.reload()
    await until(async () => publishers().some(({ id }) => id !== first!.id), 'the anchor publishes anew')
    await until(async () => await pictureMotion(viewer.page) > MOVING, 'the viewer sees the picture move again')

    await endLive(anchor.page)
    await viewer.page.getByText('直播已结束').first().waitFor({ timeout: 10_000 })
    await until(async () => publishers().length === 0, 'SRS has hung up')
  })
})
