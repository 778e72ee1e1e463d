/** Steps from an empty database to the current tables. Applied ones are never edited: a change is a new step. */
import type { Transaction } from 'kysely'
import { sql } from 'kysely'

export interface Migration {
  readonly name: string
  /** Sees the tables of its own time, not today's Schema: hence any, as Kysely's own migrations have it. */
  readonly up: (db: Transaction<any>) => Promise<void>
}

/** The position in this list, from 1, is the migration's number. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'users, rooms and messages',
    async up(db) {
      await db.schema.createTable('users')
        .addColumn('id', 'text', column => column.primaryKey())
        .addColumn('nickname', 'text', column => column.notNull())
        .addColumn('avatar', 'integer', column => column.notNull())
        .addColumn('created_at', 'bigint', column => column.notNull())
        .addColumn('updated_at', 'bigint', column => column.notNull())
        .execute()

      await db.schema.createTable('rooms')
        .addColumn('id', 'text', column => column.primaryKey())
        .addColumn('title', 'text', column => column.notNull())
        .addColumn('cover', 'text')
        .addColumn('anchor_id', 'text', column => column.notNull())
        .addColumn('anchor_nickname', 'text', column => column.notNull())
        .addColumn('anchor_avatar', 'integer', column => column.notNull())
        .addColumn('life', 'text', column => column.notNull())
        .addColumn('status', 'text', column => column.notNull())
        .addColumn('started_at', 'bigint')
        .addColumn('created_at', 'bigint', column => column.notNull())
        .addColumn('peak_viewers', 'integer', column => column.notNull())
        .addColumn('visitors', 'integer', column => column.notNull())
        .addColumn('messages', 'integer', column => column.notNull())
        .addColumn('is_demo', 'integer', column => column.notNull())
        .execute()
      // Ended rooms pile up for years; those on the list are few.
      await db.schema.createIndex('rooms_open').on('rooms').columns(['started_at', 'id']).where(sql.ref('status'), '!=', sql.lit('ended')).execute()
      await db.schema.createIndex('rooms_by_anchor').on('rooms').columns(['anchor_id', 'created_at']).execute()

      await db.schema.createTable('messages')
        .addColumn('room_id', 'text', column => column.notNull())
        .addColumn('seq', 'bigint', column => column.notNull())
        .addColumn('id', 'text', column => column.notNull())
        .addColumn('at', 'bigint', column => column.notNull())
        .addColumn('user_id', 'text', column => column.notNull())
        .addColumn('nickname', 'text', column => column.notNull())
        .addColumn('avatar', 'integer', column => column.notNull())
        .addColumn('text', 'text', column => column.notNull())
        .addColumn('request_id', 'text', column => column.notNull())
        .addPrimaryKeyConstraint('messages_in_order', ['room_id', 'seq'])
        .addUniqueConstraint('messages_said_once', ['room_id', 'user_id', 'request_id'])
        .execute()
    },
  },
  {
    name: 'notices of rooms',
    async up(db) {
      await db.schema.createTable('notices')
        .addColumn('room_id', 'text', column => column.notNull())
        .addColumn('seq', 'bigint', column => column.notNull())
        .addColumn('notice', 'text', column => column.notNull())
        .addPrimaryKeyConstraint('notices_in_order', ['room_id', 'seq'])
        .execute()
    },
  },
  {
    name: 'stages of rooms',
    async up(db) {
      const empty = { version: 0, admission: 'ask', isOnAir: false, guests: [], endings: [] }
      await db.schema.alterTable('rooms').addColumn('stage', 'text', column => column.notNull().defaultTo(JSON.stringify(empty))).execute()
    },
  },
  {
    name: 'pictures of people, and who they are to WeChat',
    async up(db) {
      await db.schema.alterTable('users').addColumn('picture', 'text').execute()
      await db.schema.alterTable('users').addColumn('wechat_open_id', 'text').execute()
      await db.schema.createIndex('users_by_wechat').unique().on('users').column('wechat_open_id').execute()
      await db.schema.alterTable('rooms').addColumn('anchor_picture', 'text').execute()
    },
  },
  {
    name: 'who wants to be told that an anchor is live',
    async up(db) {
      await db.schema.createTable('reminders')
        .addColumn('user_id', 'text', column => column.notNull())
        .addColumn('anchor_id', 'text', column => column.notNull())
        .addColumn('created_at', 'bigint', column => column.notNull())
        .addPrimaryKeyConstraint('reminders_once', ['user_id', 'anchor_id'])
        .execute()
      await db.schema.createIndex('reminders_by_anchor').on('reminders').column('anchor_id').execute()
    },
  },
  {
    name: 'order in rooms',
    async up(db) {
      const none = { isEveryoneSilenced: false, silenced: [], removed: [] }
      await db.schema.alterTable('rooms').addColumn('moderation', 'text', column => column.notNull().defaultTo(JSON.stringify(none))).execute()
    },
  },
  {
    name: 'people of other account systems',
    async up(db) {
      await db.schema.alterTable('users').addColumn('wechat_union_id', 'text').execute()
      await db.schema.alterTable('users').addColumn('external_id', 'text').execute()
      await db.schema.createIndex('users_by_external').unique().on('users').column('external_id').execute()
    },
  },
  {
    name: 'clients of the old room service',
    async up(db) {
      await db.schema.alterTable('users').addColumn('weapp_id', 'text').execute()
      await db.schema.createIndex('users_by_weapp').unique().on('users').column('weapp_id').execute()
      await db.schema.alterTable('rooms').addColumn('is_listed', 'integer', column => column.notNull().defaultTo(1)).execute()
      await db.schema.createTable('weapp_people')
        .addColumn('user_id', 'text', column => column.primaryKey())
        .addColumn('sdk_app_id', 'bigint', column => column.notNull())
        .addColumn('account', 'text', column => column.notNull())
        .addColumn('name', 'text', column => column.notNull())
        .addColumn('avatar', 'text', column => column.notNull())
        .addColumn('token_hash', 'text')
        .addColumn('token_expires_at', 'bigint', column => column.notNull())
        .addUniqueConstraint('weapp_people_by_account', ['sdk_app_id', 'account'])
        .execute()
      await db.schema.createTable('weapp_rooms')
        .addColumn('room_id', 'text', column => column.primaryKey())
        .addColumn('name', 'text', column => column.notNull())
        .addColumn('sdk_app_id', 'bigint', column => column.notNull())
        .addColumn('type', 'text', column => column.notNull())
        .addColumn('room_info', 'text', column => column.notNull())
        .addColumn('custom', 'text', column => column.notNull())
        .addColumn('created_at', 'bigint', column => column.notNull())
        .execute()
    },
  },
]
