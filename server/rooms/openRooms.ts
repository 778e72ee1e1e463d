/** The rooms that have not ended: in the store, mirrored in memory, and changed through one door. */
import type { RoomEffect, RoomEvent } from '../../shared/domain/room'
import type { Step } from '../../shared/domain/transition'
import type { Room, User } from '../../shared/protocol/rest'
import type { ImServer } from '../im/ImServer'
import type { Audience } from './audience'
import type { RoomLog } from './log'
import type { PerformEffect } from './roomEffects'
import type { RoomRecord, RoomStore } from './RoomStore'
import { prepareRoom, transitionRoom } from '../../shared/domain/room'
import { EMPTY_STAGE } from '../../shared/domain/stage'
import { step } from '../../shared/domain/transition'
import { RoomNotFound } from '../errors'
import { createKeyedQueue } from './keyedQueue'
import { presentRoom } from './presentRoom'

export type NewRoom = Pick<RoomRecord, 'id' | 'title' | 'anchor' | 'cover' | 'isDemo'>

export interface OpenRooms {
  get: (id: string) => RoomRecord | undefined
  all: () => readonly RoomRecord[]
  ofAnchor: (userId: string) => readonly RoomRecord[]
  present: (room: RoomRecord) => Room
  /** A room with empty figures, preparing. One that is open stays as it is; one that has ended begins anew. */
  open: (room: NewRoom, now: number) => Promise<RoomRecord>
  /** The open rooms of the last run. */
  restore: () => Promise<void>
  /** Stored first, then mirrored, then its effects, each room's changes one after the other. @throws RoomNotFound */
  change: (id: string, decide: (room: RoomRecord) => Step<RoomRecord, RoomEffect>) => Promise<Room>
  /** A change by the machine; a room that the event is not for stays as it is. @throws RoomNotFound */
  dispatch: (id: string, event: RoomEvent, isFor?: (room: RoomRecord) => boolean) => Promise<Room>
  writeFigures: () => Promise<void>
  /** Resolves when every change asked for so far has been made. */
  idle: () => Promise<void>
}

export interface OpenRoomsOptions {
  readonly store: RoomStore
  readonly audience: Audience
  readonly im: Pick<ImServer, 'createRoom'>
  readonly perform: PerformEffect
  readonly log: RoomLog
}

export function createOpenRooms({ store, audience, im, perform, log }: OpenRoomsOptions): OpenRooms {
  const rooms = new Map<string, RoomRecord>()
  const inOrder = createKeyedQueue()

  const withFigures = (room: RoomRecord): RoomRecord => ({ ...room, ...audience.figures(room.id) })
  const present = (room: RoomRecord): Room => presentRoom(withFigures(room), audience.viewers(room.id), false)

  async function takeUp(room: RoomRecord): Promise<void> {
    rooms.set(room.id, room)
    audience.open(room)
    await im.createRoom(room.id)
  }

  function mirror(room: RoomRecord): void {
    if (room.life.status === 'ended') {
      rooms.delete(room.id)
      audience.close(room.id)
    }
    else {
      rooms.set(room.id, room)
    }
  }

  function change(id: string, decide: (room: RoomRecord) => Step<RoomRecord, RoomEffect>): Promise<Room> {
    return inOrder.run(id, async () => {
      let effects: readonly RoomEffect[] = []
      const room = await store.update(id, (current) => {
        const next = decide(current)
        effects = next.effects
        return next.state === current ? undefined : withFigures(next.state)
      })
      if (!room)
        throw RoomNotFound(id)
      mirror(room)
      const presented = present(room)
      for (const effect of effects)
        await perform(effect, presented)
      return presented
    })
  }

  return {
    get: id => rooms.get(id),
    all: () => [...rooms.values()],
    ofAnchor: userId => [...rooms.values()].filter(({ anchor }) => anchor.id === userId),
    present,
    change,

    dispatch: (id, event, isFor = () => true) => change(id, (room) => {
      if (!isFor(room))
        return step(room)
      const { state: life, effects } = transitionRoom(room.life, event)
      if (life.status !== room.life.status)
        log.info({ roomId: id, userId: room.anchor.id, from: room.life.status, event: event.type, to: life.status }, 'room')
      return { state: life === room.life ? room : { ...room, life }, effects }
    }),

    open: (room, now) => inOrder.run(room.id, async () => {
      const present = rooms.get(room.id)
      if (present)
        return present
      const fresh: RoomRecord = { ...room, life: prepareRoom(now), stage: EMPTY_STAGE, createdAt: now, peakViewers: 0, visitors: 0, messages: 0 }
      if (!await store.update(room.id, () => fresh))
        await store.create(fresh)
      await takeUp(fresh)
      return fresh
    }),

    async restore() {
      for (const room of await store.listOpen())
        await takeUp(room)
    },

    async writeFigures() {
      await Promise.all(audience.takeChanged().map(id => inOrder.run(id, () => store.update(id, withFigures))))
    },

    idle: () => inOrder.idle(),
  }
}

/** Room records know their anchor by value; this is the change that follows a rename. */
export function withAnchor(anchor: User): (room: RoomRecord) => Step<RoomRecord, RoomEffect> {
  return room => room.life.status === 'ended' ? step(room) : step({ ...room, anchor }, { type: 'announce', status: room.life.status })
}
