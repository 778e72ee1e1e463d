/** How old clients come into rooms and leave them. One thing at a time for each person: a line is in one room. */
import type { Room, User } from '../../../shared/protocol/rest'
import type { KeyedQueue } from '../../keyedQueue'
import type { RoomService } from '../../rooms/RoomService'
import type { Caller, WeappPerson, WeappRooms, WeappSessions } from '../types'
import type { LineStreams } from './lineStreams'
import type { Members } from './members'
import type { Place, Places } from './places'
import type { Reservations } from './reservations'
import type { Reserving } from './reserving'
import type { WeappRoomRecord } from './roomRecords'
import { lineStreamIdOf } from '../../../shared/domain/ids'
import { inOldCodes } from '../refusals'
import { ANCHORS_MAX } from '../types'
import { WeappCode, WeappError } from '../WeappError'
import { streamNameIn } from './lineStreams'
import { hasPart } from './members'
import { isOfOldClient } from './places'
import { titleIn } from './roomNames'

export type Entrances = Pick<WeappRooms, 'create' | 'destroy' | 'addAnchor' | 'deleteAnchor' | 'loggedOut'> & {
  /** Who is not there any more. */
  remove: (room: Room, userId: string) => Promise<void>
}

export interface EntrancesOptions {
  readonly rooms: Pick<RoomService, 'end' | 'weapp'>
  readonly places: Places
  readonly reservations: Reservations
  readonly reserving: Reserving
  readonly members: Pick<Members, 'heard'>
  readonly streams: LineStreams
  readonly sessions: Pick<WeappSessions, 'personOf' | 'setProfile'>
  /** By person. */
  readonly inOrder: Pick<KeyedQueue, 'run'>
  /** Whether this server hears what this person and their anchor say to each other. */
  readonly hears: (person: WeappPerson) => boolean
  readonly consent: 'auto' | 'required' | 'trusted'
}

type NewAnchor = Parameters<WeappRooms['addAnchor']>[1]

export function createEntrances({ rooms, places, reservations, reserving, members, streams, sessions, inOrder, hears, consent }: EntrancesOptions): Entrances {
  const door = rooms.weapp

  /** Their account as it is now. */
  async function named(person: WeappPerson, { userName, userAvatar }: NewAnchor): Promise<User> {
    await sessions.setProfile(person, { name: userName, avatar: userAvatar })
    return sessions.personOf(person.user.id)?.user ?? person.user
  }

  async function open({ person }: Caller, { roomId, type, roomInfo }: WeappRoomRecord, anchor: NewAnchor): Promise<void> {
    const user = await named(person, anchor)
    await reservations.open(user.id, () => door.open(user, {
      id: roomId,
      title: titleIn(roomInfo) ?? `${user.nickname}的直播间`,
      isListed: type === 'live_room',
      admission: hears(person) ? 'ask' : 'closed',
    }).catch(inOldCodes))
    members.heard(roomId, user.id)
  }

  /** Calls are joined without asking. Where the anchor's consent is not heard by us, an old anchor's clients are trusted to have asked for it. */
  function needsConsent({ person, type }: Caller, place: Place): boolean {
    return type === 'live_room' && (!isOfOldClient(place) || consent === 'required' || (consent === 'auto' && hears(person)))
  }

  async function enter(caller: Caller, place: Place, anchor: NewAnchor): Promise<void> {
    const { id } = place.room
    const { person, person: { user }, type } = caller
    if (place.room.anchor.id !== user.id) {
      await door.seat(id, user, { seatsMax: ANCHORS_MAX[type] - 1, needsConsent: needsConsent(caller, place) }).catch(inOldCodes)
      await reserving.endOwn(user.id, id)
    }
    members.heard(id, user.id)
    door.isThere(id, await named(person, anchor))
  }

  async function remove(room: Room, userId: string): Promise<void> {
    if (room.anchor.id === userId)
      await rooms.end(room.id, userId)
    else
      await door.leaveSeat(room.id, userId)
  }

  return {
    create: (caller, room) => inOrder.run(caller.person.user.id, async () => (await reserving.reserve(caller, room)).name),

    destroy: (caller, roomID) => inOrder.run(caller.person.user.id, async () => {
      const { user, sdkAppId } = caller.person
      const room = places.find(caller, roomID)?.room
      if (room ? room.anchor.id !== user.id : reservations.find(sdkAppId, roomID)?.userId !== user.id)
        throw new WeappError(WeappCode.destroyFailed, room ? 'Only who created a room may destroy it.' : 'There is no such room.')
      if (room)
        await rooms.end(room.id, user.id)
      else
        await reservations.release(user.id)
    }),

    addAnchor: (caller, anchor) => inOrder.run(caller.person.user.id, async () => {
      const { user, sdkAppId } = caller.person
      const { roomID, pushURL, roomInfo } = anchor
      if (streamNameIn(pushURL) !== streams.nameOf(lineStreamIdOf(user.id), caller.origin))
        throw new WeappError(WeappCode.badPushUrl, 'pushURL is not the one this person was given by get_anchor_url.')
      const place = places.find(caller, roomID)
      if (place) {
        await enter(caller, place, anchor)
        return roomID
      }
      const reserved = reservations.find(sdkAppId, roomID)
      if (reserved ? reserved.userId !== user.id || reserved.record.type !== caller.type : roomInfo === undefined)
        throw new WeappError(WeappCode.enterFailed, 'There is no such room, or its creator has not come yet.')
      const record = reserved?.record ?? await reserving.reserve(caller, { roomInfo: roomInfo!, roomID })
      await open(caller, record, anchor)
      return record.name
    }),

    deleteAnchor: (caller, roomID) => inOrder.run(caller.person.user.id, async () => {
      const room = places.find(caller, roomID)?.room
      if (!room)
        throw new WeappError(WeappCode.roomGone, 'There is no such room.')
      if (!hasPart(room, caller.person.user.id))
        throw new WeappError(WeappCode.notMember, 'This person is not an anchor of the room.')
      await remove(room, caller.person.user.id)
    }),

    loggedOut: ({ user }) => inOrder.run(user.id, async () => {
      await reservations.release(user.id)
      for (const room of door.openRooms().filter(room => hasPart(room, user.id)))
        await remove(room, user.id)
    }),

    remove: (room, userId) => inOrder.run(userId, () => remove(room, userId)),
  }
}
