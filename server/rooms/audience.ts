/** Who has been in the open rooms: figures kept in memory, because they change with every message. */
import type { ImServerEvents } from '../im/ImServer'
import type { RoomRecord } from './RoomStore'

export type RoomFigures = Pick<RoomRecord, 'peakViewers' | 'visitors' | 'messages'>

export interface Audience extends Pick<ImServerEvents, 'onlineChanged' | 'joined' | 'said'> {
  /** Begins counting where the record stands. */
  open: (room: RoomRecord) => void
  close: (roomId: string) => void
  /** People in the room now; 0 for a room that is not open. */
  viewers: (roomId: string) => number
  figures: (roomId: string) => RoomFigures | undefined
  /** Rooms whose figures have changed since the last call. */
  takeChanged: () => string[]
}

interface Counter {
  viewers: number
  peakViewers: number
  messages: number
  /** Those counted before this process started; their names are not known any more. */
  readonly formerVisitors: number
  readonly visitors: Set<string>
}

export function createAudience(): Audience {
  const counters = new Map<string, Counter>()
  const changed = new Set<string>()

  function count(roomId: string, change: (counter: Counter) => void): void {
    const counter = counters.get(roomId)
    if (!counter)
      return
    change(counter)
    changed.add(roomId)
  }

  return {
    open({ id, peakViewers, visitors, messages }) {
      counters.set(id, { viewers: 0, peakViewers, messages, formerVisitors: visitors, visitors: new Set() })
    },
    close(roomId) {
      counters.delete(roomId)
      changed.delete(roomId)
    },
    viewers: roomId => counters.get(roomId)?.viewers ?? 0,
    figures(roomId) {
      const counter = counters.get(roomId)
      return counter && { peakViewers: counter.peakViewers, visitors: counter.formerVisitors + counter.visitors.size, messages: counter.messages }
    },
    takeChanged() {
      const ids = [...changed]
      changed.clear()
      return ids
    },

    onlineChanged: (roomId, online) => count(roomId, (counter) => {
      counter.viewers = online
      counter.peakViewers = Math.max(counter.peakViewers, online)
    }),
    joined: (roomId, { id }) => count(roomId, ({ visitors }) => {
      visitors.add(id)
    }),
    said: roomId => count(roomId, (counter) => {
      counter.messages++
    }),
  }
}
