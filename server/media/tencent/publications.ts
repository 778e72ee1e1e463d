/** Which of our streams Cloud Live has, put together from messages that may come late, twice, or in another order. */
import type { Clock } from '../../clock'
import type { MediaEvent } from '../MediaProvider'
import type { PictureSize } from './mixLayout'

/**
 * Of a takeover the end of the old publication may be told before the beginning of the new one. An end waits so long for a
 * beginning, that a room is not interrupted by it.
 */
export const END_HOLD_MS = 1000
/** Of the cloud's clock and ours: what began no later than this after a publication was found is that publication. */
const SKEW_MS = 5000
/** Publications that are over, and are remembered so that a late message does not bring them back. */
const OVER_MAX = 10_000

export interface Publication {
  readonly sessionId: string
  /** Null: nobody told us of its beginning, it was found by asking. */
  readonly sequence: string | null
  /** Unix seconds by the cloud's clock; null as above. */
  readonly begunAt: number | null
  /** Unix ms by our clock. */
  readonly since: number
  readonly size: PictureSize
  /** We cut it: its end is no surprise, and waits for nothing. */
  readonly isCut: boolean
}

export interface Beginning {
  readonly sequence: string
  /** Unix seconds by the cloud's clock. */
  readonly at: number
  readonly size: PictureSize
}

export interface Publications {
  begin: (streamId: string, beginning: Beginning) => void
  /** Returns false when it cannot be told whether it is the present publication that ended. */
  end: (streamId: string, sequence: string) => boolean
  /** The present publication is being cut. */
  cut: (streamId: string) => void
  /** The stream is there, and nobody told us. */
  found: (streamId: string) => void
  /** This publication is gone, and nobody told us. */
  lost: (streamId: string, sessionId: string) => void
  /** A publication of which nothing more shall be heard. */
  disown: (sequence: string) => void
  isOver: (sequence: string) => boolean
  get: (streamId: string) => Publication | undefined
  all: () => readonly (readonly [streamId: string, publication: Publication])[]
  /** Unix ms when a stream's last publication ended, if that is not long ago. */
  endedAt: (streamId: string) => number | undefined
  close: () => void
}

const UNKNOWN_SIZE: PictureSize = { width: 0, height: 0 }

export function createPublications({ clock, emit }: { readonly clock: Clock, readonly emit: (event: MediaEvent) => void }): Publications {
  const live = new Map<string, Publication>()
  const holds = new Map<string, () => void>()
  const over = new Set<string>()
  const ends = new Map<string, number>()
  let found = 0

  function release(streamId: string): void {
    holds.get(streamId)?.()
    holds.delete(streamId)
  }

  function tell(type: MediaEvent['type'], streamId: string, { sessionId }: Publication): void {
    emit({ type, streamId, sessionId, at: clock.now() })
  }

  function disown(sequence: string): void {
    over.add(sequence)
    forgetFirst(over)
  }

  function put(streamId: string, publication: Publication): void {
    const old = live.get(streamId)
    release(streamId)
    live.set(streamId, publication)
    tell('publish', streamId, publication)
    if (!old)
      return
    if (old.sequence !== null)
      disown(old.sequence)
    tell('unpublish', streamId, old)
  }

  function remove(streamId: string, publication: Publication): void {
    release(streamId)
    live.delete(streamId)
    ends.set(streamId, clock.now())
    forgetFirst(ends)
    tell('unpublish', streamId, publication)
  }

  return {
    begin(streamId, { sequence, at, size }) {
      const present = live.get(streamId)
      const isLate = present?.begunAt != null && present.begunAt > at
      if (over.has(sequence) || present?.sequence === sequence || isLate)
        return
      if (present?.sequence === null && at * 1000 <= present.since + SKEW_MS)
        return void live.set(streamId, { ...present, sequence, begunAt: at, size })
      put(streamId, { sessionId: sequence, sequence, begunAt: at, since: clock.now(), size, isCut: false })
    },

    end(streamId, sequence) {
      const present = live.get(streamId)
      disown(sequence)
      if (present?.sequence === null)
        return false
      if (present?.sequence === sequence && present.isCut)
        remove(streamId, present)
      else if (present?.sequence === sequence && !holds.has(streamId))
        holds.set(streamId, clock.after(END_HOLD_MS, () => remove(streamId, present)))
      return true
    },

    cut(streamId) {
      const present = live.get(streamId)
      if (present)
        live.set(streamId, { ...present, isCut: true })
    },

    found(streamId) {
      if (!live.has(streamId))
        put(streamId, { sessionId: `found-${clock.now().toString(36)}-${++found}`, sequence: null, begunAt: null, since: clock.now(), size: UNKNOWN_SIZE, isCut: false })
    },

    lost(streamId, sessionId) {
      const present = live.get(streamId)
      if (present?.sessionId !== sessionId)
        return
      if (present.sequence !== null)
        disown(present.sequence)
      remove(streamId, present)
    },

    disown,
    isOver: sequence => over.has(sequence),
    get: streamId => live.get(streamId),
    all: () => [...live],
    endedAt: streamId => ends.get(streamId),
    close() {
      for (const streamId of [...holds.keys()])
        release(streamId)
    },
  }
}

function forgetFirst(memory: Set<string> | Map<string, number>): void {
  for (const oldest of memory.keys()) {
    if (memory.size <= OVER_MAX)
      return
    memory.delete(oldest)
  }
}
