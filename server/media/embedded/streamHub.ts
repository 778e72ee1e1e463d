/** Who publishes what. */
import type { Clock } from '../../clock'
import type { MediaEvent, Mutes } from '../MediaProvider'
import type { MediaLimits } from './limits'
import type { Publisher } from './publisher'
import { STREAM_ID } from '../../../shared/domain/ids'
import { systemClock } from '../../clock'
import { readMediaLimits } from './limits'
import { LiveStream } from './liveStream'

/** The part behind the `?` of a media URL. Of a repeated parameter the last one counts. */
export type Query = Readonly<Record<string, string | undefined>>

/** Why somebody may not publish or play. */
export type Refusal = 'badName' | 'unsigned' | 'expired' | 'notAllowed' | 'notFound' | 'full'

export const REFUSAL_HTTP_STATUS: Record<Refusal, number> = { badName: 404, unsigned: 403, expired: 403, notAllowed: 403, notFound: 404, full: 503 }

/** Undefined means yes. */
export type Authorize = (action: 'publish' | 'play', streamId: string, query: Query) => Refusal | undefined

export interface StreamHubOptions {
  readonly authorize?: Authorize
  /** What streams may be called; unset: as rooms call them. */
  readonly names?: RegExp
  readonly limits?: MediaLimits
  readonly clock?: Clock
}

export const isRefusal = (answer: LiveStream | Refusal): answer is Refusal => typeof answer === 'string'

export class StreamHub {
  readonly limits: MediaLimits
  readonly clock: Clock
  private readonly authorize: Authorize
  private readonly names: RegExp
  private readonly live = new Map<string, LiveStream>()
  private readonly mutes = new Map<string, Mutes>()
  private readonly offers = new Map<string, () => void>()
  private readonly listeners = new Set<(event: MediaEvent) => void>()

  constructor({ authorize = () => undefined, names = STREAM_ID, limits = readMediaLimits(), clock = systemClock }: StreamHubOptions = {}) {
    this.authorize = authorize
    this.names = names
    this.limits = limits
    this.clock = clock
  }

  get streams(): readonly LiveStream[] {
    return [...this.live.values()]
  }

  /**
   * A phone that changed networks comes back before its old socket times out, so a newcomer with a valid signature
   * takes the stream over; rejecting it would lock the anchor out of the own room for the length of a TCP timeout.
   * `'trusted'` skips the signature, for publishers inside this process.
   */
  publish(streamId: string, credentials: Query | 'trusted', publisher: Publisher): LiveStream | Refusal {
    // A programme brings nothing that is not here already, and there is at most one for each room.
    const refusal = publisher.kind === 'programme' ? this.judge('publish', streamId, credentials) : this.mayPublish(streamId, credentials)
    if (refusal)
      return refusal
    const old = this.live.get(streamId)
    const stream = new LiveStream(streamId, publisher, this.limits, this.clock)
    this.live.set(streamId, stream)
    const mutes = this.mutes.get(streamId)
    if (mutes)
      stream.mute(mutes)
    this.emit('publish', stream)
    if (old) {
      this.end(old)
      old.publisher.close('takenOver')
    }
    return stream
  }

  /** For who is asked before there is anything to publish. `publish` judges again. */
  mayPublish(streamId: string, credentials: Query | 'trusted'): Refusal | undefined {
    const isFull = !this.live.has(streamId) && this.streams.filter(({ publisher }) => publisher.kind !== 'programme').length >= this.limits.streams
    return this.judge('publish', streamId, credentials) ?? (isFull ? 'full' : undefined)
  }

  /** Called by the publisher when its session ends. Does nothing when the stream is already over. */
  unpublish(stream: LiveStream): void {
    if (this.live.get(stream.id) !== stream)
      return
    this.live.delete(stream.id)
    this.end(stream)
  }

  kick(streamId: string): void {
    const stream = this.live.get(streamId)
    if (stream)
      this.dismiss(stream, 'kicked')
  }

  /** Holds for this and every later publication of the stream, until it is changed. */
  mute(streamId: string, mutes: Mutes): void {
    if (mutes.sound || mutes.picture)
      this.mutes.set(streamId, mutes)
    else
      this.mutes.delete(streamId)
    this.live.get(streamId)?.mute(mutes)
  }

  find(streamId: string): LiveStream | undefined {
    return this.live.get(streamId)
  }

  /** `begin` may publish the stream at once when somebody wants to watch it and it is not live. Returns what takes the offer back. */
  offer(streamId: string, begin: () => void): () => void {
    this.offers.set(streamId, begin)
    return () => void this.offers.delete(streamId)
  }

  /** The stream, for somebody who may watch it. */
  playable(streamId: string, credentials: Query | 'trusted'): LiveStream | Refusal {
    const refusal = this.judge('play', streamId, credentials)
    if (refusal)
      return refusal
    if (this.readerCount >= this.limits.readers)
      return 'full'
    if (!this.live.has(streamId))
      this.offers.get(streamId)?.()
    return this.live.get(streamId) ?? 'notFound'
  }

  get readerCount(): number {
    return this.streams.reduce((sum, stream) => sum + stream.readerCount, 0)
  }

  /** Returns what stops listening. A takeover is a publish of the new session, then an unpublish of the old one: no moment is without. */
  onEvent(listener: (event: MediaEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Ends every publication. */
  close(): void {
    for (const stream of this.streams)
      this.dismiss(stream, 'shutdown')
  }

  private dismiss(stream: LiveStream, reason: Parameters<Publisher['close']>[0]) {
    this.unpublish(stream)
    stream.publisher.close(reason)
  }

  private end(stream: LiveStream) {
    stream.end()
    this.emit('unpublish', stream)
  }

  private judge(action: 'publish' | 'play', streamId: string, credentials: Query | 'trusted'): Refusal | undefined {
    if (!this.names.test(streamId))
      return 'badName'
    return credentials === 'trusted' ? undefined : this.authorize(action, streamId, credentials)
  }

  private emit(type: MediaEvent['type'], stream: LiveStream) {
    const event: MediaEvent = { type, streamId: stream.id, sessionId: stream.publisher.id, at: this.clock.now() }
    for (const listener of this.listeners)
      listener(event)
  }
}
