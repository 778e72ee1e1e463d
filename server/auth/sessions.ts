/** Who is speaking: opens sessions and recognises them. */
import type { ImCredential, Session, User } from '../../shared/protocol/rest'
import type { Accounts, Profile } from './accounts'
import type { Identity } from './Identity'
import type { SessionTokens } from './sessionToken'
import type { UserSigner } from './userSig'
import { Unauthorized } from '../errors'
import { SESSION_TTL_MS } from './sessionToken'

export interface Sessions {
  /** A new guest; with an identity, whoever that is. */
  open: (profile: Profile & { readonly nickname: string }, identity?: Identity) => Promise<Session>
  /** The same person with a fresh token. */
  renew: (user: User) => Promise<Session>
  /** The person as they are now. @throws Unauthorized */
  current: (user: Pick<User, 'id'>) => Promise<User>
  /** @throws Unauthorized */
  update: (user: User, profile: Profile) => Promise<Session>
  /** @throws Unauthorized when the token is none of ours, has expired, or its user is gone */
  authenticate: (token: string) => Promise<User>
}

export interface SessionsOptions {
  readonly accounts: Accounts
  readonly tokens: SessionTokens
  /** Only where Tencent IM carries the chat. */
  readonly userSigner?: UserSigner
}

export function createSessions({ accounts, tokens, userSigner }: SessionsOptions): Sessions {
  async function renew(user: User): Promise<Session> {
    const { token, expiresAt } = await tokens.issue(user.id)
    return { token, user, im: credentialOf(user), expiresAt }
  }

  function credentialOf(user: User): ImCredential {
    return userSigner
      ? { kind: 'tencent', sdkAppId: userSigner.sdkAppId, userId: user.id, userSig: userSigner.sign(user.id, SESSION_TTL_MS) }
      : { kind: 'embedded' }
  }

  async function current({ id }: Pick<User, 'id'>): Promise<User> {
    const user = await accounts.get(id)
    if (!user)
      throw Unauthorized('This account no longer exists.')
    return user
  }

  return {
    renew,
    current,
    open: async (profile, identity) => renew(await accounts.open(profile, identity)),
    async update({ id }, profile) {
      const user = await accounts.update(id, profile)
      if (!user)
        throw Unauthorized('This account no longer exists.')
      return renew(user)
    },
    authenticate: async token => current({ id: await tokens.verify(token) }),
  }
}
