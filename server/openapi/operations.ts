/** What the REST API offers, operation by operation. docs/openapi.json and the page at /docs are made from this. */
import type { ErrorCode } from '../../shared/protocol/errorCode'
import * as linkMic from '../../shared/protocol/linkMic'
import * as rest from '../../shared/protocol/rest'

/** Named in the document, so that it says "a Room" wherever a room goes in or out. */
export const SCHEMAS = {
  User: rest.User,
  ImCredential: rest.ImCredential,
  Session: rest.Session,
  CreateSession: rest.CreateSession,
  UpdateMe: rest.UpdateMe,
  Room: rest.Room,
  PublicStage: linkMic.PublicStage,
  StageGuest: linkMic.StageGuest,
  CreateRoom: rest.CreateRoom,
  UpdateRoom: rest.UpdateRoom,
  PublishUrls: rest.PublishUrls,
  PlayUrls: rest.PlayUrls,
  CreatedRoom: rest.CreatedRoom,
  RoomsPage: rest.RoomsPage,
  RoomDetail: rest.RoomDetail,
  GuestPlay: rest.GuestPlay,
  RoomOnly: rest.RoomOnly,
  RoomAudience: rest.RoomAudience,
  LinkMicCommand: linkMic.LinkMicCommand,
  LinkMicAnswer: rest.LinkMicAnswer,
  LinkMicView: linkMic.LinkMicView,
  LinkMic: linkMic.LinkMic,
  Application: linkMic.Application,
  Invitation: linkMic.Invitation,
  ApiError: rest.ApiError,
} as const
export type SchemaName = keyof typeof SCHEMAS

export interface Operation {
  readonly id: string
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** With `{id}` where Express has `:id`. */
  readonly path: string
  readonly tag: 'Sessions' | 'Rooms' | 'Link-mic'
  readonly summary: string
  readonly about?: string
  readonly session: 'none' | 'optional' | 'required'
  readonly query?: Readonly<Record<string, string>>
  readonly body?: SchemaName | 'picture'
  readonly bodyExample?: object
  readonly status: 200 | 201
  readonly answer: SchemaName
  readonly errors: readonly ErrorCode[]
}

export const OPERATIONS: readonly Operation[] = [
  {
    id: 'createSession',
    method: 'post',
    path: '/api/sessions',
    tag: 'Sessions',
    summary: 'Open a session as a guest',
    about: 'Makes a new guest. Keep the token: it is the account, for thirty days from the last refresh.',
    session: 'none',
    body: 'CreateSession',
    bodyExample: { nickname: 'Anna', avatar: 3 },
    status: 201,
    answer: 'Session',
    errors: ['BAD_REQUEST', 'TOO_MANY_REQUESTS'],
  },
  {
    id: 'refreshSession',
    method: 'post',
    path: '/api/sessions/refresh',
    tag: 'Sessions',
    summary: 'Refresh the session',
    about: 'The same person with a fresh token and, where Tencent IM carries the chat, a fresh UserSig.',
    session: 'required',
    status: 200,
    answer: 'Session',
    errors: ['UNAUTHORIZED', 'TOO_MANY_REQUESTS'],
  },
  {
    id: 'updateMe',
    method: 'put',
    path: '/api/me',
    tag: 'Sessions',
    summary: 'Change nickname or avatar',
    session: 'required',
    body: 'UpdateMe',
    bodyExample: { nickname: 'Anne' },
    status: 200,
    answer: 'Session',
    errors: ['BAD_REQUEST', 'UNAUTHORIZED', 'TOO_MANY_REQUESTS'],
  },
  {
    id: 'listRooms',
    method: 'get',
    path: '/api/rooms',
    tag: 'Rooms',
    summary: 'List the rooms on air',
    about: 'Live and interrupted rooms, newest start first. Pass `nextCursor` as `cursor` for the next page.',
    session: 'optional',
    query: { cursor: 'The `nextCursor` of the page before.', limit: `Rooms on a page, ${rest.ROOMS_PAGE_DEFAULT} if absent, ${rest.ROOMS_PAGE_MAX} at most.` },
    status: 200,
    answer: 'RoomsPage',
    errors: ['BAD_REQUEST', 'UNAUTHORIZED'],
  },
  {
    id: 'createRoom',
    method: 'post',
    path: '/api/rooms',
    tag: 'Rooms',
    summary: 'Create a room',
    about: 'The room is `preparing` until its stream arrives at one of the publish URLs, and `live` from then on.',
    session: 'required',
    body: 'CreateRoom',
    bodyExample: { title: 'An evening by the sea' },
    status: 201,
    answer: 'CreatedRoom',
    errors: ['BAD_REQUEST', 'UNAUTHORIZED', 'TOO_MANY_ROOMS', 'TOO_MANY_REQUESTS'],
  },
  {
    id: 'getRoom',
    method: 'get',
    path: '/api/rooms/{id}',
    tag: 'Rooms',
    summary: 'Look at a room',
    about: 'With play URLs of the anchor, of every guest and of the mix while there are any; with publish URLs too when its anchor asks.',
    session: 'optional',
    status: 200,
    answer: 'RoomDetail',
    errors: ['UNAUTHORIZED', 'ROOM_NOT_FOUND'],
  },
  {
    id: 'updateRoom',
    method: 'put',
    path: '/api/rooms/{id}',
    tag: 'Rooms',
    summary: 'Change the title',
    session: 'required',
    body: 'UpdateRoom',
    bodyExample: { title: 'A night by the sea' },
    status: 200,
    answer: 'RoomOnly',
    errors: ['BAD_REQUEST', 'UNAUTHORIZED', 'NOT_ROOM_ANCHOR', 'ROOM_NOT_FOUND', 'ROOM_ENDED', 'TOO_MANY_REQUESTS'],
  },
  {
    id: 'putCover',
    method: 'put',
    path: '/api/rooms/{id}/cover',
    tag: 'Rooms',
    summary: 'Set the cover',
    about: `The body is the picture itself: JPEG, PNG or WebP, at most ${rest.COVER_MAX_BYTES / 1024} KB.`,
    session: 'required',
    body: 'picture',
    status: 200,
    answer: 'RoomOnly',
    errors: ['UNAUTHORIZED', 'NOT_ROOM_ANCHOR', 'ROOM_NOT_FOUND', 'ROOM_ENDED', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'TOO_MANY_REQUESTS'],
  },
  {
    id: 'endRoom',
    method: 'delete',
    path: '/api/rooms/{id}',
    tag: 'Rooms',
    summary: 'End the room',
    about: 'For good: the stream is cut, the audience is told, the chat closes. The answer carries the final figures.',
    session: 'required',
    status: 200,
    answer: 'RoomOnly',
    errors: ['UNAUTHORIZED', 'NOT_ROOM_ANCHOR', 'ROOM_NOT_FOUND'],
  },
  {
    id: 'getAudience',
    method: 'get',
    path: '/api/rooms/{id}/audience',
    tag: 'Link-mic',
    summary: 'See who is in the room',
    about: `For its anchor, to invite from: the ${rest.AUDIENCE_MAX} who came last, and how many there are.`,
    session: 'required',
    status: 200,
    answer: 'RoomAudience',
    errors: ['UNAUTHORIZED', 'NOT_ROOM_ANCHOR', 'ROOM_NOT_FOUND'],
  },
  {
    id: 'getLinkMic',
    method: 'get',
    path: '/api/rooms/{id}/link-mic',
    tag: 'Link-mic',
    summary: 'See how one stands',
    about: 'The stage as the asker may see it, the queue for the anchor alone. With a seat, where to publish to.',
    session: 'required',
    status: 200,
    answer: 'LinkMicAnswer',
    errors: ['UNAUTHORIZED', 'ROOM_NOT_FOUND'],
  },
  {
    id: 'linkMic',
    method: 'post',
    path: '/api/rooms/{id}/link-mic',
    tag: 'Link-mic',
    summary: 'Come onto the stage, or decide who does',
    about: 'Who asks is taken from the session. Viewers `apply`, `acceptInvitation`, `leave` and `report`; the rest is the anchor\'s. Choose a new `requestId` for each application or invitation and name it in all that follows; the same command sent again is granted once. What changes later comes as a `linkMic` message in chat.',
    session: 'required',
    body: 'LinkMicCommand',
    bodyExample: { type: 'apply', requestId: 'b7c1', medium: 'video' },
    status: 200,
    answer: 'LinkMicAnswer',
    errors: ['BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN', 'NOT_ROOM_ANCHOR', 'ROOM_NOT_FOUND', 'ROOM_ENDED', 'LINK_MIC_CLOSED', 'LINK_MIC_WAIT', 'LINK_MIC_QUEUE_FULL', 'LINK_MIC_STAGE_FULL', 'LINK_MIC_BUSY', 'LINK_MIC_GONE', 'TOO_MANY_REQUESTS'],
  },
]
