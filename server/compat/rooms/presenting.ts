/** Rooms and people in the old vocabulary. Nothing that would let others publish is in it. */
import type { Room, User } from '../../../shared/protocol/rest'
import type { Origin } from '../../media/MediaProvider'
import type { Caller, Pusher, RoomShape, WeappSessions } from '../types'
import type { LineStreams } from './lineStreams'
import type { Members } from './members'
import type { WeappRoomRecord } from './roomRecords'

export interface Presenting {
  room: (caller: Caller, room: Room, record: WeappRoomRecord | undefined) => RoomShape
  /** Old clients of the caller's own application by their account, everybody else by our id. */
  userId: (caller: Caller, user: User) => string
  profile: (caller: Caller, user: User) => { readonly userName: string, readonly userAvatar: string }
}

export interface PresentingOptions {
  readonly sessions: Pick<WeappSessions, 'personOf' | 'profileOf'>
  readonly members: Pick<Members, 'guestsOf'>
  readonly streams: Pick<LineStreams, 'accelerateUrl'>
  readonly programmes: { readonly urlOf: (room: Room, origin: Origin) => string }
  /** As its anchor last said. */
  readonly statusCodeOf: (roomId: string) => number
  /** With old clients. */
  readonly viewersOf: (roomId: string) => number
}

export function createPresenting({ sessions, members, streams, programmes, statusCodeOf, viewersOf }: PresentingOptions): Presenting {
  function userId({ person }: Caller, user: User): string {
    const known = sessions.personOf(user.id)
    return known?.sdkAppId === person.sdkAppId ? known.account : user.id
  }

  function profile({ origin }: Caller, user: User): { userName: string, userAvatar: string } {
    const said = sessions.profileOf(user.id)
    return {
      userName: said?.name || user.nickname,
      userAvatar: said?.avatar ?? (user.picture === undefined ? '' : `${origin.http}${user.picture}`),
    }
  }

  const pusher = (caller: Caller, user: User, streamId: string): Pusher => ({ userID: userId(caller, user), ...profile(caller, user), accelerateURL: streams.accelerateUrl(streamId, caller.origin) })

  return {
    userId,
    profile,
    room: (caller, room, record) => ({
      roomID: record?.name ?? room.id,
      roomInfo: record && record.sdkAppId !== 0 ? record.roomInfo : room.title,
      roomName: room.title,
      roomCreator: userId(caller, room.anchor),
      mixedPlayURL: programmes.urlOf(room, caller.origin),
      roomStatusCode: statusCodeOf(room.id),
      custom: record?.custom ?? {},
      audienceCount: Math.max(room.viewers, viewersOf(room.id)),
      pushers: [pusher(caller, room.anchor, room.streamId), ...members.guestsOf(room).map(({ user, streamId }) => pusher(caller, user, streamId))],
    }),
  }
}
