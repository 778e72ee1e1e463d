import type { UserSigner } from '../../auth/userSig'
import type { Clock } from '../../clock'

const TTL_MS = 24 * 60 * 60_000
const RENEW_AFTER_MS = TTL_MS / 2

/** The UserSig of the account that speaks for the server: signed when it is needed, kept for half of its life. */
export function createAdminSig(signer: Pick<UserSigner, 'sign'>, admin: string, clock: Pick<Clock, 'now'>): () => string {
  let kept: { readonly userSig: string, readonly renewAt: number } | undefined
  return () => {
    const now = clock.now()
    if (!kept || now >= kept.renewAt)
      kept = { userSig: signer.sign(admin, TTL_MS), renewAt: now + RENEW_AFTER_MS }
    return kept.userSig
  }
}
