/** The main job, as people do it: two browser windows, one server, nothing else. */
import type { Browser } from 'playwright-core'
import type { RunningApp } from './support/app'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { startApp } from './support/app'
import { loudness, pictureMotion, until } from './support/browser'
import { ANCHOR_PAGE, endLive, enterRoom, goLive, hears, roomPage, say } from './support/person'
import { createVisitors } from './support/visitors'

const MOVING = 0.01
const AUDIBLE = 0.005

let app: RunningApp
let browser: Browser
const visitors = createVisitors(() => browser)

beforeAll(async () => {
  browser = await launchChromium()
})
beforeEach(async () => {
  app = await startApp()
})
afterEach(async () => {
  const problems = await visitors.leave()
  await app.stop()
  expect(problems).toEqual([])
})
afterAll(() => browser?.close())

describe('a broadcast', () => {
  it('goes from a camera to a viewer with picture and sound, chat runs both ways, and the end is seen by both', async () => {
    const anchor = await visitors.open()
    const viewer = await visitors.open()
    await goLive(anchor.page, app.url)
    expect(await pictureMotion(anchor.page)).toBeGreaterThan(MOVING)

    await enterRoom(viewer.page, app.url, /的直播间/)
    await until(async () => await pictureMotion(viewer.page) > MOVING, 'the viewer sees the picture move')
    await until(async () => await loudness(viewer.page) > AUDIBLE, 'the viewer hears the microphone')

    await say(viewer.page, '你好，主播')
    await hears(anchor.page, '你好，主播')
    await say(anchor.page, '欢迎欢迎')
    await hears(viewer.page, '欢迎欢迎')

    await endLive(anchor.page)
    await viewer.page.getByText('直播已结束').first().waitFor({ timeout: 10_000 })
    await until(async () => (await viewer.page.locator('video').count()) === 0 || await pictureMotion(viewer.page) === 0, 'the picture has stopped')
  })

  it('a late joiner reads what was said before', async () => {
    const anchor = await visitors.open()
    const roomId = await goLive(anchor.page, app.url, 'pattern')
    await say(anchor.page, '先说一句')
    await hears(anchor.page, '先说一句')
    const late = await visitors.open()
    await late.page.goto(app.url + roomPage(roomId))
    await hears(late.page, '先说一句')
  })

  it('a reload of the anchor keeps the room live, and the viewer sees the picture again by itself', async () => {
    const anchor = await visitors.open()
    const viewer = await visitors.open()
    const roomId = await goLive(anchor.page, app.url, 'pattern')
    await viewer.page.goto(app.url + roomPage(roomId))
    await until(async () => await pictureMotion(viewer.page) > MOVING, 'the viewer sees the picture move')

    anchor.page.on('dialog', dialog => void dialog.accept())
    await anchor.page.reload()
    await anchor.page.getByText('直播中').first().waitFor({ timeout: 20_000 })
    await until(async () => await pictureMotion(viewer.page) > MOVING, 'the picture is back', 30_000)
    const { room } = await (await fetch(`${app.url}/api/rooms/${roomId}`)).json() as { room: { status: string } }
    expect(room.status).toBe('live')
  })

  it('[UI84] the room opened in a second tab goes on there; the first says so, stays calm, and takes it back at a tap', async () => {
    const { context, errors, page: first } = await visitors.open()
    const publications: string[] = []
    context.on('response', (response) => {
      if (response.request().method() === 'POST' && response.status() === 201 && response.url().includes('/whip/'))
        publications.push(response.url())
    })
    const roomId = await goLive(first, app.url, 'pattern')
    const second = await context.newPage()
    second.on('pageerror', error => errors.push(String(error)))
    await second.goto(`${app.url}${ANCHOR_PAGE}?id=${roomId}`)

    const notice = (page: typeof first) => page.getByText('你已在别的页面或设备上开播')
    await notice(first).waitFor({ timeout: 10_000 })
    expect(publications).toHaveLength(2)
    await second.waitForTimeout(10_000)
    expect(publications).toHaveLength(2)
    expect([await notice(first).isVisible(), await notice(second).isVisible()]).toEqual([true, false])
    await say(first, '我在另一页')
    await hears(second, '我在另一页')

    await first.getByRole('button', { name: '在这里继续' }).click()
    await notice(second).waitFor({ timeout: 10_000 })
    await notice(first).waitFor({ state: 'hidden' })
    await first.waitForTimeout(5000)
    expect(publications).toHaveLength(3)
    const { room } = await (await fetch(`${app.url}/api/rooms/${roomId}`)).json() as { room: { status: string } }
    expect(room.status).toBe('live')
  })

  it('the picture of an encoder is seen and heard in the browser; the viewer waits while it is gone and goes on when it is back', async () => {
    const viewer = await visitors.open()
    let encoder = startEncoder(app.testPushUrl!)
    try {
      await enterRoom(viewer.page, app.url, /本机推流测试/)
      await until(async () => await pictureMotion(viewer.page) > MOVING, `the viewer sees the encoder's picture\n${encoder.log()}`)
      await until(async () => await loudness(viewer.page) > AUDIBLE, 'the viewer hears the tone')

      await encoder.stop()
      await viewer.page.getByText('主播暂时离开').first().waitFor({ timeout: 15_000 })
      encoder = startEncoder(app.testPushUrl!)
      await viewer.page.getByText('主播暂时离开').first().waitFor({ state: 'hidden', timeout: 20_000 })
      await until(async () => await pictureMotion(viewer.page) > MOVING, 'the picture is back', 20_000)
    }
    finally {
      await encoder.stop()
    }
  })

  it('a link of a room that does not exist says so, and offers the way home', async () => {
    const viewer = await visitors.open()
    await viewer.page.goto(app.url + roomPage('rnothere'))
    await viewer.page.getByText('看看别的直播').first().click({ timeout: 15_000 })
    await viewer.page.getByText('现在还没有人开播').first().waitFor({ timeout: 10_000 })
  })
})
