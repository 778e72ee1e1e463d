/**
 * What an id may look like. Ids travel in stream names, URLs, UserSigs and file names, so they are short ASCII without
 * `-` (it separates the parts of a stream name) and without `_` (Tencent Cloud Live reads it as a template suffix).
 */
export type RandomBytes = (count: number) => Uint8Array

const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz' // no 0/o, 1/i/l: people read ids aloud
const ID_LENGTH = 12

export const USER_ID = /^u[0-9a-z]{3,31}$/
export const ROOM_ID = /^r[0-9a-z]{3,31}$/
/** `<roomId>-<userId>`: one stream per publisher and room. */
export const STREAM_ID = /^r[0-9a-z]{3,31}-u[0-9a-z]{3,31}$/

export type IdPrefix = 'u' | 'r' | 'm' | 'q' | 'ul'

/** `u…` a user, `r…` a room, `m…` a message, `q…` a request, `ul…` a user with a line (no other id has an `l`). About 59 bits. */
export function createId(prefix: IdPrefix, randomBytes: RandomBytes): string {
  let id: string = prefix
  // 31 letters do not divide 256; the bias of the first 8 is harmless for ids that are not secrets.
  for (const byte of randomBytes(ID_LENGTH))
    id += ALPHABET[byte % ALPHABET.length]
  return id
}

/** Whether such an id may be one that was made here, for whomever. */
export const mayBeUserId = (id: string): boolean => hasLine(id) || (id.startsWith('u') && id.length === 1 + ID_LENGTH && [...id.slice(1)].every(letter => ALPHABET.includes(letter)))

/** Who came by the old room service publishes before there is a room, on a line of their own; one line, one room at a time. */
export function streamIdOf(roomId: string, userId: string): string {
  return hasLine(userId) ? lineStreamIdOf(userId) : `${roomId}-${userId}`
}

export const hasLine = (userId: string): boolean => userId.startsWith('ul') && userId.length === ID_LENGTH + 2
export const lineStreamIdOf = (userId: string): string => `${LINE_ROOM_ID}-${userId}`
/** In the names of lines. No room is created under so short an id. */
export const LINE_ROOM_ID = 'rline'

/** Everybody on a room's stage in one stream, published by the server itself; nobody's user id is this short. */
export const mixStreamIdOf = (roomId: string): string => streamIdOf(roomId, MIX_USER_ID)
export const MIX_USER_ID = 'umix'

/** What the audience of a room sees, whoever is on its stage: the mix while there is one, the anchor's stream otherwise. */
export const programmeStreamIdOf = (roomId: string): string => streamIdOf(roomId, PROGRAMME_USER_ID)
export const PROGRAMME_USER_ID = 'uall'

/** Somebody's stream for trying things out. No room is created under so short an id. */
export const testStreamIdOf = (userId: string): string => streamIdOf(TEST_ROOM_ID, userId)
export const TEST_ROOM_ID = 'rtest'

/** Undefined when the name is not one of ours. */
export function parseStreamId(streamId: string): { roomId: string, userId: string } | undefined {
  if (!STREAM_ID.test(streamId))
    return undefined
  const [roomId, userId] = streamId.split('-')
  return { roomId, userId }
}
