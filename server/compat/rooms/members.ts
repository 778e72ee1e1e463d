/** When the people on old clients' lines were last heard of, and in which order the guests of a room came. */
import type { StageGuest } from '../../../shared/protocol/linkMic'
import type { Room } from '../../../shared/protocol/rest'
import type { Clock } from '../../clock'
import { hasLine } from '../../../shared/domain/ids'

/** Beats come every 5 or 7 s; who has sent none for so long, and no stream either, is gone. */
const BEAT_TIMEOUT_MS = 20_000
/** Where nobody knows whether somebody's stream is there, they are waited for no longer. */
const UNKNOWN_MAX_MS = 2 * 60_000

/** Its anchor, or a guest who has been on air: who was let in a moment ago has not come yet. */
export const isMember = ({ anchor, stage }: Pick<Room, 'anchor' | 'stage'>, userId: string): boolean => anchor.id === userId || stage.guests.some(({ user, status }) => user.id === userId && status !== 'connecting')

/** With a seat, whoever has not come yet among them. */
export const hasPart = ({ anchor, stage }: Pick<Room, 'anchor' | 'stage'>, userId: string): boolean => anchor.id === userId || stage.guests.some(({ user }) => user.id === userId)

/** Whose lines are part of the room. */
export function linesIn({ anchor, stage }: Pick<Room, 'anchor' | 'stage'>): readonly string[] {
  return [anchor.id, ...stage.guests.filter(({ status }) => status !== 'connecting').map(({ user }) => user.id)].filter(hasLine)
}

export interface Members {
  /** A beat, an arrival, or a stream that is on air. */
  heard: (roomId: string, userId: string) => void
  /** Whether they were heard of within the last 20 s; who is seen for the first time, as after a restart, counts as heard. */
  isFresh: (roomId: string, userId: string) => boolean
  /** It could not be found out whether they are there. @returns whether that has gone on for too long */
  isLost: (roomId: string, userId: string) => boolean
  /** Those whose stream is there, who came first first. */
  guestsOf: (room: Room) => readonly StageGuest[]
  forget: (roomId: string) => void
}

interface Sign {
  at: number
  unknownSince: number | undefined
}

export function createMembers(clock: Pick<Clock, 'now'>): Members {
  const rooms = new Map<string, Map<string, Sign>>()
  const orders = new Map<string, readonly string[]>()

  function signOf(roomId: string, userId: string): Sign {
    const signs = rooms.get(roomId) ?? new Map<string, Sign>()
    rooms.set(roomId, signs)
    const sign = signs.get(userId) ?? { at: clock.now(), unknownSince: undefined }
    signs.set(userId, sign)
    return sign
  }

  return {
    heard(roomId, userId) {
      const sign = signOf(roomId, userId)
      sign.at = clock.now()
      sign.unknownSince = undefined
    },
    isFresh: (roomId, userId) => clock.now() - signOf(roomId, userId).at < BEAT_TIMEOUT_MS,
    isLost(roomId, userId) {
      const sign = signOf(roomId, userId)
      sign.unknownSince ??= clock.now()
      return clock.now() - sign.unknownSince >= UNKNOWN_MAX_MS
    },
    guestsOf({ id, stage }) {
      const guests = new Map(stage.guests.filter(({ status }) => status !== 'connecting').map(guest => [guest.user.id, guest]))
      const known = (orders.get(id) ?? []).filter(userId => guests.has(userId))
      const order = [...new Set([...known, ...guests.keys()])]
      orders.set(id, order)
      return order.map(userId => guests.get(userId)!)
    },
    forget(roomId) {
      rooms.delete(roomId)
      orders.delete(roomId)
    },
  }
}
