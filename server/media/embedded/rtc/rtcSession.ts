import type { Clock } from '../../../clock'
import type { StreamHub } from '../streamHub'
import type { AudioCodecs } from './audioCodecs'
import type { Offer } from './offer'
import type { CreatePeer } from './Peer'

/** One WHIP or WHEP session as its resource under /rtc sees it. */
export interface RtcSession {
  /** The answer, as SDP. Rejects with a PeerError. */
  answer: (offer: Offer) => Promise<string>
  /** May be called twice. */
  close: () => void
}

/** What every session needs; `addresses` are where this peer may find us. */
export interface RtcContext {
  /** Of the session's resource under /rtc. */
  readonly id: string
  readonly hub: StreamHub
  readonly clock: Clock
  readonly createPeer: CreatePeer
  readonly addresses: readonly string[]
  readonly codecs?: AudioCodecs
  readonly log: (message: string) => void
  readonly onClosed: () => void
}
