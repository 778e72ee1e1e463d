import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** A real Chromium, by default with a fake camera and microphone that nobody has to allow, and sound without a tap. */
export function launchChromium(flags: string[] = FLAGS): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: flags })
}

/** What `page.look()` of page.html answers. */
export interface Look {
  readonly frames: number
  readonly differentPictures: number
  readonly latencies: number[]
  readonly longestGapMs: number
  readonly firstFrameMs?: number
  readonly toneHz?: number
  readonly width: number
  /** Of each picture, from 0, black, to 255. */
  readonly brightness: number[]
  /** By DTLS: the end of the other side is known at once, while `connectionState` notices after five seconds. */
  readonly isConnected: boolean
}

export interface Answered {
  readonly status: number
  readonly location?: string
  readonly code?: string
}

export interface Tab {
  readonly page: Page
  /** Runs one of the functions of page.html. */
  readonly call: <Result>(name: string, ...args: unknown[]) => Promise<Result>
}

/** A tab with page.html. */
export async function openTab(browser: Browser, url: string): Promise<Tab> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.waitForFunction('window.page')
  return {
    page,
    call: <Result>(name: string, ...args: unknown[]) => page.evaluate(`window.page.${name}(...${JSON.stringify(args)})`) as Promise<Result>,
  }
}
