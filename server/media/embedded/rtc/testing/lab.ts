import type { Browser } from 'playwright-core'
import type { Tab } from './chromium'
import type { RtcTestServer } from './rtcServer'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { stopAll } from '../../testing/ffmpeg'
import { launchChromium, openTab } from './chromium'
import { startRtcServer } from './rtcServer'

export interface Lab {
  /** For recordings. */
  readonly folder: string
  readonly startServer: (...options: Parameters<typeof startRtcServer>) => Promise<RtcTestServer>
  /** A tab with the test page of the server. */
  readonly openTab: () => Promise<Tab>
}

/** A real Chromium and a folder for all tests of a file; each test's server, tabs and encoders end with it. */
export function useLab(): Lab {
  let browser: Browser
  let folder: string
  let server: RtcTestServer
  beforeAll(async () => {
    browser = await launchChromium()
    folder = await mkdtemp(path.join(tmpdir(), 'rtc-'))
  })
  afterEach(async () => {
    stopAll()
    await Promise.all(browser.contexts().map(context => context.close()))
    await server.close()
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })
  return {
    get folder() {
      return folder
    },
    async startServer(...options) {
      server = await startRtcServer(...options)
      return server
    },
    openTab: () => openTab(browser, server.url),
  }
}
