/** What a person downloads before a room is opened. */
import type { BenchRow } from './bench'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startServer } from '../server/app'
import { readConfig } from '../server/config'
import { launchChromium } from '../server/media/embedded/rtc/testing/chromium'
import { sizeByPackage } from '../tests/mp/support/bundle'

export const name = 'Size'

const KB = 1024

export async function run(): Promise<BenchRow[]> {
  const { '': main, ...subPackages } = sizeByPackage()
  return [
    { measure: 'Web app: all that the home page downloads but covers and answers of the API, compressed', value: await homeDownload() / KB, unit: 'KB', target: { atMost: 150 } },
    { measure: 'Mini-program: main package', value: main / KB, unit: 'KB', target: { atMost: 150 } },
    ...Object.entries(subPackages).map(([root, bytes]) => ({ measure: `Mini-program: subpackage ${root}`, value: bytes / KB, unit: 'KB', target: { atMost: 2 * KB } })),
  ]
}

/** Bytes over the wire, headers included, until the list of rooms stands and the network is quiet. */
async function homeDownload(): Promise<number> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'size-'))
  const server = await startServer(readConfig({ HOST: '127.0.0.1', PORT: '0', RTMP_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }))
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    const network = await page.context().newCDPSession(page)
    const sizes = new Map<string, { path: string, bytes: number }>()
    network.on('Network.responseReceived', ({ requestId, response }) => sizes.set(requestId, { path: new URL(response.url).pathname, bytes: 0 }))
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const known = sizes.get(requestId)
      if (known)
        known.bytes = encodedDataLength
    })
    await network.send('Network.enable')
    await page.goto(server.url, { waitUntil: 'networkidle' })
    const counted = [...sizes.values()].filter(({ path }) => !/^\/(?:api|covers)\//.test(path))
    if (!counted.some(({ path }) => path.endsWith('.js')))
      throw new Error('the home page loaded no script: is the web app built?')
    return counted.reduce((total, { bytes }) => total + bytes, 0)
  }
  finally {
    await browser.close()
    await server.close()
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}
