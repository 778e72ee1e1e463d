/** What the parts of the old room service's interface hand each other: requests after their parsing, answers before their JSON. */
import type { User } from '../../shared/protocol/rest'
import type { Origin } from '../media/MediaProvider'

export const ROOM_TYPES = ['live_room', 'double_room', 'multi_room'] as const
export type RoomType = typeof ROOM_TYPES[number]

/** Anchors in a room, its creator among them. */
export const ANCHORS_MAX: Readonly<Record<RoomType, number>> = { live_room: 4, double_room: 2, multi_room: 4 }

/** Somebody who has logged in, by an account of theirs in one application. */
export interface WeappPerson {
  readonly user: User
  readonly sdkAppId: number
  /** The userID of the old vocabulary. */
  readonly account: string
}

/** Sessions: one a person, by token. */
export interface WeappSessions {
  /** A new login replaces the token of the one before. @throws WeappError */
  login: (sdkAppId: number, account: string, userSig: string) => Promise<{ readonly person: WeappPerson, readonly token: string }>
  /** @throws WeappError tokenRefused */
  authenticate: (account: string, token: string) => WeappPerson
  logout: (person: WeappPerson) => void
  /** By our id: of everybody who has logged in since the tables were made and whose session is good, or who has a part in an open room. */
  personOf: (userId: string) => WeappPerson | undefined
  find: (sdkAppId: number, account: string) => WeappPerson | undefined
  /** As the person last called themselves. */
  profileOf: (userId: string) => { readonly name: string, readonly avatar: string } | undefined
  /** Also the name of their account here, where it is one that is let through. */
  setProfile: (person: WeappPerson, profile: { readonly name: string, readonly avatar: string }) => Promise<void>
  /** Whether their session is still good. */
  isLoggedIn: (userId: string) => boolean
}

/** In the answers. */
export interface Pusher {
  readonly userID: string
  readonly userName: string
  readonly userAvatar: string
  readonly accelerateURL: string
}

/** A room as both generations read it. */
export interface RoomShape {
  readonly roomID: string
  readonly roomInfo: string
  readonly roomName: string
  readonly roomCreator: string
  readonly mixedPlayURL: string
  readonly roomStatusCode: number
  readonly custom: Readonly<Record<string, string | number>>
  readonly audienceCount: number
  /** Its creator first. */
  readonly pushers: readonly Pusher[]
}

export interface Audience {
  readonly userID: string
  readonly userInfo: string
}

export type CustomChange
  = | { readonly operation: 'set', readonly fieldName: string, readonly value: string | number }
    | { readonly operation: 'inc' | 'dec', readonly fieldName: string, readonly by: number }

/** Who asks, in which kind of room, and where they reach this server. */
export interface Caller {
  readonly person: WeappPerson
  readonly type: RoomType
  readonly origin: Origin
}

/** What logged-in people may do; every method throws WeappError, and nothing has changed then. */
export interface WeappRooms {
  /** Also opens the caller's line: they may publish on it from now on. */
  pushUrl: (caller: Caller) => Promise<{ readonly pushURL: string, readonly accelerateURL: string }>
  list: (caller: Caller, page: { readonly cnt: number, readonly index: number }) => Promise<readonly RoomShape[]>
  get: (caller: Caller, roomID: string) => Promise<RoomShape>
  /** Reserves. @returns its roomID */
  create: (caller: Caller, room: { readonly roomInfo: string, readonly roomID?: string }) => Promise<string>
  destroy: (caller: Caller, roomID: string) => Promise<void>
  /** @returns the roomID, which is new where none was said */
  addAnchor: (caller: Caller, anchor: { readonly roomID: string, readonly userName: string, readonly userAvatar: string, readonly pushURL: string, readonly roomInfo?: string }) => Promise<string>
  deleteAnchor: (caller: Caller, roomID: string) => Promise<void>
  heartbeat: (caller: Caller, beat: { readonly roomID: string, readonly roomStatusCode: number }) => Promise<RoomShape>
  /** The streams to be mixed, the main one first. */
  merge: (caller: Caller, roomID: string, streamIds: readonly string[]) => Promise<void>
  setCustomField: (caller: Caller, roomID: string, change: CustomChange) => Promise<RoomShape['custom']>
  customInfo: (caller: Caller, roomID: string) => Promise<RoomShape['custom']>
  addAudience: (caller: Caller, roomID: string, userInfo: string) => Promise<void>
  deleteAudience: (caller: Caller, roomID: string) => Promise<void>
  audiences: (caller: Caller, roomID: string) => Promise<{ readonly audiences: readonly Audience[], readonly audienceCount: number }>
  /** The session is over: whoever is in a room leaves it, as they would by delete_anchor. */
  loggedOut: (person: WeappPerson) => Promise<void>
}
