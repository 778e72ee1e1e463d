/** A whole media engine on free loopback ports, with what tests need around it. */
import type { AddressInfo, Socket } from 'node:net'
import type { Origin } from '../../MediaProvider'
import type { EmbeddedMedia, EmbeddedMediaOptions } from '../embeddedMedia'
import http from 'node:http'
import express from 'express'
import { plainKey } from '../../urlAuth'
import { createEmbeddedMedia } from '../embeddedMedia'

export const TTL_MS = 60_000
export const STREAM = 'r23456-u23456'

export interface TestMedia extends EmbeddedMedia {
  readonly origin: Origin
  readonly httpPort: number
  readonly rtmpPort: number
  pushUrl: (streamId?: string, ttlMs?: number) => string
  play: (streamId?: string, ttlMs?: number) => { flv: string, wsFlv: string, rtmp: string }
  /** The server's ends of all HTTP and WebSocket connections that are open. */
  readonly connections: ReadonlySet<Socket>
  stop: () => Promise<void>
}

export async function startTestMedia(options: Partial<EmbeddedMediaOptions> = {}): Promise<TestMedia> {
  const media = createEmbeddedMedia({ pushKey: plainKey('push key'), playKey: plainKey('play key'), rtmpPort: 0, host: '127.0.0.1', ...options })
  const server = http.createServer(express().use(media.router))
  server.on('upgrade', (request, socket, head) => {
    if (!media.handleUpgrade(request, socket, head))
      socket.destroy()
  })
  const connections = new Set<Socket>()
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const rtmpPort = await media.listen()
  const httpPort = (server.address() as AddressInfo).port
  const origin = { http: `http://127.0.0.1:${httpPort}`, rtmp: `rtmp://127.0.0.1:${rtmpPort}` }
  return {
    ...media,
    origin,
    httpPort,
    rtmpPort,
    connections,
    pushUrl: (streamId = STREAM, ttlMs = TTL_MS) => media.provider.issuePushUrls(streamId, ttlMs, origin).rtmp,
    play: (streamId = STREAM, ttlMs = TTL_MS) => media.provider.playUrls(streamId, ttlMs, origin) as ReturnType<TestMedia['play']>,
    async stop() {
      await media.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
