/** The last messages of a room as they go over the wire: each is made into JSON once, however many read it. */
import type { ChatMessage, RoomMessage } from '../../shared/protocol/ws'
import type { MessageStore } from './MessageStore'
import type { Priority } from './priority'
import { HISTORY_LENGTH } from '../../shared/protocol/ws'
import { LOG_LENGTH } from './limits'
import { PRIORITY } from './priority'

export interface Line {
  readonly seq: number
  readonly json: string
  readonly priority: Priority
}

export class RoomLog {
  private lines: Line[]
  private chats: Line[]

  static async load(store: MessageStore, roomId: string): Promise<RoomLog> {
    const [recent, chats] = await Promise.all([store.latest(roomId, LOG_LENGTH), store.latestChats(roomId, HISTORY_LENGTH)])
    return new RoomLog(recent, chats)
  }

  constructor(recent: readonly RoomMessage[] = [], chats: readonly ChatMessage[] = []) {
    this.lines = recent.map(lineOf)
    this.chats = chats.map(lineOf)
  }

  /** The last place taken; 0 in a room where nothing has happened yet. */
  get seq(): number {
    return this.lines.at(-1)?.seq ?? 0
  }

  append(message: RoomMessage): Line {
    const line = lineOf(message)
    this.lines.push(line)
    if (this.lines.length >= 2 * LOG_LENGTH) // cut rarely, not at each message
      this.lines = this.lines.slice(-LOG_LENGTH)
    if (message.type === 'chat') {
      this.chats.push(line)
      if (this.chats.length > HISTORY_LENGTH)
        this.chats.shift()
    }
    return line
  }

  /** Everything after `seq`. Undefined: more was missed than is kept, or the room has never been that far. */
  since(seq: number): readonly Line[] | undefined {
    if (seq === this.seq)
      return []
    const oldest = this.lines[0]?.seq ?? 1
    if (seq > this.seq || seq < oldest - 1)
      return undefined
    return this.lines.slice(this.lines.findIndex(line => line.seq > seq))
  }

  /** The last texts, for who comes late: arrivals and changes of long ago are of no use to them. */
  get history(): readonly Line[] {
    return this.chats
  }
}

function lineOf(message: RoomMessage): Line {
  return { seq: message.seq, json: JSON.stringify(message), priority: PRIORITY[message.type] }
}
