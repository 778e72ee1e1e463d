import { parseMessage } from 'werift'

type Address = readonly [host: string, port: number]
export type DatagramHandler = (data: Buffer, address: Address) => void

export interface DatagramGuardOptions {
  /** Our ICE password, which the other side learnt from the answer. */
  readonly password: string
  readonly deliver: DatagramHandler
  /** The other side sends its media from another address than before, and expects ours there. */
  readonly onMoved: (address: Address) => void
}

/** A peer changes its address when its network changes, not from packet to packet. */
const MAX_ADDRESSES = 16
const STUN_CLASS_MASK = 0x0110

/**
 * Lets through the STUN requests that are signed with our ICE password (RFC 8489, 14.5), and everything else only from
 * addresses such requests came from. The library itself looks at neither, so anybody who guesses a port could end or
 * take over a connection.
 */
export function guardDatagrams({ password, deliver, onMoved }: DatagramGuardOptions): DatagramHandler {
  const key = Buffer.from(password)
  const known = new Set<string>()
  let current: string | undefined
  return (data, address) => {
    const source = address.join(' ')
    const isKnown = known.has(source)
    if (isStun(data)) {
      if ((!isKnown && known.size >= MAX_ADDRESSES) || !isSignedRequest(data, key))
        return
      known.add(source)
    }
    else {
      if (!isKnown)
        return
      if (source !== current)
        onMoved(address)
      current = source
    }
    deliver(data, address)
  }
}

/** RFC 7983: the first byte tells STUN from DTLS and SRTP. */
const isStun = (data: Buffer): boolean => data.length >= 20 && data[0] < 4

/** We are an ICE-lite agent: we ask nothing, so there are no answers to let through. */
function isSignedRequest(data: Buffer, key: Buffer): boolean {
  try {
    return (data.readUInt16BE(0) & STUN_CLASS_MASK) === 0 && parseMessage(data, key) !== undefined
  }
  catch {
    return false
  }
}
