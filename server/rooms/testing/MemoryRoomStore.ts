import type { RoomRecord, RoomStore } from '../RoomStore'
import { formatCursor, parseCursor } from '../cursor'

/** Rooms in memory, with the same contract as those in the database. */
export function createMemoryRoomStore(): RoomStore {
  const rooms = new Map<string, RoomRecord>()
  const startOf = ({ life }: RoomRecord) => life.status === 'preparing' ? 0 : life.startedAt ?? 0
  const isBefore = (a: { startedAt: number, id: string }, b: { startedAt: number, id: string }) => a.startedAt !== b.startedAt ? a.startedAt > b.startedAt : a.id > b.id

  return {
    async create(room) {
      if (rooms.has(room.id))
        throw new Error(`Room ${room.id} exists.`)
      rooms.set(room.id, room)
    },
    get: async id => rooms.get(id),
    async listOnAir(cursor, limit) {
      const after = cursor === null ? undefined : parseCursor(cursor)
      const place = (room: RoomRecord) => ({ startedAt: startOf(room), id: room.id })
      const onAir = [...rooms.values()]
        .filter(({ life, isListed }) => isListed && (life.status === 'live' || life.status === 'interrupted'))
        .filter(room => !after || isBefore(after, place(room)))
        .sort((a, b) => isBefore(place(a), place(b)) ? -1 : 1)
      const page = onAir.slice(0, limit)
      return { rooms: page, nextCursor: onAir.length > limit ? formatCursor(place(page[limit - 1])) : null }
    },
    listOpen: async () => [...rooms.values()].filter(room => room.life.status !== 'ended'),
    async update(id, change) {
      const room = rooms.get(id)
      const changed = room && change(room)
      if (changed)
        rooms.set(id, changed)
      return changed ?? room
    },
  }
}
