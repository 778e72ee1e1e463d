import type { Database } from '../database/createDatabase'

/** A person's openid; undefined for who does not come from WeChat, and for nobody (an empty id). */
export type OpenIdOf = (userId: string) => Promise<string | undefined>

export function createOpenIds(db: Database): OpenIdOf {
  return async (userId) => {
    const row = await db.selectFrom('users').select('wechat_open_id').where('id', '=', userId).executeTakeFirst()
    return row?.wechat_open_id ?? undefined
  }
}
