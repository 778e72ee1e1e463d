/** The play domain: HTTP-FLV and RTMP on one port, told apart by their first byte. */
import type { AddressInfo, Socket } from 'node:net'
import http from 'node:http'
import net from 'node:net'

/** The version in front of an RTMP handshake. */
const RTMP = 3

export interface PlayDoor {
  readonly port: number
  close: () => Promise<void>
}

export async function openPlayDoor(onRequest: http.RequestListener, rtmpPort: number): Promise<PlayDoor> {
  const web = http.createServer(onRequest)
  const sockets = new Set<Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    socket.once('data', (first) => {
      socket.pause()
      socket.unshift(first)
      if (first[0] !== RTMP) {
        web.emit('connection', socket)
        return socket.resume()
      }
      const engine = net.connect(rtmpPort, '127.0.0.1')
      engine.on('error', () => {})
      engine.on('close', () => socket.destroy())
      socket.on('close', () => engine.destroy())
      socket.pipe(engine).pipe(socket)
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      for (const socket of sockets)
        socket.destroy()
      web.close()
      server.close(() => resolve())
    }),
  }
}
