/** Rows as they are kept. Portable on purpose: text ids, bigint unix milliseconds, JSON as text. */
import type { Generated } from 'kysely'

export interface UserRow {
  readonly id: string
  readonly nickname: string
  readonly avatar: number
  /** Path of their own picture: `/pictures/<file>`. */
  readonly picture: string | null
  /** Unique where it is known. */
  readonly wechat_open_id: string | null
  /** The same person in every app of one owner; not always known. */
  readonly wechat_union_id: string | null
  /** Who this is in the account system that the server trusts. Unique where it is known. */
  readonly external_id: string | null
  /** `<sdkAppId>:<userID>` of a client of the old room service. Unique where it is known. */
  readonly weapp_id: string | null
  readonly created_at: number
  readonly updated_at: number
}

export interface RoomRow {
  readonly id: string
  readonly title: string
  /** File name under DATA_DIR/covers. */
  readonly cover: string | null
  readonly anchor_id: string
  readonly anchor_nickname: string
  readonly anchor_avatar: number
  readonly anchor_picture: string | null
  /** A RoomLife as JSON; `status` and `started_at` repeat what queries ask of it. */
  readonly life: string
  /** A Stage as JSON. */
  readonly stage: string
  /** A Moderation as JSON. */
  readonly moderation: string
  readonly status: string
  readonly started_at: number | null
  readonly created_at: number
  readonly peak_viewers: number
  readonly visitors: number
  readonly messages: number
  /** 0 or 1. */
  readonly is_demo: number
  /** 0 or 1; a room that is not listed is found by its id alone. */
  readonly is_listed: number
}

/** A client of the old room service: what it calls itself, and its session, of which there is one at a time. */
export interface WeappPersonRow {
  readonly user_id: string
  readonly sdk_app_id: number
  /** Its userID, which is its account in Tencent IM, too. */
  readonly account: string
  /** As add_anchor or add_audience brought them last. */
  readonly name: string
  readonly avatar: string
  /** SHA-256 of the token, in hex; null after logout. */
  readonly token_hash: string | null
  readonly token_expires_at: number
}

/** What the old room service keeps of a room beyond ours. */
export interface WeappRoomRow {
  readonly room_id: string
  /** The roomID of its clients: ours, unless its creator chose one, which later rooms may have again. */
  readonly name: string
  readonly sdk_app_id: number
  /** live_room, double_room or multi_room. */
  readonly type: string
  readonly room_info: string
  /** Custom fields as a JSON object of strings and numbers. */
  readonly custom: string
  readonly created_at: number
}

/** One chat message in its place. `seq` counts in a room, and notices take numbers of the same row. */
export interface MessageRow {
  readonly room_id: string
  readonly seq: number
  readonly id: string
  readonly at: number
  readonly user_id: string
  readonly nickname: string
  readonly avatar: number
  readonly text: string
  /** The `id` of the `say` that brought it: said again after a lost answer, it is found here. */
  readonly request_id: string
}

/** What everyone in a room was told beside what people said: arrivals, changes of the room, its end. */
export interface NoticeRow {
  readonly room_id: string
  readonly seq: number
  /** The RoomMessage as JSON. */
  readonly notice: string
}

/** Somebody wants to be told, once, that this anchor is live. */
export interface ReminderRow {
  readonly user_id: string
  readonly anchor_id: string
  readonly created_at: number
}

export interface MigrationRow {
  readonly number: number
  readonly name: string
  readonly applied_at: Generated<string>
}

export interface Schema {
  users: UserRow
  rooms: RoomRow
  messages: MessageRow
  notices: NoticeRow
  reminders: ReminderRow
  weapp_people: WeappPersonRow
  weapp_rooms: WeappRoomRow
  migrations: MigrationRow
}
