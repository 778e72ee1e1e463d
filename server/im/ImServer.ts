/**
 * What rooms need of chat. Implementations: embedded (our own hub), tencent (REST and callbacks); what both of them keep is in
 * tests/conformance/imServer.ts. Where a cloud carries the chat, everything but creating a room is done later.
 */
import type { Moderation } from '../../shared/domain/moderation'
import type { LinkMicView } from '../../shared/protocol/linkMic'
import type { Standing } from '../../shared/protocol/moderation'
import type { Room, User } from '../../shared/protocol/rest'

/** Something for everyone in a room, as rooms say it; the implementation gives it its place in the order. */
export type RoomNews
  = | { readonly type: 'roomChanged', readonly room: Room }
    | { readonly type: 'roomEnded', readonly room: Room }

/** Something for one person in a room; may be lost, and is said anew when they come back. */
export type Signal
  = | { readonly type: 'linkMic', readonly view: LinkMicView }
    | { readonly type: 'standing', readonly standing: Standing }

/** `dropped`: the last socket broke, told at once; `left`: on purpose. */
export type Presence = 'here' | 'dropped' | 'left'

/** What chat tells rooms. */
export interface ImServerEvents {
  /** `online`: people in the room besides its anchor; a person with two windows counts once. */
  onlineChanged: (roomId: string, online: number) => void
  /** A first visit or return of somebody who is not the anchor; rooms count different people. */
  joined: (roomId: string, user: User) => void
  said: (roomId: string) => void
  /** `here` again with every socket that joins: it knows nothing yet. The anchor's presence is told, too. */
  presenceChanged: (roomId: string, user: User, presence: Presence) => void
}

export interface ImServer {
  /** Of a room that is there already, nothing changes. @throws CloudUnavailable */
  createRoom: (roomId: string, anchorId: string) => Promise<void>
  /** After `roomEnded` has been broadcast: nobody may join or speak any more. */
  closeRoom: (roomId: string) => Promise<void>
  broadcast: (roomId: string, news: RoomNews) => Promise<void>
  onlineCount: (roomId: string) => Promise<number>
  /** To every socket that the person has in the room. */
  signal: (roomId: string, userId: string, signal: Signal) => Promise<void>
  /**
   * Who may speak and who may be there, from now on, through reconnects. Whoever was sent away is disconnected from the room
   * with `REMOVED` and not let in again; what somebody silenced says is refused with `SILENCED`. The anchor may always speak.
   * Told anew after every restart: the same again changes nothing.
   */
  moderate: (roomId: string, anchorId: string, moderation: Moderation<string>) => Promise<void>
  /** Who is connected to the room besides its anchor, who came last first. */
  audience: (roomId: string, limit: number) => Promise<readonly User[]>
  /** Returns what stops listening. */
  listen: (events: Partial<ImServerEvents>) => () => void
}
