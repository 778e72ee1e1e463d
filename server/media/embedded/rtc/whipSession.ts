import type { Mutes } from '../../MediaProvider'
import type { LiveStream } from '../liveStream'
import type { CloseReason, Publisher, RtpTap } from '../publisher'
import type { Query } from '../streamHub'
import type { Offer } from './offer'
import type { Peer } from './Peer'
import type { RtcContext, RtcSession } from './rtcSession'
import type { MediaKind, RtpPacket, TimedRtpPacket } from './rtpPacket'
import type { Takeovers } from './takeovers'
import { randomUUID } from 'node:crypto'
import { isRefusal } from '../streamHub'
import { FreshGop } from './freshGop'
import { KeyFrameRequests } from './keyFrameRequests'
import { MediaTimeline } from './mediaTimeline'
import { RtpMute } from './rtpMute'
import { WhipIngest } from './whipIngest'

/**
 * A browser or OBS publishes by WebRTC. The stream goes live with its first packet, not with the offer: a publisher
 * behind a closed firewall must not put a room on air, nor take the stream over from its old connection.
 */
export class WhipSession implements RtcSession, Publisher {
  readonly id = randomUUID()
  readonly kind = 'whip'
  readonly rtp: RtpTap = { video: new Set(), audio: new Set(), backlog: () => this.gop.packets }
  private readonly peer: Peer
  private readonly keyFrames: KeyFrameRequests
  private readonly timeline = new MediaTimeline()
  private readonly gop: FreshGop
  private readonly muting = new RtpMute((kind, packet) => this.relay(kind, packet), () => this.stream?.videoHeader)
  private stream?: LiveStream
  private ingest?: WhipIngest
  private isClosed = false

  constructor(private readonly context: RtcContext, private readonly takeovers: Takeovers, private readonly streamId: string, private readonly query: Query) {
    this.gop = new FreshGop(context.clock.now)
    this.keyFrames = new KeyFrameRequests(() => this.peer.requestKeyFrame(), context.clock)
    this.peer = context.createPeer({
      direction: 'receive',
      addresses: context.addresses,
      events: {
        onPacket: (kind, packet) => this.receive(kind, packet),
        onSenderReport: (kind, report) => this.timeline.learn(kind, report),
        onClosed: () => this.end(),
      },
    })
  }

  answer(offer: Offer): Promise<string> {
    return this.peer.answer(offer)
  }

  requestKeyFrame(): void {
    this.muting.requestKeyFrame()
    this.keyFrames.request()
  }

  mute(mutes: Mutes): void {
    this.muting.change(mutes)
  }

  close(reason?: CloseReason): void {
    if (reason === 'takenOver')
      this.takeovers.remember(this.context.id)
    this.peer.close()
  }

  private receive(kind: MediaKind, packet: RtpPacket) {
    if (this.isClosed) // packets that were under way
      return
    this.ingest ??= this.publish()
    if (!this.ingest)
      return
    this.muting.push(kind, this.ingest.push(kind, packet))
  }

  private relay(kind: MediaKind, packet: TimedRtpPacket) {
    if (kind === 'video')
      this.gop.add(packet)
    for (const listener of this.rtp[kind])
      listener(packet)
  }

  private publish(): WhipIngest | undefined {
    const { hub, clock, codecs, log } = this.context
    if (this.takeovers.speakAgainst(this.streamId, this.query.after)) { // somebody came between the offer and this packet
      this.close('takenOver')
      return undefined
    }
    const stream = hub.publish(this.streamId, this.query, this)
    if (isRefusal(stream)) { // since the offer the room ended, the signature expired, or the last place went
      this.close()
      return undefined
    }
    this.stream = stream
    return new WhipIngest({ stream, timeline: this.timeline, keyFrames: this.keyFrames, codecs, clock, log })
  }

  private end() {
    this.isClosed = true
    this.keyFrames.close()
    this.ingest?.close()
    if (this.stream)
      this.context.hub.unpublish(this.stream)
    this.context.onClosed()
  }
}
