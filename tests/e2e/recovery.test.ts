/** The server goes away in the middle of a broadcast and comes back: nobody taps anything. */
import type { Browser } from 'playwright-core'
import type { RunningApp } from './support/app'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startApp } from './support/app'
import { openPerson, pictureMotion, until } from './support/browser'
import { goLive, roomPage } from './support/person'

const MOVING = 0.01

let app: RunningApp
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
  app = await startApp()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

it('[RC19] [RC37] says so on both sides, and picture and room are back by themselves', async () => {
  const [anchor, viewer] = [await openPerson(browser), await openPerson(browser)]
  const roomId = await goLive(anchor.page, app.url, 'pattern')
  await viewer.page.goto(app.url + roomPage(roomId))
  await until(async () => await pictureMotion(viewer.page) > MOVING, 'the viewer sees the picture')

  await app.restart(async () => {
    await anchor.page.locator('.on-air-notice').getByText('立即重试').waitFor({ timeout: 20_000 })
    await viewer.page.locator('.waiting-picture').getByText('秒后自动重试').waitFor({ timeout: 20_000 })
  })
  await anchor.page.locator('.on-air-notice').waitFor({ state: 'detached', timeout: 40_000 })
  await viewer.page.locator('.waiting-picture').waitFor({ state: 'detached', timeout: 30_000 })
  expect(await until(async () => await pictureMotion(viewer.page) > MOVING, 'the viewer sees the picture again')).toBe(true)
  expect([...anchor.errors, ...viewer.errors]).toEqual([])
})
