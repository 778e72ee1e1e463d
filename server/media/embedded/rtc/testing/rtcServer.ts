import type { AddressInfo } from 'node:net'
import type { Authorize } from '../../streamHub'
import type { RtcOptions } from '../createRtc'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import express from 'express'
import pino from 'pino'
import { errorHandler } from '../../../../http/errorHandler'
import { httpFlv } from '../../httpFlv'
import { readMediaLimits } from '../../limits'
import { createRtmpServer } from '../../rtmp/rtmpServer'
import { StreamHub } from '../../streamHub'
import { createRtc } from '../createRtc'

export interface RtcTestServer {
  readonly url: string
  readonly rtmpUrl: string
  readonly hub: StreamHub
  readonly events: string[]
  /** What the engine told the operator, and unexpected errors as JSON. */
  readonly log: string[]
  readonly close: () => Promise<void>
}

export const STREAM = 'rtest00-utest00'

/** The engine's WebRTC, FLV and RTMP doors on 127.0.0.1, and the test page at `/`. */
export async function startRtcServer({ authorize, limits, ...rtcOptions }: Partial<RtcOptions> & { authorize?: Authorize, limits?: Record<string, string> } = {}): Promise<RtcTestServer> {
  const hub = new StreamHub({ authorize, limits: readMediaLimits(limits) })
  const events: string[] = []
  const log: string[] = []
  hub.onEvent(({ type }) => void events.push(type))
  const rtc = createRtc({ hub, udpPorts: [41_000, 41_999], hosts: () => [], log: line => void log.push(line), ...rtcOptions })
  const app = express()
  app.use(httpFlv(hub))
  app.use(rtc.router)
  app.use(errorHandler(pino({ base: null }, { write: line => void log.push(line) })))
  app.get('/', (_, response) => response.sendFile(path.join(import.meta.dirname, 'page.html')))
  app.get('/mpegts.js', (_, response) => response.sendFile(createRequire(import.meta.url).resolve('mpegts.js/dist/mpegts.js')))
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const rtmp = createRtmpServer(hub)
  const rtmpPort = await rtmp.listen(0, '127.0.0.1')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rtmpUrl: `rtmp://127.0.0.1:${rtmpPort}/live`,
    hub,
    events,
    log,
    async close() {
      rtc.close()
      hub.close()
      await rtmp.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
