/** Names in Tencent IM of clients of the old room service: their userID is their account, a roomID that they chose is a group. */
import type { ImAddresses } from '../../im/ImAddresses'
import type { WeappSessions } from '../types'
import { hasLine, USER_ID } from '../../../shared/domain/ids'

/** RoomIDs that creators chose. */
export interface RoomNames {
  /** Also of a room that has ended within the last ten minutes; undefined for one that has no name but its id. */
  nameOf: (roomId: string) => string | undefined
  /** The open room of this name, or the last that had it. */
  idOf: (name: string) => string | undefined
}

export interface AddressesOptions {
  /** The application whose IM carries the chat. */
  readonly sdkAppId: number
  readonly sessions: Pick<WeappSessions, 'personOf' | 'find' | 'profileOf'>
  readonly names: RoomNames
}

export function createAddresses({ sdkAppId, sessions, names }: AddressesOptions): ImAddresses {
  function accountOf(userId: string): string | undefined {
    if (!hasLine(userId))
      return userId
    const person = sessions.personOf(userId)
    return person?.sdkAppId === sdkAppId ? person.account : undefined
  }

  return {
    accountOf,
    userAt: account => sessions.find(sdkAppId, account)?.user.id ?? (USER_ID.test(account) && !hasLine(account) ? account : undefined),
    groupOf: roomId => names.nameOf(roomId) ?? roomId,
    roomAt: group => names.idOf(group) ?? group,
    isOldClient: userId => hasLine(userId) && accountOf(userId) !== undefined,
    profileOf: userId => hasLine(userId) ? sessions.profileOf(userId) : undefined,
  }
}
