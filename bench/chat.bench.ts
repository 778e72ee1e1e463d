import type { BenchRow } from './bench'
import type { Usage } from './fanout/usage'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTalk } from './chat/talk'
import { startChild } from './fanout/child'
import { percentOfCore } from './fanout/usage'

export const name = 'Chat fan-out'

const PEOPLE = 1000
/** Come before memory is measured: the heap's first growth is not theirs. */
const EARLY = 300
const TEXTS_PER_SECOND = 40
const SETTLE_MS = 3000
const MEASURE_MS = 8000
/** What the socket library needs for an idle socket, and a little more for the person and the place in the room. */
const MAX_KB_PER_SOCKET = 10
/** A batch of 50 ms and the time to serve a thousand sockets. */
const MAX_DELAY_MS = 150

interface HubUsage extends Usage { readonly keptBytes: number }
interface Counts { readonly texts: number[], readonly bytes: number, readonly closed: number }

export async function run(): Promise<BenchRow[]> {
  const chat = await measureChat()
  const floor = await measureFloor(Math.round(chat.bytesPerText))
  const load = `${PEOPLE.toLocaleString('en')} people, ${TEXTS_PER_SECOND} texts/s`
  return [
    {
      measure: `${load}: CPU per delivery`,
      value: chat.usPerText,
      unit: 'µs',
      floor: { what: 'one bare socket write of the same bytes', value: floor.usPerWrite },
      target: { atMost: floor.usPerWrite }, // batching has to pay for everything that chat does beside writing
    },
    { measure: `${load}: CPU of the server`, value: chat.percent, unit: '% of a core', floor: { what: 'a bare socket write per text', value: floor.percent } },
    { measure: `${load}: from saying to hearing, p50`, value: quantile(chat.delays, 0.5), unit: 'ms' },
    { measure: `${load}: from saying to hearing, p95`, value: quantile(chat.delays, 0.95), unit: 'ms', target: { atMost: MAX_DELAY_MS } },
    { measure: `${load}: the person who heard least heard`, value: chat.leastHeard, unit: '% of the texts', target: { atLeast: 100 } },
    { measure: `${PEOPLE.toLocaleString('en')} people in a quiet room: objects per socket after collection`, value: chat.keptKbPerSocket, unit: 'KB', target: { atMost: MAX_KB_PER_SOCKET } },
    { measure: `${PEOPLE.toLocaleString('en')} people in a quiet room: growth of the process per socket`, value: chat.kbPerSocket, unit: 'KB', floor: { what: 'bare sockets', value: floor.kbPerSocket } },
  ]
}

async function measureChat() {
  const [hub, members] = [startChild('../chat/hub'), startChild('../chat/members')]
  const { url } = await hub.ask<{ url: string }>({ what: 'address' })
  const stops: (() => unknown)[] = [hub.stop, members.stop]
  try {
    await members.ask({ what: 'open', url, count: EARLY })
    await sleep(SETTLE_MS)
    const before = await hub.ask<HubUsage>({ what: 'usage' })
    await members.ask({ what: 'open', url, count: PEOPLE - EARLY })
    await sleep(SETTLE_MS)
    const quiet = await hub.ask<HubUsage>({ what: 'usage' })

    const talk = await startTalk(url, TEXTS_PER_SECOND)
    stops.unshift(talk.stop)
    await sleep(SETTLE_MS)
    talk.takeDelays()
    const start = await members.ask<Counts>({ what: 'counts' })
    const from = await hub.ask<Usage>({ what: 'usage' })
    await sleep(MEASURE_MS)
    const to = await hub.ask<Usage>({ what: 'usage' })
    const end = await members.ask<Counts>({ what: 'counts' })
    const delays = talk.takeDelays()
    const sent = talk.sent()
    talk.stop()
    await sleep(1000)
    const all = await members.ask<Counts>({ what: 'counts' })
    if (all.closed > 0)
      throw new Error(`${all.closed} of ${PEOPLE} were cut off`)
    const deliveries = total(end.texts) - total(start.texts)
    return {
      usPerText: (to.cpuMs - from.cpuMs) * 1000 / deliveries,
      bytesPerText: (end.bytes - start.bytes) / deliveries,
      percent: percentOfCore(from, to),
      delays,
      leastHeard: Math.min(...all.texts) / sent * 100,
      kbPerSocket: (quiet.rssBytes - before.rssBytes) / (PEOPLE - EARLY) / 1024,
      keptKbPerSocket: (quiet.keptBytes - before.keptBytes) / (PEOPLE - EARLY) / 1024,
    }
  }
  finally {
    for (const stop of stops)
      await stop()
  }
}

/** The same bytes, one write a text and socket, from ready buffers. */
async function measureFloor(bytes: number) {
  const [floor, readers] = [startChild('floor'), startChild('readers')]
  try {
    const { port, path } = await floor.ask<{ port: number, path: string }>({ what: 'address' })
    const before = await floor.ask<Usage>({ what: 'usage' })
    await readers.ask({ what: 'open', port, path, count: PEOPLE })
    const quiet = await floor.ask<Usage>({ what: 'usage' })
    await floor.ask({ what: 'write', everyMs: 1000 / TEXTS_PER_SECOND, bytes })
    await sleep(SETTLE_MS)
    const start = await readers.ask<{ received: number[] }>({ what: 'counts' })
    const from = await floor.ask<Usage>({ what: 'usage' })
    await sleep(MEASURE_MS)
    const to = await floor.ask<Usage>({ what: 'usage' })
    const end = await readers.ask<{ received: number[] }>({ what: 'counts' })
    return {
      usPerWrite: (to.cpuMs - from.cpuMs) * 1000 / ((total(end.received) - total(start.received)) / bytes),
      percent: percentOfCore(from, to),
      kbPerSocket: (quiet.rssBytes - before.rssBytes) / PEOPLE / 1024,
    }
  }
  finally {
    await readers.stop()
    await floor.stop()
  }
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)]
}
