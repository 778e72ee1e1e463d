/**
 * Child process: the floor of a guest's cost. As many datagrams as a guest means to the server, from one bare socket to
 * another: what the guest sends comes in and goes out to the anchor, what the anchor sends goes out to the guest.
 */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { answer } from '../fanout/child'
import { usage } from '../fanout/usage'

const PACKET_BYTES = 1200
/** 900 kbit/s of picture in such packets, and sound every 20 ms. */
const PACKETS_PER_SECOND = 900_000 / 8 / PACKET_BYTES + 50
const OUT_FOR_EACH_IN = 2
const TICK_MS = 10

answer(async () => {
  const [socket, sink] = [createSocket('udp4'), createSocket('udp4')]
  for (const each of [socket, sink]) {
    each.bind(0, '127.0.0.1')
    await once(each, 'listening')
  }
  const packet = Buffer.alloc(PACKET_BYTES)
  const send = () => socket.send(packet, sink.address().port, '127.0.0.1')
  const startedAt = performance.now()
  let sent = 0
  setInterval(() => {
    for (; sent < (performance.now() - startedAt) / 1000 * PACKETS_PER_SECOND; sent++) {
      for (let copy = 0; copy < OUT_FOR_EACH_IN; copy++)
        send()
    }
  }, TICK_MS)
  return () => usage()
})
