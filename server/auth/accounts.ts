/** Accounts: a nickname and a face, one of the built-in avatars or a picture. WeChat's people keep theirs by their openid. */
import type { RandomBytes } from '../../shared/domain/ids'
import type { User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { Database } from '../database/createDatabase'
import type { UserRow } from '../database/schema'
import { createId } from '../../shared/domain/ids'
import { AVATAR_COUNT } from '../../shared/protocol/rest'

export interface Profile {
  readonly nickname?: string
  readonly avatar?: number
  /** Null takes it away. */
  readonly picture?: string | null
}

export interface Accounts {
  /** Without an avatar, one is drawn. With the openid of somebody who was here before, their account as it is. */
  open: (profile: Profile & { readonly nickname: string }, openId?: string) => Promise<User>
  get: (id: string) => Promise<User | undefined>
  /** What is absent stays as it is. */
  update: (id: string, profile: Profile) => Promise<User | undefined>
}

const COLUMNS = ['id', 'nickname', 'avatar', 'picture'] as const

export function createAccounts({ db, clock, randomBytes }: { db: Database, clock: Pick<Clock, 'now'>, randomBytes: RandomBytes }): Accounts {
  return {
    async open({ nickname, avatar = randomBytes(1)[0] % AVATAR_COUNT }, openId) {
      const user: User = { id: createId('u', randomBytes), nickname, avatar }
      const now = clock.now()
      const row = { ...user, picture: null, wechat_open_id: openId ?? null, created_at: now, updated_at: now }
      await db.insertInto('users').values(row).onConflict(conflict => conflict.column('wechat_open_id').doNothing()).execute()
      if (openId === undefined)
        return user
      return toUser(await db.selectFrom('users').select(COLUMNS).where('wechat_open_id', '=', openId).executeTakeFirstOrThrow())
    },
    async get(id) {
      const row = await db.selectFrom('users').select(COLUMNS).where('id', '=', id).executeTakeFirst()
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
