/** The developer's tools on the compiled program, with the real server behind them. */
import type { MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { readCode } from './support/bundle'
import { find, findAll, findTap, fire, propsOf, soon, tap, textOf, type } from './support/screen'
import { createWorld } from './support/world'

const PUSH = 'src/live/pages/tools/push/index'
const PLAY = 'src/live/pages/tools/play/index'
const LOW_LATENCY = 'src/live/pages/tools/lowLatency/index'
const HANDSHAKE_DONE = 1002
const FIRST_PICTURE = 2032

let world: World
let phone: MiniProgram
/** What WeChat's scanner reads next. */
let code = ''
let camera: Encoder | undefined

beforeAll(async () => world = await createWorld())
afterEach(async () => {
  await camera?.stop()
  camera = undefined
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

async function open(path: string, query = ''): Promise<Page> {
  phone = world.createPhone({ scanCode: ({ success }: { success: (answer: object) => void }) => success({ result: code }) })
  phone.launch()
  phone.wx.api.navigateTo({ url: `/${path}${query}` })
  await soon(() => expect(phone.page().route).toBe(path))
  await soon(() => findTap(phone.page(), '扫码填地址'))
  return phone.page()
}
const called = (name: string) => phone.wx.calls.filter(([call]) => call === name).length
const address = (page: Page) => String(propsOf(find(page, '.address-field input')).value)

async function getTestAddress(page: Page) {
  await soon(() => expect(called('LivePusherContext.startPreview')).toBe(1))
  tap(findTap(page, '生成测试地址'))
  await soon(() => find(page, '.test-addresses'))
}

it('[TL21] a test address is published by the tag; WeChat\'s own news and the server\'s stream say that it is there', async () => {
  const page = await open(PUSH)
  await getTestAddress(page)
  expect(address(page)).toMatch(/^rtmp:\/\/127\.0\.0\.1:\d+\/live\/rtest-u\w+\?txSecret=/)
  const flv = textOf(page, '.test-addresses .url')
  expect((await fetch(flv)).status).toBe(404)

  const tag = find(page, 'live-pusher')
  tap(findTap(page, '开始推流'))
  await soon(() => expect(called('LivePusherContext.start')).toBe(1))
  expect(propsOf(tag)).toMatchObject({ url: address(page), orientation: 'vertical', beauty: 0 })
  camera = startEncoder(String(propsOf(tag).url))
  fire(tag, 'statechange', { code: HANDSHAKE_DONE })
  await soon(() => expect(textOf(page, '.status')).toContain('正在推流'))
  await soon(async () => expect((await fetch(flv, { method: 'HEAD' })).status).toBe(200))
  expect(findAll(page, 'live-pusher')).toEqual([tag])
})

it('[TL6] an address that the camera scans is published, and a number that WeChat tells is in the log, without a secret', async () => {
  const page = await open(PUSH)
  await getTestAddress(page)
  code = address(page)
  type(find(page, '.address-field input'), '')
  await soon(() => expect(address(page)).toBe(''))
  tap(findTap(page, '扫码填地址'))
  await soon(() => expect(address(page)).toBe(code))
  tap(findTap(page, '开始推流'))
  await soon(() => expect(called('LivePusherContext.start')).toBe(1))
  fire(find(page, 'live-pusher'), 'statechange', { code: 1101 })
  fire(find(page, 'live-pusher'), 'statechange', { code: 99_999 })
  await soon(() => {
    const log = findAll(page, '.entry').map(({ textContent }) => textContent).join('\n')
    expect(log).toContain('1101')
    expect(log).toMatch(/99999.*unknown/)
    expect(log).toContain('tool: start rtmp rtmp://')
    expect(log).not.toContain('txSecret')
  })
})

it('[TL22] what is set reaches the tag', async () => {
  const page = await open(PUSH)
  const tag = find(page, 'live-pusher')
  for (const label of ['横屏', '静音', '超清'])
    tap(await soon(() => findTap(page, label)))
  tap(findAll(page, '.app-tap').filter(element => element.getAttribute('aria-label') === '强')[1])
  await soon(() => expect(propsOf(tag)).toMatchObject({ orientation: 'horizontal', muted: true, whiteness: 9, beauty: 0 }))
  tap(findTap(page, '闪光灯'))
  await soon(() => expect(called('LivePusherContext.toggleTorch')).toBe(1))
})

it('[TL23] leaving stops the push', async () => {
  const page = await open(PUSH)
  await getTestAddress(page)
  tap(findTap(page, '开始推流'))
  await soon(() => expect(called('LivePusherContext.start')).toBe(1))
  const before = called('LivePusherContext.stop')
  phone.wx.api.navigateBack({})
  await soon(() => expect(called('LivePusherContext.stop')).toBeGreaterThan(before))
})

it('[TL5] the play tool plays what a link brings along, and a tap in the push tool is such a link', async () => {
  const page = await open(PUSH)
  await getTestAddress(page)
  const flv = textOf(page, '.test-addresses .url')
  tap(findTap(page, '在播放工具中打开'))
  await soon(() => expect(phone.page().route).toBe(PLAY))
  const playing = phone.page()
  await soon(() => expect(address(playing)).toBe(flv))
  tap(await soon(() => findTap(playing, '播放')))
  await soon(() => expect(called('LivePlayerContext.play')).toBe(1))
  const tag = find(playing, 'live-player')
  expect(propsOf(tag)).toMatchObject({ src: flv, mode: 'live', objectFit: 'contain', minCache: 1, maxCache: 3 })
  fire(tag, 'statechange', { code: FIRST_PICTURE })
  await soon(() => expect(textOf(playing, '.status')).toContain('正在播放'))
  tap(findTap(playing, '填满'))
  await soon(() => expect(propsOf(tag).objectFit).toBe('fillCrop'))
  const before = called('LivePlayerContext.stop')
  phone.wx.api.navigateBack({})
  await soon(() => expect(called('LivePlayerContext.stop')).toBeGreaterThan(before))
})

it('[TL26] the low-latency tool plays in RTC mode with the cache that is set', async () => {
  const url = 'rtmp://127.0.0.1:1935/live/stream'
  const page = await open(LOW_LATENCY, `?url=${encodeURIComponent(url)}`)
  tap(await soon(() => findTap(page, '播放')))
  await soon(() => expect(propsOf(find(page, 'live-player'))).toMatchObject({ src: url, mode: 'RTC', minCache: 0.2, maxCache: 0.8 }))
  tap(await soon(() => findTap(page, '0.1–0.3 s')))
  await soon(() => expect(propsOf(find(page, 'live-player'))).toMatchObject({ minCache: 0.1, maxCache: 0.3 }))
})

it('[TL27] one\'s own page leads to the tools', async () => {
  phone = world.createPhone()
  const me = phone.launch('src/pages/me/index')
  tap(await soon(() => findTap(me, '低延时播放')))
  await soon(() => expect(phone.page().route).toBe(LOW_LATENCY))
})

it('[TL7] the decoder of QR codes is not in the mini-program', () => {
  phone = world.createPhone()
  expect(Object.entries(readCode()).filter(([, text]) => /BarcodeDetector|decodeQR|getImageData/.test(text)).map(([file]) => file)).toEqual([])
})
