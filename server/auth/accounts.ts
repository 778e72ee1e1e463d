/** Guest accounts: a nickname and one of the built-in avatars. */
import type { RandomBytes } from '../../shared/domain/ids'
import type { User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { Database } from '../database/createDatabase'
import { createId } from '../../shared/domain/ids'
import { AVATAR_COUNT } from '../../shared/protocol/rest'

export interface Profile {
  readonly nickname?: string
  readonly avatar?: number
}

export interface Accounts {
  /** Without an avatar, one is drawn. */
  create: (profile: Profile & { readonly nickname: string }) => Promise<User>
  get: (id: string) => Promise<User | undefined>
  /** What is absent stays as it is. */
  update: (id: string, profile: Profile) => Promise<User | undefined>
}

const COLUMNS = ['id', 'nickname', 'avatar'] as const

export function createAccounts({ db, clock, randomBytes }: { db: Database, clock: Pick<Clock, 'now'>, randomBytes: RandomBytes }): Accounts {
  return {
    async create({ nickname, avatar = randomBytes(1)[0] % AVATAR_COUNT }) {
      const user: User = { id: createId('u', randomBytes), nickname, avatar }
      const now = clock.now()
      await db.insertInto('users').values({ ...user, created_at: now, updated_at: now }).execute()
      return user
    },
    async get(id) {
      return db.selectFrom('users').select(COLUMNS).where('id', '=', id).executeTakeFirst()
    },
    async update(id, { nickname, avatar }) {
      return db.updateTable('users').set({ nickname, avatar, updated_at: clock.now() }).where('id', '=', id).returning(COLUMNS).executeTakeFirst()
    },
  }
}
