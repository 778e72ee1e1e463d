/** What a caller asks about: a room that they can see and may be in, or a code. */
import type { RoomModeration } from '../../rooms/moderation'
import type { Caller } from '../types'
import type { WeappCode } from '../WeappError'
import type { Audiences } from './audiences'
import type { Place, Places } from './places'
import { inOldCodes } from '../refusals'
import { WeappError } from '../WeappError'

export interface Sight {
  /** Also a sign that the caller is there still. @throws WeappError `code` */
  placeOf: (caller: Caller, roomID: string, code: WeappCode) => Place
  /** The same. @throws WeappError enterFailed, too, for who was sent out of the room */
  admitted: (caller: Caller, roomID: string, code: WeappCode) => Promise<Place>
}

export interface SightOptions {
  readonly places: Pick<Places, 'find'>
  readonly audiences: Pick<Audiences, 'heard' | 'leave'>
  readonly moderation: Pick<RoomModeration, 'admit'>
  /** Somebody asks about this room. */
  readonly onAsked: (roomId: string) => void
}

export function createSight({ places, audiences, moderation, onAsked }: SightOptions): Sight {
  function placeOf(caller: Caller, roomID: string, code: WeappCode): Place {
    const place = places.find(caller, roomID)
    if (!place)
      throw new WeappError(code, 'There is no such room.')
    onAsked(place.room.id)
    audiences.heard(place.room.id, caller.person.user.id)
    return place
  }

  return {
    placeOf,
    async admitted(caller, roomID, code) {
      const place = placeOf(caller, roomID, code)
      const { user } = caller.person
      await moderation.admit(place.room.id, user.id).catch((error: unknown) => {
        audiences.leave(user.id, place.room.id)
        return inOldCodes(error)
      })
      return place
    },
  }
}
