/** Whom merge_stream puts beside a room's creator, by the names of their streams. */
import type { Room } from '../../../shared/protocol/rest'
import { WeappCode, WeappError } from '../WeappError'

/**
 * `names` are as the client read them in addresses, its own first; `nameOf` is how a stream of ours is called there.
 *
 * @returns our ids of the guests; none: the creator alone
 * @throws WeappError mixFailed for anybody but the creator, and for a stream that is not on stage
 */
export function chosenGuests(room: Room, userId: string, names: readonly string[], nameOf: (streamId: string) => string): string[] {
  const { anchor, streamId, stage } = room
  const [main, ...others] = names
  if (anchor.id !== userId || main !== nameOf(streamId))
    throw new WeappError(WeappCode.mixFailed, 'Only who created a room may have it mixed, around their own stream.')
  const guests = new Map(stage.guests.map(guest => [nameOf(guest.streamId), guest.user.id]))
  return [...new Set(others)].filter(name => name !== main).map((name) => {
    const guestId = guests.get(name)
    if (guestId === undefined)
      throw new WeappError(WeappCode.mixFailed, 'A stream to be mixed is none of this room.')
    return guestId
  })
}
