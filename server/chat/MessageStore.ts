/** Where what happened in rooms is kept. One contract suite over every implementation: tests/conformance/messageStore.ts. */
import type { ChatMessage, RoomMessage } from '../../shared/protocol/ws'

export type StoredMessage
  /** `requestId`: the id of the `say` that brought it. */
  = | { readonly roomId: string, readonly message: ChatMessage, readonly requestId: string }
    | { readonly roomId: string, readonly message: Exclude<RoomMessage, ChatMessage> }

export interface MessageStore {
  /**
   * All of them or none, durable when the promise settles.
   *
   * @throws when the place of a text or of a notice, or a person's request in a room, is already taken
   */
  append: (messages: readonly StoredMessage[]) => Promise<void>
  /** The last messages of any kind, in order. */
  latest: (roomId: string, limit: number) => Promise<readonly RoomMessage[]>
  /** The last texts, in order. */
  latestChats: (roomId: string, limit: number) => Promise<readonly ChatMessage[]>
  /** The text that a person's request has already brought. */
  findSaid: (roomId: string, userId: string, requestId: string) => Promise<ChatMessage | undefined>
}
