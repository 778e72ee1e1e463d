/** What rooms need of chat. Implementations: embedded (our own hub), later tencent (REST and callbacks). */
import type { Room, User } from '../../shared/protocol/rest'

/** Something for everyone in a room, as rooms say it; the implementation gives it its place in the order. */
export type RoomNews
  = | { readonly type: 'roomChanged', readonly room: Room }
    | { readonly type: 'roomEnded', readonly room: Room }

/** What chat tells rooms. */
export interface ImServerEvents {
  /** `online`: people in the room besides its anchor; a person with two windows counts once. */
  onlineChanged: (roomId: string, online: number) => void
  /** A first visit or return of somebody who is not the anchor; rooms count different people. */
  joined: (roomId: string, user: User) => void
  said: (roomId: string) => void
}

export interface ImServer {
  createRoom: (roomId: string) => Promise<void>
  /** After `roomEnded` has been broadcast: nobody may join or speak any more. */
  closeRoom: (roomId: string) => Promise<void>
  broadcast: (roomId: string, news: RoomNews) => Promise<void>
  onlineCount: (roomId: string) => Promise<number>
  /** Returns what stops listening. */
  listen: (events: Partial<ImServerEvents>) => () => void
}
