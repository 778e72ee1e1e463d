import type { Duplex } from 'node:stream'
import type { AppError } from '../errors'
import { STATUS_CODES } from 'node:http'

/**
 * Answers an upgrade that is refused. HTTP has let go of the socket by then: nobody else hears its errors, and unless it
 * is destroyed it stays open for as long as the other side likes.
 */
export function refuseUpgrade(socket: Duplex, { status, code, message, retryAfterMs }: AppError): void {
  const body = JSON.stringify({ code, message })
  const retryAfter = retryAfterMs === undefined ? '' : `Retry-After: ${Math.ceil(retryAfterMs / 1000)}\r\n`
  socket.on('error', () => socket.destroy())
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${retryAfter}\r\n${body}`)
}
