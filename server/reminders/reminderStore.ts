/** Who wants to be told of whom. A row is good for one message. */
import type { Clock } from '../clock'
import type { Database } from '../database/createDatabase'

/** Of one person; of more, the one asked for longest ago is forgotten. */
export const REMINDERS_PER_PERSON = 50

/** Somebody to be told. */
export interface Recipient {
  readonly userId: string
  readonly openId: string
}

export interface ReminderStore {
  /** Asked for again, it is the newest. False for somebody whom WeChat does not know. */
  add: (userId: string, anchorId: string) => Promise<boolean>
  /** All who wait for this anchor; none of them waits any longer. */
  take: (anchorId: string) => Promise<Recipient[]>
}

export function createReminderStore(db: Database, clock: Pick<Clock, 'now'>): ReminderStore {
  return {
    async add(userId, anchorId) {
      const user = await db.selectFrom('users').select('wechat_open_id').where('id', '=', userId).executeTakeFirst()
      if (!user?.wechat_open_id)
        return false
      const now = clock.now()
      await db.insertInto('reminders')
        .values({ user_id: userId, anchor_id: anchorId, created_at: now })
        .onConflict(conflict => conflict.columns(['user_id', 'anchor_id']).doUpdateSet({ created_at: now }))
        .execute()
      const kept = db.selectFrom('reminders').select('anchor_id').where('user_id', '=', userId).orderBy('created_at', 'desc').limit(REMINDERS_PER_PERSON)
      await db.deleteFrom('reminders').where('user_id', '=', userId).where('anchor_id', 'not in', kept).execute()
      return true
    },

    take: anchorId => db.transaction().execute(async (transaction) => {
      const rows = await transaction.selectFrom('reminders')
        .innerJoin('users', 'users.id', 'reminders.user_id')
        .select(['users.id', 'users.wechat_open_id'])
        .where('reminders.anchor_id', '=', anchorId)
        .execute()
      await transaction.deleteFrom('reminders').where('anchor_id', '=', anchorId).execute()
      return rows.flatMap(({ id, wechat_open_id: openId }) => openId === null ? [] : [{ userId: id, openId }])
    }),
  }
}
