import type { Server } from './Server'
import type { MediaProblemCode, MediaStatus } from '@/src/live/components/media'
import { streamIdOf } from '@/shared/domain/ids'

interface PusherEvents {
  readonly status: (status: MediaStatus) => void
  readonly problem: (problem: MediaProblemCode) => void
}

const TRIES = 3

/** A page's pusher: asks at the engine's door, comes back by itself a few times when it is cut off, and then gives up. */
export class PagePusher {
  isSending = false
  private sessionId: string | undefined
  private tries = 0

  constructor(private readonly server: Server, private readonly userId: string, private readonly events: PusherEvents) {
    server.onStop(() => this.sessionId !== undefined && this.cutOff())
    server.media.onEvent(({ type, sessionId }) => type === 'unpublish' && sessionId === this.sessionId && this.cutOff())
  }

  start(): void {
    this.isSending = true
    this.tries = 0
    this.events.status('connecting')
    this.tryLater()
  }

  stop(): void {
    this.isSending = false
    this.lose()
  }

  /** The connection breaks. */
  lose(): void {
    const { sessionId } = this
    if (sessionId !== undefined)
      this.server.media.unpublish(this.streamId, sessionId)
  }

  private get streamId(): string {
    return streamIdOf(this.server.roomId, this.userId)
  }

  private cutOff(): void {
    this.sessionId = undefined
    if (!this.isSending)
      return
    this.events.status('interrupted')
    this.tryLater()
  }

  private tryLater(): void {
    this.server.net.later(() => this.isSending && this.sessionId === undefined && this.publish(), 100 + this.server.net.delayMs)
  }

  private publish(): void {
    const { media, net } = this.server
    if (this.server.canPublish(this.userId) && !(net.isRough && net.chance(0.1))) {
      this.tries = 0
      const former = media.live.get(this.streamId)
      this.sessionId = media.publish(this.streamId)
      if (former !== undefined)
        media.unpublish(this.streamId, former)
      return this.events.status('live')
    }
    if (this.tries++ < TRIES)
      return this.tryLater()
    this.isSending = false
    this.events.problem('REFUSED')
    this.events.status('failed')
  }
}
