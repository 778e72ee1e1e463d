/** What old clients get as `mixedPlayURL`: one address for the whole life of a room, whoever is on its stage. */
import type { Room } from '../../../shared/protocol/rest'
import type { Clock } from '../../clock'
import type { MediaProvider, Origin } from '../../media/MediaProvider'
import type { StreamKey } from '../../settings'
import { mixStreamIdOf, programmeStreamIdOf } from '../../../shared/domain/ids'
import { signStreamFor } from '../../media/urlAuth'

/** As long as the play URLs of our own app are good. */
export const PROGRAMME_TTL_MS = 12 * 60 * 60_000

/** Where a room's programme is found on a server whose media cannot carry one; see programmeRoutes.ts. */
export const PROGRAMME_PATH = '/weapp/play'

export interface ProgrammeAddresses {
  /** Absolute, FLV over HTTP, signed. From now on there is such a programme while the room has pictures. */
  urlOf: (room: Pick<Room, 'id' | 'streamId'>, origin: Origin) => string
  /** The room is over. Does nothing when nobody asked for its programme. */
  end: (roomId: string) => void
}

export interface ProgrammeAddressesOptions {
  readonly media: Pick<MediaProvider, 'capabilities' | 'programme' | 'playUrls'>
  readonly playKey: StreamKey
  readonly clock: Pick<Clock, 'now'>
}

export function createProgrammeAddresses({ media, playKey, clock }: ProgrammeAddressesOptions): ProgrammeAddresses {
  if (media.capabilities.programme) {
    return {
      urlOf({ id, streamId }, origin) {
        const programmeId = programmeStreamIdOf(id)
        media.programme(programmeId, [mixStreamIdOf(id), streamId])
        return flvUrlOf(media, programmeId, origin)
      },
      end: roomId => media.programme(programmeStreamIdOf(roomId), []),
    }
  }
  return {
    urlOf({ id }, origin) {
      const { signature } = signStreamFor(playKey, programmeStreamIdOf(id), PROGRAMME_TTL_MS, clock.now())
      return `${origin.http}${PROGRAMME_PATH}/${id}.flv?${signature}`
    },
    end: () => {},
  }
}

/** Whole, as players outside a page need it, also where it was only said in relation to this server. */
export function flvUrlOf(media: Pick<MediaProvider, 'playUrls'>, streamId: string, origin: Origin): string {
  const { flv } = media.playUrls(streamId, PROGRAMME_TTL_MS, origin)
  if (flv === undefined)
    throw new Error('The streams cannot be played as FLV, which is all that old clients ask for.')
  return new URL(flv, origin.http).href
}
