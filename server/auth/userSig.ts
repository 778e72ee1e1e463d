/** UserSig, the credential of Tencent IM and TRTC: signed for our people, and read again where somebody shows one. */
import type { Clock } from '../clock'
import type { UserSigKey } from '../settings'
import { systemClock } from '../clock'
import { createEcdsaKind } from './userSig/ecdsa'
import { isTencentUserId } from './userSig/envelope'
import { createHmacKind } from './userSig/hmac'

export type UserSigVerdict
  = | { readonly status: 'valid', readonly userId: string, readonly expiresAt: number }
    | { readonly status: 'malformed' | 'forged' | 'expired' }

export interface UserSigner {
  readonly sdkAppId: number
  /** @throws RangeError when Tencent knows no such user id */
  sign: (userId: string, ttlMs: number) => string
  /** @param now unix milliseconds */
  verify: (userSig: string, now: number) => UserSigVerdict
}

/** The newer kind reads the system's clock whatever it is handed: Tencent's package does. */
export function createUserSigner({ sdkAppId, key }: { sdkAppId: number, key: UserSigKey }, clock: Pick<Clock, 'now'> = systemClock): UserSigner {
  const kind = key.kind === 'secret' ? createHmacKind(sdkAppId, key.secretKey) : createEcdsaKind(sdkAppId, key.pem, clock)
  return {
    sdkAppId,
    sign(userId, ttlMs) {
      if (!isTencentUserId(userId))
        throw new RangeError('A user id of Tencent IM has at most 32 letters, digits, "_" and "-".')
      return kind.sign(userId, Math.round(ttlMs / 1000))
    },
    verify(userSig, now) {
      const claims = kind.read(userSig)
      if (!claims)
        return { status: 'malformed' }
      if (claims.sdkAppId !== sdkAppId || !claims.isSigned)
        return { status: 'forged' }
      const { userId, expiresAt } = claims
      return now < expiresAt ? { status: 'valid', userId, expiresAt } : { status: 'expired' }
    },
  }
}
