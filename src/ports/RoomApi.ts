/** The REST API as the app sees it. Every call may throw an ApiFailure. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { LinkMicCommand } from '@/shared/protocol/linkMic'
import type { ModerationCommand, ModerationView } from '@/shared/protocol/moderation'
import type { CreatedRoom, LinkMicAnswer, Room, RoomAudience, RoomDetail, RoomsPage, Session } from '@/shared/protocol/rest'

export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'

  /** `retryAfterMs`: where the server says how long to wait, as with SENDING_TOO_FAST. */
  constructor(readonly code: ErrorCode, message: string, readonly requestId?: string, readonly retryAfterMs?: number) {
    super(message)
  }
}

/** A picture to upload: a Blob on the web, a temporary file path in WeChat. */
export type Picture = { readonly blob: Blob } | { readonly filePath: string }

export interface RoomApi {
  /** A new guest. Needs no session. */
  createSession: (profile: { nickname: string, avatar?: number }) => Promise<Session>
  /** The same person with a fresh token. */
  refreshSession: () => Promise<Session>
  updateMe: (profile: { nickname?: string, avatar?: number }) => Promise<Session>
  /** The person's own picture, in place of the avatar until they choose one again. */
  setPicture: (picture: Picture) => Promise<Session>
  listRooms: (cursor: string | null) => Promise<RoomsPage>
  getRoom: (roomId: string) => Promise<RoomDetail>
  createRoom: (room: { title: string }) => Promise<CreatedRoom>
  updateRoom: (roomId: string, change: { title: string }) => Promise<Room>
  /** Ends the room for good; the answer carries its figures. */
  endRoom: (roomId: string) => Promise<Room>
  uploadCover: (roomId: string, picture: Picture) => Promise<Room>
  /** Who watches; for the anchor, who may invite them. */
  getAudience: (roomId: string) => Promise<RoomAudience>
  /** How this person stands in the room's link-mic, and with a seat where to publish to. */
  getLinkMic: (roomId: string) => Promise<LinkMicAnswer>
  /** Commands carry their request's id: sent again after a lost answer, they happen once. */
  linkMic: (roomId: string, command: LinkMicCommand) => Promise<LinkMicAnswer>
  /** Who is silenced and who was sent away; for the anchor. */
  getModeration: (roomId: string) => Promise<ModerationView>
  /** Said twice, it happens once; for the anchor. */
  moderate: (roomId: string, command: ModerationCommand) => Promise<ModerationView>
}
