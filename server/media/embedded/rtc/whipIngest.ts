import type { Clock } from '../../../clock'
import type { LiveStream } from '../liveStream'
import type { AudioCodecs } from './audioCodecs'
import type { KeyFrameRequests } from './keyFrameRequests'
import type { MediaTimeline } from './mediaTimeline'
import type { MediaKind, RtpPacket, TimedRtpPacket } from './rtpPacket'
import { FlvAudioWriter } from './flvAudioWriter'
import { FlvVideoWriter } from './flvVideoWriter'
import { H264Depacketizer } from './h264Depacketizer'
import { ReorderBuffer } from './reorderBuffer'

/** A retransmission needs a round trip. Sound is not waited for as long: players hide a hole of 20 ms. */
const MAX_WAIT_MS: Readonly<Record<MediaKind, number>> = { audio: 60, video: 250 }
const MAX_WAITING_PACKETS: Readonly<Record<MediaKind, number>> = { audio: 16, video: 256 }

export interface WhipIngestOptions {
  readonly stream: LiveStream
  readonly timeline: MediaTimeline
  readonly keyFrames: KeyFrameRequests
  readonly codecs?: AudioCodecs
  readonly clock: Clock
  readonly log: (message: string) => void
}

/** RTP of a WHIP publisher → the packets of its stream. */
export class WhipIngest {
  private readonly audio: FlvAudioWriter
  private readonly queues: Readonly<Record<MediaKind, ReorderBuffer<TimedRtpPacket>>>

  constructor(private readonly options: WhipIngestOptions) {
    const { stream, codecs, clock, log, keyFrames } = options
    const picture = new FlvVideoWriter(stream)
    const depacketizer = new H264Depacketizer(unit => picture.write(unit))
    this.audio = new FlvAudioWriter({ stream, codecs, log, now: clock.now })
    this.queues = {
      audio: this.queue('audio', ({ payload, mediaMs }) => {
        if (payload.length > 0)
          this.audio.write(payload, mediaMs)
      }, () => {}),
      video: this.queue('video', packet => depacketizer.push(packet), () => {
        depacketizer.reset()
        picture.waitForKeyFrame()
        keyFrames.request()
      }),
    }
  }

  /** Returns the packet with its place on the publication's time. */
  push(kind: MediaKind, packet: RtpPacket): TimedRtpPacket {
    const { timeline, clock, keyFrames } = this.options
    const timed = { ...packet, mediaMs: timeline.at(kind, packet.timestamp, clock.now()) }
    if (kind === 'video')
      keyFrames.keepComing()
    this.queues[kind].push(timed)
    return timed
  }

  close(): void {
    this.audio.close()
  }

  private queue(kind: MediaKind, onPacket: (packet: TimedRtpPacket) => void, onGap: () => void) {
    return new ReorderBuffer<TimedRtpPacket>({ maxWaitMs: MAX_WAIT_MS[kind], maxPackets: MAX_WAITING_PACKETS[kind], onPacket, onGap, now: this.options.clock.now })
  }
}
