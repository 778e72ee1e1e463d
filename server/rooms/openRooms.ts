/** The rooms that have not ended: in the store, mirrored in memory, and changed through one door. */
import type { Room } from '../../shared/protocol/rest'
import type { ImServer } from '../im/ImServer'
import type { Audience } from './audience'
import type { RoomLog } from './log'
import type { PerformEffect } from './roomEffects'
import type { RecordStep } from './roomSteps'
import type { RoomRecord, RoomStore } from './RoomStore'
import { UNMODERATED } from '../../shared/domain/moderation'
import { prepareRoom } from '../../shared/domain/room'
import { holdsSeat } from '../../shared/domain/stage'
import { RoomNotFound } from '../errors'
import { createKeyedQueue } from '../keyedQueue'
import { presentRoom } from './presentRoom'

export type NewRoom = Pick<RoomRecord, 'id' | 'title' | 'anchor' | 'cover' | 'isDemo' | 'stage'> & Partial<Pick<RoomRecord, 'isListed'>>

export interface OpenRooms {
  get: (id: string) => RoomRecord | undefined
  all: () => readonly RoomRecord[]
  ofAnchor: (userId: string) => readonly RoomRecord[]
  /** Where this person is the anchor or has a seat. */
  ofPublisher: (userId: string) => readonly RoomRecord[]
  /** An open room, or one that has ended. @throws RoomNotFound */
  read: (id: string) => Promise<RoomRecord>
  present: (room: RoomRecord) => Room
  /** A room with empty figures, preparing. One that is open stays as it is; one that has ended begins anew. @throws what keeps its chat from beginning */
  open: (room: NewRoom, now: number) => Promise<RoomRecord>
  /** The open rooms of the last run. */
  restore: () => Promise<void>
  /** Stored first, then mirrored, then its effects, each room's changes one after the other. @throws RoomNotFound */
  change: (id: string, decide: (room: RoomRecord) => RecordStep) => Promise<RoomRecord>
  /** The same for an open room of which `concerns` is true by then; others cost nothing. */
  changeIf: (id: string, concerns: (room: RoomRecord) => boolean, decide: (room: RoomRecord) => RecordStep) => Promise<void>
  writeFigures: () => Promise<void>
  /** Resolves when every change asked for so far has been made. */
  idle: () => Promise<void>
}

export interface OpenRoomsOptions {
  readonly store: RoomStore
  readonly audience: Audience
  readonly im: Pick<ImServer, 'createRoom' | 'closeRoom'>
  readonly perform: PerformEffect
  readonly log: RoomLog
  readonly isMixed: (roomId: string) => boolean
  /** Sees each room after every change. */
  readonly watch: (room: RoomRecord) => void
}

export function createOpenRooms({ store, audience, im, perform, log, isMixed, watch }: OpenRoomsOptions): OpenRooms {
  const rooms = new Map<string, RoomRecord>()
  const inOrder = createKeyedQueue()

  const withFigures = (room: RoomRecord): RoomRecord => ({ ...room, ...audience.figures(room.id) })
  const present = (room: RoomRecord): Room => presentRoom(withFigures(room), { viewers: audience.viewers(room.id), viewersElsewhere: audience.elsewhere(room.id), isMixed: isMixed(room.id) })

  /** The chat first: where it cannot be had, no room is left behind. */
  async function begin(room: RoomRecord): Promise<void> {
    audience.open(room)
    try {
      await im.createRoom(room.id, room.anchor.id)
      if (!await store.update(room.id, () => room))
        await store.create(room)
    }
    catch (error) {
      audience.close(room.id)
      await im.closeRoom(room.id)
      throw error
    }
    rooms.set(room.id, room)
  }

  /** A room that is there goes on, whatever its chat says. */
  async function takeUp(room: RoomRecord): Promise<void> {
    rooms.set(room.id, room)
    audience.open(room)
    await im.createRoom(room.id, room.anchor.id).catch((error: unknown) => log.error({ err: error, roomId: room.id }, 'the chat of a room could not be taken up'))
  }

  function mirror(room: RoomRecord): void {
    if (room.life.status === 'ended') {
      rooms.delete(room.id)
      audience.close(room.id)
    }
    else {
      rooms.set(room.id, room)
    }
    watch(room)
  }

  async function changeNow(id: string, decide: (room: RoomRecord) => RecordStep): Promise<RoomRecord> {
    let before: RoomRecord | undefined
    let { effects, moves }: Pick<RecordStep, 'effects' | 'moves'> = { effects: [], moves: [] }
    const after = await store.update(id, (current) => {
      before = current
      const next = decide(current);
      ({ effects, moves } = next)
      return next.state === current ? undefined : withFigures(next.state)
    })
    if (!before || !after)
      throw RoomNotFound(id)
    mirror(after)
    for (const { machine, ...move } of moves ?? [])
      log.info({ roomId: id, ...move }, machine)
    const change = { before, after, room: present(after) }
    for (const effect of effects)
      await perform(effect, change)
    return after
  }

  return {
    get: id => rooms.get(id),
    all: () => [...rooms.values()],
    ofAnchor: userId => [...rooms.values()].filter(({ anchor }) => anchor.id === userId),
    ofPublisher: userId => [...rooms.values()].filter(({ anchor, stage }) => anchor.id === userId || holdsSeat(stage, userId)),
    present,

    async read(id) {
      const room = rooms.get(id) ?? await store.get(id)
      if (!room)
        throw RoomNotFound(id)
      return room
    },

    change: (id, decide) => inOrder.run(id, () => changeNow(id, decide)),

    changeIf: (id, concerns, decide) => inOrder.run(id, async () => {
      const room = rooms.get(id)
      if (room && concerns(room))
        await changeNow(id, decide)
    }),

    open: (room, now) => inOrder.run(room.id, async () => {
      const present = rooms.get(room.id)
      if (present)
        return present
      const fresh: RoomRecord = { isListed: true, ...room, life: prepareRoom(now), moderation: UNMODERATED, createdAt: now, peakViewers: 0, visitors: 0, messages: 0 }
      await begin(fresh)
      return fresh
    }),

    async restore() {
      await Promise.all((await store.listOpen()).map(takeUp))
    },

    async writeFigures() {
      await Promise.all(audience.takeChanged().map(id => inOrder.run(id, () => store.update(id, withFigures))))
    },

    idle: () => inOrder.idle(),
  }
}
