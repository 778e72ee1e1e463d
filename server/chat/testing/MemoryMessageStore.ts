import type { ChatMessage, RoomMessage } from '../../../shared/protocol/ws'
import type { MessageStore, StoredMessage } from '../MessageStore'

/** A store that forgets with the process; a test may make it fail. */
export class MemoryMessageStore implements MessageStore {
  readonly stored: StoredMessage[] = []
  /** Every append fails with it while it is set. */
  failure?: Error

  async append(messages: readonly StoredMessage[]): Promise<void> {
    if (this.failure)
      throw this.failure
    for (const one of messages) {
      if (this.stored.some(other => isTaken(one, other)))
        throw new Error(`UNIQUE: ${one.roomId} ${one.message.seq}`)
    }
    this.stored.push(...messages)
  }

  async latest(roomId: string, limit: number): Promise<readonly RoomMessage[]> {
    return this.in(roomId).map(({ message }) => message).slice(-limit)
  }

  async latestChats(roomId: string, limit: number): Promise<readonly ChatMessage[]> {
    return this.in(roomId).map(({ message }) => message).filter(message => message.type === 'chat').slice(-limit)
  }

  async findSaid(roomId: string, userId: string, requestId: string): Promise<ChatMessage | undefined> {
    for (const one of this.in(roomId)) {
      if ('requestId' in one && one.requestId === requestId && one.message.from.id === userId)
        return one.message
    }
    return undefined
  }

  private in(roomId: string): StoredMessage[] {
    return this.stored.filter(one => one.roomId === roomId).sort((a, b) => a.message.seq - b.message.seq)
  }
}

function isTaken(one: StoredMessage, other: StoredMessage): boolean {
  if (one.roomId !== other.roomId)
    return false
  const isSameRequest = 'requestId' in one && 'requestId' in other && one.requestId === other.requestId && one.message.from.id === other.message.from.id
  return one.message.seq === other.message.seq || isSameRequest
}
