/** Tencent's own WebRTC from a real page: its signalling for who plays, its WHIP for who publishes. */
import type { Browser, Page } from 'playwright-core'
import type { TencentApp } from './support/tencentApp'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { until } from '../support/browser'
import { acceptOnNotice, applyForMic, leaveStage } from '../support/onTheMic'
import { goLive, roomPage } from '../support/person'
import { createVisitors } from '../support/visitors'
import { startTencentApp } from './support/tencentApp'

let browser: Browser
let running: TencentApp
const visitors = createVisitors(() => browser)

beforeAll(async () => browser = await launchChromium())
afterEach(async () => {
  expect(await visitors.leave()).toEqual([])
  await running.stop()
})
afterAll(() => browser?.close())

/** Last parts of the paths that the page POSTs to on the cloud, in order. */
function signalsOf(page: Page): string[] {
  const signals: string[] = []
  page.on('request', request => request.method() === 'POST' && /\/webrtc\/v/.test(request.url()) && signals.push(new URL(request.url()).pathname.split('/').at(-1)!))
  return signals
}

it('[TC13] [TC14] on the mic pictures come by 快直播, and what is sent and played ends when the guest leaves', { timeout: 120_000 }, async () => {
  running = await startTencentApp({ isMixing: false, env: { MIX: 'off' } })
  const anchor = await visitors.open()
  const anchorSignals = signalsOf(anchor.page)
  const roomId = await goLive(anchor.page, running.url, 'pattern')
  expect(anchorSignals).toEqual(['whip'])
  const guest = await visitors.open()
  const guestSignals = signalsOf(guest.page)
  await guest.page.goto(running.url + roomPage(roomId))
  await applyForMic(guest.page)
  await acceptOnNotice(anchor.page, await guest.nickname)
  await until(async () => running.clouds.live.online().length === 2, 'both publish')
  await until(async () => guestSignals.includes('pullstream') && anchorSignals.includes('pullstream'), 'each plays the other by the low-latency way')
  await leaveStage(guest.page)
  await until(async () => running.clouds.live.online().length === 1, 'the guest publishes no more')
  await until(async () => guestSignals.includes('stopstream') && anchorSignals.includes('stopstream'), 'both say that they stopped')
})
