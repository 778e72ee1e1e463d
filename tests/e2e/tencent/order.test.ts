/** Order, and clouds that fail, in `MEDIA=tencent IM=tencent` mode. */
import type { Browser, Page } from 'playwright-core'
import type { BrowserPerson } from '../support/browser'
import type { TencentApp } from './support/tencentApp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { pictureMotion, until } from '../support/browser'
import { goLive, hears, roomPage, say } from '../support/person'
import { createVisitors } from '../support/visitors'
import { startTencentApp } from './support/tencentApp'

const MOVING = 0.01

let browser: Browser
let running: TencentApp
let anchor: BrowserPerson
let roomId: string
const visitors = createVisitors(() => browser)

beforeAll(async () => browser = await launchChromium())
beforeEach(async () => {
  running = await startTencentApp({ isMixing: false, env: { MIX: 'off' } })
  anchor = await visitors.open()
  roomId = await goLive(anchor.page, running.url, 'pattern')
})
afterEach(async () => {
  const problems = await visitors.leave()
  const { unknown } = running.clouds.im
  await running.stop()
  expect(problems).toEqual([])
  expect(unknown).toEqual([])
})
afterAll(() => browser?.close())

const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 15_000 })
const press = (page: Page, label: string | RegExp) => page.getByRole('button', { name: label, exact: typeof label === 'string' }).last().click()
const field = (page: Page) => page.getByLabel('发送消息').first()

async function watch() {
  const viewer = await visitors.open()
  await viewer.page.goto(running.url + roomPage(roomId))
  await until(async () => await pictureMotion(viewer.page) > MOVING, 'the viewer sees the picture move')
  return { ...viewer, name: await viewer.nickname }
}

describe('order over the clouds', () => {
  it('[SB18] one is silenced, then all, then one is sent away and stays away', { timeout: 120_000 }, async () => {
    const viewer = await watch()
    await say(viewer.page, '大家好')
    await hears(anchor.page, '大家好')
    await anchor.page.getByRole('button', { name: `管理观众 ${viewer.name}` }).first().click()
    await press(anchor.page, '禁言')
    await sees(viewer.page, '你已被禁言')
    expect(await field(viewer.page).count()).toBe(0)
    await press(anchor.page, '取消禁言')
    await field(viewer.page).waitFor()
    await press(anchor.page, '关闭')

    await anchor.page.getByRole('button', { name: /^连麦/ }).first().click()
    await anchor.page.getByRole('radio', { name: '管理' }).click()
    await anchor.page.getByRole('switch', { name: '全员禁言' }).click()
    await sees(viewer.page, '全员禁言中')
    await anchor.page.getByRole('switch', { name: '全员禁言' }).click()
    await field(viewer.page).waitFor()
    await say(viewer.page, '又能说话了')
    await press(anchor.page, '关闭')
    await hears(anchor.page, '又能说话了')

    await anchor.page.getByRole('button', { name: `管理观众 ${viewer.name}` }).first().click()
    await press(anchor.page, '请出直播间')
    await press(anchor.page, '请出')
    await sees(viewer.page, '你已被主播请出直播间')
    await until(async () => running.clouds.im.cloud.group(roomId).members.length === 1, 'only the anchor is in the group')
    await viewer.page.reload()
    await sees(viewer.page, '你已被主播请出直播间')
  })
})

describe('the clouds go down', () => {
  it('[SB19] a room on air goes on; who wants to open another is told within 3 s, and can when they are back', { timeout: 120_000 }, async () => {
    const viewer = await watch()
    const { im, live } = running.clouds
    im.trouble.isDown = true
    live.faults.api.isDown = true
    const other = await visitors.open()
    await other.page.goto(`${running.url}/#/src/live/pages/anchor/index`)
    await other.page.getByRole('radio', { name: '测试画面' }).click()
    const answered = other.page.waitForResponse(response => response.url().endsWith('/api/rooms') && response.request().method() === 'POST')
    const began = Date.now()
    await press(other.page, '开始直播')
    expect(await (await answered).json()).toMatchObject({ code: 'CLOUD_UNAVAILABLE' })
    expect(Date.now() - began).toBeLessThan(3000)
    await sees(other.page, '云服务暂时没有回应')
    expect(await pictureMotion(viewer.page)).toBeGreaterThan(MOVING)
    expect(await pictureMotion(anchor.page)).toBeGreaterThan(MOVING)

    im.trouble.isDown = false
    live.faults.api.isDown = false
    await press(other.page, /开始直播|重试/)
    await other.page.getByText('直播中').first().waitFor({ timeout: 20_000 })
    await say(viewer.page, '还在')
    await hears(anchor.page, '还在')
  })
})
