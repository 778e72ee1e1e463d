/** Streams as old clients know them: by the name in an address. Each provider writes names in its own way. */
import type { MediaProvider, Origin } from '../../media/MediaProvider'
import { lineStreamIdOf } from '../../../shared/domain/ids'
import { WeappCode, WeappError } from '../WeappError'

/** Once at the start of a broadcast, from the address to the first packets, and from there to add_anchor. */
export const LINE_TTL_MS = 60 * 60_000
/** Old clients were promised seven days. */
export const PUSH_URL_TTL_MS = 7 * 24 * 60 * 60_000
const PLAY_URL_TTL_MS = 24 * 60 * 60_000

export interface LineStreams {
  /** @throws WeappError where there is no address that a client can publish to, or play */
  addresses: (userId: string, origin: Origin) => { readonly pushURL: string, readonly accelerateURL: string }
  /** With little delay; empty where there is none. */
  accelerateUrl: (streamId: string, origin: Origin) => string
  /** As it is called in the addresses of `streamId`. */
  nameOf: (streamId: string, origin: Origin) => string
}

export function createLineStreams(media: Pick<MediaProvider, 'issuePushUrls' | 'playUrls'>): LineStreams {
  const accelerateUrl = (streamId: string, origin: Origin): string => media.playUrls(streamId, PLAY_URL_TTL_MS, origin).rtmp ?? ''

  return {
    accelerateUrl,
    nameOf: (streamId, origin) => streamNameIn(accelerateUrl(streamId, origin)),
    addresses(userId, origin) {
      const streamId = lineStreamIdOf(userId)
      const pushURL = media.issuePushUrls(streamId, PUSH_URL_TTL_MS, origin).rtmp
      const accelerateURL = accelerateUrl(streamId, origin)
      if (accelerateURL === '')
        throw new WeappError(WeappCode.playUrlFailed, 'This server plays nothing by RTMP.')
      return { pushURL, accelerateURL }
    },
  }
}

/** As all old clients read it: after the last `/`, before `?` and the first `.`. */
export const streamNameIn = (url: string): string => url.split('?')[0].split('/').at(-1)!.split('.')[0]
