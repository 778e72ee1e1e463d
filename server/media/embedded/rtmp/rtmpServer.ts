import type { Socket } from 'node:net'
import type { StreamHub } from '../streamHub'
import net from 'node:net'
import { PerClient } from '../perClient'
import { RtmpSession } from './rtmpSession'

export interface RtmpServer {
  /** Resolves with the port; rejects when it cannot be bound. Port 0 takes a free one. */
  listen: (port: number, host?: string) => Promise<number>
  close: () => Promise<void>
}

export function createRtmpServer(hub: StreamHub): RtmpServer {
  const sockets = new Set<Socket>()
  const perClient = new PerClient()
  const server = net.createServer((socket) => {
    const address = socket.remoteAddress
    if (sockets.size >= hub.limits.connections || perClient.countOf(address) >= hub.limits.connectionsPerAddress) {
      socket.on('error', () => {})
      socket.destroy()
      return
    }
    sockets.add(socket)
    perClient.add(address)
    socket.on('close', () => {
      sockets.delete(socket)
      perClient.remove(address)
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
