/** The time of drawing stands in the picture, the viewer reads it from what is shown. */
import type { Browser } from 'playwright-core'
import type { Look, Tab } from '../server/media/embedded/rtc/testing/chromium'
import { openTab } from '../server/media/embedded/rtc/testing/chromium'

const SETTLE_MS = 4000
const MEASURE_MS = 8000

/** In ms. */
export interface Latency {
  readonly p50: number
  readonly p95: number
  readonly firstFrameMs: number
}

export const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** Of what the tab watches, once its estimates have found their level. */
export async function readLatency(tab: Tab): Promise<Latency> {
  await pause(SETTLE_MS)
  const { firstFrameMs } = await tab.call<Look>('look')
  await pause(MEASURE_MS)
  const { latencies } = await tab.call<Look>('look')
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor(latencies.length * share)]
  return { p50: at(0.5), p95: at(0.95), firstFrameMs: Math.round(firstFrameMs ?? Number.NaN) }
}

/** The floor: from peer to peer in one page, no server between them. */
export async function measureDirect(browser: Browser, url: string): Promise<Latency> {
  const tab = await openTab(browser, url)
  await tab.call('loopback')
  const latency = await readLatency(tab)
  await tab.page.close()
  return latency
}

/** A tab that publishes, when the bandwidth estimate has found its level. */
export async function publishFrom(browser: Browser, url: string, whip: string): Promise<Tab> {
  const tab = await openTab(browser, url)
  await tab.call('publish', whip)
  await pause(SETTLE_MS)
  return tab
}
