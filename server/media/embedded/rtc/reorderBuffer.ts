import type { RtpPacket } from './rtpPacket'
import { sequenceDistance } from './rtpPacket'

export interface ReorderOptions<Packet extends RtpPacket> {
  /** How long a missing packet is waited for: a retransmission needs a round trip. */
  readonly maxWaitMs: number
  readonly maxPackets: number
  readonly onPacket: (packet: Packet) => void
  /** Packets are gone for good; what comes next does not continue what came before. */
  readonly onGap: () => void
  readonly now: () => number
}

/** A jump further than this is a sender that began anew, not loss. */
const RESTART_DISTANCE = 3000

/** RTP packets in any order → in order, each once. */
export class ReorderBuffer<Packet extends RtpPacket> {
  private expected?: number
  private readonly waiting = new Map<number, Packet>()
  private waitingSince = 0

  constructor(private readonly options: ReorderOptions<Packet>) {}

  push(packet: Packet): void {
    this.expected ??= packet.sequenceNumber
    const ahead = sequenceDistance(this.expected, packet.sequenceNumber)
    if (Math.abs(ahead) > RESTART_DISTANCE)
      this.restart(packet.sequenceNumber)
    else if (ahead < 0)
      return // a duplicate, or a retransmission that came too late
    if (this.waiting.size === 0)
      this.waitingSince = this.options.now()
    this.waiting.set(packet.sequenceNumber, packet)
    this.release()
    if (this.waiting.size > 0 && (this.waiting.size > this.options.maxPackets || this.options.now() - this.waitingSince > this.options.maxWaitMs))
      this.skipGap()
  }

  private release() {
    for (let packet = this.take(); packet; packet = this.take())
      this.options.onPacket(packet)
  }

  private take(): Packet | undefined {
    const packet = this.waiting.get(this.expected!)
    if (packet) {
      this.waiting.delete(packet.sequenceNumber)
      this.expected = (packet.sequenceNumber + 1) & 0xFFFF
      this.waitingSince = this.options.now()
    }
    return packet
  }

  private skipGap() {
    const nearest = Math.min(...[...this.waiting.keys()].map(number => sequenceDistance(this.expected!, number)))
    this.expected = (this.expected! + nearest) & 0xFFFF
    this.options.onGap()
    this.release()
  }

  private restart(sequenceNumber: number) {
    this.waiting.clear()
    this.expected = sequenceNumber
    this.options.onGap()
  }
}
