import type { MediaPacket } from './flv'
import { FlvTagType } from './flv'

/** Without pictures there is nothing to wait for: a late listener gets just enough sound to begin with. */
const AUDIO_ONLY_MS = 500
/** A packet's objects; without them a flood of one-byte packets would slip under a limit of bytes. */
const PACKET_OVERHEAD_BYTES = 256

/** Everything since the last key frame: a late reader shows a picture at once instead of after the next key frame. */
export class GopCache {
  private kept: MediaPacket[] = []
  private bytes = 0

  constructor(private readonly limits: { gopCacheBytes: number, gopCacheMs: number }) {}

  get packets(): readonly MediaPacket[] {
    return this.kept
  }

  add(packet: MediaPacket, hasVideo: boolean): void {
    if (packet.isKeyFrame)
      this.clear()
    else if (hasVideo && !this.kept[0]?.isKeyFrame)
      return this.clear() // a GOP without its key frame is of no use to a decoder
    this.kept.push(packet)
    this.bytes += costOf(packet)
    if (!hasVideo)
      this.dropOldAudio(packet.timestamp)
    if (this.bytes > this.limits.gopCacheBytes || packet.timestamp - this.kept[0].timestamp > this.limits.gopCacheMs)
      this.clear()
  }

  /** Each packet becomes those that `change` answers. */
  rewrite(change: (packet: MediaPacket) => readonly MediaPacket[]): void {
    this.kept = this.kept.flatMap(change)
    this.bytes = this.kept.reduce((sum, packet) => sum + costOf(packet), 0)
  }

  clear(): void {
    this.kept = []
    this.bytes = 0
  }

  private dropOldAudio(now: number) {
    const isOld = (packet: MediaPacket) => packet.type === FlvTagType.Audio && Math.abs(now - packet.timestamp) > AUDIO_ONLY_MS
    while (isOld(this.kept[0]))
      this.bytes -= costOf(this.kept.shift()!)
  }
}

const costOf = (packet: MediaPacket) => packet.flvTag.length + PACKET_OVERHEAD_BYTES
