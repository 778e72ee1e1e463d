/** Rooms as clients of the old room service know them: their requests, spoken to RoomService. Rules: docs/SPEC.md, section RS. */
import type { RandomBytes } from '../../../shared/domain/ids'
import type { Room } from '../../../shared/protocol/rest'
import type { Clock } from '../../clock'
import type { ImServer } from '../../im/ImServer'
import type { MediaProvider, Origin } from '../../media/MediaProvider'
import type { JudgeText } from '../../moderation/createTextJudge'
import type { RoomLog } from '../../rooms/log'
import type { RoomService } from '../../rooms/RoomService'
import type { WeappSettings } from '../../settings'
import type { Caller, RoomShape, WeappPerson, WeappRooms, WeappSessions } from '../types'
import type { Place } from './places'
import type { IsLetThrough } from './reserving'
import type { RoomRecords } from './roomRecords'
import { createKeyedQueue } from '../../keyedQueue'
import { WeappCode, WeappError } from '../WeappError'
import { createAttending } from './attending'
import { createAudiences } from './audiences'
import { changeCustom, newWordsOf } from './customFields'
import { createEntrances } from './entrances'
import { createLineStreams, LINE_TTL_MS } from './lineStreams'
import { createMembers, isMember } from './members'
import { chosenGuests } from './merging'
import { createPlaces } from './places'
import { createPresenting } from './presenting'
import { createReservations } from './reservations'
import { createReserving } from './reserving'
import { createSight } from './sight'
import { startSweep } from './sweep'

/** Rooms of a page of the list. */
const LIST_MAX = 100

export interface MountedWeappRooms extends WeappRooms {
  /** After rooms have taken up those of the last run, and `records` are loaded. Returns what stops; what was kept is written by then. */
  start: () => Promise<() => Promise<void>>
}

export interface WeappRoomsOptions {
  readonly rooms: Pick<RoomService, 'end' | 'audience' | 'moderation' | 'weapp'>
  readonly im: Pick<ImServer, 'createRoom' | 'closeRoom'>
  readonly media: Pick<MediaProvider, 'issuePushUrls' | 'playUrls' | 'isLive'>
  readonly programmes: { readonly urlOf: (room: Room, origin: Origin) => string, readonly end: (roomId: string) => void }
  readonly sessions: WeappSessions
  readonly records: RoomRecords
  readonly judgeText: JudgeText
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly log: RoomLog
  readonly settings: Pick<WeappSettings, 'consent' | 'listsAll'>
  /** The application whose chat this server takes part in; null with IM=embedded. */
  readonly chatAppId: number | null
}

export function createWeappRooms({ rooms, im, media, programmes, sessions, records, judgeText, clock, randomBytes, log, settings, chatAppId }: WeappRoomsOptions): MountedWeappRooms {
  const door = rooms.weapp
  const hears = ({ sdkAppId }: Pick<WeappPerson, 'sdkAppId'>): boolean => sdkAppId === chatAppId
  const streams = createLineStreams(media)
  const places = createPlaces({ door, records, listsAll: settings.listsAll })
  const reservations = createReservations({
    records,
    clock,
    chat: {
      begin: async (record, userId) => hears(record) ? im.createRoom(record.roomId, userId) : undefined,
      end: async record => hears(record) ? im.closeRoom(record.roomId) : undefined,
    },
  })
  const members = createMembers(clock)
  const audiences = createAudiences({ clock, isCounted: hears, onUncounted: door.setViewersElsewhere })
  const statusCodes = new Map<string, number>()
  /** Of which something may be kept here. */
  const roomsAsked = new Set<string>()
  const inOrder = createKeyedQueue()
  const isLetThrough: IsLetThrough = async ({ user }, text, place) => text.trim() === '' || await judgeText(text, place, user.id) === 'fine'
  const reserving = createReserving({ rooms, records, reservations, isLetThrough, clock, randomBytes })
  const entrances = createEntrances({ rooms, places, reservations, reserving, members, streams, sessions, inOrder, hears, consent: settings.consent })
  const presenting = createPresenting({ sessions, members, streams, programmes, statusCodeOf: id => statusCodes.get(id) ?? 0, viewersOf: audiences.count })

  const { placeOf, admitted } = createSight({ places, audiences, moderation: rooms.moderation, onAsked: id => void roomsAsked.add(id) })
  const attending = createAttending({ rooms, sight: { placeOf, admitted }, audiences, presenting, sessions, isLetThrough, inOrder })

  const present = (caller: Caller, { room, record }: Place): RoomShape => presenting.room(caller, room, record)

  async function expire(): Promise<void> {
    await reservations.expire()
    audiences.expire()
    const ended = [...roomsAsked, ...records.all().map(({ roomId }) => roomId)].filter(id => !door.find(id) && !reservations.has(id))
    for (const id of new Set(ended))
      await forget(id)
    await records.write()
  }

  async function forget(roomId: string): Promise<void> {
    roomsAsked.delete(roomId)
    statusCodes.delete(roomId)
    members.forget(roomId)
    audiences.forget(roomId)
    programmes.end(roomId)
    await records.remove(roomId)
  }

  return {
    ...entrances,
    ...attending,

    async pushUrl({ person, origin }) {
      const addresses = streams.addresses(person.user.id, origin)
      door.openLine(person.user.id, LINE_TTL_MS)
      return addresses
    },

    async list(caller, { cnt, index }) {
      const page = places.list(caller).slice(index, index + Math.min(cnt, LIST_MAX))
      page.forEach(({ room }) => roomsAsked.add(room.id))
      return page.map(place => present(caller, place))
    },

    get: async (caller, roomID) => present(caller, await admitted(caller, roomID, WeappCode.anchorsFailed)),

    async heartbeat(caller, { roomID, roomStatusCode }) {
      const place = placeOf(caller, roomID, WeappCode.heartbeatFailed)
      const { room } = place
      const { user } = caller.person
      if (!isMember(room, user.id))
        throw new WeappError(WeappCode.notMember, 'This person is not an anchor of the room.')
      if (room.anchor.id === user.id)
        statusCodes.set(room.id, roomStatusCode)
      members.heard(room.id, user.id)
      door.isThere(room.id, user)
      return present(caller, place)
    },

    async merge(caller, roomID, streamIds) {
      const { room } = placeOf(caller, roomID, WeappCode.mixFailed)
      door.chooseMixed(room.id, chosenGuests(room, caller.person.user.id, streamIds, streamId => streams.nameOf(streamId, caller.origin)))
    },

    async setCustomField(caller, roomID, change) {
      const { record: before } = await admitted(caller, roomID, WeappCode.customSetFailed)
      if (!await isLetThrough(caller.person, newWordsOf(change, before?.custom), 'chat'))
        throw new WeappError(WeappCode.customSetFailed, 'This holds words that are not let through.')
      const { room: { id }, record } = placeOf(caller, roomID, WeappCode.customSetFailed)
      const custom = changeCustom(record?.custom ?? {}, change)
      if (record)
        records.setCustom(id, custom)
      else
        await records.add({ roomId: id, name: id, sdkAppId: 0, type: 'live_room', roomInfo: '', custom, createdAt: clock.now() })
      return custom
    },

    customInfo: async (caller, roomID) => (await admitted(caller, roomID, WeappCode.customGetFailed)).record?.custom ?? {},

    async loggedOut(person) {
      await entrances.loggedOut(person)
      audiences.leave(person.user.id)
    },

    async start() {
      await expire() // of the last run, what has ended since
      const stopSweep = startSweep({ door, media, members, remove: entrances.remove, expire, clock, log })
      return async () => {
        stopSweep()
        await records.write()
      }
    },
  }
}
