import type { Clock } from '../../../clock'
import type { LiveStream } from '../liveStream'
import type { RtpTap } from '../publisher'
import type { AudioCodecs } from './audioCodecs'
import { PacketizedStream } from './packetizedStream'

/** Where a WHEP viewer's packets come from. */
export interface RtpSource {
  readonly tap: RtpTap
  /** The viewer is gone. To be called once. */
  readonly release: () => void
}

interface Shared {
  readonly packetized: PacketizedStream
  viewers: number
}

/** A WHIP publisher's own RTP, or one converter for all viewers of an RTMP stream, which lives as long as there are any. */
export class RtpSources {
  private readonly shared = new Map<LiveStream, Shared>()

  constructor(private readonly clock: Clock, private readonly log: (message: string) => void) {}

  acquire(stream: LiveStream, codecs: AudioCodecs | undefined): RtpSource {
    if (stream.publisher.rtp)
      return { tap: stream.publisher.rtp, release: () => {} }
    const shared = this.shared.get(stream) ?? this.convert(stream, codecs)
    shared.viewers++
    return {
      tap: shared.packetized.tap,
      release: () => {
        if (--shared.viewers === 0)
          shared.packetized.stop()
      },
    }
  }

  private convert(stream: LiveStream, codecs: AudioCodecs | undefined): Shared {
    const packetized = new PacketizedStream({ stream, codecs, clock: this.clock, log: this.log, onEnd: () => this.shared.delete(stream) })
    const shared = { packetized, viewers: 0 }
    this.shared.set(stream, shared)
    return shared
  }
}
