import type { TimedRtpPacket } from './rtpPacket'
import { NalType, nalType } from './nalUnit'

/** As long as no other key frame may be asked for; see KeyFrameRequests. */
const FRESH_MS = 700
const MAX_PACKETS = 2000

/**
 * A WHIP publisher's packets since its last key frame, while that is fresh: who joins then is shown them at once,
 * who joins later is better served by a new key frame.
 */
export class FreshGop {
  private kept: TimedRtpPacket[] = []
  private beganAt = -Infinity

  constructor(private readonly now: () => number) {}

  get packets(): readonly TimedRtpPacket[] {
    return this.isFresh ? this.kept : []
  }

  add(packet: TimedRtpPacket): void {
    if (beginsKeyFrame(packet.payload) && this.kept[0]?.timestamp !== packet.timestamp) {
      this.kept = []
      this.beganAt = this.now()
    }
    if (this.isFresh && this.kept.length < MAX_PACKETS)
      this.kept.push(packet)
    else
      this.kept = []
  }

  private get isFresh() {
    return this.now() - this.beganAt <= FRESH_MS
  }
}

/** Encoders send the parameter sets first, alone or gathered in one STAP-A. */
export function beginsKeyFrame(payload: Buffer): boolean {
  if (payload.length < 4)
    return false
  const type = nalType(payload)
  return type === NalType.Sps || (type === NalType.StapA && nalType(payload.subarray(3)) === NalType.Sps)
}
