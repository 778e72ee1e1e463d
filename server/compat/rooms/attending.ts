/** How old clients come into audiences and leave them, and who is there. */
import type { KeyedQueue } from '../../keyedQueue'
import type { RoomService } from '../../rooms/RoomService'
import type { WeappRooms, WeappSessions } from '../types'
import type { Audiences } from './audiences'
import type { Presenting } from './presenting'
import type { IsLetThrough } from './reserving'
import type { Sight } from './sight'
import { profileIn, textIn } from '../saidInJson'
import { WeappCode, WeappError } from '../WeappError'

/** People of an audience who are named. */
const AUDIENCES_MAX = 30
const USER_INFO_MAX_BYTES = 1024

export interface AttendingOptions {
  readonly rooms: Pick<RoomService, 'audience'>
  readonly sight: Sight
  readonly audiences: Audiences
  readonly presenting: Pick<Presenting, 'userId' | 'profile'>
  readonly sessions: Pick<WeappSessions, 'setProfile'>
  readonly isLetThrough: IsLetThrough
  /** By person. */
  readonly inOrder: Pick<KeyedQueue, 'run'>
}

export function createAttending({ rooms, sight, audiences, presenting, sessions, isLetThrough, inOrder }: AttendingOptions): Pick<WeappRooms, 'addAudience' | 'deleteAudience' | 'audiences'> {
  return {
    addAudience: (caller, roomID, userInfo) => inOrder.run(caller.person.user.id, async () => {
      if (Buffer.byteLength(userInfo) > USER_INFO_MAX_BYTES)
        throw new WeappError(WeappCode.audienceAddFailed, `userInfo has at most ${USER_INFO_MAX_BYTES} bytes.`)
      await sight.admitted(caller, roomID, WeappCode.audienceAddFailed)
      const { person } = caller
      const profile = profileIn(userInfo)
      if (profile)
        await sessions.setProfile(person, profile)
      const isFine = await isLetThrough(person, textIn(userInfo), 'nickname')
      const { room } = sight.placeOf(caller, roomID, WeappCode.audienceAddFailed) // it may have ended meanwhile
      if (room.anchor.id !== person.user.id)
        audiences.enter(room.id, person, isFine ? userInfo : JSON.stringify(presenting.profile(caller, person.user)))
    }),

    deleteAudience: (caller, roomID) => inOrder.run(caller.person.user.id, async () => {
      const { room } = sight.placeOf(caller, roomID, WeappCode.audienceRemoveFailed)
      audiences.leave(caller.person.user.id, room.id)
    }),

    async audiences(caller, roomID) {
      const { room } = await sight.admitted(caller, roomID, WeappCode.audienceListFailed)
      const { user: { id: userId }, sdkAppId } = caller.person
      const old = audiences.list(room.id, sdkAppId, AUDIENCES_MAX).map(({ person, userInfo }) => ({ userID: presenting.userId(caller, person.user), userInfo }))
      const { people } = room.anchor.id === userId ? await rooms.audience(room.id, userId) : { people: [] } // in our app, too, the anchor alone sees who watches
      const ours = people
        .map(user => ({ userID: presenting.userId(caller, user), userInfo: JSON.stringify(presenting.profile(caller, user)) }))
        .filter(({ userID }) => !old.some(one => one.userID === userID))
      return { audiences: [...old, ...ours].slice(0, AUDIENCES_MAX), audienceCount: Math.max(room.viewers, audiences.count(room.id)) }
    },
  }
}
