/** Glass to glass on loopback. */
import type { Browser } from 'playwright-core'
import type { Look } from '../server/media/embedded/rtc/testing/chromium'
import type { RtcTestServer } from '../server/media/embedded/rtc/testing/rtcServer'
import type { BenchRow } from './bench'
import type { Latency } from './glassToGlass'
import { launchChromium, openTab } from '../server/media/embedded/rtc/testing/chromium'
import { startRtcServer, STREAM } from '../server/media/embedded/rtc/testing/rtcServer'
import { measureDirect, pause, publishFrom, readLatency } from './glassToGlass'

export const name = 'Latency, publisher to viewer'

/** Joins of which the first frame is timed; each meets another moment between two key frames. */
const JOINS = 7

export async function run(): Promise<BenchRow[]> {
  const server = await startRtcServer()
  const browser = await launchChromium()
  try {
    const direct = await measureDirect(browser, server.url)
    await publishFrom(browser, server.url, `${server.url}/whip/${STREAM}`)
    const whep = await measure(browser, server, 'watch', `${server.url}/whep/${STREAM}`)
    const flv = await measure(browser, server, 'watchFlv', `${server.url}/live/${STREAM}.flv`)
    const joins: number[] = []
    for (let i = 0; i < JOINS; i++)
      joins.push(await timeFirstFrame(browser, server, i * 300))
    joins.sort((a, b) => a - b)
    const floor = (what: string, value: number) => ({ what: `${what}, browser to browser without a server`, value })
    return [
      { measure: 'WHIP to WHEP, median', value: whep.p50, unit: 'ms', floor: floor('median', direct.p50) },
      { measure: 'WHIP to WHEP, 95th percentile', value: whep.p95, unit: 'ms', target: { atMost: 80 }, floor: floor('95th percentile', direct.p95) },
      { measure: 'WHIP to HTTP-FLV (mpegts.js), median', value: flv.p50, unit: 'ms', floor: floor('median', direct.p50) },
      { measure: 'WHIP to HTTP-FLV (mpegts.js), 95th percentile', value: flv.p95, unit: 'ms', target: { atMost: 600 }, floor: floor('95th percentile', direct.p95) },
      { measure: `first frame after play(), WHEP, median of ${JOINS} joins`, value: joins[JOINS >> 1], unit: 'ms', target: { atMost: 500 }, floor: floor('first frame', direct.firstFrameMs) },
      { measure: `first frame after play(), WHEP, slowest of ${JOINS} joins`, value: joins[JOINS - 1], unit: 'ms' },
      { measure: 'first frame after play(), HTTP-FLV (mpegts.js)', value: flv.firstFrameMs, unit: 'ms', target: { atMost: 500 }, floor: floor('first frame', direct.firstFrameMs) },
    ]
  }
  finally {
    await browser.close()
    await server.close()
  }
}

async function measure(browser: Browser, server: RtcTestServer, how: 'watch' | 'watchFlv', url: string): Promise<Latency> {
  const tab = await openTab(browser, server.url)
  await tab.call(how, url)
  const latency = await readLatency(tab)
  await tab.page.close()
  return latency
}

async function timeFirstFrame(browser: Browser, server: RtcTestServer, delayMs: number): Promise<number> {
  const tab = await openTab(browser, server.url)
  await pause(delayMs)
  await tab.call('watch', `${server.url}/whep/${STREAM}`)
  let firstFrameMs: number | undefined
  for (const deadline = Date.now() + 5000; firstFrameMs === undefined && Date.now() < deadline; await pause(100))
    ({ firstFrameMs } = await tab.call<Look>('look'))
  await tab.page.close()
  return Math.round(firstFrameMs ?? Number.POSITIVE_INFINITY)
}
