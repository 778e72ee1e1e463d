/** Who has been in the open rooms: figures kept in memory, because they change with every message. */
import type { ImServerEvents } from '../im/ImServer'
import type { RoomRecord } from './RoomStore'

export type RoomFigures = Pick<RoomRecord, 'peakViewers' | 'visitors' | 'messages'>

export interface Audience extends Pick<ImServerEvents, 'onlineChanged' | 'joined' | 'said'> {
  /** Begins counting where the record stands. */
  open: (room: RoomRecord) => void
  close: (roomId: string) => void
  /** People whom chat does not see, until told otherwise. */
  setElsewhere: (roomId: string, count: number) => void
  /** Rooms whose number of people elsewhere has changed since the last call. */
  takeElsewhereChanged: () => string[]
  /** People in the room now, wherever; 0 for a room that is not open. */
  viewers: (roomId: string) => number
  elsewhere: (roomId: string) => number
  figures: (roomId: string) => RoomFigures | undefined
  /** Rooms whose figures have changed since the last call. */
  takeChanged: () => string[]
}

interface Counter {
  online: number
  elsewhere: number
  /** Most at once: their names are not known, and at least so many have been here. */
  mostElsewhere: number
  peakViewers: number
  messages: number
  /** Those counted before this process started; their names are not known any more. */
  readonly formerVisitors: number
  readonly visitors: Set<string>
}

export function createAudience(): Audience {
  const counters = new Map<string, Counter>()
  const changed = new Set<string>()
  const changedElsewhere = new Set<string>()

  function count(roomId: string, change: (counter: Counter) => void): void {
    const counter = counters.get(roomId)
    if (!counter)
      return
    change(counter)
    changed.add(roomId)
  }

  return {
    open({ id, peakViewers, visitors, messages }) {
      counters.set(id, { online: 0, elsewhere: 0, mostElsewhere: 0, peakViewers, messages, formerVisitors: visitors, visitors: new Set() })
    },
    close(roomId) {
      counters.delete(roomId)
      changed.delete(roomId)
      changedElsewhere.delete(roomId)
    },
    setElsewhere(roomId, elsewhere) {
      const counter = counters.get(roomId)
      if (!counter || counter.elsewhere === elsewhere)
        return
      counter.elsewhere = elsewhere
      counter.mostElsewhere = Math.max(counter.mostElsewhere, elsewhere)
      notePeak(counter)
      changed.add(roomId)
      changedElsewhere.add(roomId)
    },
    takeElsewhereChanged: () => takeAll(changedElsewhere),
    viewers(roomId) {
      const counter = counters.get(roomId)
      return counter ? counter.online + counter.elsewhere : 0
    },
    elsewhere: roomId => counters.get(roomId)?.elsewhere ?? 0,
    figures(roomId) {
      const counter = counters.get(roomId)
      return counter && { peakViewers: counter.peakViewers, visitors: counter.formerVisitors + counter.visitors.size + counter.mostElsewhere, messages: counter.messages }
    },
    takeChanged: () => takeAll(changed),

    onlineChanged: (roomId, online) => count(roomId, (counter) => {
      counter.online = online
      notePeak(counter)
    }),
    joined: (roomId, { id }) => count(roomId, ({ visitors }) => {
      visitors.add(id)
    }),
    said: roomId => count(roomId, (counter) => {
      counter.messages++
    }),
  }
}

function notePeak(counter: Counter): void {
  counter.peakViewers = Math.max(counter.peakViewers, counter.online + counter.elsewhere)
}

function takeAll(ids: Set<string>): string[] {
  const all = [...ids]
  ids.clear()
  return all
}
