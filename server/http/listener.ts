import type { IncomingMessage, RequestListener, ServerOptions } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Certificate } from './certificate'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'

export interface ListenerOptions {
  /** Speak https; who comes with plain http is sent there, on the same port. */
  readonly certificate?: Certificate
  readonly onRequest: RequestListener
  /** A test shortens them. */
  readonly timeouts?: ServerOptions
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** A connection could not be taken (no file descriptors left, say); the listener goes on. */
  readonly onError: (error: Error) => void
}

export interface Listener {
  /** Resolves with the port. Rejects when it is taken. */
  listen: (port: number, host: string) => Promise<number>
  /** Takes no new connection; resolves when the last request is answered, or when the grace is over and the rest was cut. */
  close: (graceMs: number) => Promise<void>
}

/** A TLS record of type handshake (RFC 8446 §5.1); no HTTP method begins with it. */
const TLS_HANDSHAKE = 0x16
/** Proxies keep idle connections for a minute; we must not be the first to hang up. */
const TIMEOUTS: ServerOptions = { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 }

export function createListener({ certificate, timeouts = TIMEOUTS, onRequest, onUpgrade, onError }: ListenerOptions): Listener {
  const speaking = certificate ? https.createServer({ ...certificate, ...timeouts }, onRequest) : http.createServer(timeouts, onRequest)
  speaking.on('upgrade', onUpgrade)
  const listening = certificate ? createFront(speaking, timeouts) : speaking

  const sockets = new Set<Socket>()
  listening.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })

  return {
    listen: (port, host) => new Promise((resolve, reject) => {
      listening.once('error', reject)
      listening.listen(port, host, () => {
        listening.off('error', reject).on('error', onError)
        resolve((listening.address() as AddressInfo).port)
      })
    }),
    close: graceMs => new Promise((resolve) => {
      const cut = setTimeout(() => sockets.forEach(socket => socket.destroy()), graceMs)
      listening.close(() => {
        clearTimeout(cut)
        resolve()
      })
      speaking.closeIdleConnections()
    }),
  }
}

/** Looks at the first byte of each connection: TLS goes on, plain http is answered with the https address. */
function createFront(secure: http.Server | https.Server, timeouts: ServerOptions): net.Server {
  const redirecting = http.createServer(timeouts, (request, response) => {
    response.writeHead(308, { 'Location': `https://${request.headers.host ?? 'localhost'}${request.url}`, 'Connection': 'close', 'Content-Length': 0 }).end()
  })
  // Node begins to look at how long requests take when a server listens, which these two never do.
  for (const server of [secure, redirecting])
    server.emit('listening')
  return net.createServer((socket) => {
    socket.setTimeout(timeouts.headersTimeout!, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.once('readable', () => {
      const first = socket.read(1) as Buffer | null
      if (!first)
        return socket.destroy() // closed without a word
      socket.setTimeout(0)
      socket.unshift(first)
      const server = first[0] === TLS_HANDSHAKE ? secure : redirecting
      server.emit('connection', socket)
    })
  })
}
