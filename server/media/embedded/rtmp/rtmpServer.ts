import type { Socket } from 'node:net'
import type { StreamHub } from '../streamHub'
import net from 'node:net'
import { RtmpSession } from './rtmpSession'

export interface RtmpServer {
  /** Resolves with the port; rejects when it cannot be bound. Port 0 takes a free one. */
  listen: (port: number, host?: string) => Promise<number>
  close: () => Promise<void>
}

export function createRtmpServer(hub: StreamHub): RtmpServer {
  const sockets = new Set<Socket>()
  const perAddress = new Map<string, number>()
  const server = net.createServer((socket) => {
    const address = socket.remoteAddress ?? ''
    const count = perAddress.get(address) ?? 0
    if (sockets.size >= hub.limits.connections || count >= hub.limits.connectionsPerAddress) {
      socket.on('error', () => {})
      socket.destroy()
      return
    }
    sockets.add(socket)
    perAddress.set(address, count + 1)
    socket.on('close', () => {
      sockets.delete(socket)
      const rest = perAddress.get(address)! - 1
      if (rest > 0)
        perAddress.set(address, rest)
      else
        perAddress.delete(address)
    })
    void new RtmpSession(socket, hub)
  })

  return {
    listen: (port, host) => new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        server.on('error', () => {}) // a failed accept (no file descriptors left) concerns that connection only
        resolve((server.address() as net.AddressInfo).port)
      })
    }),
    close: () => new Promise((resolve) => {
      for (const socket of sockets)
        socket.destroy()
      server.close(() => resolve())
    }),
  }
}
