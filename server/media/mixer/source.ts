import type { Clock } from '../../clock'
import type { LiveStream } from '../embedded/liveStream'
import type { StreamHub } from '../embedded/streamHub'
import type { Tracks } from './decoder'
import type { Size } from './quality'
import { isAac, isAvc } from '../embedded/flvFrames'
import { Decoder } from './decoder'
import { PictureTrack } from './pictureTrack'
import { Restarts } from './restarts'
import { SoundTrack } from './soundTrack'

/** A stream that cannot be decoded is tried again so often for as long as it is wanted. */
const SLOW_RETRY_MS = 10_000
const CHECK_MS = 500

export interface SourceOptions {
  readonly hub: StreamHub
  readonly clock: Clock
  readonly command: string
  readonly streamId: string
  readonly size: Size
  /** Milliseconds on the mix's time. */
  readonly now: () => number
  readonly log: (message: string) => void
}

/** One person on stage: what their stream shows and says, whoever publishes it how often. The last picture stays while there is none. */
export class Source {
  readonly pictures = new PictureTrack()
  readonly sound = new SoundTrack()
  private readonly restarts = new Restarts()
  private readonly stopListening: () => void
  private readonly stopChecking: () => void
  private decoder?: Decoder
  private cancelStart = () => {}

  constructor(private readonly options: SourceOptions) {
    const { hub, clock, streamId } = options
    this.stopListening = hub.onEvent((event) => {
      if (event.streamId === streamId)
        this.startAfter(0)
    })
    this.stopChecking = clock.every(CHECK_MS, () => this.decoder?.check())
    this.start()
  }

  /** Whether pictures are coming, or will. */
  get isShowing(): boolean {
    return this.options.hub.find(this.options.streamId)?.videoHeader !== undefined
  }

  stop(): void {
    this.stopListening()
    this.stopChecking()
    this.end()
  }

  /** Not within the publisher's own call, which tells of a publication before its first packet. */
  private startAfter(ms: number) {
    this.end()
    this.cancelStart = this.options.clock.after(ms, () => this.start())
  }

  private start() {
    const stream = this.options.hub.find(this.options.streamId)
    let isKnown = false // perhaps at once, and then the next start may be under way already
    const stopWaiting = stream?.whenTracksKnown(false, () => {
      isKnown = true
      this.decode(stream, decodableTracks(stream))
    })
    if (stopWaiting && !isKnown)
      this.cancelStart = stopWaiting
  }

  private decode(stream: LiveStream, tracks: Tracks) {
    if (!tracks.audio && !tracks.video)
      return this.startAfter(CHECK_MS)
    const { command, size, now, clock, log, streamId } = this.options
    this.decoder = new Decoder({
      command,
      stream,
      tracks,
      size,
      now,
      onPicture: (atMs, picture) => this.pictures.add(atMs, picture),
      onSound: (at, samples) => this.sound.add(at, samples),
      onEnd: (how, why) => {
        if (how === 'beginAnew')
          return this.startAfter(0)
        log(`${streamId} could not be decoded: ${why}`)
        this.startAfter(this.restarts.next(clock.now()) ?? SLOW_RETRY_MS)
      },
    })
  }

  private end() {
    this.cancelStart()
    this.decoder?.stop()
    this.decoder = undefined
  }
}

/** With another codec a person is seen or heard by those alone who play the stream itself. */
function decodableTracks({ audioHeader, videoHeader }: LiveStream): Tracks {
  return { audio: audioHeader !== undefined && isAac(audioHeader.payload), video: videoHeader !== undefined && isAvc(videoHeader.payload) }
}
