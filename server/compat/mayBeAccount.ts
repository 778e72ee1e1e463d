import { mayBeUserId } from '../../shared/domain/ids'
import { isTencentUserId } from '../auth/userSig/envelope'

/** Which userIDs people may have: not what Tencent IM would not have, nor what means somebody else there: one of our ids, or who speaks for the server. */
export type MayBeAccount = (account: string) => boolean

/** `admin`: null where chat is not carried by Tencent. */
export function createMayBeAccount(admin: string | null): MayBeAccount {
  return account => isTencentUserId(account) && !mayBeUserId(account) && account !== admin
}
