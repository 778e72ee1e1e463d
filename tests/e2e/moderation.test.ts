/** Order in a room, as an anchor and a viewer in two real browsers see it. */
import type { Browser, Page } from 'playwright-core'
import type { RunningApp } from './support/app'
import type { BrowserPerson } from './support/browser'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startApp } from './support/app'
import { until } from './support/browser'
import { acceptOnNotice, applyForMic } from './support/onTheMic'
import { goLive, roomPage, say } from './support/person'
import { createVisitors } from './support/visitors'

let browser: Browser
let folder: string
let app: RunningApp
const visitors = createVisitors(() => browser)
let anchor: BrowserPerson
let viewer: BrowserPerson
let name: string
let roomId: string

beforeAll(async () => {
  browser = await launchChromium()
  folder = mkdtempSync(path.join(tmpdir(), 'lianmai-words-'))
  writeFileSync(path.join(folder, 'words.txt'), '坏词\n')
})
beforeEach(async () => {
  app = await startApp({ MIX: 'off', BLOCKED_WORDS_FILE: path.join(folder, 'words.txt') })
  anchor = await visitors.open()
  viewer = await visitors.open()
  roomId = await goLive(anchor.page, app.url, 'pattern')
  await viewer.page.goto(app.url + roomPage(roomId))
  name = await viewer.nickname
  await sees(anchor.page, `${name} 来了`)
})
afterEach(async () => {
  const problems = await visitors.leave()
  await app?.stop()
  expect(problems).toEqual([])
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await browser?.close()
})

const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 15_000 })
const press = (page: Page, label: string | RegExp) => page.getByRole('button', { name: label, exact: typeof label === 'string' }).last().click()
const field = (page: Page) => page.getByLabel('发送消息')
/** By a tap on what they said. */
const tapName = (page: Page) => page.getByRole('button', { name: `管理观众 ${name}` }).first().click()

async function openOrder({ page }: BrowserPerson) {
  await page.getByRole('button', { name: /^连麦/ }).first().click()
  await page.getByRole('radio', { name: '管理' }).click()
}

describe('order in a room', () => {
  it('[MO40] [MO41] [MO42] a viewer is silenced from chat, sees why, and speaks again when let', { timeout: 120_000 }, async () => {
    await say(viewer.page, '大家好')
    await sees(anchor.page, '大家好')
    await field(viewer.page).fill('还没说完')
    await tapName(anchor.page)
    await press(anchor.page, '禁言')
    await sees(viewer.page, '你已被禁言')
    expect(await field(viewer.page).count()).toBe(0)
    await press(anchor.page, '关闭')

    await openOrder(anchor)
    await sees(anchor.page, '已禁言 1 人')
    await press(anchor.page, `取消对 ${name} 的禁言`)
    await field(viewer.page).waitFor()
    expect(await field(viewer.page).inputValue()).toBe('还没说完')
    await sees(anchor.page, '没有被禁言或请出的人')

    await anchor.page.getByRole('switch', { name: '全员禁言' }).click()
    await sees(viewer.page, '全员禁言中')
    await viewer.page.reload()
    await sees(viewer.page, '全员禁言中')
    await anchor.page.getByRole('switch', { name: '全员禁言' }).click()
    await field(viewer.page).waitFor()
    await say(viewer.page, '又能说话了')
    await sees(anchor.page, '又能说话了')
  })

  it('[MO43] [MO41] who is sent away from the mic is told, comes in no more, and does when let', { timeout: 120_000 }, async () => {
    await applyForMic(viewer.page, 'voice')
    await acceptOnNotice(anchor.page, name)
    const guests = async () => (await (await fetch(`${app.url}/api/rooms/${roomId}`)).json()).room.stage.guests.map((guest: { status: string }) => guest.status)
    await until(async () => (await guests()).join() === 'linked', 'the guest is on the mic')
    await anchor.page.getByRole('button', { name: /^连麦/ }).first().click()
    await anchor.page.getByRole('radio', { name: '邀请观众' }).click()
    await anchor.page.getByRole('button', { name: `管理观众 ${name}` }).last().click()
    await press(anchor.page, '请出直播间')
    await press(anchor.page, '请出')
    await sees(viewer.page, '你已被主播请出直播间')
    expect(await guests()).toEqual([])
    expect(await viewer.page.locator('video').evaluateAll(videos => videos.filter(video => !(video as HTMLVideoElement).paused).length)).toBe(0)

    const sockets: string[] = []
    viewer.page.on('websocket', socket => sockets.push(socket.url()))
    await new Promise(resolve => setTimeout(resolve, 3000))
    expect(sockets).toEqual([])
    await viewer.page.reload()
    await sees(viewer.page, '你已被主播请出直播间')

    await openOrder(anchor)
    await press(anchor.page, `允许 ${name} 再次进入`)
    await sees(anchor.page, '没有被禁言或请出的人')
    await viewer.page.getByRole('button', { name: '看看别的直播' }).click()
    await viewer.page.waitForURL(/pages\/home|#\/$/)
    await viewer.page.goto(app.url + roomPage(roomId))
    await viewer.page.reload()
    await field(viewer.page).waitFor({ timeout: 15_000 })
    await say(viewer.page, '我回来了')
    await sees(anchor.page, '我回来了')
  })

  it('[MO44] a text with a blocked word is in the field again, and can be changed', { timeout: 120_000 }, async () => {
    await say(viewer.page, '一个坏词')
    await sees(viewer.page, '含有不能发布的内容')
    await until(async () => await field(viewer.page).inputValue() === '一个坏词', 'the text is in the field again')
    await say(viewer.page, '一个好词')
    await sees(anchor.page, '一个好词')
    expect(await anchor.page.getByText('一个坏词').count()).toBe(0)
  })
})
