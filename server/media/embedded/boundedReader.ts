import type { MediaPacket } from './flv'
import type { MediaLimits } from './limits'
import type { LiveStream } from './liveStream'
import type { StreamReader, Track } from './streamReader'
import { FlvTagType } from './flv'

/** A connection that may be slower than the stream. */
export interface Outlet {
  write: (packet: MediaPacket) => void
  /** Only where packets may share one write. */
  writeMerged?: (merged: Buffer) => void
  trackAppeared?: (track: Track) => void
  /** Bytes accepted from us but not yet by the kernel. */
  bufferedBytes: () => number
  close: () => void
}

/**
 * Keeps a slow connection from eating memory: Node buffers without limit, so a reader that is behind skips to a later
 * key frame, and one that does not read is cut off.
 */
export class BoundedReader implements StreamReader {
  readonly receiveMerged?: (packets: readonly MediaPacket[], merged: Buffer) => void
  private isWaitingForKeyFrame = true
  private isClosed = false
  /** The backlog is sent whole; until it has drained it does not count as being slow. */
  private allowanceBytes = 0
  private behindSince?: number

  constructor(
    private readonly stream: LiveStream,
    private readonly outlet: Outlet,
    private readonly limits: MediaLimits,
    private readonly now: () => number,
    readonly takesOpus = false,
  ) {
    if (outlet.writeMerged)
      this.receiveMerged = (packets, merged) => this.receiveBatch(packets, merged)
  }

  start(backlog: readonly MediaPacket[]): void {
    for (const packet of backlog)
      this.outlet.write(packet)
    this.allowanceBytes = this.outlet.bufferedBytes()
    this.isWaitingForKeyFrame = !backlog.some(packet => packet.isKeyFrame)
  }

  trackAppeared(track: Track): void {
    this.outlet.trackAppeared?.(track)
  }

  receive(packet: MediaPacket): void {
    const buffered = this.measure()
    if (!this.isClosed && this.wants(packet, buffered))
      this.outlet.write(packet)
  }

  end(): void {
    if (this.isClosed)
      return
    this.isClosed = true
    this.outlet.close()
  }

  private receiveBatch(packets: readonly MediaPacket[], merged: Buffer) {
    const buffered = this.measure()
    if (this.isClosed)
      return
    if (!this.isWaitingForKeyFrame && !this.isSlow(buffered))
      return this.outlet.writeMerged?.(merged)
    const wanted = packets.filter(packet => this.wants(packet, buffered))
    if (wanted.length === packets.length)
      this.outlet.writeMerged?.(merged)
    else
      wanted.forEach(packet => this.outlet.write(packet))
  }

  /** Unsent bytes; ends the reader when they are too many or have been there too long. */
  private measure(): number {
    const buffered = this.outlet.bufferedBytes()
    if (buffered < this.limits.slowReaderBytes / 2) {
      this.allowanceBytes = 0
      this.behindSince = undefined
    }
    else {
      this.behindSince ??= this.now()
      if (buffered > this.limits.deadReaderBytes || this.now() - this.behindSince > this.limits.stalledReaderMs)
        this.end()
    }
    return buffered
  }

  private isSlow(buffered: number): boolean {
    return buffered > this.limits.slowReaderBytes + this.allowanceBytes
  }

  private wants(packet: MediaPacket, buffered: number): boolean {
    if (packet.isSequenceHeader || packet.type === FlvTagType.Script)
      return true
    if (this.isSlow(buffered))
      this.isWaitingForKeyFrame = true
    else if ((packet.isKeyFrame || !this.stream.videoHeader) && buffered < this.limits.slowReaderBytes / 2)
      this.isWaitingForKeyFrame = false
    return !this.isWaitingForKeyFrame
  }
}
