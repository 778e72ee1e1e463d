/** Child process: the least that any Node.js server must spend, one `socket.write` of a ready Buffer per reader and window. */
import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import net from 'node:net'
import { answer } from './child'
import { usage } from './usage'

answer(async () => {
  const sockets = new Set<Socket>()
  const server = net.createServer((socket) => {
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('data', () => {})
    socket.on('close', () => sockets.delete(socket))
    sockets.add(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return ({ what, everyMs, bytes }: { what: 'address' | 'usage' | 'write', everyMs: number, bytes: number }) => {
    if (what === 'write')
      writeEvery(sockets, everyMs, Buffer.alloc(bytes))
    return what === 'address' ? { port: (server.address() as AddressInfo).port, path: '/' } : usage()
  }
})

function writeEvery(sockets: Set<Socket>, everyMs: number, buffer: Buffer) {
  setInterval(() => {
    for (const socket of sockets)
      socket.write(buffer)
  }, everyMs)
}
