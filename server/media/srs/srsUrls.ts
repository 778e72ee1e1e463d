/** Where streams are published and played on SRS; signed as everywhere, so that its hooks can be answered by the signature. */
import type { PlayUrls, PublishUrls } from '../../../shared/protocol/rest'
import type { Clock } from '../../clock'
import type { SrsSettings, StreamKey } from '../../settings'
import { signStreamFor } from '../urlAuth'

export const SRS_APP = 'live'

export interface SrsUrls {
  push: (streamId: string, ttlMs: number) => PublishUrls
  play: (streamId: string, ttlMs: number) => PlayUrls
}

export interface SrsUrlsOptions {
  readonly settings: Pick<SrsSettings, 'rtmpUrl' | 'httpUrl' | 'rtcUrl'>
  readonly pushKey: StreamKey
  readonly playKey: StreamKey
  readonly clock: Pick<Clock, 'now'>
}

export function createSrsUrls({ settings: { rtmpUrl, httpUrl, rtcUrl }, pushKey, playKey, clock }: SrsUrlsOptions): SrsUrls {
  /** https://ossrs.net/lts/en-us/docs/v6/doc/webrtc: WHIP and WHEP take app, stream and what hooks shall hear in the query. */
  const rtc = (way: 'whip' | 'whep', streamId: string, signature: string) => `${rtcUrl}/rtc/v1/${way}/?app=${SRS_APP}&stream=${streamId}&${signature}`

  return {
    push(streamId, ttlMs) {
      const { expiresAt, signature } = signStreamFor(pushKey, streamId, ttlMs, clock.now())
      const rtmpServer = `${rtmpUrl}/${SRS_APP}`
      const rtmpKey = `${streamId}?${signature}`
      return { streamId, rtmp: `${rtmpServer}/${rtmpKey}`, rtmpServer, rtmpKey, ...rtcUrl !== null && { whip: rtc('whip', streamId, signature) }, expiresAt }
    },
    play(streamId, ttlMs) {
      const { expiresAt, signature } = signStreamFor(playKey, streamId, ttlMs, clock.now())
      return {
        flv: `${httpUrl}/${SRS_APP}/${streamId}.flv?${signature}`,
        hls: `${httpUrl}/${SRS_APP}/${streamId}.m3u8?${signature}`,
        rtmp: `${rtmpUrl}/${SRS_APP}/${streamId}?${signature}`,
        ...rtcUrl !== null && { whep: rtc('whep', streamId, signature) },
        expiresAt,
      }
    },
  }
}
