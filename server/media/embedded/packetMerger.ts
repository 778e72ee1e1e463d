import type { Clock } from '../../clock'
import type { MediaPacket } from './flv'
import { FlvTagType } from './flv'

/** Readers from which packets wait for company, and how long: nobody pays latency that nobody needs. */
const WINDOWS: readonly [readers: number, ms: number][] = [[1000, 80], [300, 40], [50, 20]]
/** Up to this window a picture leaves at once, with the sound gathered so far; beyond it only a key frame does. */
const PICTURE_FLUSH_WINDOW_MS = 40

export function mergeWindowMs(readers: number): number {
  return WINDOWS.find(([from]) => readers >= from)?.[1] ?? 0
}

/**
 * Gathers packets so that many readers cost one write per window instead of one per packet: what a reader costs is
 * its `write` calls.
 */
export class PacketMerger {
  private pending: MediaPacket[] = []
  private cancelTimer?: () => void

  constructor(private readonly clock: Clock, private readonly deliver: (packets: readonly MediaPacket[]) => void) {}

  add(packet: MediaPacket, windowMs: number): void {
    this.pending.push(packet)
    const isPicture = packet.type === FlvTagType.Video
    if (windowMs === 0 || packet.isKeyFrame || (isPicture && windowMs <= PICTURE_FLUSH_WINDOW_MS))
      this.flush()
    else
      this.cancelTimer ??= this.clock.after(windowMs, () => this.flush())
  }

  flush(): void {
    this.cancelTimer?.()
    this.cancelTimer = undefined
    if (this.pending.length === 0)
      return
    const packets = this.pending
    this.pending = []
    this.deliver(packets)
  }
}
