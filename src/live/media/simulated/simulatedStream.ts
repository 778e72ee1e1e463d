/** Whose stream an address leads to, and whether the server has it on air. Pure. */
import type { PlayUrls, Room } from '@/shared/protocol/rest'
import { LINE_ROOM_ID, MIX_USER_ID, parseStreamId, TEST_ROOM_ID } from '@/shared/domain/ids'

export interface StreamOwner {
  readonly roomId: string
  readonly userId: string
}

/** Undefined when it is no stream of a room of ours, or a line, which does not say in which room its person is. */
export function ownerOf(url: string): StreamOwner | undefined {
  const [, streamId = ''] = /\/(?:live|whip|whep)\/([\w-]+)/.exec(url) ?? []
  const owner = parseStreamId(streamId)
  return owner?.roomId === TEST_ROOM_ID || owner?.roomId === LINE_ROOM_ID ? undefined : owner
}

export const ownerOfAny = ({ flv, rtmp }: PlayUrls): StreamOwner | undefined => ownerOf(flv ?? rtmp ?? '')

export const isSameOwner = (one: StreamOwner | undefined, other: StreamOwner | undefined): boolean => one?.roomId === other?.roomId && one?.userId === other?.userId

/** Undefined: nobody publishes it. Everybody on stage in one stream goes by the anchor's name. */
export function nameOnAir({ anchor, stage, status }: Room, userId: string): string | undefined {
  if (userId === anchor.id || userId === MIX_USER_ID)
    return status === 'live' && (userId === anchor.id || stage.isMixed) ? anchor.nickname : undefined
  return stage.guests.find(guest => guest.user.id === userId && guest.status === 'linked')?.user.nickname
}
