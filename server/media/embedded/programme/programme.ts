import type { MediaPacket } from '../flv'
import type { LiveStream } from '../liveStream'
import type { StreamHub } from '../streamHub'
import { randomUUID } from 'node:crypto'
import { createPacket, FlvTagType } from '../flv'
import { isRefusal } from '../streamHub'
import { ProgrammeFeed } from './programmeFeed'
import { ProgrammeTimeline } from './programmeTimeline'

/** Watched by nobody at one look and at the next, a programme ends. */
const LOOK_MS = 15_000

export interface ProgrammeOptions {
  readonly hub: StreamHub
  readonly streamId: string
  readonly sources: readonly string[]
  /** Told once: no source is on air, nobody watches, or somebody ended it. */
  readonly onEnd: () => void
}

/** One publication that follows whichever source is on air. A source that begins is waited for while another still shows. */
export class Programme {
  private sources: readonly string[]
  private live?: LiveStream
  private timeline = new ProgrammeTimeline()
  /** Of a source that is over too, until there is another. */
  private current?: ProgrammeFeed
  private next?: ProgrammeFeed
  private stopListening = () => {}
  private stopLooking = () => {}
  private isWatched = true
  private isOver = false

  constructor(private readonly options: ProgrammeOptions) {
    this.sources = options.sources
  }

  start(): void {
    const { hub } = this.options
    this.stopListening = hub.onEvent(({ streamId }) => {
      if (this.sources.includes(streamId))
        this.choose()
    })
    this.stopLooking = hub.clock.every(LOOK_MS, () => this.look())
    this.choose()
  }

  follow(sources: readonly string[]): void {
    this.sources = sources
    this.choose()
  }

  stop(): void {
    if (this.isOver)
      return
    this.isOver = true
    this.stopListening()
    this.stopLooking()
    this.current?.stop()
    this.next?.stop()
    if (this.live)
      this.options.hub.unpublish(this.live)
    this.options.onEnd()
  }

  private choose() {
    const best = this.sources.map(id => this.options.hub.find(id)).find(stream => stream !== undefined)
    if (!best || (!this.live && !this.publish()))
      return this.stop()
    if (best === (this.next ?? this.current)?.stream)
      return
    this.next?.stop()
    this.next = best === this.current?.stream ? undefined : this.feedOf(best)
    this.next?.start()
  }

  private feedOf(stream: LiveStream): ProgrammeFeed {
    const feed = new ProgrammeFeed({
      stream,
      onBegin: packets => this.goOverTo(feed, packets),
      onPacket: packet => this.pass(packet, true),
    })
    return feed
  }

  private goOverTo(feed: ProgrammeFeed, packets: readonly MediaPacket[]) {
    this.current?.stop()
    this.current = feed
    this.next = undefined
    const { metadata, videoHeader, audioHeader } = feed.stream
    if (this.live && ((this.live.videoHeader && !videoHeader) || (this.live.audioHeader && !audioHeader)))
      this.publish() // a player waits for ever for the sound or the pictures that it had
    this.timeline.goOver(Math.max(...packets.map(packet => packet.timestamp)), feed.stream.lastPacketAt)
    for (const packet of [metadata, videoHeader, audioHeader, ...packets]) {
      if (packet)
        this.pass(packet, false)
    }
  }

  /** `isNew`: comes as it is published, and was not kept. */
  private pass(packet: MediaPacket, isNew: boolean) {
    const { live } = this
    if (!live || isKnown(live, packet))
      return
    const now = this.options.hub.clock.now()
    if (isNew)
      this.timeline.follow(packet, now)
    const ms = this.timeline.place(packet, now)
    if (ms === undefined)
      return
    const timestamp = ms >>> 0 // FLV counts to 2³² and begins anew
    live.relay(timestamp === packet.timestamp ? packet : createPacket(packet.type, timestamp, packet.payload))
  }

  private look() {
    const wasWatched = this.isWatched
    this.isWatched = this.live?.isRead === true
    if (!wasWatched && !this.isWatched)
      this.stop()
  }

  /** Players of an earlier publication have to begin anew. */
  private publish(): boolean {
    const { hub, streamId } = this.options
    const stream = hub.publish(streamId, 'trusted', {
      id: randomUUID(),
      kind: 'programme',
      close: (reason) => {
        if (reason !== 'takenOver')
          this.stop()
      },
      requestKeyFrame: () => this.current?.stream.publisher.requestKeyFrame?.(),
    })
    if (isRefusal(stream))
      return false
    this.live = stream
    this.timeline = new ProgrammeTimeline()
    return true
  }
}

/** What it is described by already. */
function isKnown({ metadata, videoHeader, audioHeader }: LiveStream, packet: MediaPacket): boolean {
  const same = packet.type === FlvTagType.Script ? metadata : !packet.isSequenceHeader ? undefined : packet.type === FlvTagType.Video ? videoHeader : audioHeader
  return same?.payload.equals(packet.payload) === true
}
