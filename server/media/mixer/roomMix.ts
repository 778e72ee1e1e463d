import type { CanvasShape } from '../../../shared/domain/layout'
import type { Clock } from '../../clock'
import type { StreamHub } from '../embedded/streamHub'
import type { Mix } from '../MediaProvider'
import type { MixQuality } from './quality'
import { Desk } from './desk'
import { Encoder } from './encoder'
import { MixedStream } from './mixedStream'
import { FRAME_MS } from './quality'
import { Restarts } from './restarts'
import { shapeOf } from './shape'

/** How long after its arrival everything is mixed: what network and decoding delay differently is together again by then. */
const MIX_DELAY_MS = 400
/** Half a picture: none is later than that. */
const TICK_MS = FRAME_MS / 2
/** After a longer pause (a suspended machine) mixing goes on with what is new. */
const CATCH_UP_MS = 2000
/** So long a canvas waits for the first pictures of guests. */
const FIRST_PICTURES_MS = 2000

export interface RoomMixOptions {
  readonly hub: StreamHub
  readonly clock: Clock
  readonly command: string
  readonly quality: MixQuality
  readonly streamId: string
  readonly log: (message: string) => void
  /** It is over by itself: failed too often, or its publication was ended from outside. */
  readonly onEnd: () => void
}

/** The mixed stream of one room. Its time begins with it; every 40 ms one picture and its sound are made. */
export class RoomMix {
  private readonly stream: MixedStream
  private readonly stopTicking: () => void
  private readonly restarts = new Restarts()
  private startedAt: number
  /** Undefined until everybody is decoded for the first time. */
  private desk?: Desk
  /** The first, or one for the anchor's new shape; the old one goes on until it can take over. */
  private nextDesk?: { readonly desk: Desk, readonly latestMs: number }
  private encoder?: Encoder
  private cancelRestart = () => {}
  private frames = 0
  private isOver = false

  constructor(private readonly options: RoomMixOptions, private mix: Mix) {
    const { hub, clock, streamId } = options
    this.startedAt = clock.now()
    this.stream = new MixedStream({ hub, streamId, onClosed: why => this.end(why) })
    this.stopTicking = clock.every(TICK_MS, () => this.tick())
  }

  change(mix: Mix): void {
    this.mix = mix
    this.desk?.arrange(mix)
    this.nextDesk?.desk.arrange(mix)
  }

  stop(): void {
    if (this.isOver)
      return
    this.isOver = true
    this.stopTicking()
    this.cancelRestart()
    this.encoder?.stop()
    this.desk?.stop()
    this.nextDesk?.desk.stop()
    this.stream.close()
  }

  private end(why: string) {
    if (this.isOver)
      return
    this.stop()
    this.options.log(`${this.options.streamId} is no longer mixed: ${why}`)
    this.options.onEnd()
  }

  private readonly now = () => this.options.clock.now() - this.startedAt

  private tick() {
    this.followShape()
    const overdueMs = this.now() - this.frames * FRAME_MS
    if (Math.abs(overdueMs) > CATCH_UP_MS)
      this.startedAt += overdueMs
    while (!this.isOver && this.frames * FRAME_MS <= this.now()) {
      const dueMs = this.frames++ * FRAME_MS - MIX_DELAY_MS
      if (dueMs >= 0)
        this.make(dueMs)
    }
  }

  private make(ms: number) {
    if (this.nextDesk && (this.nextDesk.desk.isReadyAt(ms) || (ms >= this.nextDesk.latestMs && this.nextDesk.desk.showsAnchorAt(ms))))
      this.goOverTo(this.nextDesk.desk)
    if (!this.desk)
      return
    const sound = this.desk.soundAt(ms)
    this.encoder?.write(ms, this.desk.pictureAt(ms), sound)
  }

  private anchorShape(): CanvasShape | undefined {
    return shapeOf(this.options.hub.find(this.mix.anchorStreamId)?.videoHeader)
  }

  /** A phone that is turned, an anchor who comes back with another camera. */
  private followShape() {
    const shape = this.anchorShape() ?? this.desk?.shape ?? 'portrait'
    if (shape === (this.nextDesk?.desk ?? this.desk)?.shape)
      return
    this.nextDesk?.desk.stop()
    this.nextDesk = shape === this.desk?.shape ? undefined : { desk: this.createDesk(shape), latestMs: this.now() + FIRST_PICTURES_MS }
  }

  private goOverTo(desk: Desk) {
    this.nextDesk = undefined
    this.desk?.stop()
    this.desk = desk
    this.cancelRestart()
    this.encoder?.stop()
    this.startEncoder()
  }

  private createDesk(shape: CanvasShape): Desk {
    const { onEnd, streamId, ...options } = this.options
    return new Desk({ ...options, shape, now: this.now }, this.mix)
  }

  private startEncoder() {
    const { command, quality } = this.options
    this.encoder = new Encoder({
      command,
      size: this.desk!.canvas,
      quality,
      onTag: tag => this.stream.push(tag),
      onFailure: why => this.restartEncoder(why),
    })
  }

  private restartEncoder(why: string) {
    const { clock, log, streamId } = this.options
    this.encoder = undefined
    const pauseMs = this.restarts.next(clock.now())
    if (pauseMs === undefined)
      return this.end(why)
    log(`the mix ${streamId} starts its encoder anew: ${why}`)
    this.cancelRestart = clock.after(pauseMs, () => this.startEncoder())
  }
}
