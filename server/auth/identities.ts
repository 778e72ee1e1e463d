/** Which account an identity belongs to, and what a row keeps of it. */
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import type { Database } from '../database/createDatabase'
import type { Schema, UserRow } from '../database/schema'
import type { Identity } from './Identity'

/**
 * The account of an identity. An openid is looked for before a unionid: with a unionid alone, an owner's other mini-program
 * has brought the person here before.
 */
export async function ownerOf(db: Database, identity: Identity): Promise<string | undefined> {
  const users = db.selectFrom('users').select('id')
  if (identity.kind === 'external')
    return (await users.where('external_id', '=', identity.id).executeTakeFirst())?.id
  if (identity.kind === 'weapp')
    return (await users.where('weapp_id', '=', weappId(identity)).executeTakeFirst())?.id
  const { openId, unionId } = identity
  const known = await users.where('wechat_open_id', '=', openId).executeTakeFirst()
    ?? (unionId === undefined ? undefined : await users.where('wechat_union_id', '=', unionId).orderBy('created_at').executeTakeFirst())
  return known?.id
}

/** An account keeps the openid it was seen with last, which is the one that messages reach, and a unionid once one is known. */
export function identityColumns(identity: Identity | undefined): Partial<Pick<UserRow, 'wechat_open_id' | 'wechat_union_id' | 'external_id' | 'weapp_id'>> {
  switch (identity?.kind) {
    case undefined: return {}
    case 'external': return { external_id: identity.id }
    case 'weapp': return { weapp_id: weappId(identity) }
    case 'weChat': return { wechat_open_id: identity.openId, ...(identity.unionId !== undefined && { wechat_union_id: identity.unionId }) }
  }
}

/** Not a guest. */
export function isKnownElsewhere(user: ExpressionBuilder<Schema, 'users'>): ExpressionWrapper<Schema, 'users', SqlBool> {
  return user.or([user('wechat_open_id', 'is not', null), user('external_id', 'is not', null), user('weapp_id', 'is not', null)])
}

const weappId = ({ sdkAppId, account }: Extract<Identity, { kind: 'weapp' }>): string => `${sdkAppId}:${account}`
