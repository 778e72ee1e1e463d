/** What is kept of rooms beyond what rooms themselves keep: how old clients call them, and what those have said of them. */
import type { Database } from '../../database/createDatabase'
import type { WeappRoomRow } from '../../database/schema'
import type { RoomNames } from '../people/addresses'
import type { RoomType } from '../types'
import type { CustomFields } from './customFields'

export interface WeappRoomRecord {
  readonly roomId: string
  /** The roomID of old clients: the room's own id, unless its creator chose one. */
  readonly name: string
  /** Whose clients made it; 0: it was made in our own app. */
  readonly sdkAppId: number
  readonly type: RoomType
  readonly roomInfo: string
  readonly custom: CustomFields
  readonly createdAt: number
}

export interface RoomRecords {
  /** Before rooms are taken up: their chat asks what they are called. */
  load: () => Promise<void>
  /** Also of a room that has ended a moment ago. */
  of: (roomId: string) => WeappRoomRecord | undefined
  /** Names are one application's own. */
  named: (sdkAppId: number, name: string) => WeappRoomRecord | undefined
  /** The same; else the room that had the name last, a moment ago. */
  lately: (sdkAppId: number, name: string) => WeappRoomRecord | undefined
  all: () => readonly WeappRoomRecord[]
  /** Known at once, durable when the promise settles. */
  add: (record: WeappRoomRecord) => Promise<void>
  /** Durable with the next `write`. */
  setCustom: (roomId: string, custom: CustomFields) => void
  write: () => Promise<void>
  /** Its name is free from now on. */
  remove: (roomId: string) => Promise<void>
}

/** A room's chat is told of its end, and closed, after the room has ended: so many are remembered. */
const REMOVED_MAX = 1000

export function createRoomRecords(db: Database): RoomRecords {
  const records = new Map<string, WeappRoomRecord>()
  const names = new Map<string, string>()
  /** Oldest first. */
  const removed = new Map<string, WeappRoomRecord>()
  const unwritten = new Set<string>()

  function keep(record: WeappRoomRecord): void {
    records.set(record.roomId, record)
    names.set(nameKey(record), record.roomId)
  }

  const named = (sdkAppId: number, name: string): WeappRoomRecord | undefined => records.get(names.get(nameKey({ sdkAppId, name })) ?? '')

  return {
    async load() {
      for (const row of await db.selectFrom('weapp_rooms').selectAll().orderBy('created_at').execute())
        keep(fromRow(row))
    },
    of: roomId => records.get(roomId) ?? removed.get(roomId),
    named,
    lately: (sdkAppId, name) => named(sdkAppId, name) ?? [...removed.values()].findLast(one => one.name === name && one.sdkAppId === sdkAppId),
    all: () => [...records.values()],
    async add(record) {
      keep(record)
      await db.insertInto('weapp_rooms').values(toRow(record)).execute()
    },
    setCustom(roomId, custom) {
      const record = records.get(roomId)
      if (!record)
        return
      records.set(roomId, { ...record, custom })
      unwritten.add(roomId)
    },
    async write() {
      const ids = [...unwritten]
      unwritten.clear()
      for (const record of ids.map(id => records.get(id)).filter(one => one !== undefined))
        await db.updateTable('weapp_rooms').set({ custom: JSON.stringify(record.custom) }).where('room_id', '=', record.roomId).execute()
    },
    async remove(roomId) {
      const record = records.get(roomId)
      if (!record)
        return
      records.delete(roomId)
      if (names.get(nameKey(record)) === roomId)
        names.delete(nameKey(record))
      if (record.name !== roomId)
        removed.set(roomId, record)
      for (const id of [...removed.keys()].slice(0, Math.max(0, removed.size - REMOVED_MAX)))
        removed.delete(id)
      await db.deleteFrom('weapp_rooms').where('room_id', '=', roomId).execute()
    },
  }
}

/** RoomIDs that creators in this application chose: what their groups of IM are called. */
export function chosenNames(records: Pick<RoomRecords, 'of' | 'lately'>, sdkAppId: number): RoomNames {
  return {
    nameOf(roomId) {
      const record = records.of(roomId)
      return record?.sdkAppId === sdkAppId && record.name !== roomId ? record.name : undefined
    },
    idOf: name => records.lately(sdkAppId, name)?.roomId,
  }
}

const nameKey = ({ sdkAppId, name }: Pick<WeappRoomRecord, 'sdkAppId' | 'name'>): string => `${sdkAppId}:${name}`

function toRow({ roomId, name, sdkAppId, type, roomInfo, custom, createdAt }: WeappRoomRecord): WeappRoomRow {
  return { room_id: roomId, name, sdk_app_id: sdkAppId, type, room_info: roomInfo, custom: JSON.stringify(custom), created_at: createdAt }
}

function fromRow(row: WeappRoomRow): WeappRoomRecord {
  return {
    roomId: row.room_id,
    name: row.name,
    sdkAppId: row.sdk_app_id,
    type: row.type as RoomType,
    roomInfo: row.room_info,
    custom: JSON.parse(row.custom) as CustomFields,
    createdAt: row.created_at,
  }
}
