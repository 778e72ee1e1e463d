/** Messages in the database. What comes in one turn of the event loop, from all rooms, is one transaction. */
import type { ChatMessage, RoomMessage } from '../../shared/protocol/ws'
import type { Database } from '../database/createDatabase'
import type { MessageRow, NoticeRow } from '../database/schema'
import type { MessageStore, StoredMessage } from './MessageStore'

/** SQLite takes 32 766 values in a statement and a row has nine. */
const ROWS_PER_INSERT = 500

interface Waiting {
  readonly messages: readonly StoredMessage[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export function createSqlMessageStore(db: Database): MessageStore {
  let waiting: Waiting[] = []

  async function appendAll(): Promise<void> {
    const batch = waiting
    waiting = []
    try {
      await insert(db, batch.flatMap(({ messages }) => messages))
      batch.forEach(({ resolve }) => resolve())
    }
    catch (error) {
      // One room's bad luck is not another's: each tries alone.
      if (batch.length === 1)
        return batch[0].reject(error)
      for (const { messages, resolve, reject } of batch)
        await insert(db, messages).then(resolve, reject)
    }
  }

  return {
    append: messages => new Promise((resolve, reject) => {
      waiting.push({ messages, resolve, reject })
      if (waiting.length === 1)
        setImmediate(appendAll)
    }),

    async latest(roomId, limit) {
      const chats = await chatRows(db, roomId, limit)
      const notices = await db.selectFrom('notices').selectAll().where('room_id', '=', roomId).orderBy('seq', 'desc').limit(limit).execute()
      return [...chats.map(toChat), ...notices.map(toNotice)].sort((a, b) => a.seq - b.seq).slice(-limit)
    },

    async latestChats(roomId, limit) {
      return (await chatRows(db, roomId, limit)).map(toChat).reverse()
    },

    async findSaid(roomId, userId, requestId) {
      const row = await db.selectFrom('messages').selectAll().where('room_id', '=', roomId).where('user_id', '=', userId).where('request_id', '=', requestId).executeTakeFirst()
      return row && toChat(row)
    },
  }
}

function chatRows(db: Database, roomId: string, limit: number): Promise<MessageRow[]> {
  return db.selectFrom('messages').selectAll().where('room_id', '=', roomId).orderBy('seq', 'desc').limit(limit).execute()
}

async function insert(db: Database, stored: readonly StoredMessage[]): Promise<void> {
  const messages: MessageRow[] = []
  const notices: NoticeRow[] = []
  for (const one of stored) {
    if ('requestId' in one)
      messages.push(chatRow(one.roomId, one.message, one.requestId))
    else
      notices.push({ room_id: one.roomId, seq: one.message.seq, notice: JSON.stringify(one.message) })
  }
  await db.transaction().execute(async (transaction) => {
    for (let from = 0; from < messages.length; from += ROWS_PER_INSERT)
      await transaction.insertInto('messages').values(messages.slice(from, from + ROWS_PER_INSERT)).execute()
    for (let from = 0; from < notices.length; from += ROWS_PER_INSERT)
      await transaction.insertInto('notices').values(notices.slice(from, from + ROWS_PER_INSERT)).execute()
  })
}

function chatRow(roomId: string, { seq, id, at, from, text }: ChatMessage, requestId: string): MessageRow {
  return { room_id: roomId, seq, id, at, user_id: from.id, nickname: from.nickname, avatar: from.avatar, text, request_id: requestId }
}

function toChat({ seq, id, at, user_id, nickname, avatar, text }: MessageRow): ChatMessage {
  return { type: 'chat', seq, id, at, from: { id: user_id, nickname, avatar }, text }
}

/** Ours since it was written: the wire schema has checked nothing that this process did not compose. */
function toNotice({ notice }: NoticeRow): RoomMessage {
  return JSON.parse(notice) as RoomMessage
}
