import type { Clock } from '../../../clock'
import type { TimedRtpPacket } from './rtpPacket'

const BATCH_PACKETS = 25
const BATCH_INTERVAL_MS = 10
/** A GOP of 3 MB and what comes meanwhile. */
const MAX_QUEUE_PACKETS = 5000

/** Sends a backlog at about 24 Mbit/s, for a burst of a whole GOP would overflow the buffers on its way; then everything at once. */
export class PacedSender {
  private queue: TimedRtpPacket[] = []
  private stopDraining?: () => void

  constructor(private readonly emit: (packet: TimedRtpPacket) => void, private readonly clock: Clock) {}

  begin(backlog: readonly TimedRtpPacket[]): void {
    if (backlog.length === 0)
      return
    this.queue = [...backlog]
    this.stopDraining = this.clock.every(BATCH_INTERVAL_MS, () => this.drain())
    this.drain()
  }

  send(packet: TimedRtpPacket): void {
    if (!this.stopDraining)
      this.emit(packet)
    else if (this.queue.length < MAX_QUEUE_PACKETS)
      this.queue.push(packet)
  }

  stop(): void {
    this.stopDraining?.()
    this.stopDraining = undefined
    this.queue = []
  }

  private drain() {
    this.queue.splice(0, BATCH_PACKETS).forEach(this.emit)
    if (this.queue.length === 0)
      this.stop()
  }
}
