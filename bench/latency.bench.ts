/** Glass to glass on loopback: the time of drawing stands in the picture, the viewer reads it from what is shown. */
import type { Browser } from 'playwright-core'
import type { Look } from '../server/media/embedded/rtc/testing/chromium'
import type { RtcTestServer } from '../server/media/embedded/rtc/testing/rtcServer'
import type { BenchRow } from './bench'
import { launchChromium, openTab } from '../server/media/embedded/rtc/testing/chromium'
import { startRtcServer, STREAM } from '../server/media/embedded/rtc/testing/rtcServer'

export const name = 'Latency, publisher to viewer'

const SETTLE_MS = 4000
const MEASURE_MS = 8000
/** Joins of which the first frame is timed; each meets another moment between two key frames. */
const JOINS = 7

export async function run(): Promise<BenchRow[]> {
  const server = await startRtcServer()
  const browser = await launchChromium()
  try {
    const direct = await measureDirect(browser, server)
    await publish(browser, server)
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

interface Latency {
  readonly p50: number
  readonly p95: number
  readonly firstFrameMs: number
}

async function publish(browser: Browser, server: RtcTestServer) {
  const anchor = await openTab(browser, server.url)
  await anchor.call('publish', `${server.url}/whip/${STREAM}`)
  await pause(SETTLE_MS) // the bandwidth estimate finds its level
}

async function measureDirect(browser: Browser, server: RtcTestServer): Promise<Latency> {
  const tab = await openTab(browser, server.url)
  await tab.call('loopback')
  const latency = await read(tab)
  await tab.page.close()
  return latency
}

async function measure(browser: Browser, server: RtcTestServer, how: 'watch' | 'watchFlv', url: string): Promise<Latency> {
  const tab = await openTab(browser, server.url)
  await tab.call(how, url)
  const latency = await read(tab)
  await tab.page.close()
  return latency
}

async function read(tab: Awaited<ReturnType<typeof openTab>>): Promise<Latency> {
  await pause(SETTLE_MS)
  const { firstFrameMs } = await tab.call<Look>('look')
  await pause(MEASURE_MS)
  const { latencies } = await tab.call<Look>('look')
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor(latencies.length * share)]
  return { p50: at(0.5), p95: at(0.95), firstFrameMs: Math.round(firstFrameMs ?? Number.NaN) }
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

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
