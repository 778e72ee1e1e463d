import type { TimedRtpPacket } from './rtpPacket'
import { NalType, nalType } from './nalUnit'

/** One picture: all NAL units of one RTP timestamp. */
export interface AccessUnit {
  readonly mediaMs: number
  readonly nalUnits: readonly Buffer[]
}

/** No picture of a live stream is larger; a sender that never sets the marker must not fill the memory. */
const MAX_ACCESS_UNIT_BYTES = 4 << 20

/** RTP packets in order → pictures. RFC 6184, packetization modes 0 and 1: single NAL units, STAP-A, FU-A. */
export class H264Depacketizer {
  private timestamp?: number
  private mediaMs = 0
  private nalUnits: Buffer[] = []
  private fragments: Buffer[] = []
  private bytes = 0

  constructor(private readonly onAccessUnit: (unit: AccessUnit) => void) {}

  push({ payload, timestamp, marker, mediaMs }: TimedRtpPacket): void {
    if (payload.length < 2)
      return // padding, with which bandwidth is probed
    if (timestamp !== this.timestamp)
      this.flush() // the packet with the marker was lost
    this.timestamp = timestamp
    this.mediaMs = mediaMs
    this.bytes += payload.length
    if (this.bytes <= MAX_ACCESS_UNIT_BYTES)
      this.take(payload)
    if (marker)
      this.flush()
  }

  /** Forgets the picture begun: after a loss half of it is missing. */
  reset(): void {
    this.nalUnits = []
    this.fragments = []
    this.bytes = 0
  }

  private take(payload: Buffer) {
    const type = nalType(payload)
    if (type === NalType.StapA)
      this.takeAggregate(payload)
    else if (type === NalType.FuA)
      this.takeFragment(payload)
    else if (type > 0 && type < NalType.StapA)
      this.nalUnits.push(payload)
  }

  private takeAggregate(payload: Buffer) {
    for (let offset = 1; offset + 2 < payload.length;) {
      const start = offset + 2
      offset = start + payload.readUInt16BE(offset)
      if (offset > payload.length)
        return
      if (offset > start)
        this.nalUnits.push(payload.subarray(start, offset))
    }
  }

  private takeFragment(payload: Buffer) {
    const [indicator, header] = payload
    const isStart = (header & 0x80) !== 0
    const isEnd = (header & 0x40) !== 0
    if (isStart)
      this.fragments = [Buffer.from([(indicator & 0xE0) | (header & 0x1F)])]
    if (this.fragments.length === 0)
      return // its start was lost
    this.fragments.push(payload.subarray(2))
    if (isEnd) {
      this.nalUnits.push(Buffer.concat(this.fragments))
      this.fragments = []
    }
  }

  private flush() {
    if (this.nalUnits.length > 0 && this.bytes <= MAX_ACCESS_UNIT_BYTES)
      this.onAccessUnit({ mediaMs: this.mediaMs, nalUnits: this.nalUnits })
    this.reset()
  }
}
