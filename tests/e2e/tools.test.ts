/** The developer's tools in real browsers, with the real server between them. */
import type { Browser, Page } from 'playwright-core'
import type { RunningApp } from './support/app'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startApp } from './support/app'
import { loudness, pictureMotion, until } from './support/browser'
import { createVisitors } from './support/visitors'

const MOVING = 0.01
const AUDIBLE = 0.005
const tool = (name: 'push' | 'play' | 'lowLatency') => `/#/src/live/pages/tools/${name}/index`

let app: RunningApp
let browser: Browser
const visitors = createVisitors(() => browser)

beforeAll(async () => {
  browser = await launchChromium()
})
afterEach(async () => {
  const problems = await visitors.leave()
  await app.stop()
  expect(problems).toEqual([])
})
afterAll(() => browser?.close())

async function open(path: string): Promise<Page> {
  const { page } = await visitors.open()
  await page.goto(app.url + path)
  return page
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).click()
const field = (page: Page) => page.getByRole('textbox', { name: '地址' })

/** Publishes a test pattern to a test address; answers the page and the stream's addresses. */
async function publish() {
  const page = await open(tool('push'))
  await choose(page, '测试画面')
  await press(page, '生成测试地址')
  const address = page.locator('.test-addresses .url')
  const flv = (await address.textContent())!.trim()
  await choose(page, 'WHEP')
  const whep = (await address.textContent())!.trim()
  await choose(page, 'HTTP-FLV')
  await press(page, '开始推流')
  await page.getByText('正在推流').waitFor()
  return { page, flv, whep }
}

it('[TL21] what the push tool sends, the play tool of another device shows and sounds; a tap stops it, and so does leaving', async () => {
  app = await startApp()
  const { flv, page: pushing } = await publish()
  const playing = await open(`${tool('play')}?url=${encodeURIComponent(flv)}`)
  expect(await field(playing).inputValue()).toBe(flv)
  await press(playing, '播放')
  await playing.getByText('正在播放').waitFor()
  await until(async () => await pictureMotion(playing) > MOVING, 'the picture moves')
  await until(async () => await loudness(playing) > AUDIBLE, 'the tone is heard')
  await playing.locator('.figures', { hasText: /HTTP-FLV · \d+.kbps · \d+.fps/ }).waitFor()
  await press(playing, '停止')
  await playing.getByText('填好地址').waitFor()

  await press(pushing, '在播放工具中打开')
  await pushing.getByText('填好地址').waitFor()
  expect(await field(pushing).inputValue()).toBe(flv)
  await press(pushing, '返回')
  await pushing.getByText('正在推流').waitFor()
  await press(pushing, '返回')
  await until(async () => (await fetch(flv, { method: 'HEAD' })).status === 404, 'the server has the stream no more')
})

it('[TL26] the low-latency tool shows the same by WHEP, with its round trip and buffer', async () => {
  app = await startApp()
  const { whep } = await publish()
  const page = await open(tool('lowLatency'))
  await field(page).fill(whep)
  await press(page, '播放')
  await page.locator('.figures', { hasText: /WHEP · .*缓冲.\d+.ms · RTT.\d+.ms/ }).waitFor({ timeout: 20_000 })
  await until(async () => await pictureMotion(page) > MOVING, 'the picture moves')
  await press(page, '复制诊断信息')
  await page.getByText('诊断信息已复制').waitFor()
})

it('[TL6] reads a code from a picture of it, and from a camera that it lets go', async () => {
  app = await startApp()
  const pushing = await open(tool('push'))
  await press(pushing, '生成测试地址')
  const flv = (await pushing.locator('.test-addresses .url').textContent())!.trim()
  const code = await pushing.locator('.test-addresses .code').screenshot()

  const page = await open(tool('play'))
  await press(page, '扫码填地址')
  const chooser = page.waitForEvent('filechooser')
  await press(page, '选一张图片')
  await (await chooser).setFiles({ name: 'nothing.png', mimeType: 'image/png', buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 50, height: 50 } }) })
  await page.getByText('没有找到二维码').waitFor()
  const again = page.waitForEvent('filechooser')
  await press(page, '选一张图片')
  await (await again).setFiles({ name: 'code.png', mimeType: 'image/png', buffer: code })
  await expect.poll(() => field(page).inputValue()).toBe(flv)

  await field(page).fill('')
  await page.evaluate(showToCamera, `data:image/png;base64,${code.toString('base64')}`)
  await press(page, '扫码填地址')
  await press(page, '打开摄像头')
  await expect.poll(() => field(page).inputValue(), { timeout: 10_000 }).toBe(flv)
  expect(await page.evaluate(() => (globalThis as unknown as { seen: MediaStream }).seen.getTracks().map(track => track.readyState))).toEqual(['ended'])
})

it('[TL3] a server that gives no test addresses says so, and keeps its pages from other servers, which is told', async () => {
  app = await startApp({ TEST_STREAMS: '0' })
  const pushing = await open(tool('push'))
  await press(pushing, '生成测试地址')
  await pushing.getByText('这台服务器不提供测试地址').waitFor()
  const page = await open(tool('play'))
  await field(page).fill('http://127.0.0.2:9/live/stream.flv')
  await press(page, '播放')
  await page.getByText('这台服务器不允许网页连接别处的地址').waitFor()
  await page.getByText('填好地址').waitFor()
  expect(await visitors.leave()).toEqual(['connect-src http://127.0.0.2:9/live/stream.flv'])
})

/** Runs in the page: from now on its camera looks at this picture. */
async function showToCamera(src: string) {
  const picture = Object.assign(new Image(), { src })
  await picture.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
  const pen = canvas.getContext('2d')!
  setInterval(() => {
    pen.fillStyle = '#777'
    pen.fillRect(0, 0, 640, 480)
    pen.drawImage(picture, 140, 60, 360, 360)
  }, 100)
  navigator.mediaDevices.getUserMedia = async () => {
    const stream = canvas.captureStream(10)
    Object.assign(globalThis, { seen: stream })
    return stream
  }
}
