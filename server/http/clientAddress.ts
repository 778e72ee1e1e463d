import type { Express } from 'express'
import type { IncomingMessage } from 'node:http'

/** Who is at the other end, for what Express never sees (WebSockets): judged by its `trust proxy`, as `request.ip` is. */
export function clientAddress(app: Express, request: IncomingMessage): string {
  const isTrusted = app.get('trust proxy fn') as (address: string, hop: number) => boolean
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',').map(address => address.trim()).filter(Boolean)
  const nearestFirst = [request.socket.remoteAddress ?? '', ...forwarded.toReversed()]
  return nearestFirst.find((address, hop) => !isTrusted(address, hop)) ?? nearestFirst.at(-1)!
}
