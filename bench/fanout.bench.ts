import type { BenchRow } from './bench'
import type { Load } from './fanout/measureLoad'
import { measureDelay } from './fanout/measureDelay'
import { measureEngine, measureFloor } from './fanout/measureLoad'

export const name = 'HTTP-FLV fan-out'

/** With how many readers, and how often the engine writes to each of them then. */
const LOADS = [{ readers: 10, everyMs: 40 }, { readers: 300, everyMs: 40 }, { readers: 1000, everyMs: 80 }]
const CROWD = 1000
const HANDFUL = 10
const MAX_CPU_OF_CROWD = 22
const MAX_KB_PER_READER = 50
/** A key frame more or less at the edges of the measurement is no loss. */
const MIN_RECEIVED_PERCENT = 95
/** Less than the shortest merge window and more than the scheduler's jitter. */
const MAX_ADDED_DELAY_MS = 1

export async function run(): Promise<BenchRow[]> {
  const rows = await delayRows()
  for (const { readers, everyMs } of LOADS)
    rows.push(...await loadRows(readers, everyMs))
  return rows
}

async function delayRows(): Promise<BenchRow[]> {
  const { engine, relay } = await measureDelay(HANDFUL)
  const floor = (value: number) => ({ what: 'bare relay', value })
  return [
    { measure: `${HANDFUL} readers: encoder to player, p50`, value: engine.p50, unit: 'ms', floor: floor(relay.p50) },
    { measure: `${HANDFUL} readers: encoder to player, p95`, value: engine.p95, unit: 'ms', floor: floor(relay.p95) },
    { measure: `${HANDFUL} readers: delay added to a bare relay, p50`, value: engine.p50 - relay.p50, unit: 'ms', target: { atMost: MAX_ADDED_DELAY_MS } },
  ]
}

async function loadRows(readers: number, everyMs: number): Promise<BenchRow[]> {
  const engine = await measureEngine(readers)
  const floor = await measureFloor(readers, everyMs, engine.kbps)
  const load = `${readers.toLocaleString('en')} readers at ${(engine.kbps / 1000).toFixed(2)} Mbps`
  const isCrowd = readers === CROWD
  return [
    {
      measure: `${load}: CPU of the server`,
      value: engine.percent,
      unit: '% of a core',
      floor: { what: `bare socket writes of ready buffers every ${everyMs} ms`, value: floor.percent },
      ...(isCrowd && { target: { atMost: MAX_CPU_OF_CROWD } }),
    },
    { measure: `${load}: the slowest reader received`, value: engine.slowestKbps / engine.kbps * 100, unit: '% of the stream', target: { atLeast: MIN_RECEIVED_PERCENT } },
    ...(isCrowd ? [memoryRow(load, engine, floor)] : []),
  ]
}

function memoryRow(load: string, engine: Load, floor: Load): BenchRow {
  return { measure: `${load}: memory growth per reader`, value: engine.kbPerReader, unit: 'KB', target: { atMost: MAX_KB_PER_READER }, floor: { what: 'bare sockets', value: floor.kbPerReader } }
}
