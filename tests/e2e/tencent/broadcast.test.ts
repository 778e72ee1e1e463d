/** The main job in `MEDIA=tencent IM=tencent` mode: two browsers, our server, and doubles of the clouds between them. */
import type { Browser } from 'playwright-core'
import type { TencentApp } from './support/tencentApp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { loudness, pictureMotion, until } from '../support/browser'
import { endLive, enterRoom, goLive, hears, roomPage, say } from '../support/person'
import { createVisitors } from '../support/visitors'
import { startTencentApp } from './support/tencentApp'

const MOVING = 0.01
const AUDIBLE = 0.005

let browser: Browser
let running: TencentApp
const visitors = createVisitors(() => browser)

beforeAll(async () => browser = await launchChromium())
beforeEach(async () => running = await startTencentApp({ env: { MIX: 'off' } }))
afterEach(async () => {
  const problems = await visitors.leave()
  const { unknown } = running.clouds.im
  await running.stop()
  expect(problems).toEqual([])
  expect(unknown).toEqual([])
})
afterAll(() => browser?.close())

describe('a broadcast over the clouds', () => {
  it('[SB16] [SB21] goes from a camera to a viewer with picture and sound, chat runs both ways, and the end is seen by both', async () => {
    const { url, clouds } = running
    const anchor = await visitors.open()
    const viewer = await visitors.open()
    const roomId = await goLive(anchor.page, url)
    expect(clouds.live.online()).toHaveLength(1)

    await enterRoom(viewer.page, url, /的直播间/)
    await until(async () => await pictureMotion(viewer.page) > MOVING, 'the viewer sees the picture move')
    await until(async () => await loudness(viewer.page) > AUDIBLE, 'the viewer hears the microphone')

    await say(viewer.page, '你好，主播')
    await hears(anchor.page, '你好，主播')
    await say(anchor.page, '欢迎欢迎')
    await hears(viewer.page, '欢迎欢迎')
    expect(clouds.im.asked.filter(name => name === 'group_open_http_svc.send_group_msg')).toHaveLength(2)

    await endLive(anchor.page)
    await viewer.page.getByText('直播已结束').first().waitFor({ timeout: 10_000 })
    await until(async () => !clouds.im.cloud.groups.has(roomId), 'the group is gone')
    await until(async () => clouds.live.online().length === 0, 'nobody publishes')
  })

  it('[SB16] a reload of the viewer brings picture and chat back', async () => {
    const { url } = running
    const anchor = await visitors.open()
    const viewer = await visitors.open()
    const roomId = await goLive(anchor.page, url, 'pattern')
    await viewer.page.goto(url + roomPage(roomId))
    await until(async () => await pictureMotion(viewer.page) > MOVING, 'the viewer sees the picture move')
    await viewer.page.reload()
    await until(async () => await pictureMotion(viewer.page) > MOVING, 'the picture is back')
    await say(viewer.page, '又来了')
    await hears(anchor.page, '又来了')
  })
})
