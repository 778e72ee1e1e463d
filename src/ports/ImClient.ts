/** Chat and signals as the app sees them. Implementations: the embedded WebSocket hub, and Tencent IM by tim-wx-sdk. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { LinkMicView } from '@/shared/protocol/linkMic'
import type { Standing } from '@/shared/protocol/moderation'
import type { ImCredential, Room } from '@/shared/protocol/rest'
import type { RoomMessage } from '@/shared/protocol/ws'

export type ImState
  = | { readonly status: 'offline' }
    | { readonly status: 'connecting', readonly attempt: number }
    | { readonly status: 'online' }
  /** Trying again is pointless until login is called anew. `REMOVED`: the anchor has sent this person out of the room. */
    | { readonly status: 'refused', readonly code: ErrorCode }

export interface ImJoined {
  readonly room: Room
  readonly online: number
  readonly messages: readonly RoomMessage[]
}

export interface ImEvents {
  state: (state: ImState) => void
  /** In order, without repeats, however often the socket broke; once per frame, so that a screen renders once. */
  messages: (messages: readonly RoomMessage[]) => void
  online: (online: number) => void
  /** How this person stands in the room's link-mic. */
  linkMic: (view: LinkMicView) => void
  /** Whether this person may speak. Whoever joins, or joins again, may until they are told otherwise. */
  standing: (standing: Standing) => void
  /** After a drop so long that messages were lost: the room as it is now. */
  rejoined: (joined: ImJoined) => void
}

export interface ImClient {
  readonly state: ImState
  /** @param token the session's, sent to our own server only */
  login: (credential: ImCredential, token: string) => void
  logout: () => void
  /** The app is back in front, or the network is: tries at once instead of waiting, and doubts a socket that looks open. */
  retryNow: () => void
  /** One room at a time. Survives drops: the client joins again by itself until `leave`. @throws ApiFailure */
  join: (roomId: string) => Promise<ImJoined>
  leave: () => void
  /**
   * Resolves with the message's id when the server has stored the text; sent again after a drop, heard once. Whether
   * the sender also hears the message through `messages` differs: the id tells which one it is. @throws ApiFailure
   */
  sendText: (text: string) => Promise<string>
  /** Returns what stops listening. */
  listen: (events: Partial<ImEvents>) => () => void
}
