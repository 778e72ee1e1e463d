/** Rooms that were asked for and are not there yet: they begin when their creator joins them. */
import type { Clock } from '../clock'
import type { RoomType } from './types'

/** How long a room that was asked for waits for its creator. */
export const RESERVED_MS = 30_000

export interface Reservation {
  readonly userId: string
  readonly sdkAppId: number
  readonly type: RoomType
  /** Under which the room will begin. */
  readonly roomId: string
  /** As old clients call it. */
  readonly name: string
  readonly roomInfo: string
}

/** One a person. */
export interface Reservations {
  find: (sdkAppId: number, name: string) => Reservation | undefined
  /** In the place of an earlier one of the same person. */
  add: (reservation: Reservation) => void
  drop: (userId: string) => void
  /** Forgets what nobody has come for. */
  expire: () => void
}

export function createReservations(clock: Pick<Clock, 'now'>): Reservations {
  const byUser = new Map<string, Reservation & { readonly until: number }>()

  return {
    find: (sdkAppId, name) => [...byUser.values()].find(one => one.name === name && one.sdkAppId === sdkAppId && clock.now() < one.until),
    add(reservation) {
      byUser.set(reservation.userId, { ...reservation, until: clock.now() + RESERVED_MS })
    },
    drop: userId => void byUser.delete(userId),
    expire() {
      for (const [userId, { until }] of byUser) {
        if (clock.now() >= until)
          byUser.delete(userId)
      }
    },
  }
}
