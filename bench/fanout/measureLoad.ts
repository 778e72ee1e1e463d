import type { Child } from './child'
import type { Usage } from './usage'
import { setTimeout as sleep } from 'node:timers/promises'
import { publishRtmp } from '../../server/media/embedded/testing/rtmpPublisher'
import { startChild } from './child'
import { startEncoder } from './encoder'
import { percentOfCore } from './usage'

const MEASURE_MS = 10_000
const FIRST_GOP_MS = 2500
const SETTLE_MS = 3000
const WARM_UP_READERS = 100

export interface Load {
  /** CPU of the server process, % of one core. */
  readonly percent: number
  readonly kbPerReader: number
  /** What the reader in the middle received, and the slowest one. */
  readonly kbps: number
  readonly slowestKbps: number
}

/** The media engine with an RTMP publisher and `readers` HTTP-FLV players. */
export async function measureEngine(readers: number): Promise<Load> {
  const engine = startChild('engine')
  const { push, port, path } = await engine.ask<{ push: string, port: number, path: string }>({ what: 'address' })
  const publisher = await publishRtmp(push)
  const stopEncoder = startEncoder(publisher.send)
  try {
    await sleep(FIRST_GOP_MS)
    return await measure(engine, port, path, readers)
  }
  finally {
    stopEncoder()
    publisher.socket.destroy()
    await engine.stop()
  }
}

/** As many bytes to as many sockets, from ready buffers. */
export async function measureFloor(readers: number, everyMs: number, kbps: number): Promise<Load> {
  const floor = startChild('floor')
  const { port, path } = await floor.ask<{ port: number, path: string }>({ what: 'address' })
  await floor.ask({ what: 'write', everyMs, bytes: Math.round(kbps / 8 * everyMs) })
  try {
    return await measure(floor, port, path, readers)
  }
  finally {
    await floor.stop()
  }
}

async function measure(server: Child, port: number, path: string, count: number): Promise<Load> {
  await warmUp(port, path)
  const readers = startChild('readers')
  try {
    const before = await server.ask<Usage>({ what: 'usage' })
    await readers.ask({ what: 'open', port, path, count })
    await allServed(readers)
    await sleep(SETTLE_MS)
    const from = await server.ask<Usage>({ what: 'usage' })
    const start = await readers.ask<{ received: number[] }>({ what: 'counts' })
    await sleep(MEASURE_MS)
    const to = await server.ask<Usage>({ what: 'usage' })
    const end = await readers.ask<{ received: number[], closed: number }>({ what: 'counts' })
    if (end.closed > 0)
      throw new Error(`${end.closed} of ${count} readers were cut off`)
    const kbps = end.received.map((bytes, index) => (bytes - start.received[index]) * 8 / MEASURE_MS).sort((a, b) => a - b)
    return {
      percent: percentOfCore(from, to),
      kbPerReader: (to.rssBytes - before.rssBytes) / count / 1024,
      kbps: kbps[Math.floor(count / 2)],
      slowestKbps: kbps[0],
    }
  }
  finally {
    await readers.stop()
  }
}

/** A connection exists before the server has accepted it: on a busy machine a thousand of them take their time. */
async function allServed(readers: Child): Promise<void> {
  while ((await readers.ask<{ received: number[] }>({ what: 'counts' })).received.includes(0))
    await sleep(100)
}

/** Code gets compiled and the heap its size before anything is counted. */
async function warmUp(port: number, path: string): Promise<void> {
  const readers = startChild('readers')
  await readers.ask({ what: 'open', port, path, count: WARM_UP_READERS })
  await sleep(SETTLE_MS)
  await readers.stop()
  await sleep(SETTLE_MS / 3)
}
