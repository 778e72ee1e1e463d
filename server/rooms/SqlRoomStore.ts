import type { Moderation } from '../../shared/domain/moderation'
import type { RoomLife } from '../../shared/domain/room'
import type { Stage } from '../../shared/domain/stage'
import type { User } from '../../shared/protocol/rest'
import type { Database } from '../database/createDatabase'
import type { RoomRow } from '../database/schema'
import type { RoomRecord, RoomStore } from './RoomStore'
import { formatCursor, parseCursor } from './cursor'

/** Rooms in the database. */
export function createSqlRoomStore(db: Database): RoomStore {
  return {
    async create(room) {
      await db.insertInto('rooms').values(toRow(room)).execute()
    },

    async get(id) {
      const row = await db.selectFrom('rooms').selectAll().where('id', '=', id).executeTakeFirst()
      return row && fromRow(row)
    },

    async listOnAir(cursor, limit) {
      let query = db.selectFrom('rooms').selectAll().where('status', 'in', ['live', 'interrupted']).where('is_listed', '=', 1)
      if (cursor !== null) {
        const after = parseCursor(cursor)
        query = query.where(e => e.or([
          e('started_at', '<', after.startedAt),
          e.and([e('started_at', '=', after.startedAt), e('id', '<', after.id)]),
        ]))
      }
      // One more than asked for tells whether there is a next page.
      const rows = await query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(limit + 1).execute()
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        rooms: page.map(fromRow),
        nextCursor: rows.length > limit && last ? formatCursor({ startedAt: last.started_at!, id: last.id }) : null,
      }
    },

    async listOpen() {
      return (await db.selectFrom('rooms').selectAll().where('status', '!=', 'ended').execute()).map(fromRow)
    },

    async update(id, change) {
      return db.transaction().execute(async (transaction) => {
        const row = await transaction.selectFrom('rooms').selectAll().where('id', '=', id).executeTakeFirst()
        if (!row)
          return undefined
        const room = fromRow(row)
        const changed = change(room)
        if (changed === undefined)
          return room
        await transaction.updateTable('rooms').set(toRow(changed)).where('id', '=', id).execute()
        return changed
      })
    },
  }
}

function toRow({ id, title, cover, anchor, life, stage, moderation, createdAt, peakViewers, visitors, messages, isDemo, isListed }: RoomRecord): RoomRow {
  return {
    id,
    title,
    cover,
    anchor_id: anchor.id,
    anchor_nickname: anchor.nickname,
    anchor_avatar: anchor.avatar,
    anchor_picture: anchor.picture ?? null,
    life: JSON.stringify(life),
    stage: JSON.stringify(stage),
    moderation: JSON.stringify(moderation),
    status: life.status,
    started_at: life.status === 'preparing' ? null : life.startedAt,
    created_at: createdAt,
    peak_viewers: peakViewers,
    visitors,
    messages,
    is_demo: isDemo ? 1 : 0,
    is_listed: isListed ? 1 : 0,
  }
}

function fromRow(row: RoomRow): RoomRecord {
  return {
    id: row.id,
    title: row.title,
    cover: row.cover,
    anchor: { id: row.anchor_id, nickname: row.anchor_nickname, avatar: row.anchor_avatar, ...(row.anchor_picture !== null && { picture: row.anchor_picture }) },
    life: JSON.parse(row.life) as RoomLife,
    stage: JSON.parse(row.stage) as Stage<User>,
    moderation: JSON.parse(row.moderation) as Moderation<User>,
    createdAt: row.created_at,
    peakViewers: row.peak_viewers,
    visitors: row.visitors,
    messages: row.messages,
    isDemo: row.is_demo === 1,
    isListed: row.is_listed === 1,
  }
}
