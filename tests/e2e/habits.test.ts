/** A poster in a real browser reads as its room, and a file becomes a face. */
import type { Browser } from 'playwright-core'
import type { RunningApp } from './support/app'
import type { BrowserPerson } from './support/browser'
import { Buffer } from 'node:buffer'
import decodeQR from 'qr/decode.js'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startApp } from './support/app'
import { openPerson } from './support/browser'

let app: RunningApp
let browser: Browser
let person: BrowserPerson

beforeAll(async () => {
  app = await startApp({ DEMO_ROOM: '1' })
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

async function makePoster() {
  const { page } = person
  await page.goto(`${app.url}/#/src/live/pages/room/index?id=rdemo`)
  await page.locator('.player-controls .tool-button[aria-label="分享"]').click()
  await page.locator('.share-choice[aria-label="生成海报"]').click()
  await page.locator('.poster-view img').waitFor({ state: 'attached' })
}

/** The drawn picture's own pixels, as RGBA. */
async function pixels(box: { x: number, y: number, width: number, height: number }) {
  const { base64, ...size } = await person.page.evaluate(async ({ x, y, width, height }) => {
    const shown = document.querySelector<HTMLImageElement>('.poster-view img')!
    await shown.decode()
    const picture = await createImageBitmap(shown)
    const canvas = new OffscreenCanvas(width, height)
    const brush = canvas.getContext('2d')!
    brush.drawImage(picture, -x, -y)
    const bytes = brush.getImageData(0, 0, width, height).data
    return { width: picture.width, height: picture.height, base64: btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join('')) }
  }, box)
  return { size, data: new Uint8ClampedArray(Buffer.from(base64, 'base64')) }
}

it('[WX20] [WX23] the poster is 750 × 1334, shows the cover, and its code reads as the room\'s link', async () => {
  await makePoster()
  const whole = { x: 0, y: 0, width: 750, height: 1334 }
  const { data, size } = await pixels(whole)
  expect(size).toEqual({ width: 750, height: 1334 })
  expect(decodeQR({ width: 750, height: 1334, data })).toBe(`${app.url}/r/rdemo`)
  const { data: cover } = await pixels({ x: 200, y: 100, width: 350, height: 350 })
  expect(new Set(cover.filter((_, index) => index % 4 === 0)).size).toBeGreaterThan(40) // a photo, not a drawing of two colours
})

it('[WX22] without its cover the poster is drawn all the same, and says so', async () => {
  await person.context.route('**/covers/**', route => route.abort())
  await makePoster()
  expect(await person.page.locator('.poster-view .hint').textContent()).toContain('封面没能加载')
  const { data } = await pixels({ x: 0, y: 0, width: 750, height: 1334 })
  expect(decodeQR({ width: 750, height: 1334, data })).toBe(`${app.url}/r/rdemo`)
})

it('[WX24] it is downloaded as a JPEG', async () => {
  await makePoster()
  const downloading = person.page.waitForEvent('download')
  await person.page.locator('.poster-view .app-button[aria-label="保存图片"]').click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('lianmai.jpg')
  await download.delete()
})

it('[WX33] a picture file becomes a square face that everybody is shown', async () => {
  const { page } = person
  await page.goto(`${app.url}/#/src/pages/me/index`)
  const wide = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 900
    canvas.height = 300
    const brush = canvas.getContext('2d')!
    brush.fillStyle = '#00f'
    brush.fillRect(0, 0, 900, 300)
    brush.fillStyle = '#f00'
    brush.fillRect(300, 0, 300, 300)
    return canvas.toDataURL('image/png').split(',')[1]
  })
  const choosing = page.waitForEvent('filechooser')
  await page.locator('.face-button').click()
  await (await choosing).setFiles({ name: 'wide.png', mimeType: 'image/png', buffer: Buffer.from(wide, 'base64') })
  const face = page.locator('.face-button img')
  await expect.poll(() => face.getAttribute('src'), { timeout: 10_000 }).toMatch(/\/pictures\/u\w+-[\da-f]{16}\.jpg$/)
  const { width, height, corner } = await page.evaluate(async (src) => {
    const picture = await createImageBitmap(await (await fetch(src)).blob())
    const brush = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!
    brush.drawImage(picture, 0, 0)
    return { width: picture.width, height: picture.height, corner: [...brush.getImageData(8, 8, 1, 1).data] }
  }, (await face.getAttribute('src'))!)
  expect([width, height]).toEqual([256, 256])
  expect(corner[0]).toBeGreaterThan(200) // the red middle, not the blue sides
  expect(corner[2]).toBeLessThan(60)
})
