/** The web app where one needs an account of another system: brought along by the address, or by the page that holds the app. */
import type { Browser } from 'playwright-core'
import type { RunningApp } from './support/app'
import type { BrowserPerson } from './support/browser'
import { createSecretKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startApp } from './support/app'
import { openPerson } from './support/browser'

const SECRET = 'the secret that both systems share, long enough'
const ROOM = '/src/live/pages/room/index?id=rdemo'
const ME = '/src/pages/me/index'

let app: RunningApp
let browser: Browser
let person: BrowserPerson
beforeAll(async () => {
  app = await startApp({ DEMO_ROOM: '1', GUESTS: '0', ACCOUNT_JWT_SECRET: SECRET })
  browser = await launchChromium()
})
beforeEach(async () => {
  person = await openPerson(browser)
})
afterEach(async () => {
  expect(person.errors).toEqual([])
  await person.context.close()
})
afterAll(async () => {
  await browser.close()
  await app.stop()
})

const tokenOf = (sub: string, name: string, end = '5m') => new SignJWT({ sub, name }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(end).sign(createSecretKey(SECRET, 'utf8'))
const wall = () => person.page.locator('.account-wall')
const nickname = () => person.page.locator('.person .nickname')

it('[AC10] [AC12] a page explains that it needs an account, and is there once the address brings one', async () => {
  const { page } = person
  const sent: string[] = []
  page.on('request', request => sent.push(`${request.url()} ${request.headers().referer ?? ''}`))
  await page.goto(`${app.url}/#${ROOM}`)
  await wall().waitFor()
  expect(await page.locator('video').count()).toBe(0)

  const token = await tokenOf('17', '外来的阿青')
  await page.goto(`${app.url}/#${ROOM}&account_token=${token}`) // the same document: only what follows # is another
  await page.locator('.chat-input, .room-talk').first().waitFor()
  await expect.poll(() => page.url()).toBe(`${app.url}/#${ROOM}`)
  const kept = await page.evaluate(() => JSON.stringify([history.state, { ...localStorage }, { ...sessionStorage }]))
  expect([kept, ...sent].filter(text => text.includes(token))).toEqual([])

  await page.goto(`${app.url}/#${ME}`)
  await expect.poll(() => nickname().textContent()).toBe('外来的阿青')
  await page.reload()
  await expect.poll(() => nickname().textContent()).toBe('外来的阿青')
})

it('[AC11] who comes with another token is somebody else, and one that has expired lets nobody in', async () => {
  const { page } = person
  await page.goto(`${app.url}/#${ME}?account_token=${await tokenOf('18', 'Boris')}`)
  await expect.poll(() => nickname().textContent()).toBe('Boris')
  await page.goto(`${app.url}/#${ME}?account_token=${await tokenOf('19', 'Clara')}`)
  await expect.poll(() => nickname().textContent()).toBe('Clara')
  await page.goto(`${app.url}/#${ME}?account_token=${await tokenOf('19', 'Clara', '-5m')}`)
  await wall().waitFor()
})

it('[AC11] [AC12] a page that holds the app is asked at the start, and again by a tap', async () => {
  const { page, context } = person
  let token = ''
  await context.exposeFunction('askHost', async () => token)
  await context.addInitScript('globalThis.lianmaiAccountToken = () => askHost()')
  await page.goto(`${app.url}/#${ME}`)
  await wall().waitFor()
  token = await tokenOf('20', 'Dora')
  await wall().getByRole('button').click()
  await expect.poll(() => nickname().textContent()).toBe('Dora')
  token = await tokenOf('21', 'Emil')
  await page.reload()
  await expect.poll(() => nickname().textContent()).toBe('Emil')
})
