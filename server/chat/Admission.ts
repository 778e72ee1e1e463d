/** Who may open a socket: so many in all, from one address, and per second from one address. */
import type { AppError } from '../errors'
import type { ChatLimits } from './limits'
import { TooManyRequests, Unavailable } from '../errors'
import { TokenBucket } from './TokenBucket'

interface Address {
  sockets: number
  readonly connects: TokenBucket
}

/** How long a client that met a full house should stay away. */
const FULL_RETRY_MS = 5000

export class Admission {
  private readonly addresses = new Map<string, Address>()
  private sockets = 0

  constructor(private readonly limits: ChatLimits) {}

  /** Takes a place for a socket, to be given back with `release`. Answers why not, if not. */
  take(address: string, now: number): AppError | undefined {
    if (this.sockets >= this.limits.sockets)
      return Unavailable('The chat is full.')
    const from = this.addresses.get(address) ?? { sockets: 0, connects: new TokenBucket(this.limits.connectsPerAddress, now) }
    this.addresses.set(address, from)
    const waitMs = from.connects.take(now)
    if (waitMs > 0)
      return TooManyRequests(waitMs)
    if (from.sockets >= this.limits.socketsPerAddress)
      return TooManyRequests(FULL_RETRY_MS)
    from.sockets++
    this.sockets++
    return undefined
  }

  release(address: string): void {
    const from = this.addresses.get(address)
    if (!from)
      return
    from.sockets--
    this.sockets--
  }

  /** Forgets addresses that have no socket and no debt. */
  sweep(now: number): void {
    for (const [address, { sockets, connects }] of this.addresses) {
      if (sockets === 0 && connects.isFull(now))
        this.addresses.delete(address)
    }
  }
}
