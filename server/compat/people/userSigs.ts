/** UserSigs of the applications whose people may come in. */
import type { Clock } from '../../clock'
import type { WeappApp } from '../../settings'
import { createUserSigner } from '../../auth/userSig'
import { WeappCode, WeappError } from '../WeappError'

/** Clients log in again with the UserSig that they have; these need no second look. A real one has some 300 characters. */
const REMEMBERED_MAX = 10_000
/** As the old service's own helper signed them. */
const USER_SIG_TTL_MS = 30 * 24 * 60 * 60_000

export interface UserSigs {
  /** Whether this application is configured. */
  knows: (sdkAppId: number) => boolean
  /** @throws WeappError unknownApp; notVerified, whatever is wrong with it */
  verify: (sdkAppId: number, account: string, userSig: string) => void
  /** By the first of the applications; undefined: there is none. */
  sign: (account: string) => { readonly sdkAppId: number, readonly userSig: string } | undefined
}

export function createUserSigs(apps: readonly WeappApp[], clock: Pick<Clock, 'now'>): UserSigs {
  const signers = new Map(apps.map(app => [app.sdkAppId, createUserSigner(app, clock)]))
  /** When each expires, the one that was seen first first. */
  const remembered = new Map<string, number>()

  function remember(key: string, expiresAt: number): void {
    if (remembered.size >= REMEMBERED_MAX)
      remembered.delete(remembered.keys().next().value!)
    remembered.set(key, expiresAt)
  }

  return {
    knows: sdkAppId => signers.has(sdkAppId),
    verify(sdkAppId, account, userSig) {
      const signer = signers.get(sdkAppId)
      if (!signer)
        throw new WeappError(WeappCode.unknownApp, `Application ${sdkAppId} is not configured here.`)
      const key = `${sdkAppId} ${account} ${userSig}`
      const now = clock.now()
      if (now < (remembered.get(key) ?? 0))
        return
      const verdict = signer.verify(userSig, now)
      if (verdict.status !== 'valid')
        throw new WeappError(WeappCode.notVerified, `The userSig is ${verdict.status}.`)
      if (verdict.userId !== account)
        throw new WeappError(WeappCode.notVerified, 'The userSig is somebody else\'s.')
      remember(key, verdict.expiresAt)
    },
    sign(account) {
      const [first] = signers.values()
      return first && { sdkAppId: first.sdkAppId, userSig: first.sign(account, USER_SIG_TTL_MS) }
    },
  }
}
