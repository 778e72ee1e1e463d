/** What a person does in the app, by the words and labels that the person reads. */
import type { Page } from 'playwright-core'
import { until } from './browser'

export const ANCHOR_PAGE = '/#/src/live/pages/anchor/index'
export const roomPage = (roomId: string): string => `/#/src/live/pages/room/index?id=${roomId}`

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** From the home page, with the built-in test picture or the (fake) camera, until the room is live. Answers the room's id. */
export async function goLive(page: Page, url: string, source: 'camera' | 'pattern' = 'camera'): Promise<string> {
  await page.goto(url)
  await button(page, '开播').first().click()
  if (source === 'camera')
    await allowDevices(page)
  else
    await page.getByRole('radio', { name: '测试画面' }).click()
  await button(page, '开始直播').click()
  await page.getByText('直播中').first().waitFor({ timeout: 20_000 })
  return until(async () => new URL(page.url().replace('/#/', '/')).searchParams.get('id'), 'the room is in the address', 5000)
}

async function allowDevices(page: Page) {
  const allow = button(page, '允许使用')
  const start = page.locator('.app-tap:not(.disabled)', { hasText: '开始直播' })
  await allow.or(start).first().waitFor()
  if (await allow.isVisible())
    await allow.click()
  await start.waitFor()
}

/** By a tap on the room's card. */
export async function enterRoom(page: Page, url: string, title: string | RegExp): Promise<void> {
  await page.goto(url)
  await page.getByLabel(title).first().click({ timeout: 15_000 })
  await page.waitForURL(/pages\/room\/index/)
}

/** On a phone the anchor's input is behind a button. */
export async function say(page: Page, text: string): Promise<void> {
  const input = page.getByLabel('发送消息').first()
  if (!await input.isVisible())
    await button(page, '聊天').click()
  await input.fill(text)
  await input.press('Enter')
}

export async function hears(page: Page, text: string): Promise<void> {
  await page.getByRole('log').getByText(text).first().waitFor({ timeout: 10_000 })
}

export async function endLive(page: Page): Promise<void> {
  await button(page, '结束').click()
  await button(page, '结束直播').click()
  await page.getByText('直播已结束').first().waitFor({ timeout: 10_000 })
}
