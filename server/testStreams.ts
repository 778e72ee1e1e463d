/**
 * Test addresses: a stream of somebody's own that belongs to no room, for trying out a camera, an encoder or a player. Who
 * asks again keeps the same stream for longer. Nothing survives a restart. Rules: docs/SPEC.md, section TL.
 */
import type { Logger } from 'pino'
import type { Clock } from './clock'
import type { MediaProvider } from './media/MediaProvider'
import { testStreamIdOf } from '../shared/domain/ids'
import { TooManyTestStreams } from './errors'

export const TEST_STREAM_TTL_MS = 30 * 60_000
/** Addresses given at the same time; how many of them carry a stream is bounded with all streams. */
export const TEST_STREAMS_MAX = 500

export interface TestStreams {
  /** The stream that this person may publish from now on, for TEST_STREAM_TTL_MS. @throws TooManyTestStreams */
  open: (userId: string) => string
  canPublish: (streamId: string) => boolean
}

export interface TestStreamsOptions {
  readonly clock: Clock
  readonly media: Pick<MediaProvider, 'kick'>
  readonly log: Pick<Logger, 'info' | 'error'>
}

export function createTestStreams({ clock, media, log }: TestStreamsOptions): TestStreams & { close: () => void } {
  /** Each with what calls its end off. */
  const open = new Map<string, () => void>()

  function end(streamId: string): void {
    open.delete(streamId)
    log.info({ streamId }, 'a test stream has expired')
    media.kick(streamId).catch((error: unknown) => log.error({ err: error, streamId }, 'an expired test stream could not be ended'))
  }

  return {
    open(userId) {
      const streamId = testStreamIdOf(userId)
      if (!open.has(streamId) && open.size >= TEST_STREAMS_MAX)
        throw TooManyTestStreams(TEST_STREAMS_MAX)
      open.get(streamId)?.()
      open.set(streamId, clock.after(TEST_STREAM_TTL_MS, () => end(streamId)))
      log.info({ userId, streamId }, 'a test stream is open')
      return streamId
    },
    canPublish: streamId => open.has(streamId),
    close() {
      open.forEach(cancelEnd => cancelEnd())
      open.clear()
    },
  }
}
