/** What WHIP and WHEP need of a WebRTC library. A peer either sends or receives, one picture and one sound at most. */
import type { SenderReport } from './mediaTimeline'
import type { Offer } from './offer'
import type { MediaKind, RtpPacket, TimedRtpPacket } from './rtpPacket'

export interface PeerEvents {
  readonly onConnected?: () => void
  /** Exactly once, also after `close()`. */
  readonly onClosed: () => void
  /** Receiving peers: in the order of arrival, which is not the order of sequence numbers. */
  readonly onPacket?: (kind: MediaKind, packet: RtpPacket) => void
  readonly onSenderReport?: (kind: MediaKind, report: SenderReport) => void
  /** Sending peers: the viewer cannot show anything until the next key frame. */
  readonly onKeyFrameWanted?: () => void
}

export interface Peer {
  /** The answer (SDP), with all our candidates. Rejects with a PeerError. */
  answer: (offer: Offer) => Promise<string>
  /** Nothing happens before the peer is connected. Packets that the network refuses are lost, not kept. */
  send: (kind: MediaKind, packet: TimedRtpPacket) => void
  /** Asks the publisher for one, whatever was asked before. */
  requestKeyFrame: () => void
  /** May be called twice. */
  close: () => void
}

export interface PeerOptions {
  readonly direction: 'send' | 'receive'
  /** IPv4 addresses at which the other side may reach us. */
  readonly addresses: readonly string[]
  readonly events: PeerEvents
}

export type CreatePeer = (options: PeerOptions) => Peer

export class PeerError extends Error {
  constructor(readonly reason: 'badOffer' | 'noPort', options?: ErrorOptions) {
    super(reason, options)
  }
}
