/** How long a viewer who is let in takes to be on the anchor's screen: the real app in two pages, the real server. */
import type { Browser } from 'playwright-core'
import type { BrowserPerson } from '../tests/e2e/support/browser'
import type { BenchRow } from './bench'
import { launchChromium } from '../server/media/embedded/rtc/testing/chromium'
import { startApp } from '../tests/e2e/support/app'
import { openPerson } from '../tests/e2e/support/browser'
import { acceptOnNotice, applyForMic, leaveStage, tapToColour } from '../tests/e2e/support/onTheMic'
import { goLive, roomPage } from '../tests/e2e/support/person'
import { COLOURS } from '../tests/e2e/support/senses'
import { startChild } from './fanout/child'
import { measureDirect } from './glassToGlass'

export const name = 'Onto the stage'

const TIMES = 5

export async function run(): Promise<BenchRow[]> {
  const app = await startApp({ MIX: 'off' })
  const browser = await launchChromium()
  try {
    const firstFrameMs = await measureFloor(browser)
    const taps = await measureTaps(browser, app.url)
    taps.sort((a, b) => a - b)
    const floor = { what: 'two connections of one page, from the offer to the first picture', value: firstFrameMs }
    return [
      { measure: `tap on accept to the guest's first picture, median of ${TIMES}`, value: Math.round(taps[Math.floor(TIMES / 2)]), unit: 'ms', target: { atMost: 1500 }, floor },
      { measure: `tap on accept to the guest's first picture, slowest of ${TIMES}`, value: Math.round(taps[TIMES - 1]), unit: 'ms' },
    ]
  }
  finally {
    await browser.close()
    await app.stop()
  }
}

async function measureFloor(browser: Browser): Promise<number> {
  const engine = startChild('../linkMic/engine')
  try {
    const { url } = await engine.ask<{ readonly url: string }>({ what: 'address' })
    return (await measureDirect(browser, url)).firstFrameMs
  }
  finally {
    await engine.stop()
  }
}

async function measureTaps(browser: Browser, url: string): Promise<number[]> {
  const anchor = await openPerson(browser, { colour: 'red', hz: 500 })
  const roomId = await goLive(anchor.page, url)
  const guest = await openPerson(browser, { colour: 'green', hz: 900 })
  await guest.page.goto(url + roomPage(roomId))
  const taps: number[] = []
  while (taps.length < TIMES)
    taps.push(await measureTap(anchor, guest))
  return taps
}

async function measureTap(anchor: BrowserPerson, guest: BrowserPerson): Promise<number> {
  await applyForMic(guest.page)
  const picture = tapToColour(anchor.page, 'green', COLOURS.green)
  await acceptOnNotice(anchor.page, await guest.nickname)
  const ms = await picture
  await leaveStage(guest.page)
  return ms
}
