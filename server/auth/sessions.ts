/** Who is speaking: opens sessions and recognises them. */
import type { ImCredential, Session, User } from '../../shared/protocol/rest'
import type { Accounts, Profile } from './accounts'
import type { Identity } from './Identity'
import type { SessionTokens } from './sessionToken'
import { Unauthorized } from '../errors'

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
  /** What this person needs to reach the chat; good as long as a session. */
  readonly credentialOf?: (user: User) => ImCredential
}

export function createSessions({ accounts, tokens, credentialOf = () => ({ kind: 'embedded' }) }: SessionsOptions): Sessions {
  async function renew(user: User): Promise<Session> {
    const { token, expiresAt } = await tokens.issue(user.id)
    return { token, user, im: credentialOf(user), expiresAt }
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
