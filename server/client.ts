/** Who is at the other end. */
import type { Express } from 'express'
import type { IncomingMessage } from 'node:http'
import { ipKeyGenerator } from 'express-rate-limit'

/** Providers give one home this many bits of an IPv6 address or more; what follows is the home's own to choose. */
const IPV6_PREFIX = 56

/** Whom every limit per address counts: an IPv4 address, however it is written, or the network of an IPv6 one. */
export function clientOf(address: string | undefined): string {
  return ipKeyGenerator(address ?? '', IPV6_PREFIX)
}

/** The address of who asks, for what Express never sees (WebSockets): judged by its `trust proxy`, as `request.ip` is. */
export function clientAddress(app: Express, request: IncomingMessage): string {
  const isTrusted = app.get('trust proxy fn') as (address: string, hop: number) => boolean
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',').map(address => address.trim()).filter(Boolean)
  const nearestFirst = [request.socket.remoteAddress ?? '', ...forwarded.toReversed()]
  return nearestFirst.find((address, hop) => !isTrusted(address, hop)) ?? nearestFirst.at(-1)!
}
