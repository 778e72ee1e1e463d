/** Addresses of streams on Tencent Cloud Live: https://cloud.tencent.com/document/product/267/38393, signed as 267/31560 says. */
import type { PlayUrls, PublishUrls } from '../../../shared/protocol/rest'
import type { Clock } from '../../clock'
import type { StreamKey, TencentLiveSettings } from '../../settings'
import { signStreamFor } from '../urlAuth'
import { streamNameOf } from './streamName'

export interface LiveUrlsOptions {
  readonly settings: Pick<TencentLiveSettings, 'pushDomain' | 'playDomain' | 'isPlayHttps' | 'appName' | 'whipUrl' | 'lebUrl'>
  readonly pushKey: StreamKey
  readonly playKey: StreamKey
  readonly clock: Pick<Clock, 'now'>
}

export interface LiveUrls {
  push: (streamId: string, ttlMs: number) => PublishUrls & { readonly whip: string }
  play: (streamId: string, ttlMs: number) => PlayUrls
}

export function createLiveUrls({ settings, pushKey, playKey, clock }: LiveUrlsOptions): LiveUrls {
  const { pushDomain, playDomain, isPlayHttps, appName, whipUrl, lebUrl } = settings

  return {
    push(streamId, ttlMs) {
      const name = streamNameOf(streamId)
      const { expiresAt, signature } = signStreamFor(pushKey, name, ttlMs, clock.now())
      const rtmpServer = `rtmp://${pushDomain}/${appName}`
      const rtmpKey = `${name}?${signature}`
      return {
        streamId,
        rtmp: `${rtmpServer}/${rtmpKey}`,
        rtmpServer,
        rtmpKey,
        // WHIP (267/57042) has one address for everybody; who publishes stands in the stream's own address. A page may not
        // send that as a bearer token: the endpoint does not let Authorization pass from other origins.
        whip: withStreamUrl(whipUrl, `webrtc://${pushDomain}/${appName}/${rtmpKey}`),
        expiresAt,
      }
    },

    play(streamId, ttlMs) {
      const name = streamNameOf(streamId)
      const { expiresAt, signature } = signStreamFor(playKey, name, ttlMs, clock.now())
      const path = `${playDomain}/${appName}/${name}`
      const http = isPlayHttps ? 'https' : 'http'
      return {
        flv: `${http}://${path}.flv?${signature}`,
        hls: `${http}://${path}.m3u8?${signature}`,
        rtmp: `rtmp://${path}?${signature}`,
        leb: withStreamUrl(`${lebUrl}/pullstream`, `webrtc://${path}?${signature}`),
        expiresAt,
      }
    },
  }
}

const withStreamUrl = (endpoint: string, streamUrl: string): string => `${endpoint}?streamurl=${encodeURIComponent(streamUrl)}`
