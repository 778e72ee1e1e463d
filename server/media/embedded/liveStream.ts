import type { Clock } from '../../clock'
import type { Mutes } from '../MediaProvider'
import type { MediaPacket } from './flv'
import type { MediaLimits } from './limits'
import type { Publisher } from './publisher'
import type { StreamReader } from './streamReader'
import { BitrateMeter } from './bitrateMeter'
import { createPacket, FlvTagType } from './flv'
import { GopCache } from './gopCache'
import { StreamMute } from './mute/streamMute'
import { mergeWindowMs, PacketMerger } from './packetMerger'

/** A script tag is a few hundred bytes of metadata; a large one is not worth keeping. */
const METADATA_MAX_BYTES = 64 << 10

/** By then a publisher has sent the headers of whatever it is going to send. */
const HEADERS_EXPECTED_MS = 1000
const HEADERS_CHECK_MS = 20

/** One publication and its readers. Publishing again under the same id makes a new LiveStream. */
export class LiveStream {
  metadata?: MediaPacket
  videoHeader?: MediaPacket
  audioHeader?: MediaPacket
  opusHeader?: MediaPacket
  readonly startedAt: number
  /** Unix milliseconds. */
  lastPacketAt: number
  private readonly gop: GopCache
  private readonly bitrate: BitrateMeter
  private readonly merger: PacketMerger
  private readonly readers = new Set<StreamReader>()
  private mergingReaders = 0
  private converters = 0
  private lastPictureMs = 0
  private muting?: StreamMute
  private hasEnded = false

  constructor(readonly id: string, readonly publisher: Publisher, private readonly limits: MediaLimits, private readonly clock: Clock) {
    this.startedAt = this.lastPacketAt = clock.now()
    this.gop = new GopCache(limits)
    this.bitrate = new BitrateMeter(clock.now)
    this.merger = new PacketMerger(clock, packets => this.deliverMerged(packets))
  }

  /** Who watches. */
  get readerCount(): number {
    return this.readers.size - this.converters
  }

  /** Whether packets go to anybody, be it to be converted for others. */
  get isRead(): boolean {
    return this.readers.size > 0
  }

  get bitrateKbps(): number {
    return this.bitrate.kbps
  }

  /**
   * Calls once it is known which kinds of packets there are, mostly at once: a player that is told of sound which never
   * comes waits for it for ever. Returns what cancels.
   */
  whenTracksKnown(takesOpus: boolean, action: (tracks: { audio: boolean, video: boolean }) => void): () => void {
    const tracks = () => ({ audio: (takesOpus && this.opusHeader !== undefined) || this.audioHeader !== undefined, video: this.videoHeader !== undefined })
    const isKnown = () => (tracks().audio && tracks().video) || this.hasEnded || this.clock.now() - this.startedAt >= HEADERS_EXPECTED_MS
    if (isKnown()) {
      action(tracks())
      return () => {}
    }
    const stop = this.clock.every(HEADERS_CHECK_MS, () => {
      if (!isKnown())
        return
      stop()
      action(tracks())
    })
    return stop
  }

  /** One FLV body from the publisher. `timestamp` in ms; empty bodies mean nothing in FLV and are ignored. */
  push(type: FlvTagType, timestamp: number, payload: Buffer): void {
    if (this.hasEnded || payload.length === 0 || (type === FlvTagType.Script && payload.length > METADATA_MAX_BYTES))
      return
    const packet = createPacket(type, timestamp, payload)
    this.bitrate.count(packet.flvTag.length)
    if (this.bitrate.kbps > this.limits.publisherKbps)
      return this.publisher.close('tooFast')
    this.pass(packet)
  }

  /** A packet of another stream here, shared with it and measured there. */
  relay(packet: MediaPacket): void {
    if (this.hasEnded)
      return
    this.bitrate.count(packet.flvTag.length)
    this.pass(packet)
  }

  /**
   * From now on everybody gets silence, a blank picture, or both, newcomers too. The sound is back at once, the picture
   * with the next key frame.
   */
  mute(mutes: Mutes): void {
    const muting = this.muting ??= new StreamMute(this.audioHeader)
    const atOnce = muting.change(mutes, this.videoHeader, this.lastPictureMs)
    this.gop.rewrite(packet => muting.recall(packet))
    atOnce.forEach(packet => this.deliver(packet))
    this.publisher.mute?.(mutes)
    if (muting.isReturning)
      this.publisher.requestKeyFrame?.()
    if (muting.isOver)
      this.muting = undefined
  }

  /** Sends the reader what it needs to begin, then everything. Returns what stops it, which may be called twice. */
  attach(reader: StreamReader): () => void {
    if (this.hasEnded) {
      reader.end()
      return () => {}
    }
    this.merger.flush() // else the newcomer gets what is pending twice: in the backlog and live
    this.readers.add(reader)
    if (reader.receiveMerged)
      this.mergingReaders++
    if (reader.isConverter)
      this.converters++
    const headers = [this.metadata, this.videoHeader, this.audioHeader, this.opusHeader].filter(packet => packet !== undefined)
    const backlog = [...headers, ...this.gop.packets].filter(packet => this.suits(reader.takesOpus, packet))
    this.guard(reader, () => reader.start(backlog))
    return () => this.detach(reader)
  }

  /** Ends every reader. The hub calls it; after that the stream stays silent. */
  end(): void {
    this.merger.flush()
    this.hasEnded = true
    this.gop.clear()
    for (const reader of this.readers) {
      this.detach(reader)
      this.guard(reader, () => reader.end())
    }
  }

  private pass(packet: MediaPacket) {
    this.lastPacketAt = this.clock.now()
    if (packet.type === FlvTagType.Video)
      this.lastPictureMs = packet.timestamp
    if (!this.muting)
      return this.deliver(packet)
    this.muting.pass(packet).forEach(passed => this.deliver(passed))
    if (this.muting.isOver)
      this.muting = undefined
  }

  private deliver(packet: MediaPacket) {
    this.remember(packet)
    for (const reader of this.readers) {
      if (!reader.receiveMerged && this.suits(reader.takesOpus, packet))
        this.guard(reader, () => reader.receive(packet))
    }
    this.merger.add(packet, mergeWindowMs(this.mergingReaders))
  }

  private detach(reader: StreamReader) {
    if (!this.readers.delete(reader))
      return
    if (reader.receiveMerged)
      this.mergingReaders--
    if (reader.isConverter)
      this.converters--
  }

  private deliverMerged(packets: readonly MediaPacket[]) {
    const batches = new Map<boolean, { packets: readonly MediaPacket[], merged: Buffer }>()
    for (const reader of this.readers) {
      if (!reader.receiveMerged)
        continue
      const takesOpus = reader.takesOpus ?? false
      let batch = batches.get(takesOpus)
      if (!batch)
        batches.set(takesOpus, batch = merge(packets.filter(packet => this.suits(takesOpus, packet))))
      const { packets: suitable, merged } = batch
      if (suitable.length > 0)
        this.guard(reader, () => reader.receiveMerged?.(suitable, merged))
    }
  }

  /** Of the two versions of the sound every reader gets one. */
  private suits(takesOpus: boolean | undefined, packet: MediaPacket): boolean {
    return packet.type !== FlvTagType.Audio || packet.isOpus === (takesOpus === true && this.opusHeader !== undefined)
  }

  /** A reader that throws loses its own connection; it must not reach the publisher, whose call this is. */
  private guard(reader: StreamReader, action: () => void) {
    try {
      action()
    }
    catch {
      this.detach(reader)
      reader.end()
    }
  }

  private remember(packet: MediaPacket) {
    if (packet.type === FlvTagType.Script)
      this.metadata = packet
    else if (packet.isSequenceHeader)
      this.rememberHeader(packet)
    else
      this.gop.add(packet, this.videoHeader !== undefined)
  }

  private rememberHeader(packet: MediaPacket) {
    const slot = packet.type === FlvTagType.Video ? 'videoHeader' : packet.isOpus ? 'opusHeader' : 'audioHeader'
    const isFirst = this[slot] === undefined
    this[slot] = packet
    if (!isFirst)
      return
    for (const reader of this.readers) {
      if (this.suits(reader.takesOpus, packet))
        this.guard(reader, () => reader.trackAppeared?.(slot === 'videoHeader' ? 'video' : 'audio'))
    }
  }
}

function merge(packets: readonly MediaPacket[]) {
  const merged = packets.length === 1 ? packets[0].flvTag : Buffer.concat(packets.map(packet => packet.flvTag))
  return { packets, merged }
}
