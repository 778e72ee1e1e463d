import type { Message } from 'werift'
import { parseMessage } from 'werift'

type Address = readonly [host: string, port: number]
export type DatagramHandler = (data: Buffer, address: Address) => void

export interface DatagramGuardOptions {
  /** Our ICE password, which the other side learnt from the answer. */
  readonly password: string
  readonly deliver: DatagramHandler
  /** The other side chose this address for its media; after a change of network it chooses anew. */
  readonly onNominated: (address: Address) => void
}

/** A peer changes its address when its network changes, not from packet to packet. */
const MAX_ADDRESSES = 16
const STUN_CLASS_MASK = 0x0110

/**
 * Lets through the STUN requests that are signed with our ICE password (RFC 8489, 14.5), and everything else only from
 * addresses such requests came from. The library itself looks at neither, so anybody who guesses a port could end or
 * take over a connection.
 */
export function guardDatagrams({ password, deliver, onNominated }: DatagramGuardOptions): DatagramHandler {
  const key = Buffer.from(password)
  const known = new Set<string>()
  return (data, address) => {
    const source = address.join(' ')
    if (!isStun(data)) {
      if (known.has(source))
        deliver(data, address)
      return
    }
    const request = readSignedRequest(data, key)
    if (!request || (!known.has(source) && known.size >= MAX_ADDRESSES))
      return
    known.add(source)
    deliver(data, address)
    if (request.attributesKeys.includes('USE-CANDIDATE'))
      onNominated(address)
  }
}

/** RFC 7983: the first byte tells STUN from DTLS and SRTP. */
const isStun = (data: Buffer): boolean => data.length >= 20 && data[0] < 4

/** We are an ICE-lite agent: we ask nothing, so there are no answers to let through. */
function readSignedRequest(data: Buffer, key: Buffer): Message | undefined {
  try {
    return (data.readUInt16BE(0) & STUN_CLASS_MASK) === 0 ? parseMessage(data, key) : undefined
  }
  catch {
    return undefined
  }
}
