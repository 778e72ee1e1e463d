/** Link-mic as people ask for it: who may do what, how they stand, and what chat tells of their coming and going. */
import type { StageEvent } from '../../shared/domain/stage'
import type { LinkMicCommand, LinkMicView } from '../../shared/protocol/linkMic'
import type { User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { ImServer, ImServerEvents, Presence } from '../im/ImServer'
import type { RoomLog } from './log'
import type { OpenRooms } from './openRooms'
import type { RoomRecord } from './RoomStore'
import { hasLine } from '../../shared/domain/ids'
import { isRemoved } from '../../shared/domain/moderation'
import { Forbidden, LinkMicRefused, NotRoomAnchor, Removed, RoomEnded } from '../errors'
import { granted } from './granted'
import { createPresences } from './presences'
import { presentView } from './presentView'
import { withStage } from './roomSteps'

export interface LinkMic extends Pick<ImServerEvents, 'presenceChanged'> {
  /** How this person stands. @throws RoomNotFound, Removed */
  view: (roomId: string, userId: string) => Promise<LinkMicView>
  /** Said twice, it happens once. @throws RoomNotFound, RoomEnded, NotRoomAnchor, Removed, Forbidden, LinkMicRefused */
  obey: (roomId: string, user: User, command: LinkMicCommand) => Promise<LinkMicView>
  /** After a restart: who was quicker to come back than the room. */
  takeUp: (room: RoomRecord) => Promise<void>
  /** Holds for invitations from now on. */
  rename: (user: User) => void
}

export interface LinkMicOptions {
  readonly rooms: Pick<OpenRooms, 'get' | 'read' | 'change' | 'changeIf'>
  readonly im: Pick<ImServer, 'signal'>
  readonly clock: Clock
  readonly log: RoomLog
}

export function createLinkMic({ rooms, im, clock, log }: LinkMicOptions): LinkMic {
  const presences = createPresences()

  /** A window that has just joined knows nothing yet. */
  async function greet(room: RoomRecord, { id }: User): Promise<void> {
    await im.signal(room.id, id, { type: 'linkMic', view: presentView(room, id, clock.now()) })
  }

  /** Most people in a room are not on their way to its stage: nothing is written for them. */
  async function move(room: RoomRecord, { id: userId }: User, presence: Presence): Promise<void> {
    const at = clock.now()
    const isOnTheWay = ({ stage }: RoomRecord) => stage.guests.some(({ user }) => user.id === userId)
    await rooms.changeIf(room.id, isOnTheWay, current => withStage(current, { type: 'presence', userId, presence, at }))
  }

  function eventOf(room: RoomRecord, user: User, command: LinkMicCommand): StageEvent<User> {
    const at = clock.now()
    switch (command.type) {
      // Who comes by the old room service has no socket here to be seen by.
      case 'apply': return { ...command, user, isHere: hasLine(user.id) || presences.find(room.id, user.id) !== undefined, at }
      case 'leave':
      case 'acceptInvitation': return { ...command, userId: user.id, at }
      case 'report': return { ...command, userId: user.id }
      case 'invite': return { type: 'invite', user: invited(room, command.userId), requestId: command.requestId, at }
      case 'mute': return command
      default: return { ...command, at }
    }
  }

  /** @throws LinkMicRefused when the person is not in the room, or is its anchor */
  function invited({ id, anchor, stage, moderation }: RoomRecord, userId: string): User {
    if (userId === anchor.id)
      throw LinkMicRefused('BUSY')
    if (isRemoved(moderation, userId))
      throw LinkMicRefused('GONE')
    const user = stage.guests.find(guest => guest.user.id === userId)?.user ?? presences.find(id, userId)
    if (!user)
      throw LinkMicRefused('GONE')
    return user
  }

  return {
    rename: presences.rename,

    async takeUp(room) {
      for (const { user } of room.stage.guests) {
        if (presences.find(room.id, user.id))
          await move(room, user, 'here')
      }
    },

    presenceChanged(roomId, user, presence) {
      presences.presenceChanged(roomId, user, presence)
      const room = rooms.get(roomId)
      if (!room)
        return
      const greeted = presence === 'here' ? greet(room, user) : undefined
      Promise.all([greeted, move(room, user, presence)])
        .catch((error: unknown) => log.error({ err: error, roomId, userId: user.id }, 'a presence could not be noted'))
    },

    async view(roomId, userId) {
      const room = await rooms.read(roomId)
      refuseRemoved(room, userId)
      return presentView(room, userId, clock.now())
    },

    async obey(roomId, user, command) {
      const after = await rooms.change(roomId, (room) => {
        admit(room, user, command)
        return granted(room, user.id, eventOf(room, user, command), clock.now())
      })
      return presentView(after, user.id, clock.now())
    },
  }
}

const GUESTS_OWN: readonly LinkMicCommand['type'][] = ['apply', 'acceptInvitation', 'leave', 'report']
/** Only while there is something to come onto. */
const ON_AIR_ONLY: readonly LinkMicCommand['type'][] = ['apply', 'invite']

function refuseRemoved({ id, moderation }: RoomRecord, userId: string): void {
  if (isRemoved(moderation, userId))
    throw Removed(id)
}

function admit(room: RoomRecord, user: User, { type }: LinkMicCommand): void {
  const { id, anchor, life } = room
  refuseRemoved(room, user.id)
  const isAnchor = anchor.id === user.id
  const isGuests = GUESTS_OWN.includes(type)
  if (isAnchor && isGuests)
    throw Forbidden('The anchor is on stage already.')
  if (!isAnchor && !isGuests)
    throw NotRoomAnchor(id)
  if (life.status === 'ended')
    throw RoomEnded(id)
  if (life.status === 'preparing' && ON_AIR_ONLY.includes(type))
    throw LinkMicRefused('CLOSED')
}
