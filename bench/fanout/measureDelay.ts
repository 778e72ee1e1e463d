import type { Child } from './child'
import type { Send } from './encoder'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createPacket } from '../../server/media/embedded/flv'
import { publishRtmp } from '../../server/media/embedded/testing/rtmpPublisher'
import { startChild } from './child'
import { startEncoder } from './encoder'

const MEASURE_MS = 8000

export interface Delays {
  readonly p50: number
  readonly p95: number
}

/** Encoder to player in ms, through the engine and through a bare relay, at the same time on the same machine. */
export async function measureDelay(readers: number): Promise<{ engine: Delays, relay: Delays }> {
  const children = ['engine', 'relay', 'delayReaders', 'delayReaders'].map(startChild)
  const [engine, relay, engineReaders, relayReaders] = children
  const address = await engine.ask<Address & { push: string }>({ what: 'address' })
  const relayAddress = await relay.ask<Address & { inputPort: number }>({})
  const publisher = await publishRtmp(address.push)
  const relayInput = net.connect(relayAddress.inputPort, '127.0.0.1').setNoDelay(true)
  const toRelay: Send = (...packet) => void relayInput.write(createPacket(...packet).flvTag)
  const stopEncoder = startEncoder(publisher.send, toRelay)
  try {
    await open(engineReaders, address, readers)
    await open(relayReaders, relayAddress, readers)
    await sleep(1000)
    await Promise.all([engineReaders, relayReaders].map(child => child.ask({ what: 'restart' })))
    await sleep(MEASURE_MS)
    const [ofEngine, ofRelay] = await Promise.all([engineReaders, relayReaders].map(delaysOf))
    return { engine: ofEngine, relay: ofRelay }
  }
  finally {
    stopEncoder()
    publisher.socket.destroy()
    relayInput.destroy()
    await Promise.all(children.map(child => child.stop()))
  }
}

interface Address {
  readonly port: number
  readonly path: string
}

const open = (child: Child, { port, path }: Address, count: number) => child.ask({ what: 'open', port, path, count })

async function delaysOf(child: Child): Promise<Delays> {
  const { delaysMs } = await child.ask<{ delaysMs: number[] }>({ what: 'delays' })
  delaysMs.sort((a, b) => a - b)
  const at = (share: number) => delaysMs[Math.floor(delaysMs.length * share)]
  return { p50: at(0.5), p95: at(0.95) }
}
