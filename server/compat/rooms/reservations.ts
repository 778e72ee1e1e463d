/** Rooms that were asked for and are not there yet: they begin when their creator joins them. */
import type { Clock } from '../../clock'
import type { RoomRecords, WeappRoomRecord } from './roomRecords'
import { WeappCode, WeappError } from '../WeappError'

/** How long a room that was asked for waits for its creator. */
const RESERVED_MS = 30_000

/** One a person. Its name is kept with those of open rooms: its chat is called by it. */
export interface Reservations {
  find: (sdkAppId: number, name: string) => Reservation | undefined
  has: (roomId: string) => boolean
  /** @throws what keeps its chat from beginning */
  add: (userId: string, record: WeappRoomRecord) => Promise<void>
  /** While its creator is coming it does not run out; once `open` has succeeded it is none any more. @throws WeappError enterFailed where it has run out */
  open: (userId: string, open: () => Promise<unknown>) => Promise<void>
  /** Does nothing for somebody who has none. */
  release: (userId: string) => Promise<void>
  /** Releases what nobody has come for. */
  expire: () => Promise<void>
}

export interface Reservation {
  readonly userId: string
  readonly record: WeappRoomRecord
}

export interface ReservationsOptions {
  readonly records: Pick<RoomRecords, 'add' | 'remove'>
  readonly chat: RoomChat
  readonly clock: Pick<Clock, 'now'>
}

/** Of an application in whose chat this server takes part: old clients join it as soon as they have a roomID. */
export interface RoomChat {
  begin: (record: WeappRoomRecord, userId: string) => Promise<void>
  end: (record: WeappRoomRecord) => Promise<void>
}

interface Waiting extends Reservation {
  readonly until: number
  isOpening: boolean
}

export function createReservations({ records, chat, clock }: ReservationsOptions): Reservations {
  const waiting = new Map<string, Waiting>()
  /** Looked up for every room that is kept, and every request that names one. */
  const roomIds = new Set<string>()
  const names = new Map<string, Reservation>()

  function forget({ userId, record }: Reservation): void {
    waiting.delete(userId)
    roomIds.delete(record.roomId)
    names.delete(keyOf(record))
  }

  async function release(userId: string): Promise<void> {
    const one = waiting.get(userId)
    if (!one)
      return
    forget(one)
    await records.remove(one.record.roomId)
    await chat.end(one.record)
  }

  return {
    find: (sdkAppId, name) => names.get(keyOf({ sdkAppId, name })),
    has: roomId => roomIds.has(roomId),
    async add(userId, record) {
      const one = { userId, record, until: clock.now() + RESERVED_MS, isOpening: false }
      waiting.set(userId, one)
      roomIds.add(record.roomId)
      names.set(keyOf(record), one)
      try {
        await records.add(record)
        await chat.begin(record, userId)
      }
      catch (error) {
        await release(userId)
        throw error
      }
    },
    async open(userId, open) {
      const one = waiting.get(userId)
      if (!one)
        throw new WeappError(WeappCode.enterFailed, 'The room has waited for its creator too long.')
      one.isOpening = true
      try {
        await open()
        forget(one)
      }
      finally {
        one.isOpening = false
      }
    },
    release,
    async expire() {
      for (const [userId, one] of waiting) {
        if (!one.isOpening && clock.now() >= one.until)
          await release(userId)
      }
    },
  }
}

const keyOf = ({ sdkAppId, name }: Pick<WeappRoomRecord, 'sdkAppId' | 'name'>): string => `${sdkAppId}:${name}`
