import type { RandomBytes } from '../../shared/domain/ids'
import type { User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { Audience } from './audience'
import type { Lines } from './lines'
import type { RoomLog } from './log'
import type { Mixes } from './mixes'
import type { OpenRooms } from './openRooms'
import type { RoomRecord } from './RoomStore'
import type { WeappDoor } from './WeappDoor'
import { createId } from '../../shared/domain/ids'
import { isRemoved } from '../../shared/domain/moderation'
import { EMPTY_STAGE, holdsSeat, linkOf } from '../../shared/domain/stage'
import { step } from '../../shared/domain/transition'
import { LinkMicRefused, NotRoomAnchor, Removed, RoomEnded } from '../errors'
import { createKeyedQueue } from '../keyedQueue'
import { granted } from './granted'
import { withLife, withStage, withStream } from './roomSteps'

export interface WeappDoorOptions {
  readonly rooms: OpenRooms
  readonly lines: Lines
  readonly mixes: Pick<Mixes, 'choose'>
  readonly audience: Pick<Audience, 'setElsewhere'>
  readonly clock: Pick<Clock, 'now'>
  readonly randomBytes: RandomBytes
  readonly log: RoomLog
}

/** One person's requests are granted one after the other: they are in one room at a time. */
export function createWeappDoor({ rooms, lines, mixes, audience, clock, randomBytes, log }: WeappDoorOptions): WeappDoor {
  const inOrder = createKeyedQueue()

  /** The room is in memory by now: what begins or ends on the line from here on, it hears by itself. */
  async function connect(room: RoomRecord, { id: userId }: User): Promise<RoomRecord> {
    lines.close(userId)
    const sessionId = lines.sessionOf(userId)
    return sessionId === undefined ? room : rooms.change(room.id, current => withStream(current, userId, { type: 'published', sessionId, at: clock.now() }))
  }

  const endRoom = (roomId: string) => rooms.change(roomId, room => withLife(room, { type: 'end', reason: 'anchor', at: clock.now() }))

  const leaveSeat = (roomId: string, userId: string) => rooms.changeIf(roomId, ({ stage }) => holdsSeat(stage, userId), (room) => {
    const link = linkOf(room.stage, userId)
    return link.status === 'idle' ? step(room) : withStage(room, { type: 'leave', userId, requestId: link.requestId, at: clock.now() })
  })

  async function leaveOtherSeats(userId: string, roomId: string): Promise<void> {
    for (const { id } of rooms.all().filter(room => room.id !== roomId && holdsSeat(room.stage, userId)))
      await leaveSeat(id, userId)
  }

  return {
    openLine: lines.open,

    open: (anchor, { id, title, isListed, admission }) => inOrder.run(anchor.id, async () => {
      const room = await rooms.open({ id, title, anchor, cover: null, stage: { ...EMPTY_STAGE, admission }, isDemo: false, isListed }, clock.now())
      if (room.anchor.id !== anchor.id)
        throw NotRoomAnchor(id)
      const opened = await connect(room, anchor)
      // Only now: a room that has the line keeps the end of another from cutting it.
      for (const other of rooms.ofAnchor(anchor.id).filter(other => other.id !== id))
        await endRoom(other.id)
      await leaveOtherSeats(anchor.id, id)
      return rooms.present(opened)
    }),

    seat: (roomId, user, { seatsMax, needsConsent }) => inOrder.run(user.id, async () => {
      const requestId = createId('q', randomBytes)
      const seated = await rooms.change(roomId, (room) => {
        admit(room, user)
        const at = clock.now()
        return granted(room, user.id, { type: 'seat', user, requestId, seatsMax, needsConsent, at }, at)
      })
      const room = await connect(seated, user)
      await leaveOtherSeats(user.id, roomId)
      return rooms.present(room)
    }),

    leaveSeat: (roomId, userId) => inOrder.run(userId, () => leaveSeat(roomId, userId)),

    isThere(roomId, { id: userId }) {
      const isMissed = ({ stage }: RoomRecord) => stage.guests.some(({ user, link }) => user.id === userId && link.status !== 'linked' && link.lostAt !== null)
      const room = rooms.get(roomId)
      if (!room || !isMissed(room))
        return
      rooms.changeIf(roomId, isMissed, current => withStage(current, { type: 'presence', userId, presence: 'here', at: clock.now() }))
        .catch((error: unknown) => log.error({ err: error, roomId, userId }, 'a presence could not be noted'))
    },

    chooseMixed(roomId, userIds) {
      const room = rooms.get(roomId)
      if (room)
        mixes.choose(room, userIds)
    },

    openRooms: () => [...rooms.all()].sort((one, other) => other.createdAt - one.createdAt).map(rooms.present),

    find(roomId) {
      const room = rooms.get(roomId)
      return room && rooms.present(room)
    },

    setViewersElsewhere: audience.setElsewhere,
  }
}

function admit({ id, anchor, life, moderation }: RoomRecord, user: User): void {
  if (life.status === 'ended')
    throw RoomEnded(id)
  if (isRemoved(moderation, user.id))
    throw Removed(id)
  if (anchor.id === user.id)
    throw LinkMicRefused('BUSY')
}
