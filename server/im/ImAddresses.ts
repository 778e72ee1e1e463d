/** What people and rooms are called in Tencent IM: as they are here, but for those that brought names of their own. */
export interface ImAddresses {
  accountOf: (userId: string) => string
  /** Of somebody with an account there; undefined for one that is none of ours. */
  userAt: (account: string) => string | undefined
  groupOf: (roomId: string) => string
  roomAt: (group: string) => string | undefined
  /** Speaks the old room service's language: `linkmic` and `notifyPusherChange`. */
  isOldClient: (userId: string) => boolean
  /** Anybody in it who does. */
  hasOldClients: (roomId: string) => boolean
  /** Kept by whoever has a name of their own: what new clients are shown of an old account. */
  nameOf: (userId: string) => string | undefined
}

export const PLAIN_ADDRESSES: ImAddresses = {
  accountOf: userId => userId,
  userAt: account => account,
  groupOf: roomId => roomId,
  roomAt: group => group,
  isOldClient: () => false,
  hasOldClients: () => false,
  nameOf: () => undefined,
}
