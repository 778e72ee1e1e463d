/** Which rooms an old client can see, and by which roomID. */
import type { Room } from '../../../shared/protocol/rest'
import type { WeappDoor } from '../../rooms/WeappDoor'
import type { Caller } from '../types'
import type { RoomRecords, WeappRoomRecord } from './roomRecords'

export interface Place {
  readonly room: Room
  /** Undefined for a room of our own app of which old clients have said nothing. */
  readonly record: WeappRoomRecord | undefined
}

export interface Places {
  /** Rooms of the caller's own application and kind; rooms of our app are live rooms, and there from their first picture on. */
  find: (caller: Caller, roomID: string) => Place | undefined
  /** Newest first. */
  list: (caller: Caller) => readonly Place[]
}

export const isOfOldClient = ({ record }: Place): boolean => record !== undefined && record.sdkAppId !== 0

export interface PlacesOptions {
  readonly door: Pick<WeappDoor, 'find' | 'openRooms'>
  readonly records: Pick<RoomRecords, 'of' | 'named'>
  /** Whether the list shows rooms of our own app. */
  readonly listsAll: boolean
}

export function createPlaces({ door, records, listsAll }: PlacesOptions): Places {
  function sees({ person, type }: Caller, place: Place): boolean {
    return isOfOldClient(place)
      ? place.record!.sdkAppId === person.sdkAppId && place.record!.type === type
      : type === 'live_room' && place.room.status !== 'preparing'
  }

  return {
    find(caller, roomID) {
      const room = door.find(records.named(caller.person.sdkAppId, roomID)?.roomId ?? roomID)
      const place = room && { room, record: records.of(room.id) }
      return place && sees(caller, place) && (place.record?.name ?? room.id) === roomID ? place : undefined
    },
    list: caller => door.openRooms()
      .map(room => ({ room, record: records.of(room.id) }))
      .filter(place => sees(caller, place) && (listsAll || isOfOldClient(place))),
  }
}
