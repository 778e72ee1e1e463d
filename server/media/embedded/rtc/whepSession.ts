import type { Offer } from './offer'
import type { Peer } from './Peer'
import type { RtcContext, RtcSession } from './rtcSession'
import type { TimedRtpPacket } from './rtpPacket'
import type { RtpSources } from './rtpSources'
import { PacedSender } from './pacedSender'

/** A viewer by WebRTC. Begins to receive, and to count as a reader, when connected; ends with the publication. */
export class WhepSession implements RtcSession {
  private readonly peer: Peer
  private stopFeeding?: () => void
  private isClosed = false

  constructor(private readonly context: RtcContext, private readonly sources: RtpSources, private readonly streamId: string) {
    this.peer = context.createPeer({
      direction: 'send',
      addresses: context.addresses,
      events: {
        onConnected: () => this.feed(),
        onKeyFrameWanted: () => context.hub.find(streamId)?.publisher.requestKeyFrame?.(),
        onClosed: () => this.end(),
      },
    })
  }

  answer(offer: Offer): Promise<string> {
    return this.peer.answer(offer)
  }

  close(): void {
    this.peer.close()
  }

  private feed() {
    const { hub, clock, codecs } = this.context
    const stream = hub.find(this.streamId)
    if (!stream)
      return this.close()
    const source = this.sources.acquire(stream, codecs, () => this.close())
    const pictures = new PacedSender(packet => this.peer.send('video', packet), clock)
    const onVideo = (packet: TimedRtpPacket) => pictures.send(packet)
    const onAudio = (packet: TimedRtpPacket) => this.peer.send('audio', packet)
    source.tap.video.add(onVideo)
    source.tap.audio.add(onAudio)
    const backlog = source.tap.backlog()
    pictures.begin(backlog)
    if (backlog.length === 0)
      stream.publisher.requestKeyFrame?.() // the picture begins with the answer to this
    // The media come as RTP; as a reader of the stream the viewer is counted and hears of its end.
    const detach = stream.attach({ start() {}, receive() {}, end: () => this.close() })
    this.stopFeeding = () => {
      source.tap.video.delete(onVideo)
      source.tap.audio.delete(onAudio)
      pictures.stop()
      detach()
      source.release()
    }
    if (this.isClosed)
      this.stopFeeding()
  }

  private end() {
    this.isClosed = true
    this.stopFeeding?.()
    this.context.onClosed()
  }
}
