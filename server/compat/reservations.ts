/** Rooms that were asked for and are not there yet: they begin when their creator joins them. */
import type { Clock } from '../clock'
import type { RoomRecord, RoomRecords } from './roomRecords'

/** How long a room that was asked for waits for its creator. */
export const RESERVED_MS = 30_000

/** One a person. Its name is kept with those of open rooms: its chat is called by it. */
export interface Reservations {
  find: (sdkAppId: number, name: string) => Reservation | undefined
  has: (roomId: string) => boolean
  /** @throws what keeps its chat from beginning */
  add: (userId: string, record: RoomRecord) => Promise<void>
  /** While its creator is coming it does not run out; once `open` has succeeded it is none any more. */
  open: (userId: string, open: () => Promise<unknown>) => Promise<void>
  /** Does nothing for somebody who has none. */
  release: (userId: string) => Promise<void>
  /** Releases what nobody has come for. */
  expire: () => Promise<void>
}

export interface Reservation {
  readonly userId: string
  readonly record: RoomRecord
}

export interface ReservationsOptions {
  readonly records: Pick<RoomRecords, 'add' | 'remove'>
  readonly chat: RoomChat
  readonly clock: Pick<Clock, 'now'>
}

/** Of an application in whose chat this server takes part: old clients join it as soon as they have a roomID. */
export interface RoomChat {
  begin: (record: RoomRecord, userId: string) => Promise<void>
  end: (record: RoomRecord) => Promise<void>
}

interface Waiting extends Reservation {
  readonly until: number
  isOpening: boolean
}

export function createReservations({ records, chat, clock }: ReservationsOptions): Reservations {
  const waiting = new Map<string, Waiting>()

  async function release(userId: string): Promise<void> {
    const one = waiting.get(userId)
    if (!one)
      return
    waiting.delete(userId)
    await records.remove(one.record.roomId)
    await chat.end(one.record)
  }

  return {
    find: (sdkAppId, name) => [...waiting.values()].find(({ record }) => record.name === name && record.sdkAppId === sdkAppId),
    has: roomId => [...waiting.values()].some(({ record }) => record.roomId === roomId),
    async add(userId, record) {
      waiting.set(userId, { userId, record, until: clock.now() + RESERVED_MS, isOpening: false })
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
      const one = waiting.get(userId)!
      one.isOpening = true
      try {
        await open()
        waiting.delete(userId)
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
