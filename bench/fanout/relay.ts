/** Child process: a bare relay. What arrives on one port is written at once to everybody on the other. */
import type { AddressInfo, Server, Socket } from 'node:net'
import { once } from 'node:events'
import net from 'node:net'
import { flvHeader } from '../../server/media/embedded/flv'
import { answer } from './child'

answer(async () => {
  const readers = new Set<Socket>()
  const port = await listen((socket) => {
    socket.write(flvHeader({ audio: true, video: true }))
    socket.on('data', () => {})
    socket.on('close', () => readers.delete(socket))
    readers.add(socket)
  })
  const inputPort = await listen(socket => socket.on('data', (bytes) => {
    for (const reader of readers)
      reader.write(bytes)
  }))
  return () => ({ port, inputPort, path: '/' })
})

async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const server: Server = net.createServer(socket => onSocket(socket.setNoDelay(true).on('error', () => {}))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
