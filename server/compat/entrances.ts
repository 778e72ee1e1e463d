/** How old clients come into rooms and leave them. One thing at a time for each person: a line is in one room. */
import type { RandomBytes } from '../../shared/domain/ids'
import type { Room, User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { KeyedQueue } from '../keyedQueue'
import type { TextPlace } from '../moderation/ContentCheck'
import type { RoomService } from '../rooms/RoomService'
import type { LineStreams } from './lineStreams'
import type { Members } from './members'
import type { Place, Places } from './places'
import type { Reservations } from './reservations'
import type { RoomRecord, RoomRecords } from './roomRecords'
import type { Caller, WeappPerson, WeappRooms, WeappSessions } from './types'
import { createId, lineStreamIdOf } from '../../shared/domain/ids'
import { streamNameIn } from './lineStreams'
import { isMember } from './members'
import { isOfOldClient } from './places'
import { inOldCodes } from './refusals'
import { isRoomName, ROOM_INFO_MAX_BYTES, titleIn } from './roomNames'
import { textIn } from './saidInJson'
import { ANCHORS_MAX } from './types'
import { WeappCode, WeappError } from './WeappError'

export type Entrances = Pick<WeappRooms, 'create' | 'destroy' | 'addAnchor' | 'deleteAnchor' | 'loggedOut'> & {
  /** Who is not there any more. */
  remove: (room: Room, userId: string) => Promise<void>
}

export interface EntrancesOptions {
  readonly rooms: Pick<RoomService, 'end' | 'weapp'>
  readonly places: Places
  readonly records: RoomRecords
  readonly reservations: Reservations
  readonly members: Pick<Members, 'heard'>
  readonly streams: LineStreams
  readonly sessions: Pick<WeappSessions, 'personOf' | 'setProfile'>
  readonly isLetThrough: IsLetThrough
  /** By person. */
  readonly inOrder: Pick<KeyedQueue, 'run'>
  readonly clock: Pick<Clock, 'now'>
  readonly randomBytes: RandomBytes
  /** Whether this server hears what this person and their anchor say to each other. */
  readonly hears: (person: WeappPerson) => boolean
  readonly consent: 'auto' | 'required' | 'trusted'
}

/** Whether it may be shown to others. */
export type IsLetThrough = (person: WeappPerson, text: string, place: TextPlace) => Promise<boolean>

type NewAnchor = Parameters<WeappRooms['addAnchor']>[1]

export function createEntrances({ rooms, places, records, reservations, members, streams, sessions, isLetThrough, inOrder, clock, randomBytes, hears, consent }: EntrancesOptions): Entrances {
  const door = rooms.weapp

  const ownRooms = (userId: string): readonly Room[] => door.openRooms().filter(({ anchor }) => anchor.id === userId)

  async function endOwn(userId: string, exceptId?: string): Promise<void> {
    await reservations.release(userId)
    for (const { id } of ownRooms(userId).filter(room => room.id !== exceptId))
      await rooms.end(id, userId)
  }

  /** Somebody else's, or of the house. A person's own room gives way to their next. */
  function isTaken({ sdkAppId, user }: WeappPerson, name: string): boolean {
    const reserved = reservations.find(sdkAppId, name)
    const named = records.named(sdkAppId, name)
    const room = door.find(named?.roomId ?? name)
    return (reserved !== undefined && reserved.userId !== user.id) || (room !== undefined && room.anchor.id !== user.id)
  }

  async function reserve({ person, type }: Caller, { roomInfo, roomID = '' }: { readonly roomInfo: string, readonly roomID?: string }): Promise<RoomRecord> {
    if (Buffer.byteLength(roomInfo) > ROOM_INFO_MAX_BYTES)
      throw new WeappError(WeappCode.roomInfoTooLong, `roomInfo has at most ${ROOM_INFO_MAX_BYTES} bytes.`)
    if (roomID !== '' && !isRoomName(roomID))
      throw new WeappError(WeappCode.roomIdFailed, 'A roomID has 1 to 48 printable ASCII characters, begins with no @TGS#, and is not of the form of this server\'s own.')
    if (!await isLetThrough(person, textIn(roomInfo), 'title'))
      throw new WeappError(WeappCode.createFailed, 'roomInfo holds words that are not let through.')
    await reservations.expire()
    const throwIfTaken = () => {
      if (isTaken(person, roomID))
        throw new WeappError(WeappCode.createFailed, 'There is a room of this roomID.')
    }
    throwIfTaken()
    await endOwn(person.user.id)
    throwIfTaken()
    const earlier = records.named(person.sdkAppId, roomID)
    if (earlier) // which has ended
      await records.remove(earlier.roomId)
    const roomId = createId('r', randomBytes)
    const record = { roomId, name: roomID || roomId, sdkAppId: person.sdkAppId, type, roomInfo, custom: {}, createdAt: clock.now() }
    await reservations.add(person.user.id, record)
    return record
  }

  /** Their account as it is now. */
  async function named(person: WeappPerson, { userName, userAvatar }: NewAnchor): Promise<User> {
    await sessions.setProfile(person, { name: userName, avatar: userAvatar })
    return sessions.personOf(person.user.id)?.user ?? person.user
  }

  async function open({ person }: Caller, { roomId, type, roomInfo }: RoomRecord, anchor: NewAnchor): Promise<void> {
    const user = await named(person, anchor)
    await reservations.open(user.id, () => door.open(user, {
      id: roomId,
      title: titleIn(roomInfo) ?? `${user.nickname}的直播间`,
      isListed: type === 'live_room',
      admission: hears(person) ? 'ask' : 'closed',
    }).catch(inOldCodes))
    members.heard(roomId, user.id)
  }

  /** Where the anchor's consent is not heard by us, an old anchor's clients are trusted to have asked for it. */
  function needsConsent(person: WeappPerson, place: Place): boolean {
    return !isOfOldClient(place) || consent === 'required' || (consent === 'auto' && hears(person))
  }

  async function enter({ person, type }: Caller, place: Place, anchor: NewAnchor): Promise<void> {
    const { id } = place.room
    const { user } = person
    if (place.room.anchor.id !== user.id) {
      await door.seat(id, user, { seatsMax: ANCHORS_MAX[type] - 1, needsConsent: needsConsent(person, place) }).catch(inOldCodes)
      await endOwn(user.id, id)
    }
    members.heard(id, user.id)
    const current = await named(person, anchor)
    door.isThere(id, current)
  }

  const remove = (room: Room, userId: string): Promise<unknown> => room.anchor.id === userId ? rooms.end(room.id, userId) : door.leaveSeat(room.id, userId)

  return {
    create: (caller, room) => inOrder.run(caller.person.user.id, async () => (await reserve(caller, room)).name),

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
      const reserved = reservations.find(sdkAppId, roomID)
      if (place) {
        await enter(caller, place, anchor)
        return roomID
      }
      if (reserved ? reserved.userId !== user.id || reserved.record.type !== caller.type : roomInfo === undefined)
        throw new WeappError(WeappCode.enterFailed, 'There is no such room, or its creator has not come yet.')
      const own = reserved?.record ?? await reserve(caller, { roomInfo: roomInfo!, roomID })
      await open(caller, own, anchor)
      return own.name
    }),

    deleteAnchor: (caller, roomID) => inOrder.run(caller.person.user.id, async () => {
      const room = places.find(caller, roomID)?.room
      if (!room)
        throw new WeappError(WeappCode.roomGone, 'There is no such room.')
      if (!isMember(room, caller.person.user.id))
        throw new WeappError(WeappCode.notMember, 'This person is not an anchor of the room.')
      await remove(room, caller.person.user.id)
    }),

    loggedOut: ({ user }) => inOrder.run(user.id, async () => {
      await reservations.release(user.id)
      for (const room of door.openRooms()) {
        if (isMember(room, user.id))
          await remove(room, user.id)
      }
    }),

    remove: (room, userId) => inOrder.run(userId, async () => void await remove(room, userId)),
  }
}
