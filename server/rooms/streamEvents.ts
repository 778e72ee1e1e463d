/**
 * What beginnings and ends of streams mean for rooms: the anchor's is the room's life, a guest's a seat, the mix its own; a line's
 * is its person's, where they are.
 */
import type { MediaEvent } from '../media/MediaProvider'
import type { Lines } from './lines'
import type { Mixes } from './mixes'
import type { NewRoom, OpenRooms } from './openRooms'
import { LINE_ROOM_ID, MIX_USER_ID, parseStreamId, PROGRAMME_USER_ID, TEST_ROOM_ID } from '../../shared/domain/ids'
import { step } from '../../shared/domain/transition'
import { withStream } from './roomSteps'

export interface StreamEventsOptions {
  readonly rooms: Pick<OpenRooms, 'change' | 'changeIf' | 'open' | 'ofPublisher'>
  readonly mixes: Pick<Mixes, 'note'>
  readonly lines: Pick<Lines, 'note'>
  /** Opens with its anchor's stream. */
  readonly standing: ReadonlyMap<string, NewRoom>
  /** Takes care of what fails. */
  readonly attempt: (work: Promise<unknown>, roomId: string) => void
}

export function createStreamEvents({ rooms, mixes, lines, standing, attempt }: StreamEventsOptions): (event: MediaEvent) => void {
  function onMixed(roomId: string, event: MediaEvent): void {
    if (mixes.note(roomId, event))
      attempt(rooms.changeIf(roomId, () => true, room => step(room, { type: 'announce', status: room.life.status })), roomId)
  }

  function place(roomId: string, userId: string, { type, sessionId, at }: MediaEvent): void {
    attempt(rooms.change(roomId, room => withStream(room, userId, { type: type === 'publish' ? 'published' : 'unpublished', sessionId, at })), roomId)
  }

  return (event) => {
    const stream = parseStreamId(event.streamId)
    if (!stream)
      return
    const { roomId, userId } = stream
    if (roomId === TEST_ROOM_ID || userId === PROGRAMME_USER_ID)
      return
    if (roomId === LINE_ROOM_ID) {
      lines.note(userId, event)
      return rooms.ofPublisher(userId).forEach(({ id }) => place(id, userId, event))
    }
    if (userId === MIX_USER_ID)
      return onMixed(roomId, event)
    const waiting = standing.get(roomId)
    if (waiting?.anchor.id === userId && event.type === 'publish')
      attempt(rooms.open(waiting, event.at), roomId)
    place(roomId, userId, event)
  }
}
