/** The example in real windows, from an address of its own, with a real server elsewhere. */
import type { Browser, Page } from 'playwright-core'
import type { RunningApp } from '../../e2e/support/app'
import type { Colour } from '../../e2e/support/senses'
import type { Project } from '../support/project'
import type { Host } from '../support/serve'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startApp } from '../../e2e/support/app'
import { until } from '../../e2e/support/browser'
import { coloursSeen } from '../../e2e/support/senses'
import { createVisitors } from '../../e2e/support/visitors'
import { copyExample } from '../support/project'
import { serve } from '../support/serve'

let project: Project
let host: Host
let app: RunningApp
let browser: Browser
const visitors = createVisitors(() => browser)

beforeAll(async () => {
  project = await copyExample()
  const [output] = await Promise.all([project.build('h5'), startApp().then(started => app = started), launchChromium().then(launched => browser = launched)])
  host = await serve(output)
})
afterEach(async () => expect(await visitors.leave()).toEqual([]))
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await host?.close()
  project?.remove()
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const sees = (page: Page, colours: readonly Colour[]) => until(async () => (await coloursSeen(page)).join() === colours.join(), `it shows ${colours}`, 30_000)

/** A window of somebody who has named the server. */
async function come(nickname: string, colour: Colour) {
  const { page } = await visitors.open({ colour, hz: 500 })
  await page.goto(host.url)
  await page.locator('[aria-label="服务器"] input').fill(app.url)
  await page.locator('[aria-label="昵称"] input').fill(nickname)
  await button(page, '进入').click()
  await button(page, '开始直播').waitFor()
  return page
}

it('[UM9] an anchor goes live, somebody else watches the picture, they talk, and the viewer comes on the mic and leaves it', { timeout: 150_000 }, async () => {
  const anchor = await come('小鹿', 'red')
  await anchor.locator('[aria-label="直播标题"] input').fill('湖边的黄昏')
  await button(anchor, '开始直播').click()
  await anchor.getByText('开播了').waitFor({ timeout: 30_000 })

  const viewer = await come('蓝鲸', 'green')
  await button(viewer, '湖边的黄昏').click()
  await sees(viewer, ['red'])

  await viewer.locator('[aria-label="说点什么"] input').fill('你好，主播')
  await viewer.keyboard.press('Enter')
  await anchor.getByRole('log').getByText('你好，主播').waitFor()
  await viewer.getByRole('log').getByText('你好，主播').waitFor()

  await button(viewer, '申请连麦').click()
  await anchor.getByText('蓝鲸 申请连麦').waitFor({ timeout: 20_000 })
  await button(anchor, '接受').click()
  await sees(anchor, ['red', 'green'])
  await sees(viewer, ['red', 'green'])

  await button(viewer, '下麦').click()
  await sees(anchor, ['red'])
  await sees(viewer, ['red'])

  await button(anchor, '结束直播').click()
  await anchor.locator('.uni-modal__btn_primary').click()
  await viewer.getByText('直播已经结束').first().waitFor({ timeout: 15_000 })
})
