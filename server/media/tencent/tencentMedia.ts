/** Streams carried by Tencent Cloud Live. */
import type { Clock } from '../../clock'
import type { StreamKey, TencentLiveSettings } from '../../settings'
import type { Media } from '../Media'
import type { CanPublish, MediaEvent, MediaProvider } from '../MediaProvider'
import type { Begun, CallbackMessage, Ended } from './callbackMessage'
import type { MediaLog } from './mediaLog'
import { MIX_USER_ID, parseStreamId } from '../../../shared/domain/ids'
import { createTencentApi } from '../../tencent/tencentApi'
import { callbackRoutes } from './callbacks'
import { createCensus } from './census'
import { createErrands } from './errands'
import { createLiveApi } from './liveApi'
import { createLiveMixes } from './liveMixes'
import { createLiveUrls } from './liveUrls'
import { createPublications } from './publications'
import { createRefusals } from './refusals'
import { streamIdOfName } from './streamName'

const VERSION = '2018-08-01'
/** After a cut nothing was heard: then it is asked. */
const CUT_MS = 5000

export interface TencentMediaOptions {
  readonly settings: TencentLiveSettings
  readonly pushKey: StreamKey
  readonly playKey: StreamKey
  readonly clock: Clock
  readonly log: MediaLog
  readonly canPublish: CanPublish
  /** Unset: stages are mixed; the cloud bills it as transcoding. */
  readonly isMixing?: boolean
  readonly fetch?: typeof fetch
}

/** Nothing is asked of the cloud before somebody listens to events; then the streams that are live already are told. */
export function createTencentMedia({ settings, pushKey, playKey, clock, log, canPublish, isMixing = true, fetch }: TencentMediaOptions): Media {
  const { pushDomain, appName } = settings
  const api = createLiveApi({
    api: createTencentApi({ ...settings, url: settings.apiUrl, service: 'live', version: VERSION, title: 'Tencent Cloud Live', fetch, clock }),
    pushDomain,
    appName,
  })
  const urls = createLiveUrls({ settings, pushKey, playKey, clock })
  const listeners = new Set<(event: MediaEvent) => void>()
  const errands = createErrands({ clock, log })
  const refusals = createRefusals({ api, errands, clock })
  const publications = createPublications({ clock, emit })
  const isHere = (streamId: string) => publications.get(streamId) !== undefined
  const mixes = createLiveMixes({
    api,
    errands,
    log,
    isLive: isHere,
    sizeOf: streamId => publications.get(streamId)?.size ?? { width: 0, height: 0 },
    check,
  })
  const census = createCensus({ api, publications, clock, log, onFound: found })
  let isStarted = false

  function emit(event: MediaEvent): void {
    for (const listener of listeners)
      listener(event)
    mixes.changed(event.streamId)
  }

  const isMix = (streamId: string) => parseStreamId(streamId)?.userId === MIX_USER_ID
  const isWelcome = (streamId: string) => isMix(streamId) ? mixes.isWanted(streamId) : canPublish(streamId)

  function refuse(streamId: string): void {
    if (isMix(streamId))
      mixes.cancel(streamId)
    else
      refusals.refuse(streamId)
  }

  function found(streamId: string): void {
    if (isWelcome(streamId))
      publications.found(streamId)
    else
      refuse(streamId)
  }

  /** Nothing was heard of this stream, though it should have begun or ended. */
  async function check(streamId: string): Promise<void> {
    if (isHere(streamId))
      return census.doubt(streamId)
    if (await api.stateOf(streamId).catch(() => 'inactive') === 'active')
      found(streamId)
  }

  function hear(message: CallbackMessage): void {
    const streamId = streamIdOfName(message.stream_id)
    if (!streamId)
      return log.info({ event: message.event_type }, 'Cloud Live told something of a stream that is not ours')
    switch (message.event_type) {
      case 1:
      case 0:
        if (message.appname !== appName || (message.app !== pushDomain && !isMix(streamId)))
          return log.info({ streamId, domain: message.app }, 'Cloud Live told something of another push domain')
        return message.event_type === 1 ? begin(streamId, message) : end(streamId, message)
      case 100: return log.info({ streamId, file: message.file_id, format: message.file_format, seconds: message.duration }, 'a recording is there')
      case 200: return log.info({ streamId, picture: message.pic_url }, 'a screenshot is there')
      case 321: return log.warn({ streamId, events: message.abnormal_event }, 'what is published has faults')
      case 332: return log.info({ streamId, state: message.record_event }, 'recording')
    }
  }

  function begin(streamId: string, { sequence, event_time: at, width, height }: Begun): void {
    if (publications.isOver(sequence))
      return
    if (isWelcome(streamId))
      return publications.begin(streamId, { sequence, at, size: { width, height } })
    publications.disown(sequence)
    refuse(streamId)
  }

  function end(streamId: string, { sequence, errcode, errmsg }: Ended): void {
    log.info({ streamId, session: sequence, code: errcode, reason: errmsg }, 'a publication ended')
    if (!publications.end(streamId, sequence))
      void census.doubt(streamId)
  }

  const provider: MediaProvider = {
    capabilities: { whip: true, whep: false, forbid: true, mute: false, mix: isMixing, programme: false },
    issuePushUrls(streamId, ttlMs) {
      refusals.welcome(streamId)
      return urls.push(streamId, ttlMs)
    },
    playUrls: urls.play,
    isLive: async streamId => isHere(streamId) || await api.stateOf(streamId) === 'active',
    /** The cloud does it when it can: no room waits for that. */
    async kick(streamId) {
      publications.cut(streamId)
      void errands.run(streamId, 'dropped', () => api.drop(streamId))
        .then(() => void errands.later(CUT_MS, () => void census.doubt(streamId)))
    },
    mute: async () => {},
    mix: async (streamId, mix) => mixes.set(streamId, mix),
    stopMix: async streamId => mixes.stop(streamId),
    programme: () => {},
    onEvent(listener) {
      listeners.add(listener)
      if (!isStarted) {
        isStarted = true
        census.start()
      }
      return () => listeners.delete(listener)
    },
    figures: () => [],
  }

  return {
    provider,
    router: callbackRoutes({ key: settings.callbackKey, clock, log, isListening: () => listeners.size > 0, onMessage: hear }),
    handleUpgrade: () => false,
    listen: async () => null,
    async close() {
      census.close()
      mixes.close()
      errands.close()
      publications.close()
    },
  }
}
