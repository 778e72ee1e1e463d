/** Rooms as the rest of the server sees them: what people ask of them, and what drives them. */
import type { RandomBytes } from '../../shared/domain/ids'
import type { RoomEndReason, RoomEvent, RoomStatus } from '../../shared/domain/room'
import type { Stage } from '../../shared/domain/stage'
import type { Room, RoomAudience, RoomsPage, User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { ImServer } from '../im/ImServer'
import type { MediaProvider } from '../media/MediaProvider'
import type { LinkMic } from './linkMic'
import type { RoomLog } from './log'
import type { FindUser, RoomModeration } from './moderation'
import type { NewRoom } from './openRooms'
import type { RoomRecord, RoomStore } from './RoomStore'
import type { WeappDoor } from './WeappDoor'
import { createId, LINE_ROOM_ID, parseStreamId } from '../../shared/domain/ids'
import { transitionRoom } from '../../shared/domain/room'
import { EMPTY_STAGE, holdsSeat, queueOf, seatedOf, stageDeadline } from '../../shared/domain/stage'
import { step } from '../../shared/domain/transition'
import { AUDIENCE_MAX } from '../../shared/protocol/rest'
import { NotRoomAnchor, RoomEnded, TooManyRooms } from '../errors'
import { createKeyedQueue } from '../keyedQueue'
import { createAudience } from './audience'
import { createWeappDoor } from './createWeappDoor'
import { createDeadlines } from './deadlines'
import { createLines } from './lines'
import { createLinkMic } from './linkMic'
import { createMixes } from './mixes'
import { createRoomModeration } from './moderation'
import { createOpenRooms } from './openRooms'
import { createRoomEffects } from './roomEffects'
import { withLife, withProfile, withStage } from './roomSteps'
import { createStreamEvents } from './streamEvents'

export const ROOMS_ON_AIR_MAX = 3
const SWEEP_MS = 1000
const WRITE_FIGURES_MS = 5000
const CLOSED_STAGE: Stage<never> = { ...EMPTY_STAGE, admission: 'closed' }

export type OpenStatus = Exclude<RoomStatus, 'ended'>

/** A room of the house: nobody is there to let guests in. */
export type HouseRoom = Omit<NewRoom, 'stage'>

/** Of the rooms that have not ended. */
export interface RoomFigures {
  readonly byStatus: Readonly<Record<OpenStatus, number>>
  readonly viewers: number
  readonly linkMic: { readonly seats: number, readonly applications: number, readonly mixes: number }
}

export interface RoomService {
  /** Ends the anchor's rooms that never started. @throws TooManyRooms */
  create: (anchor: User, room: { readonly title: string }) => Promise<Room>
  /** @throws RoomNotFound */
  get: (id: string) => Promise<Room>
  /** @throws BadRequest for a cursor that is none */
  listOnAir: (cursor: string | null, limit: number) => Promise<RoomsPage>
  /** @throws RoomNotFound, NotRoomAnchor, RoomEnded */
  update: (id: string, userId: string, change: Partial<Pick<RoomRecord, 'title' | 'cover'>>) => Promise<Room>
  /** A room that has ended already is answered as it is. @throws RoomNotFound, NotRoomAnchor */
  end: (id: string, userId: string) => Promise<Room>
  /** Who is in the room, for its anchor. @throws RoomNotFound, NotRoomAnchor */
  audience: (id: string, userId: string) => Promise<RoomAudience>
  /** The new name and avatar, in every open room that this person has a part in. */
  profileChanged: (user: User) => Promise<void>
  /** A room of the house, under an id that stays; with `opensOnPublish` not before its stream arrives. */
  addStanding: (room: HouseRoom, options?: { readonly opensOnPublish?: boolean }) => Promise<void>
  /** The house ends its room, if it is open. */
  endStanding: (id: string) => Promise<void>
  /** The anchor, who holds a seat, or who has an open line. */
  canPublish: (streamId: string) => boolean
  readonly linkMic: LinkMic
  readonly moderation: RoomModeration
  readonly weapp: WeappDoor
  figures: () => RoomFigures
  /** Takes up the open rooms of the last run and begins to listen. Returns what stops; figures are written by then. */
  start: () => Promise<() => Promise<void>>
}

export interface RoomServiceOptions {
  readonly store: RoomStore
  readonly media: Pick<MediaProvider, 'capabilities' | 'kick' | 'mute' | 'mix' | 'stopMix' | 'onEvent'>
  readonly im: ImServer
  readonly findUser: FindUser
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly log: RoomLog
  /** A listed room went live, from its preparations or from an interruption. */
  readonly onLive?: (room: Room) => void
}

export function createRoomService({ store, media, im, findUser, clock, randomBytes, log, onLive }: RoomServiceOptions): RoomService {
  const audience = createAudience()
  const mixes = createMixes({ media, log })
  const lines = createLines({ media, isInRoom: userId => rooms.ofPublisher(userId).length > 0, clock, log })
  const deadlines = createDeadlines(clock, id => attempt(rooms.change(id, room => withStage(room, { type: 'tick', at: clock.now() })), id))
  const rooms = createOpenRooms({
    store,
    audience,
    im,
    perform: createRoomEffects({ media, im, clock, log, isHeld: lines.holds, onLive }),
    log,
    isMixed: mixes.isMixed,
    watch(room) {
      deadlines.set(room.id, room.life.status === 'ended' ? undefined : stageDeadline(room.stage))
      mixes.follow(room)
    },
  })
  const linkMic = createLinkMic({ rooms, im, clock, log })
  const moderation = createRoomModeration({ rooms, im, findUser, clock, log })
  const standing = new Map<string, NewRoom>()
  const creations = createKeyedQueue()
  /** A stream that came while the last run's rooms are taken up would be missed: encoders try again. */
  let isListening = false

  function sweep(): void {
    const tick: RoomEvent = { type: 'tick', at: clock.now() }
    for (const { id, life } of rooms.all()) {
      if (transitionRoom(life, tick).state !== life)
        attempt(rooms.change(id, room => withLife(room, tick)), id)
    }
    for (const id of audience.takeElsewhereChanged())
      attempt(rooms.changeIf(id, () => true, room => step(room, { type: 'announce', status: room.life.status })), id)
  }

  /** What nobody waits for. */
  function attempt(work: Promise<unknown>, roomId?: string): void {
    work.catch((error: unknown) => log.error({ err: error, roomId }, 'a room could not be changed'))
  }

  const end = (id: string, reason: RoomEndReason, isDue: (room: RoomRecord) => boolean = () => true) =>
    rooms.change(id, room => isDue(room) ? withLife(room, { type: 'end', reason, at: clock.now() }) : step(room))

  /** @throws NotRoomAnchor */
  function ownedBy(userId: string, room: RoomRecord): true {
    if (room.anchor.id !== userId)
      throw NotRoomAnchor(room.id)
    return true
  }

  return {
    linkMic,
    moderation,
    weapp: createWeappDoor({ rooms, lines, mixes, audience, clock, randomBytes, log }),

    create: (anchor, { title }) => creations.run(anchor.id, async () => {
      const own = rooms.ofAnchor(anchor.id)
      if (own.filter(({ life }) => life.status !== 'preparing').length >= ROOMS_ON_AIR_MAX)
        throw TooManyRooms(ROOMS_ON_AIR_MAX)
      const room = await rooms.open({ id: createId('r', randomBytes), title, anchor, cover: null, stage: EMPTY_STAGE, isDemo: false }, clock.now())
      for (const { id } of own)
        await end(id, 'anchor', ({ life }) => life.status === 'preparing')
      return rooms.present(room)
    }),

    get: async id => rooms.present(await rooms.read(id)),

    async listOnAir(cursor, limit) {
      const { rooms: onAir, nextCursor } = await store.listOnAir(cursor, limit)
      return { rooms: onAir.map(rooms.present), nextCursor }
    },

    update: async (id, userId, change) => rooms.present(await rooms.change(id, (room) => {
      ownedBy(userId, room)
      if (room.life.status === 'ended')
        throw RoomEnded(id)
      return step({ ...room, ...change }, { type: 'announce', status: room.life.status })
    })),

    end: async (id, userId) => rooms.present(await end(id, 'anchor', room => ownedBy(userId, room))),

    async audience(id, userId) {
      ownedBy(userId, await rooms.read(id))
      const [people, total] = await Promise.all([im.audience(id, AUDIENCE_MAX), im.onlineCount(id)])
      return { people: [...people], total }
    },

    async profileChanged(user) {
      linkMic.rename(user)
      const concerns = ({ anchor, stage, moderation: { silenced, removed } }: RoomRecord) => anchor.id === user.id || [...stage.guests.map(guest => guest.user), ...silenced, ...removed].some(({ id }) => id === user.id)
      await Promise.all(rooms.all().map(({ id }) => rooms.changeIf(id, concerns, room => withProfile(room, user))))
    },

    async addStanding(house, { opensOnPublish = false } = {}) {
      standing.set(house.id, { ...house, stage: CLOSED_STAGE })
      if (opensOnPublish && !rooms.get(house.id))
        return
      await rooms.open({ ...house, stage: CLOSED_STAGE }, clock.now())
      await rooms.change(house.id, room => step({ ...room, ...house, stage: { ...room.stage, admission: 'closed' } })) // what it is called may have changed since the last run
    },

    async endStanding(id) {
      standing.delete(id)
      if (rooms.get(id))
        await end(id, 'operator')
    },

    canPublish(streamId) {
      const stream = isListening ? parseStreamId(streamId) : undefined
      if (stream?.roomId === LINE_ROOM_ID)
        return lines.mayPublish(stream.userId)
      const room = stream && (rooms.get(stream.roomId) ?? standing.get(stream.roomId))
      return room !== undefined && (room.anchor.id === stream!.userId || holdsSeat(room.stage, stream!.userId))
    },

    figures() {
      const byStatus = { preparing: 0, live: 0, interrupted: 0 }
      let viewers = 0
      let seats = 0
      let applications = 0
      for (const { id, life, stage } of rooms.all()) {
        byStatus[life.status as OpenStatus]++
        viewers += audience.viewers(id)
        seats += seatedOf(stage).length
        applications += queueOf(stage).length
      }
      return { byStatus, viewers, linkMic: { seats, applications, mixes: mixes.count } }
    },

    async start() {
      const stops = [im.listen(audience), im.listen(linkMic), im.listen(moderation)] // the audience comes back before everything is taken up
      await rooms.restore()
      for (const room of rooms.all()) {
        await moderation.takeUp(room)
        await linkMic.takeUp(await rooms.change(room.id, current => withLife(current, { type: 'restarted', at: clock.now() })))
      }
      stops.push(
        media.onEvent(createStreamEvents({ rooms, mixes, lines, standing, attempt })),
        clock.every(SWEEP_MS, sweep),
        clock.every(WRITE_FIGURES_MS, () => attempt(rooms.writeFigures())),
        deadlines.stop,
        lines.stop,
      )
      isListening = true
      return async () => {
        for (const stop of stops.splice(0))
          stop()
        await rooms.idle()
        await rooms.writeFigures()
      }
    },
  }
}
