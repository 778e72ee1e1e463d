/**
 * Who logs in to the old room service, and by which token they go on. Everything is in memory and written behind: logging in
 * again and asking who somebody is wait for nothing. Rules: docs/SPEC.md, RS11 to RS17.
 */
import type { Logger } from 'pino'
import type { RandomBytes } from '../../../shared/domain/ids'
import type { Accounts } from '../../auth/accounts'
import type { Clock } from '../../clock'
import type { WeappPerson, WeappSessions } from '../types'
import type { MayBeAccount } from './mayBeAccount'
import type { Known } from './people'
import type { PeopleStore } from './peopleStore'
import type { Rename } from './profile'
import type { UserSigs } from './userSigs'
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createKeyedQueue } from '../../keyedQueue'
import { WeappCode, WeappError } from '../WeappError'
import { createPeople, fromRow, isGood, PEOPLE_MAX, toRow } from './people'
import { bounded, nicknameFor } from './profile'
import { createWriteBehind } from './writeBehind'

/** Without being used: old clients log in once, and broadcast for as long as they like. */
export const TOKEN_TTL_MS = 24 * 60 * 60_000
export const SWEEP_MS = 10 * 60_000
const TOKEN_BYTES = 16
const TOKEN = /^[0-9a-f]{32}\*(\d{1,10})$/

export interface StoredSessions extends WeappSessions {
  /** Takes up what the last run has kept; before anybody asks. */
  restore: () => Promise<void>
  /** Writes what is not written yet. */
  close: () => Promise<void>
}

export interface WeappSessionsOptions {
  readonly store: PeopleStore
  readonly accounts: Pick<Accounts, 'open'>
  readonly userSigs: Pick<UserSigs, 'verify' | 'knows'>
  readonly mayBeAccount: MayBeAccount
  readonly rename: Rename
  /** Our ids of whoever has a part in an open room. */
  readonly inRooms: () => ReadonlySet<string>
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly log: Pick<Logger, 'error'>
}

export function createWeappSessions({ store, accounts, userSigs, mayBeAccount, rename, inRooms, clock, randomBytes, log }: WeappSessionsOptions): StoredSessions {
  const people = createPeople(inRooms)
  const writer = createWriteBehind(store.save, { clock, log })
  /** Of one person one after the other. */
  const renamings = createKeyedQueue()
  const stopSweeping = clock.every(SWEEP_MS, () => people.sweep(clock.now()))

  const keep = (known: Known, put = people.put): void => {
    put(known)
    writer.add(known.person.user.id, toRow(known))
  }

  /** Not with every request: each renewal is a row to be written. */
  function renew(known: Known, session: NonNullable<Known['session']>): void {
    const now = clock.now()
    if (session.expiresAt - now < TOKEN_TTL_MS / 2)
      keep({ ...known, session: { ...session, expiresAt: now + TOKEN_TTL_MS } })
  }

  async function newcomer(sdkAppId: number, account: string): Promise<Known> {
    const nickname = nicknameFor(account)
    const user = await accounts.open({ nickname }, { kind: 'weapp', sdkAppId, account })
    // Who logged in twice at once is known by now.
    return people.byId(user.id) ?? { person: { user, sdkAppId, account }, profile: { name: user.nickname, avatar: '' }, session: null }
  }

  return {
    async restore() {
      for (const row of (await store.load(clock.now(), PEOPLE_MAX)).toReversed())
        people.putLast(fromRow(row))
    },

    async login(sdkAppId, account, userSig) {
      if (!mayBeAccount(account))
        throw new WeappError(WeappCode.notVerified, 'Nobody may log in by this userID.')
      userSigs.verify(sdkAppId, account, userSig)
      const known = people.byAccount(sdkAppId, account) ?? await newcomer(sdkAppId, account)
      const token = `${Buffer.from(randomBytes(TOKEN_BYTES)).toString('hex')}*${sdkAppId}`
      keep({ ...known, session: { tokenHash: hashOf(token), expiresAt: clock.now() + TOKEN_TTL_MS } }, people.putLast)
      return { person: known.person, token }
    },

    authenticate(account, token) {
      const [, sdkAppId] = TOKEN.exec(token) ?? []
      const known = sdkAppId === undefined ? undefined : people.byAccount(Number(sdkAppId), account)
      if (!known || !userSigs.knows(known.person.sdkAppId) || !isGood(known.session, clock.now()) || known.session.tokenHash !== hashOf(token))
        throw new WeappError(WeappCode.tokenRefused, 'The token is not good, or not any more: log in again.')
      renew(known, known.session)
      return known.person
    },

    logout({ user }) {
      const known = people.byId(user.id)
      if (known)
        keep({ ...known, session: null })
    },

    personOf: userId => people.byId(userId)?.person,
    find: (sdkAppId, account) => people.byAccount(sdkAppId, account)?.person,
    profileOf: userId => people.byId(userId)?.profile,
    isLoggedIn: userId => isGood(people.byId(userId)?.session ?? null, clock.now()),

    setProfile: ({ user: { id } }: WeappPerson, said) => renamings.run(id, async () => {
      const wanted = bounded(said)
      const known = people.byId(id)
      if (!known || (wanted.name === known.profile.name && wanted.avatar === known.profile.avatar))
        return
      const user = wanted.name === known.profile.name ? known.person.user : await rename(known.person.user, wanted.name)
      const now = people.byId(id) ?? known // they may have logged in again meanwhile
      keep({ ...now, person: { ...now.person, user: user ?? now.person.user }, profile: { name: user ? wanted.name : now.profile.name, avatar: wanted.avatar } })
    }),

    async close() {
      stopSweeping()
      await renamings.idle()
      await writer.close()
    },
  }
}

/** Compared as it is: how long that takes tells nothing of the token. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
