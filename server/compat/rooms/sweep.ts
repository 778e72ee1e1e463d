/** What no request tells: who has gone without a word, and what has run out. */
import type { Room } from '../../../shared/protocol/rest'
import type { Clock } from '../../clock'
import type { MediaProvider } from '../../media/MediaProvider'
import type { RoomLog } from '../../rooms/log'
import type { WeappDoor } from '../../rooms/WeappDoor'
import type { Members } from './members'
import { lineStreamIdOf } from '../../../shared/domain/ids'
import { linesIn } from './members'

export const SWEEP_MS = 5000

export interface SweepOptions {
  readonly door: Pick<WeappDoor, 'openRooms' | 'find'>
  readonly media: Pick<MediaProvider, 'isLive'>
  readonly members: Members
  readonly remove: (room: Room, userId: string) => Promise<void>
  /** What has nothing to do with a room. */
  readonly expire: () => Promise<void>
  readonly clock: Clock
  readonly log: RoomLog
}

/** Returns its stop. */
export function startSweep({ door, media, members, remove, expire, clock, log }: SweepOptions): () => void {
  /** Whose stream is being asked about. */
  const asking = new Set<string>()

  /** @returns whether they are to go. What nobody can tell leaves them, for a while. */
  async function isGone(roomId: string, userId: string): Promise<boolean> {
    try {
      if (!await media.isLive(lineStreamIdOf(userId)))
        return !members.isFresh(roomId, userId) // a beat may have come meanwhile
      members.heard(roomId, userId)
      return false
    }
    catch (error) {
      log.error({ err: error, roomId, userId }, 'nobody can tell whether somebody on a line is there')
      return members.isLost(roomId, userId)
    }
  }

  async function look(room: Room, userId: string): Promise<void> {
    if (asking.has(userId) || members.isFresh(room.id, userId))
      return
    asking.add(userId)
    try {
      if (await isGone(room.id, userId))
        await remove(room, userId)
    }
    finally {
      asking.delete(userId)
    }
  }

  function sweep(): void {
    const work = door.openRooms().flatMap(room => linesIn(room).map(userId => look(room, userId)))
    for (const one of [...work, expire()])
      one.catch((error: unknown) => log.error({ err: error }, 'the rooms of old clients could not be swept'))
  }

  return clock.every(SWEEP_MS, sweep)
}
