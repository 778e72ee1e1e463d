/** create_room: a roomID for somebody who is about to come. */
import type { RandomBytes } from '../../../shared/domain/ids'
import type { Clock } from '../../clock'
import type { TextPlace } from '../../moderation/ContentCheck'
import type { RoomService } from '../../rooms/RoomService'
import type { Caller, WeappPerson } from '../types'
import type { Reservations } from './reservations'
import type { RoomRecords, WeappRoomRecord } from './roomRecords'
import { createId } from '../../../shared/domain/ids'
import { textIn } from '../saidInJson'
import { WeappCode, WeappError } from '../WeappError'
import { isRoomName, ROOM_INFO_MAX_BYTES } from './roomNames'

/** Whether it may be shown to others. */
export type IsLetThrough = (person: WeappPerson, text: string, place: TextPlace) => Promise<boolean>

export interface Reserving {
  /** The person's earlier reservation and rooms give way. @throws WeappError; nothing has changed then */
  reserve: (caller: Caller, room: { readonly roomInfo: string, readonly roomID?: string }) => Promise<WeappRoomRecord>
  /** What this person has reserved, and the rooms they have opened. */
  endOwn: (userId: string, exceptId?: string) => Promise<void>
}

export interface ReservingOptions {
  readonly rooms: Pick<RoomService, 'end' | 'weapp'>
  readonly records: RoomRecords
  readonly reservations: Reservations
  readonly isLetThrough: IsLetThrough
  readonly clock: Pick<Clock, 'now'>
  readonly randomBytes: RandomBytes
}

export function createReserving({ rooms, records, reservations, isLetThrough, clock, randomBytes }: ReservingOptions): Reserving {
  const door = rooms.weapp

  async function endOwn(userId: string, exceptId?: string): Promise<void> {
    await reservations.release(userId)
    for (const { id } of door.openRooms().filter(room => room.anchor.id === userId && room.id !== exceptId))
      await rooms.end(id, userId)
  }

  /** @throws WeappError when it is somebody else's, or of the house */
  function claim({ sdkAppId, user }: WeappPerson, name: string): void {
    const reserved = reservations.find(sdkAppId, name)
    const room = door.find(records.named(sdkAppId, name)?.roomId ?? name)
    if ((reserved && reserved.userId !== user.id) || (room && room.anchor.id !== user.id))
      throw new WeappError(WeappCode.createFailed, 'There is a room of this roomID.')
  }

  return {
    endOwn,

    async reserve({ person, type }, { roomInfo, roomID = '' }) {
      if (Buffer.byteLength(roomInfo) > ROOM_INFO_MAX_BYTES)
        throw new WeappError(WeappCode.roomInfoTooLong, `roomInfo has at most ${ROOM_INFO_MAX_BYTES} bytes.`)
      if (roomID !== '' && !isRoomName(roomID))
        throw new WeappError(WeappCode.roomIdFailed, 'A roomID has 1 to 48 printable ASCII characters, begins with no @TGS#, and is not of the form of this server\'s own.')
      if (!await isLetThrough(person, textIn(roomInfo), 'title'))
        throw new WeappError(WeappCode.createFailed, 'roomInfo holds words that are not let through.')
      await reservations.expire()
      claim(person, roomID)
      await endOwn(person.user.id)
      claim(person, roomID) // nobody comes between this and `add`
      const roomId = createId('r', randomBytes)
      const record: WeappRoomRecord = { roomId, name: roomID || roomId, sdkAppId: person.sdkAppId, type, roomInfo, custom: {}, createdAt: clock.now() }
      await reservations.add(person.user.id, record)
      return record
    },
  }
}
