/** Accounts: a nickname and a face, one of the built-in avatars or a picture. Who is known elsewhere keeps theirs by that identity. */
import type { RandomBytes } from '../../shared/domain/ids'
import type { User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { Database } from '../database/createDatabase'
import type { UserRow } from '../database/schema'
import type { Identity } from './Identity'
import { createId } from '../../shared/domain/ids'
import { AVATAR_COUNT } from '../../shared/protocol/rest'
import { identityColumns, isKnownElsewhere, ownerOf } from './identities'

export interface Profile {
  readonly nickname?: string
  readonly avatar?: number
  /** Null takes it away. */
  readonly picture?: string | null
}

export interface Accounts {
  /** Without an avatar, one is drawn. With the identity of somebody who was here before, their account as it is. */
  open: (profile: Profile & { readonly nickname: string }, identity?: Identity) => Promise<User>
  /** Undefined for a guest, too, where there are none any more. */
  get: (id: string) => Promise<User | undefined>
  /** What is absent stays as it is. */
  update: (id: string, profile: Profile) => Promise<User | undefined>
}

const COLUMNS = ['id', 'nickname', 'avatar', 'picture'] as const

export interface AccountsOptions {
  readonly db: Database
  readonly clock: Pick<Clock, 'now'>
  readonly randomBytes: RandomBytes
  /** Whether a nickname is enough. */
  readonly hasGuests: boolean
}

export function createAccounts({ db, clock, randomBytes, hasGuests }: AccountsOptions): Accounts {
  return {
    open: ({ nickname, avatar = randomBytes(1)[0] % AVATAR_COUNT }, identity) => db.transaction().execute(async (transaction) => {
      const now = clock.now()
      const owner = identity && await ownerOf(transaction, identity)
      const row = owner === undefined
        ? await transaction.insertInto('users')
            .values({ id: createId(identity?.kind === 'weapp' ? 'ul' : 'u', randomBytes), nickname, avatar, picture: null, wechat_open_id: null, wechat_union_id: null, external_id: null, weapp_id: null, ...identityColumns(identity), created_at: now, updated_at: now })
            .returning(COLUMNS)
            .executeTakeFirstOrThrow()
        : await transaction.updateTable('users').set({ ...identityColumns(identity), updated_at: now }).where('id', '=', owner).returning(COLUMNS).executeTakeFirstOrThrow()
      return toUser(row)
    }),
    async get(id) {
      const row = await db.selectFrom('users')
        .select(COLUMNS)
        .where('id', '=', id)
        .$if(!hasGuests, query => query.where(isKnownElsewhere))
        .executeTakeFirst()
      return row && toUser(row)
    },
    async update(id, { nickname, avatar, picture }) {
      const row = await db.updateTable('users').set({ nickname, avatar, picture, updated_at: clock.now() }).where('id', '=', id).returning(COLUMNS).executeTakeFirst()
      return row && toUser(row)
    },
  }
}

function toUser({ picture, ...user }: Pick<UserRow, typeof COLUMNS[number]>): User {
  return picture === null ? user : { ...user, picture }
}
