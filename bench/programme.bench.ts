import type { BenchRow } from './bench'
import type { Usage } from './fanout/usage'
import type { Question, Way } from './programme/engine'
import { setTimeout as sleep } from 'node:timers/promises'
import { publishRtmp } from '../server/media/embedded/testing/rtmpPublisher'
import { startChild } from './fanout/child'
import { startEncoder } from './fanout/encoder'
import { percentOfCore } from './fanout/usage'

export const name = 'Programmes'

/** Each with an anchor at 1 Mbps and one player: a single one is lost in what a process costs by itself. */
const ROOMS = 40
const SETTLE_MS = 4000
const MEASURE_MS = 10_000
const ROUNDS = 2
const MIN_RECEIVED = 0.95
/** Of what the same rooms cost when their players read the anchors' streams. */
const MAX_RATIO = 1.5

interface Load {
  readonly percent: number
  /** What a player received. */
  readonly kbps: number
}

export async function run(): Promise<BenchRow[]> {
  const direct = await leastOf(() => measure('direct'))
  const shared = await leastOf(() => measure('shared'))
  const moved = await leastOf(() => measure('moved'))
  for (const { kbps } of [shared, moved]) {
    if (kbps < direct.kbps * MIN_RECEIVED)
      throw new Error(`players of programmes received ${Math.round(kbps)} kbps of ${Math.round(direct.kbps)}`)
  }
  const load = `${ROOMS} rooms at ${(direct.kbps / 1000).toFixed(2)} Mbps, one player each`
  const floor = { what: 'players of the anchors\' streams', value: direct.percent }
  return [
    { measure: `${load}: CPU of the server, programmes that share packets`, value: shared.percent, unit: '% of a core', floor },
    { measure: `${load}: CPU of the server, programmes after a change`, value: moved.percent, unit: '% of a core', floor },
    { measure: 'a programme that shares packets, to the anchor\'s stream played directly', value: shared.percent / direct.percent, unit: '×', target: { atMost: MAX_RATIO } },
    { measure: 'a programme after a change, to the anchor\'s stream played directly', value: moved.percent / direct.percent, unit: '×', target: { atMost: MAX_RATIO } },
  ]
}

/** What else goes on in the machine only adds. */
async function leastOf(measured: () => Promise<Load>): Promise<Load> {
  const loads: Load[] = []
  for (let round = 0; round < ROUNDS; round++)
    loads.push(await measured())
  return loads.sort((a, b) => a.percent - b.percent)[0]
}

async function measure(way: Way): Promise<Load> {
  const engine = startChild('../programme/engine')
  const ask = <Answer>(question: Question) => engine.ask<Answer>(question)
  const readers = startChild('readers')
  const { port, rooms } = await ask<{ port: number, rooms: { push: string, path: string }[] }>({ what: 'open', rooms: ROOMS, way })
  const publishers = await Promise.all(rooms.map(({ push }) => publishRtmp(push)))
  const stopEncoder = startEncoder(...publishers.map(({ send }) => send))
  const receivedBytes = async () => (await readers.ask<{ received: number[] }>({ what: 'counts' })).received.reduce((sum, bytes) => sum + bytes, 0)
  try {
    await sleep(SETTLE_MS)
    for (const { path } of rooms)
      await readers.ask({ what: 'open', port, path, count: 1 })
    await sleep(SETTLE_MS)
    await ask({ what: 'goOver' })
    await sleep(SETTLE_MS)
    const from = await ask<Usage>({ what: 'usage' })
    const before = await receivedBytes()
    await sleep(MEASURE_MS)
    const to = await ask<Usage>({ what: 'usage' })
    return { percent: percentOfCore(from, to), kbps: (await receivedBytes() - before) * 8 / MEASURE_MS / ROOMS }
  }
  finally {
    stopEncoder()
    publishers.forEach(({ socket }) => socket.destroy())
    await readers.stop()
    await engine.stop()
  }
}
