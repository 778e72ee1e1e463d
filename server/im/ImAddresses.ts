/**
 * What people and rooms are called in Tencent IM: as they are called here, but for clients of the old room service, which
 * brought names of their own. Asked anew for every message; answers come from memory.
 */
export interface ImAddresses {
  /** Undefined for an old client of another application: theirs is there. */
  accountOf: (userId: string) => string | undefined
  /** Undefined for an account that can be nobody's here. */
  userAt: (account: string) => string | undefined
  /** Of a room that has ended a moment ago, too. */
  groupOf: (roomId: string) => string
  /** The open room of this group, or the last. */
  roomAt: (group: string) => string | undefined
  /** Somebody who is reached here in the old room service's language: `linkmic` and `notifyPusherChange`. */
  isOldClient: (userId: string) => boolean
  /** As an old client calls itself; undefined for everybody else. */
  profileOf: (userId: string) => { readonly name: string, readonly avatar: string } | undefined
}

/** Where nobody brings names. */
export const PLAIN_ADDRESSES: ImAddresses = {
  accountOf: userId => userId,
  userAt: account => account,
  groupOf: roomId => roomId,
  roomAt: group => group,
  isOldClient: () => false,
  profileOf: () => undefined,
}
