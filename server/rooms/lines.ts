/** Lines: the streams of people who publish before there is a room. Who may publish on theirs, and which are on air. */
import type { Clock } from '../clock'
import type { MediaEvent, MediaProvider } from '../media/MediaProvider'
import type { RoomLog } from './log'
import { LINE_ROOM_ID, lineStreamIdOf, parseStreamId } from '../../shared/domain/ids'
import { createDeadlines } from './deadlines'

/** Lines that are open at a time; one more closes the one that has been open for longest. */
export const LINES_MAX = 10_000

export interface Lines {
  /** May be published on for `ttlMs`, or until `close`; what is on air then and in no room is cut. */
  open: (userId: string, ttlMs: number) => void
  /** Its person is in a room: from now on they may publish for as long as they are in one. */
  close: (userId: string) => void
  mayPublish: (userId: string) => boolean
  /** Of this stream, if it is a line: another room, or what its person has asked for since, has need of it. */
  holds: (streamId: string) => boolean
  /** The publication on air. */
  sessionOf: (userId: string) => string | undefined
  /** A publication on a line began or ended. */
  note: (userId: string, event: MediaEvent) => void
  /** For good. */
  stop: () => void
}

export interface LinesOptions {
  readonly media: Pick<MediaProvider, 'kick'>
  readonly isInRoom: (userId: string) => boolean
  readonly clock: Clock
  readonly log: RoomLog
}

export function createLines({ media, isInRoom, clock, log }: LinesOptions): Lines {
  /** In the order in which they were opened. */
  const opened = new Set<string>()
  const onAir = new Map<string, string>()
  const deadlines = createDeadlines(clock, expire)

  const mayPublish = (userId: string) => opened.has(userId) || isInRoom(userId)

  function close(userId: string): void {
    opened.delete(userId)
    deadlines.set(userId, undefined)
  }

  function expire(userId: string): void {
    close(userId)
    if (onAir.has(userId) && !isInRoom(userId))
      cut(userId)
  }

  function cut(userId: string): void {
    const streamId = lineStreamIdOf(userId)
    media.kick(streamId).catch((error: unknown) => log.error({ err: error, streamId }, 'a line could not be cut'))
  }

  return {
    open(userId, ttlMs) {
      close(userId)
      const [oldest] = opened
      if (opened.size >= LINES_MAX)
        expire(oldest)
      opened.add(userId)
      deadlines.set(userId, clock.now() + ttlMs)
    },
    close,
    mayPublish,
    holds(streamId) {
      const stream = parseStreamId(streamId)
      return stream?.roomId === LINE_ROOM_ID && mayPublish(stream.userId)
    },
    sessionOf: userId => onAir.get(userId),
    note(userId, { type, sessionId }) {
      if (type === 'unpublish') {
        // After a takeover the old publication ends late.
        if (onAir.get(userId) === sessionId)
          onAir.delete(userId)
        return
      }
      onAir.set(userId, sessionId)
      // Let in while what allowed it was ending.
      if (!mayPublish(userId))
        cut(userId)
    },
    stop: deadlines.stop,
  }
}
