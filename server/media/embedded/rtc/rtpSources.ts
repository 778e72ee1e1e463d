import type { Clock } from '../../../clock'
import type { LiveStream } from '../liveStream'
import type { RtpTap } from '../publisher'
import type { AudioCodecs } from './audioCodecs'
import { PacketizedStream } from './packetizedStream'

/** Where a WHEP viewer's packets come from. */
export interface RtpSource {
  readonly tap: RtpTap
  /** The viewer is gone. May be called twice. */
  readonly release: () => void
}

interface Converted {
  readonly packetized: PacketizedStream
  /** How to let each viewer go. */
  readonly viewers: Set<() => void>
}

/** A WHIP publisher's own RTP, or one converter for all viewers of an RTMP stream, which lives as long as there are any. */
export class RtpSources {
  private readonly converted = new Map<LiveStream, Converted>()

  constructor(private readonly clock: Clock, private readonly log: (message: string) => void) {}

  /** `close` is called when the stream turns out to be none that WebRTC can show. */
  acquire(stream: LiveStream, codecs: AudioCodecs | undefined, close: () => void): RtpSource {
    if (stream.publisher.rtp)
      return { tap: stream.publisher.rtp, release: () => {} }
    const { packetized, viewers } = this.converted.get(stream) ?? this.convert(stream, codecs)
    viewers.add(close)
    return {
      tap: packetized.tap,
      release: () => {
        if (viewers.delete(close) && viewers.size === 0)
          packetized.stop()
      },
    }
  }

  private convert(stream: LiveStream, codecs: AudioCodecs | undefined): Converted {
    const viewers = new Set<() => void>()
    const packetized = new PacketizedStream({
      stream,
      codecs,
      clock: this.clock,
      log: this.log,
      onUnshowable: () => [...viewers].forEach(close => close()),
      onEnd: () => this.converted.delete(stream),
    })
    const converted = { packetized, viewers }
    this.converted.set(stream, converted)
    return converted
  }
}
