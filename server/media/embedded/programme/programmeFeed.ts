import type { MediaPacket } from '../flv'
import type { LiveStream } from '../liveStream'
import { isFrame } from '../flv'

export interface ProgrammeFeedOptions {
  readonly stream: LiveStream
  /** At least one: of pictures a key frame comes first. */
  readonly onBegin: (packets: readonly MediaPacket[]) => void
  /** What comes then, headers too. */
  readonly onPacket: (packet: MediaPacket) => void
}

/** Reads one source of a programme, from the first moment that can be shown. */
export class ProgrammeFeed {
  readonly stream: LiveStream
  private stopReading = () => {}
  private hasBegun = false

  constructor(private readonly options: ProgrammeFeedOptions) {
    this.stream = options.stream
  }

  start(): void {
    let isKnown = false // perhaps at once, and then there is nothing left to cancel
    const cancel = this.stream.whenTracksKnown(false, ({ video }) => {
      isKnown = true
      this.read(video)
    })
    if (!isKnown)
      this.stopReading = cancel
  }

  /** May come twice, and at any moment. */
  stop(): void {
    this.stopReading()
  }

  private read(hasPictures: boolean) {
    const mayBegin = (packet: MediaPacket) => hasPictures ? packet.isKeyFrame : isFrame(packet)
    this.stopReading = this.stream.attach({
      isConverter: true,
      start: (backlog) => {
        if (backlog.some(mayBegin))
          this.begin(backlog.filter(isFrame))
      },
      receive: (packet) => {
        if (this.hasBegun)
          this.options.onPacket(packet)
        else if (mayBegin(packet))
          this.begin([packet])
      },
      end: () => {},
    })
  }

  private begin(packets: readonly MediaPacket[]) {
    this.hasBegun = true
    this.options.onBegin(packets)
  }
}
