/** What beginnings and ends of streams mean for rooms: the anchor's is the room's life, a guest's a seat, the mix its own. */
import type { MediaEvent } from '../media/MediaProvider'
import type { Mixes } from './mixes'
import type { NewRoom, OpenRooms } from './openRooms'
import { MIX_USER_ID, parseStreamId, TEST_ROOM_ID } from '../../shared/domain/ids'
import { step } from '../../shared/domain/transition'
import { withLife, withStage } from './roomSteps'

export interface StreamEventsOptions {
  readonly rooms: Pick<OpenRooms, 'change' | 'changeIf' | 'open'>
  readonly mixes: Pick<Mixes, 'note'>
  /** Opens with its anchor's stream. */
  readonly standing: ReadonlyMap<string, NewRoom>
  /** Takes care of what fails. */
  readonly attempt: (work: Promise<unknown>, roomId: string) => void
}

export function createStreamEvents({ rooms, mixes, standing, attempt }: StreamEventsOptions): (event: MediaEvent) => void {
  function onMixed(roomId: string, event: MediaEvent): void {
    if (mixes.note(roomId, event))
      attempt(rooms.changeIf(roomId, () => true, room => step(room, { type: 'announce', status: room.life.status })), roomId)
  }

  return (event) => {
    const stream = parseStreamId(event.streamId)
    if (!stream)
      return
    const { roomId, userId } = stream
    if (roomId === TEST_ROOM_ID)
      return
    if (userId === MIX_USER_ID)
      return onMixed(roomId, event)
    const { sessionId, at } = event
    const type = event.type === 'publish' ? 'published' : 'unpublished'
    const waiting = standing.get(roomId)
    if (waiting?.anchor.id === userId && type === 'published')
      attempt(rooms.open(waiting, at), roomId)
    attempt(rooms.change(roomId, room => room.anchor.id === userId
      ? withLife(room, { type, sessionId, at })
      : withStage(room, { type, userId, sessionId, at })), roomId)
  }
}
