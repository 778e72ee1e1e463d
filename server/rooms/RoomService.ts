/** Rooms as the rest of the server sees them: what people ask of them, and what drives them. */
import type { RandomBytes } from '../../shared/domain/ids'
import type { RoomEvent, RoomStatus } from '../../shared/domain/room'
import type { Room, RoomsPage, User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { ImServer } from '../im/ImServer'
import type { MediaEvent, MediaProvider } from '../media/MediaProvider'
import type { RoomLog } from './log'
import type { NewRoom } from './openRooms'
import type { RoomRecord, RoomStore } from './RoomStore'
import { createId, parseStreamId, streamIdOf } from '../../shared/domain/ids'
import { transitionRoom } from '../../shared/domain/room'
import { step } from '../../shared/domain/transition'
import { NotRoomAnchor, RoomEnded, RoomNotFound, TooManyRooms } from '../errors'
import { createAudience } from './audience'
import { createKeyedQueue } from './keyedQueue'
import { createOpenRooms, withAnchor } from './openRooms'
import { createRoomEffects } from './roomEffects'

export const ROOMS_ON_AIR_MAX = 3
const SWEEP_MS = 1000
const WRITE_FIGURES_MS = 5000

export type OpenStatus = Exclude<RoomStatus, 'ended'>

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
  /** The new name and avatar, in every room that this person has open. */
  anchorChanged: (anchor: User) => Promise<void>
  /** A room of the house, under an id that stays; with `opensOnPublish` not before its stream arrives. */
  addStanding: (room: NewRoom, options?: { readonly opensOnPublish?: boolean }) => Promise<void>
  /** The house ends its room, if it is open. */
  endStanding: (id: string) => Promise<void>
  canPublish: (streamId: string) => boolean
  /** Of the rooms that have not ended. */
  figures: () => { readonly byStatus: Readonly<Record<OpenStatus, number>>, readonly viewers: number }
  /** Takes up the open rooms of the last run and begins to listen. Returns what stops; figures are written by then. */
  start: () => Promise<() => Promise<void>>
}

export interface RoomServiceOptions {
  readonly store: RoomStore
  readonly media: Pick<MediaProvider, 'kick' | 'onEvent'>
  readonly im: ImServer
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly log: RoomLog
}

export function createRoomService({ store, media, im, clock, randomBytes, log }: RoomServiceOptions): RoomService {
  const audience = createAudience()
  const rooms = createOpenRooms({ store, audience, im, log, perform: createRoomEffects({ media, im, log }) })
  const standing = new Map<string, NewRoom>()
  const creations = createKeyedQueue()
  /** A stream that came while the last run's rooms are taken up would be missed: encoders try again. */
  let isListening = false

  function onMedia({ type, streamId, sessionId, at }: MediaEvent): void {
    const stream = parseStreamId(streamId)
    if (!stream)
      return
    const waiting = standing.get(stream.roomId)
    if (waiting && type === 'publish')
      attempt(rooms.open(waiting, at), stream.roomId)
    const event: RoomEvent = { type: type === 'publish' ? 'published' : 'unpublished', sessionId, at }
    attempt(rooms.dispatch(stream.roomId, event, room => room.anchor.id === stream.userId), stream.roomId)
  }

  function sweep(): void {
    const tick: RoomEvent = { type: 'tick', at: clock.now() }
    for (const { id, life } of rooms.all()) {
      if (transitionRoom(life, tick).state !== life)
        attempt(rooms.dispatch(id, tick), id)
    }
  }

  /** What nobody waits for. */
  function attempt(work: Promise<unknown>, roomId?: string): void {
    work.catch((error: unknown) => log.error({ err: error, roomId }, 'a room could not be changed'))
  }

  return {
    create: (anchor, { title }) => creations.run(anchor.id, async () => {
      const own = rooms.ofAnchor(anchor.id)
      if (own.filter(({ life }) => life.status !== 'preparing').length >= ROOMS_ON_AIR_MAX)
        throw TooManyRooms(ROOMS_ON_AIR_MAX)
      for (const { id } of own)
        await rooms.dispatch(id, { type: 'end', reason: 'anchor', at: clock.now() }, ({ life }) => life.status === 'preparing')
      return rooms.present(await rooms.open({ id: createId('r', randomBytes), title, anchor, cover: null, isDemo: false }, clock.now()))
    }),

    async get(id) {
      const room = rooms.get(id) ?? await store.get(id)
      if (!room)
        throw RoomNotFound(id)
      return rooms.present(room)
    },

    async listOnAir(cursor, limit) {
      const { rooms: onAir, nextCursor } = await store.listOnAir(cursor, limit)
      return { rooms: onAir.map(rooms.present), nextCursor }
    },

    update: (id, userId, change) => rooms.change(id, (room) => {
      if (room.anchor.id !== userId)
        throw NotRoomAnchor(id)
      if (room.life.status === 'ended')
        throw RoomEnded(id)
      return step({ ...room, ...change }, { type: 'announce', status: room.life.status })
    }),

    end: (id, userId) => rooms.dispatch(id, { type: 'end', reason: 'anchor', at: clock.now() }, (room) => {
      if (room.anchor.id !== userId)
        throw NotRoomAnchor(id)
      return true
    }),

    async anchorChanged(anchor) {
      await Promise.all(rooms.ofAnchor(anchor.id).map(({ id }) => rooms.change(id, withAnchor(anchor))))
    },

    async addStanding(room, { opensOnPublish = false } = {}) {
      standing.set(room.id, room)
      if (opensOnPublish && !rooms.get(room.id))
        return
      await rooms.open(room, clock.now())
      await rooms.change(room.id, current => step({ ...current, ...room })) // what it is called may have changed since the last run
    },

    async endStanding(id) {
      standing.delete(id)
      if (rooms.get(id))
        await rooms.dispatch(id, { type: 'end', reason: 'operator', at: clock.now() })
    },

    canPublish(streamId) {
      const stream = isListening ? parseStreamId(streamId) : undefined
      const room = stream && (rooms.get(stream.roomId) ?? standing.get(stream.roomId))
      return room !== undefined && streamIdOf(room.id, room.anchor.id) === streamId
    },

    figures() {
      const byStatus = { preparing: 0, live: 0, interrupted: 0 }
      let viewers = 0
      for (const { id, life } of rooms.all()) {
        byStatus[life.status as OpenStatus]++
        viewers += audience.viewers(id)
      }
      return { byStatus, viewers }
    },

    async start() {
      const stops = [im.listen(audience)] // the audience comes back before everything is taken up
      await rooms.restore()
      for (const { id } of rooms.all())
        await rooms.dispatch(id, { type: 'restarted', at: clock.now() })
      stops.push(
        media.onEvent(onMedia),
        clock.every(SWEEP_MS, sweep),
        clock.every(WRITE_FIGURES_MS, () => attempt(rooms.writeFigures())),
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
