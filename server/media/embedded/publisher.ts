import type { Mutes } from '../MediaProvider'
import type { TimedRtpPacket } from './rtc/rtpPacket'

/** Why a publication is ended from our side. */
export type CloseReason = 'takenOver' | 'kicked' | 'shutdown' | 'tooFast'

/** RTP for WHEP viewers, in the order of its arrival. Listeners must not change the packet. */
export interface RtpTap {
  readonly video: Set<(packet: TimedRtpPacket) => void>
  readonly audio: Set<(packet: TimedRtpPacket) => void>
  /** The pictures since a key frame, for a newcomer; empty when the publisher is rather asked for a new one. */
  readonly backlog: () => readonly TimedRtpPacket[]
}

/** Who feeds a stream: an RTMP connection, a WHIP session, a file played in a loop, the mixer, or a programme. */
export interface Publisher {
  /** Unique for ever: it is the `sessionId` of the stream's events. */
  readonly id: string
  readonly kind: 'rtmp' | 'whip' | 'loop' | 'mix' | 'programme'
  /** Ends the session, which then calls `hub.unpublish`; harmless when the stream has already left the hub. May come at any moment. */
  close: (reason: CloseReason) => void
  /** A WHIP publisher can be asked for a key frame, an RTMP one cannot. */
  requestKeyFrame?: () => void
  /** For who has RTP of its own, to be muted as the stream is. */
  mute?: (mutes: Mutes) => void
  /** A WHIP publisher's packets as they came: its WHEP viewers need no re-packetizing. */
  readonly rtp?: RtpTap
}
