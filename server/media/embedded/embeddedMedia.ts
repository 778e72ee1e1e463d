import type { Clock } from '../../clock'
import type { StreamKey } from '../../settings'
import type { Media } from '../Media'
import type { CanPublish, MediaProvider, Origin } from '../MediaProvider'
import type { Mixer, MixerOptions } from '../mixer/createMixer'
import type { MediaLimits } from './limits'
import type { Programmes } from './programme/createProgrammes'
import type { Authorize } from './streamHub'
import express from 'express'
import { systemClock } from '../../clock'
import { createMixer } from '../mixer/createMixer'
import { signStreamFor, verifyStream } from '../urlAuth'
import { httpFlv } from './httpFlv'
import { readMediaLimits } from './limits'
import { startLoop } from './loopPublisher'
import { createProgrammes } from './programme/createProgrammes'
import { createRtc } from './rtc/createRtc'
import { createRtmpServer } from './rtmp/rtmpServer'
import { StreamHub } from './streamHub'
import { wsFlv } from './wsFlv'

export interface EmbeddedMediaOptions {
  /** Sign publish and play URLs; they must differ, or every viewer could publish. */
  readonly pushKey: StreamKey
  readonly playKey: StreamKey
  readonly rtmpPort: number
  /** Address to bind RTMP to; unset means all. */
  readonly host?: string
  /** First and last UDP port for WebRTC; null or unset means the usual ones. */
  readonly udpPorts?: readonly [first: number, last: number] | null
  /** This machine's address outside its router or cloud network, for WebRTC. */
  readonly publicIp?: string | null
  readonly canPublish?: CanPublish
  /** What streams may be called; unset: as rooms call them. */
  readonly names?: RegExp
  /** Null or unset: stages are not mixed. */
  readonly mixing?: Pick<MixerOptions, 'command' | 'quality' | 'maxRooms'> | null
  /** For the operator; says things that happen once, not per stream. */
  readonly log?: (message: string) => void
  readonly limits?: MediaLimits
  readonly clock?: Clock
}

export interface EmbeddedMedia extends Media {
  readonly listen: () => Promise<number>
  readonly playLoop: NonNullable<Media['playLoop']>
  readonly hub: StreamHub
}

/** The media engine inside this process. Nothing listens before `listen()`. */
export function createEmbeddedMedia(options: EmbeddedMediaOptions): EmbeddedMedia {
  const { pushKey, playKey, canPublish = () => true, names, limits = readMediaLimits(), clock = systemClock } = options
  if (pushKey.key === playKey.key)
    throw new Error('PUSH_KEY and PLAY_KEY must differ: with one key every viewer could publish')

  const authorize: Authorize = (action, streamId, query) => {
    const refusal = verifyStream(action === 'publish' ? pushKey : playKey, streamId, query, clock.now())
    return refusal ?? (action === 'publish' && !canPublish(streamId) ? 'notAllowed' : undefined)
  }
  const hub = new StreamHub({ authorize, names, limits, clock })
  const rtmp = createRtmpServer(hub)
  const router = express.Router()
  router.use(httpFlv(hub))
  const rtc = createRtc({ hub, udpPorts: options.udpPorts ?? undefined, publicIp: options.publicIp ?? undefined, log: options.log })
  router.use(rtc.router)
  const mixer = options.mixing ? createMixer({ ...options.mixing, hub, clock, log: options.log ?? (() => {}) }) : undefined

  const programmes = createProgrammes(hub)

  return {
    provider: createProvider(hub, mixer, programmes, options, clock),
    router,
    handleUpgrade: wsFlv(hub),
    listen: () => rtmp.listen(options.rtmpPort, options.host),
    async close() {
      programmes.close()
      mixer?.close()
      rtc.close()
      hub.close()
      await rtmp.close()
    },
    playLoop: (streamId, file, onEnded) => startLoop(hub, streamId, file, onEnded),
    hub,
  }
}

function createProvider(hub: StreamHub, mixer: Mixer | undefined, programmes: Programmes, { pushKey, playKey }: EmbeddedMediaOptions, clock: Clock): MediaProvider {
  return {
    capabilities: { whip: true, whep: true, forbid: false, mute: true, mix: mixer !== undefined, programme: true },
    issuePushUrls(streamId, ttlMs, origin: Origin) {
      const { expiresAt, signature } = signStreamFor(pushKey, streamId, ttlMs, clock.now())
      return {
        streamId,
        rtmp: `${origin.rtmp}/live/${streamId}?${signature}`,
        rtmpServer: `${origin.rtmp}/live`,
        rtmpKey: `${streamId}?${signature}`,
        whip: `${origin.http}/whip/${streamId}?${signature}`,
        expiresAt,
      }
    },
    playUrls(streamId, ttlMs, origin: Origin) {
      const { expiresAt, signature } = signStreamFor(playKey, streamId, ttlMs, clock.now())
      return {
        flv: `${origin.http}/live/${streamId}.flv?${signature}`,
        wsFlv: `${origin.http.replace(/^http/, 'ws')}/live/${streamId}.flv?${signature}`,
        whep: `${origin.http}/whep/${streamId}?${signature}`,
        rtmp: `${origin.rtmp}/live/${streamId}?${signature}`,
        expiresAt,
      }
    },
    isLive: async streamId => hub.find(streamId) !== undefined,
    kick: async streamId => hub.kick(streamId),
    mute: async (streamId, mutes) => hub.mute(streamId, mutes),
    mix: async (streamId, mix) => mixer?.mix(streamId, mix),
    stopMix: async streamId => mixer?.stopMix(streamId),
    programme: programmes.follow,
    onEvent: listener => hub.onEvent(listener),
    figures: () => hub.streams.map(stream => ({
      streamId: stream.id,
      publisher: stream.publisher.kind,
      readers: stream.readerCount,
      bitrateKbps: stream.bitrateKbps,
      startedAt: stream.startedAt,
    })),
  }
}
