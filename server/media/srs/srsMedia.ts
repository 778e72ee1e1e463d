/** Streams carried by SRS (https://ossrs.net), version 5 or 6. It asks before it takes or shows a stream, and can be told to hang up. */
import type { Logger } from 'pino'
import type { Clock } from '../../clock'
import type { SrsSettings, StreamKey } from '../../settings'
import type { Media } from '../Media'
import type { CanPublish, MediaProvider } from '../MediaProvider'
import type { HookMessage } from './hooks'
import { STREAM_ID } from '../../../shared/domain/ids'
import { createKeyedQueue } from '../../keyedQueue'
import { verifyStream } from '../urlAuth'
import { startCensus } from './census'
import { hookRoutes } from './hooks'
import { createPublications } from './publications'
import { createSrsApi } from './srsApi'
import { createSrsUrls, SRS_APP } from './srsUrls'
import { createTakeovers } from './takeovers'

export interface SrsMediaOptions {
  readonly settings: SrsSettings
  readonly pushKey: StreamKey
  readonly playKey: StreamKey
  readonly clock: Clock
  readonly log: Pick<Logger, 'info' | 'warn'>
  readonly canPublish: CanPublish
  readonly fetch?: typeof fetch
}

/** Nothing is asked of SRS before somebody listens to events; then the streams that are live already are told. */
export function createSrsMedia({ settings, pushKey, playKey, clock, log, canPublish, fetch }: SrsMediaOptions): Media {
  const api = createSrsApi({ url: settings.apiUrl, clock, fetch })
  const urls = createSrsUrls({ settings, pushKey, playKey, clock })
  const publications = createPublications(clock)
  const takeovers = createTakeovers({ api, publications, clock })
  const inOrder = createKeyedQueue()
  let stopCensus: (() => void) | undefined
  let isClosed = false

  /** Undefined: nothing speaks against it. */
  function refusalOf(key: StreamKey, { app, stream, query }: HookMessage): string | undefined {
    return app === SRS_APP && STREAM_ID.test(stream) ? verifyStream(key, stream, query, clock.now()) : 'badName'
  }

  async function mayPublish(message: HookMessage): Promise<boolean> {
    const { stream: streamId, clientId } = message
    const refusal = refusalOf(pushKey, message) ?? (canPublish(streamId) ? undefined : 'notAllowed')
    if (refusal) {
      log.info({ stream: streamId, clientId, refusal }, 'SRS was told not to take a stream')
      return false
    }
    try {
      const isTaken = await inOrder.run(streamId, () => takeovers.take(streamId, clientId))
      if (!isTaken)
        log.warn({ streamId, clientId }, 'SRS was told not to take a stream: its old publisher did not go')
      return isTaken
    }
    catch (error) {
      log.warn({ streamId, clientId, err: error }, 'SRS was told not to take a stream: it could not be told to hang up on the old publisher')
      return false
    }
  }

  /** Of a publisher that nobody told us of. */
  async function lookUp(streamId: string): Promise<string | undefined> {
    return (await api.publishing()).get(streamId)
  }

  const provider: MediaProvider = {
    capabilities: { whip: settings.rtcUrl !== null, whep: settings.rtcUrl !== null, forbid: false, mute: false, mix: false, programme: false },
    issuePushUrls: urls.push,
    playUrls: urls.play,
    isLive: async streamId => publications.get(streamId) !== undefined || await lookUp(streamId) !== undefined,
    async kick(streamId) {
      const told = publications.get(streamId)?.clientId
      if (told !== undefined && await api.kick(told))
        return
      const listed = await lookUp(streamId)
      if (listed !== undefined)
        await api.kick(listed)
    },
    mute: async () => {},
    mix: async () => {},
    stopMix: async () => {},
    programme: () => {},
    onEvent(listener) {
      const stop = publications.onEvent(listener)
      if (!isClosed)
        stopCensus ??= startCensus({ api, publications, canPublish, clock, log })
      return stop
    },
    figures: () => [],
  }

  return {
    provider,
    router: hookRoutes({
      secret: settings.hookSecret,
      log,
      onPublish: mayPublish,
      onUnpublish({ stream, clientId }) {
        if (!takeovers.noteEnd(stream, clientId))
          publications.end(stream, clientId)
      },
      mayPlay: message => refusalOf(playKey, message) === undefined,
    }),
    handleUpgrade: () => false,
    listen: async () => null,
    async close() {
      isClosed = true
      stopCensus?.()
      takeovers.close()
      api.close()
    },
  }
}
