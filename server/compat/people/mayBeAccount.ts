import { mayBeUserId } from '../../../shared/domain/ids'
import { SERVER_ACCOUNT } from '../../../shared/protocol/tencentIm'
import { isTencentUserId } from '../../auth/userSig/envelope'

/** Which userIDs people may have: not what Tencent IM would not have, nor what means somebody else there: one of our ids, or who speaks for the server. */
export type MayBeAccount = (account: string) => boolean

/** Every application has the administrator that Tencent gives it, beside our `admin`. */
export function createMayBeAccount(admin: string): MayBeAccount {
  const admins = [SERVER_ACCOUNT, admin.toLowerCase()]
  return account => isTencentUserId(account) && !mayBeUserId(account) && !admins.includes(account.toLowerCase())
}
