/** Rooms as clients of the old room service know them: their requests, spoken to RoomService. Rules: docs/SPEC.md, section RS. */
import type { RandomBytes } from '../../shared/domain/ids'
import type { Room } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { ImServer } from '../im/ImServer'
import type { MediaProvider, Origin } from '../media/MediaProvider'
import type { JudgeText } from '../moderation/createTextJudge'
import type { RoomLog } from '../rooms/log'
import type { RoomService } from '../rooms/RoomService'
import type { WeappSettings } from '../settings'
import type { IsLetThrough } from './entrances'
import type { Place } from './places'
import type { RoomRecords } from './roomRecords'
import type { Caller, WeappPerson, WeappRooms, WeappSessions } from './types'
import { lineStreamIdOf } from '../../shared/domain/ids'
import { createKeyedQueue } from '../keyedQueue'
import { createAudiences } from './audiences'
import { changeCustom } from './customFields'
import { createEntrances } from './entrances'
import { createLineStreams, LINE_TTL_MS } from './lineStreams'
import { createMembers, isMember } from './members'
import { createPlaces } from './places'
import { createPresenting } from './presenting'
import { inOldCodes } from './refusals'
import { createReservations } from './reservations'
import { profileIn, textIn } from './saidInJson'
import { startSweep } from './sweep'
import { WeappCode, WeappError } from './WeappError'

/** Rooms of a page of the list. */
export const LIST_MAX = 100
/** People of an audience who are named. */
export const AUDIENCES_MAX = 30
const USER_INFO_MAX_BYTES = 1024

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
  /** Rooms of which something is kept here. */
  const known = new Set<string>()
  const inOrder = createKeyedQueue()
  const isLetThrough: IsLetThrough = async ({ user }, text, place) => text.trim() === '' || await judgeText(text, place, user.id) === 'fine'
  const entrances = createEntrances({ rooms, places, records, reservations, members, streams, sessions, isLetThrough, inOrder, clock, randomBytes, hears, consent: settings.consent })
  const presenting = createPresenting({ sessions, members, streams, programmes, statusCodeOf: id => statusCodes.get(id) ?? 0, spectatorsOf: audiences.count })

  function present(caller: Caller, { room, record }: Place) {
    known.add(room.id)
    return presenting.room(caller, room, record)
  }

  /** @throws WeappError `code` */
  function placeOf(caller: Caller, roomID: string, code: WeappCode): Place {
    const place = places.find(caller, roomID)
    if (!place)
      throw new WeappError(code, 'There is no such room.')
    audiences.heard(place.room.id, caller.person.user.id)
    return place
  }

  /** @throws WeappError enterFailed for who was sent out of the room */
  async function admitted(caller: Caller, roomID: string, code: WeappCode): Promise<Place> {
    const place = placeOf(caller, roomID, code)
    const { user } = caller.person
    await rooms.moderation.admit(place.room.id, user.id).catch((error: unknown) => {
      audiences.leave(user.id, place.room.id)
      return inOldCodes(error)
    })
    return place
  }

  async function expire(): Promise<void> {
    await reservations.expire()
    audiences.expire()
    const ended = [...known, ...records.all().map(({ roomId }) => roomId)].filter(id => !door.find(id) && !reservations.has(id))
    for (const id of new Set(ended))
      await forget(id)
    await records.write()
  }

  async function forget(roomId: string): Promise<void> {
    known.delete(roomId)
    statusCodes.delete(roomId)
    members.forget(roomId)
    audiences.forget(roomId)
    programmes.end(roomId)
    await records.remove(roomId)
  }

  return {
    ...entrances,

    async pushUrl({ person, origin }) {
      const addresses = streams.addresses(person.user.id, origin)
      door.openLine(person.user.id, LINE_TTL_MS)
      return addresses
    },

    list: async (caller, { cnt, index }) => places.list(caller).slice(index, index + Math.min(cnt, LIST_MAX)).map(place => present(caller, place)),

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
      const { person: { user }, origin } = caller
      const [main, ...others] = streamIds
      if (room.anchor.id !== user.id || main !== streams.nameOf(lineStreamIdOf(user.id), origin))
        throw new WeappError(WeappCode.mixFailed, 'Only who created a room may have it mixed, around their own stream.')
      const mixed = others.filter(name => name !== main).map((name) => {
        const guest = room.stage.guests.find(({ streamId }) => streams.nameOf(streamId, origin) === name)
        if (!guest)
          throw new WeappError(WeappCode.mixFailed, 'A stream to be mixed is none of this room.')
        return guest.user.id
      })
      door.chooseMixed(room.id, [...new Set(mixed)])
    },

    async setCustomField(caller, roomID, change) {
      await admitted(caller, roomID, WeappCode.customSetFailed)
      if (!await isLetThrough(caller.person, change.operation === 'set' ? `${change.fieldName} ${change.value}` : change.fieldName, 'chat'))
        throw new WeappError(WeappCode.customSetFailed, 'This holds words that are not let through.')
      const { room: { id } } = placeOf(caller, roomID, WeappCode.customSetFailed)
      const custom = changeCustom(records.of(id)?.custom ?? {}, change)
      if (!records.of(id))
        await records.add({ roomId: id, name: id, sdkAppId: 0, type: 'live_room', roomInfo: '', custom: {}, createdAt: clock.now() })
      records.setCustom(id, custom)
      return custom
    },

    customInfo: async (caller, roomID) => (await admitted(caller, roomID, WeappCode.customGetFailed)).record?.custom ?? {},

    addAudience: (caller, roomID, userInfo) => inOrder.run(caller.person.user.id, async () => {
      if (Buffer.byteLength(userInfo) > USER_INFO_MAX_BYTES)
        throw new WeappError(WeappCode.audienceAddFailed, `userInfo has at most ${USER_INFO_MAX_BYTES} bytes.`)
      await admitted(caller, roomID, WeappCode.audienceAddFailed)
      const { person } = caller
      const profile = profileIn(userInfo)
      if (profile)
        await sessions.setProfile(person, profile)
      const isFine = await isLetThrough(person, textIn(userInfo), 'nickname')
      const { room } = placeOf(caller, roomID, WeappCode.audienceAddFailed) // it may have ended meanwhile
      if (room.anchor.id === person.user.id)
        return
      known.add(room.id)
      audiences.enter(room.id, person, isFine ? userInfo : JSON.stringify(presenting.profile(caller, person.user)))
    }),

    deleteAudience: (caller, roomID) => inOrder.run(caller.person.user.id, async () => {
      const { room } = placeOf(caller, roomID, WeappCode.audienceRemoveFailed)
      audiences.leave(caller.person.user.id, room.id)
    }),

    async audiences(caller, roomID) {
      const { room } = await admitted(caller, roomID, WeappCode.audienceListFailed)
      const old = audiences.list(room.id, AUDIENCES_MAX).map(({ person, userInfo }) => ({ userID: presenting.userId(caller, person.user), userInfo }))
      const { people } = await rooms.audience(room.id, room.anchor.id)
      const ours = people
        .map(user => ({ userID: presenting.userId(caller, user), userInfo: JSON.stringify(presenting.profile(caller, user)) }))
        .filter(({ userID }) => !old.some(one => one.userID === userID))
      return { audiences: [...old, ...ours].slice(0, AUDIENCES_MAX), audienceCount: Math.max(room.viewers, audiences.count(room.id)) }
    },

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
