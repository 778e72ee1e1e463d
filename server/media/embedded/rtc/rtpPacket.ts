export type MediaKind = 'audio' | 'video'

/** What of an RTP packet (RFC 3550, 5.1) a relay reads. Payload type and SSRC belong to each peer connection. */
export interface RtpPacket {
  readonly sequenceNumber: number
  readonly timestamp: number
  readonly marker: boolean
  readonly payload: Buffer
}

/** A packet with its place on the publication's time (see MediaTimeline), in ms. */
export interface TimedRtpPacket extends RtpPacket {
  readonly mediaMs: number
}

/** Ticks of the RTP timestamp a second: RFC 6184 for H.264, RFC 7587 for Opus. */
export const CLOCK_RATE: Readonly<Record<MediaKind, number>> = { audio: 48_000, video: 90_000 }

/** Signed way from one sequence number to another on their circle of 65,536. */
export const sequenceDistance = (from: number, to: number): number => ((to - from) << 16) >> 16

/** Signed way from one RTP timestamp to another; they wrap too (video after 13 hours). */
export const timestampDistance = (from: number, to: number): number => (to - from) | 0
