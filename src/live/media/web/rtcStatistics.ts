/** RTCStatsReport → MediaStatistics. Counters are totals, so a look needs the one before. Pure. */
import type { MediaStatistics } from '@/src/live/components/media'

/** What one report says, in totals since the start. */
export interface RtcLook {
  readonly at: number
  readonly bytes: number
  readonly frames: number
  readonly width: number
  readonly height: number
  readonly packets: number
  readonly lost: number
  readonly rttMs?: number
  /** What the sender believes the network carries, bit/s. */
  readonly outgoingBitrate?: number
  /** Seconds that everything emitted so far has waited, and how much that was. */
  readonly jitterBufferDelay: number
  readonly jitterBufferCount: number
}

/** The members of https://www.w3.org/TR/webrtc-stats/ that we read. */
interface Entry {
  readonly type: string
  readonly kind?: string
  readonly bytesSent?: number
  readonly bytesReceived?: number
  readonly framesEncoded?: number
  readonly framesDecoded?: number
  readonly frameWidth?: number
  readonly frameHeight?: number
  readonly packetsSent?: number
  readonly packetsReceived?: number
  readonly packetsLost?: number
  readonly roundTripTime?: number
  readonly nominated?: boolean
  readonly state?: string
  readonly currentRoundTripTime?: number
  readonly availableOutgoingBitrate?: number
  readonly jitterBufferDelay?: number
  readonly jitterBufferEmittedCount?: number
  /** 0 to 1 */
  readonly audioLevel?: number
}

interface Report { readonly forEach: (each: (entry: Entry) => void) => void }

export function readRtcReport(report: Report, at: number): RtcLook {
  const look = { at, bytes: 0, frames: 0, width: 0, height: 0, packets: 0, lost: 0, rttMs: undefined as number | undefined, outgoingBitrate: undefined as number | undefined, jitterBufferDelay: 0, jitterBufferCount: 0 }
  report.forEach((entry) => {
    switch (entry.type) {
      case 'outbound-rtp':
      case 'inbound-rtp':
        look.bytes += entry.bytesSent ?? entry.bytesReceived ?? 0
        look.packets += entry.packetsSent ?? entry.packetsReceived ?? 0
        if (entry.type === 'inbound-rtp')
          look.lost += entry.packetsLost ?? 0
        if (entry.kind === 'video') {
          look.frames = entry.framesEncoded ?? entry.framesDecoded ?? 0
          look.width = entry.frameWidth ?? 0
          look.height = entry.frameHeight ?? 0
          look.jitterBufferDelay = entry.jitterBufferDelay ?? 0
          look.jitterBufferCount = entry.jitterBufferEmittedCount ?? 0
        }
        break
      case 'remote-inbound-rtp':
        look.lost += entry.packetsLost ?? 0
        break
      case 'candidate-pair':
        if (entry.nominated && entry.state === 'succeeded') {
          look.rttMs = entry.currentRoundTripTime === undefined ? undefined : Math.round(entry.currentRoundTripTime * 1000)
          look.outgoingBitrate = entry.availableOutgoingBitrate
        }
    }
  })
  return look
}

/** `maxKbps` is what the quality asks for; publishers only. */
export function rtcStatistics(before: RtcLook, now: RtcLook, transport: 'whip' | 'whep' | 'leb', maxKbps?: number): MediaStatistics {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000)
  const packets = now.packets - before.packets
  const lost = Math.max(0, now.lost - before.lost)
  const emitted = now.jitterBufferCount - before.jitterBufferCount
  return {
    at: now.at,
    transport,
    bitrateKbps: Math.max(0, Math.round((now.bytes - before.bytes) * 8 / 1000 / seconds)),
    fps: Math.max(0, Math.round((now.frames - before.frames) / seconds)),
    width: now.width,
    height: now.height,
    rttMs: now.rttMs,
    lossPercent: packets + lost > 0 ? Math.round(lost / (packets + lost) * 1000) / 10 : 0,
    ...(transport !== 'whip' && emitted > 0 && { bufferMs: Math.round((now.jitterBufferDelay - before.jitterBufferDelay) / emitted * 1000) }),
    ...(maxKbps && now.outgoingBitrate && { capacityPercent: Math.min(100, Math.round(now.outgoingBitrate / 10 / maxKbps)) }),
  }
}

/** Of `media-source` or `inbound-rtp`, whichever the report has, from 0 to 100. */
export function audioLevel(report: Report): number {
  let level = 0
  report.forEach((entry) => {
    if (entry.audioLevel !== undefined)
      level = entry.audioLevel
  })
  return Math.round(level * 100)
}
