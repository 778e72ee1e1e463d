/** Clients of the old room service in the database: what they call themselves, and their sessions. */
import type { Database } from '../../database/createDatabase'
import type { WeappPersonRow } from '../../database/schema'
import { hasLine } from '../../../shared/domain/ids'

const LINE_USER_IDS = /\bul[0-9a-z]{12}\b/g
/** SQLite binds a bounded number of values in one statement. */
const ROWS_AT_ONCE = 100

export type StoredPerson = WeappPersonRow & { readonly nickname: string, readonly our_avatar: number }

export interface PeopleStore {
  /** Whose session is good at `now`, or who has a part in a room that has not ended; the latest sessions first. */
  load: (now: number, limit: number) => Promise<readonly StoredPerson[]>
  save: (rows: readonly WeappPersonRow[]) => Promise<void>
}

export function createPeopleStore(db: Database): PeopleStore {
  return {
    async load(now, limit) {
      const rooms = await db.selectFrom('rooms').select(['anchor_id', 'stage']).where('status', '!=', 'ended').execute()
      const inRooms = new Set(rooms.flatMap(({ anchor_id: anchor, stage }) => [anchor, ...stage?.match(LINE_USER_IDS) ?? []]).filter(hasLine))
      return db.selectFrom('weapp_people')
        .innerJoin('users', 'users.id', 'weapp_people.user_id')
        .selectAll('weapp_people')
        .select(['users.nickname', 'users.avatar as our_avatar'])
        .where(row => row.or([
          row.and([row('token_hash', 'is not', null), row('token_expires_at', '>', now)]),
          row('user_id', 'in', [...inRooms].slice(0, limit)),
        ]))
        .orderBy('token_expires_at', 'desc')
        .limit(limit)
        .execute()
    },

    save: rows => db.transaction().execute(async (transaction) => {
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
        await transaction.insertInto('weapp_people')
          .values(rows.slice(at, at + ROWS_AT_ONCE))
          .onConflict(conflict => conflict.column('user_id').doUpdateSet(({ ref }) => ({
            name: ref('excluded.name'),
            avatar: ref('excluded.avatar'),
            token_hash: ref('excluded.token_hash'),
            token_expires_at: ref('excluded.token_expires_at'),
          })))
          .execute()
      }
    }),
  }
}
