/** An anchor and a guest in browsers, and a guest with a phone, on loopback. */
import type { Browser } from 'playwright-core'
import type { Tab } from '../server/media/embedded/rtc/testing/chromium'
import type { BenchRow } from './bench'
import type { Child } from './fanout/child'
import type { Usage } from './fanout/usage'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { launchChromium, openTab } from '../server/media/embedded/rtc/testing/chromium'
import { startChild } from './fanout/child'
import { percentOfCore } from './fanout/usage'
import { measureDirect, pause, publishFrom, readLatency } from './glassToGlass'

export const name = 'Link-mic'

const ANCHOR = 'rbench0-uanchor'
const GUEST = 'rbench0-uguest0'
const PHONE = 'rbench0-uphone0'
const CPU_MS = 10_000

interface Address {
  readonly url: string
  readonly rtmpUrl: string
}

export async function run(): Promise<BenchRow[]> {
  const engine = startChild('../linkMic/engine')
  const browser = await launchChromium()
  try {
    const { url, rtmpUrl } = await engine.ask<Address>({ what: 'address' })
    const direct = await measureDirect(browser, url)
    const bareCpu = await measureBareDatagrams()

    const anchor = await publishFrom(browser, url, `${url}/whip/${ANCHOR}`)
    const cpuAlone = await measureCpu(engine)
    const guest = await publishFrom(browser, url, `${url}/whip/${GUEST}`)
    await Promise.all([watch(anchor, url, GUEST), watch(guest, url, ANCHOR)])
    const [toAnchor, toGuest] = await Promise.all([readLatency(anchor), readLatency(guest)])
    const cpuTogether = await measureCpu(engine)
    await guest.page.close()

    const fromPhone = await measurePhone(browser, { url, rtmpUrl })
    const twoWay = (share: 'p50' | 'p95') => Math.max(toAnchor[share], toGuest[share])
    const floor = (share: 'p50' | 'p95', what: string) => ({ what: `${what}, browser to browser without a server, one way`, value: direct[share] })
    return [
      { measure: 'H5 anchor and H5 guest, the slower way, median', value: twoWay('p50'), unit: 'ms', floor: floor('p50', 'median') },
      { measure: 'H5 anchor and H5 guest, the slower way, 95th percentile', value: twoWay('p95'), unit: 'ms', target: { atMost: 120 }, floor: floor('p95', '95th percentile') },
      { measure: 'RTMP guest to H5 anchor, median', value: fromPhone.p50, unit: 'ms', floor: floor('p50', 'median') },
      { measure: 'RTMP guest to H5 anchor, 95th percentile', value: fromPhone.p95, unit: 'ms', target: { atMost: 400 }, floor: floor('p95', '95th percentile') },
      { measure: 'CPU of the server for an H5 guest: in, transcoded, out to the anchor, and the anchor out to the guest', value: cpuTogether - cpuAlone, unit: '% of a core', target: { atMost: 12 }, floor: { what: 'bare datagrams of that number', value: bareCpu } },
    ]
  }
  finally {
    await browser.close()
    await engine.stop()
  }
}

const watch = (tab: Tab, url: string, stream: string) => tab.call('watch', `${url}/whep/${stream}`)

async function measureCpu(engine: Child): Promise<number> {
  const before = await engine.ask<Usage>({ what: 'usage' })
  await pause(CPU_MS)
  return percentOfCore(before, await engine.ask<Usage>({ what: 'usage' }))
}

async function measureBareDatagrams(): Promise<number> {
  const datagrams = startChild('../linkMic/datagrams')
  try {
    await datagrams.ask<Usage>({ what: 'usage' })
    return await measureCpu(datagrams)
  }
  finally {
    await datagrams.stop()
  }
}

/** The anchor's picture, which tells its time, goes to a phone, here ffmpeg, and from there by RTMP to a browser: the way there is in the number. */
async function measurePhone(browser: Browser, { url, rtmpUrl }: Address) {
  const phone = spawn(process.env.FFMPEG_PATH ?? 'ffmpeg', [
    ...['-v', 'error', '-fflags', 'nobuffer', '-flags', 'low_delay', '-analyzeduration', '500000', '-probesize', '200000'],
    ...['-i', `${rtmpUrl}/${ANCHOR}`, '-c', 'copy', '-flush_packets', '1', '-f', 'flv', `${rtmpUrl}/${PHONE}`],
  ], { stdio: 'ignore' })
  const ended = once(phone, 'exit')
  try {
    const tab = await openTab(browser, url)
    for (let status = 0; status !== 201 && phone.exitCode === null; await pause(300))
      ({ status } = await tab.call<{ status: number }>('watch', `${url}/whep/${PHONE}`))
    return await readLatency(tab)
  }
  finally {
    phone.kill()
    await ended
  }
}
