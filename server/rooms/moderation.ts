/** The order in rooms as their anchors keep it, and as those who come are told of it. */
import type { ModerationEvent } from '../../shared/domain/moderation'
import type { ModerationCommand, ModerationView } from '../../shared/protocol/moderation'
import type { User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { ImServer, ImServerEvents } from '../im/ImServer'
import type { RoomLog } from './log'
import type { OpenRooms } from './openRooms'
import type { RoomRecord } from './RoomStore'
import { idsOf, isRemoved, isSilenced } from '../../shared/domain/moderation'
import { Forbidden, ModeratedFull, NotFound, NotRoomAnchor, Removed, RoomEnded } from '../errors'
import { presentModeration, presentStanding } from './presentModeration'
import { withOrder } from './roomSteps'

export interface RoomModeration extends Pick<ImServerEvents, 'presenceChanged'> {
  /** For its anchor. @throws RoomNotFound, NotRoomAnchor */
  view: (roomId: string, userId: string) => Promise<ModerationView>
  /** Said twice, it happens once. @throws RoomNotFound, RoomEnded, NotRoomAnchor, Forbidden, NotFound, ModeratedFull */
  obey: (roomId: string, userId: string, command: ModerationCommand) => Promise<ModerationView>
  /** @throws RoomNotFound, Removed */
  admit: (roomId: string, userId: string) => Promise<void>
  /** After a restart chat is told again. */
  takeUp: (room: RoomRecord) => Promise<void>
}

/** Anybody with an account, by their id. */
export type FindUser = (userId: string) => Promise<User | undefined>

export interface RoomModerationOptions {
  readonly rooms: Pick<OpenRooms, 'get' | 'read' | 'change'>
  readonly im: Pick<ImServer, 'moderate' | 'signal'>
  readonly findUser: FindUser
  readonly clock: Pick<Clock, 'now'>
  readonly log: RoomLog
}

export function createRoomModeration({ rooms, im, findUser, clock, log }: RoomModerationOptions): RoomModeration {
  async function eventOf(command: ModerationCommand): Promise<ModerationEvent<User>> {
    if (command.type !== 'silence' && command.type !== 'remove')
      return command
    const user = await findUser(command.userId)
    if (!user)
      throw NotFound('This person')
    return { type: command.type, user }
  }

  return {
    async view(roomId, userId) {
      const room = await rooms.read(roomId)
      if (room.anchor.id !== userId)
        throw NotRoomAnchor(roomId)
      return presentModeration(room)
    },

    async obey(roomId, userId, command) {
      allow(await rooms.read(roomId), userId, command)
      const event = await eventOf(command)
      return presentModeration(await rooms.change(roomId, (room) => {
        allow(room, userId, command)
        const step = withOrder(room, event, clock.now())
        if (step.refusal)
          throw ModeratedFull()
        return step
      }))
    },

    async admit(roomId, userId) {
      if (isRemoved((await rooms.read(roomId)).moderation, userId))
        throw Removed(roomId)
    },

    async takeUp({ id, anchor, moderation }) {
      await im.moderate(id, anchor.id, idsOf(moderation)).catch((error: unknown) => log.error({ err: error, roomId: id }, 'chat could not be told of the order in a room'))
    },

    /** A window that has just joined takes it for granted that it may speak. */
    presenceChanged(roomId, { id: userId }, presence) {
      const room = rooms.get(roomId)
      if (presence !== 'here' || !room || !isSilenced(room.moderation, userId))
        return
      im.signal(roomId, userId, { type: 'standing', standing: presentStanding(room, userId) })
        .catch((error: unknown) => log.error({ err: error, roomId, userId }, 'somebody could not be told that they are silenced'))
    },
  }
}

function allow({ id, anchor, life }: RoomRecord, userId: string, command: ModerationCommand): void {
  if (anchor.id !== userId)
    throw NotRoomAnchor(id)
  if (life.status === 'ended')
    throw RoomEnded(id)
  if ('userId' in command && command.userId === anchor.id)
    throw Forbidden('The anchor is always welcome and may always speak.')
}
