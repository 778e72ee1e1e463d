/**
 * The audience's side of a room: a picture soon, or a word about why not. Pure. The server says whether the room is live;
 * the player only says whether a picture is on the screen. Rules: docs/SPEC.md, section UI.
 */
import type { Step } from '@/shared/domain/transition'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { PlayUrls, Room, RoomDetail } from '@/shared/protocol/rest'
import type { MediaProblemCode, MediaStatus } from '@/src/live/components/media'
import { step } from '@/shared/domain/transition'

/** How long somebody has waited for a picture: nothing to say yet, worth a word, time to offer another try. */
export type Patience = 'fresh' | 'slow' | 'spent'
export const SLOW_AFTER_MS = 800
export const SPENT_AFTER_MS = 8000

export type Picture
  = | { readonly status: 'waiting', readonly patience: Patience, readonly isRenewed: boolean }
  /** The player gave up: asking the server for the room and fresh addresses. */
    | { readonly status: 'renewing', readonly patience: Patience }
    | { readonly status: 'showing' }
  /** The anchor sends nothing: there is nothing to wait for but the anchor. */
    | { readonly status: 'away' }
    | { readonly status: 'failed', readonly problem: MediaProblemCode }

export type AudienceState
  = | { readonly status: 'loading', readonly roomId: string, readonly patience: Patience }
    | { readonly status: 'watching', readonly room: Room, readonly play: PlayUrls, readonly picture: Picture }
    | { readonly status: 'ended', readonly room: Room }
    | { readonly status: 'failed', readonly roomId: string, readonly code: ErrorCode }

export type AudienceEvent
  = | { readonly type: 'fetched', readonly detail: RoomDetail }
    | { readonly type: 'fetchFailed', readonly roomId: string, readonly code: ErrorCode }
  /** The server's news of the room. */
    | { readonly type: 'room', readonly room: Room }
    | { readonly type: 'player', readonly status: MediaStatus }
  /** The player gave up. */
    | { readonly type: 'playerFailed', readonly problem: MediaProblemCode }
    | { readonly type: 'waited', readonly patience: Patience }
    | { readonly type: 'retry' }
  /** The page came back to the foreground, or chat was refused: what does the server say? */
    | { readonly type: 'check' }

export type AudienceEffect
  = | { readonly type: 'fetchRoom', readonly roomId: string }
    | { readonly type: 'enterRoom', readonly roomId: string }
    | { readonly type: 'leaveRoom' }
    | { readonly type: 'startPlayer' }
    | { readonly type: 'stopPlayer' }
  /** From now on `waited` comes after 800 ms and after 8 s, instead of any that were coming. */
    | { readonly type: 'beginWaiting' }

type Next = Step<AudienceState, AudienceEffect>
type In<Status extends AudienceState['status']> = Extract<AudienceState, { status: Status }>

const next = (state: AudienceState, ...effects: AudienceEffect[]): Next => step(state, ...effects)

const AWAY: Picture = { status: 'away' }
const WAITING: Picture = { status: 'waiting', patience: 'fresh', isRenewed: false }

export function openAudience(roomId: string): Next {
  return next({ status: 'loading', roomId, patience: 'fresh' }, { type: 'beginWaiting' }, { type: 'fetchRoom', roomId })
}

export function transitionAudience(state: AudienceState, event: AudienceEvent): Next {
  switch (state.status) {
    case 'loading': return whileLoading(state, event)
    case 'watching': return whileWatching(state, event)
    case 'ended': return next(state)
    case 'failed': return event.type === 'retry' ? openAudience(state.roomId) : next(state)
  }
}

function whileLoading(state: In<'loading'>, event: AudienceEvent): Next {
  const { patience, roomId } = state
  switch (event.type) {
    case 'waited':
      return next({ ...state, patience: event.patience })
    case 'retry':
      return openAudience(roomId)
    case 'fetchFailed':
      return event.roomId === roomId ? next({ status: 'failed', roomId, code: event.code }) : next(state)
    case 'fetched':
      return event.detail.room.id === roomId ? enter(event.detail, patience) : next(state)
    default:
      return next(state)
  }
}

function enter({ play, room }: RoomDetail, patience: Patience): Next {
  if (room.status === 'ended' || !play)
    return next({ status: 'ended', room })
  // The wait began with the tap that opened the page, so it is not begun anew.
  const picture: Picture = { status: 'waiting', patience, isRenewed: false }
  return room.status === 'live'
    ? next({ status: 'watching', room, play, picture }, { type: 'enterRoom', roomId: room.id }, { type: 'startPlayer' })
    : next({ status: 'watching', room, play, picture: AWAY }, { type: 'enterRoom', roomId: room.id })
}

function whileWatching(state: In<'watching'>, event: AudienceEvent): Next {
  const { picture, room } = state
  switch (event.type) {
    case 'room':
      return withRoom(state, event.room)
    case 'fetched':
      return whenFetched(state, event.detail)
    case 'fetchFailed':
      if (event.roomId !== room.id)
        return next(state)
      if (event.code === 'ROOM_NOT_FOUND' || event.code === 'REMOVED')
        return next({ status: 'failed', roomId: room.id, code: event.code }, { type: 'stopPlayer' }, { type: 'leaveRoom' })
      return picture.status === 'renewing' ? next({ ...state, picture: { status: 'failed', problem: 'NETWORK' } }) : next(state)
    case 'player':
      return whenReported(state, event.status)
    case 'playerFailed':
      return whenFailed(state, event.problem)
    case 'waited':
      return 'patience' in picture ? next({ ...state, picture: { ...picture, patience: event.patience } }) : next(state)
    case 'retry':
      return renew(state)
    case 'check':
      return next(state, { type: 'fetchRoom', roomId: room.id })
  }
}

function withRoom(state: In<'watching'>, room: Room): Next {
  const { picture } = state
  if (room.id !== state.room.id)
    return next(state)
  if (room.status === 'ended')
    return next({ status: 'ended', room }, { type: 'stopPlayer' }, { type: 'leaveRoom' })
  if (room.status !== 'live')
    // The last picture stays: a short interruption may pass unseen.
    return next({ ...state, room, picture: picture.status === 'showing' ? picture : AWAY })
  if (picture.status === 'away' || picture.status === 'failed')
    return next({ ...state, room, picture: WAITING }, { type: 'beginWaiting' }, { type: 'startPlayer' })
  // The player may be in the middle of a long back-off: now is the time to try.
  return state.room.status === 'live' ? next({ ...state, room }) : next({ ...state, room }, { type: 'startPlayer' })
}

function whenFetched(state: In<'watching'>, { play, room }: RoomDetail): Next {
  // New addresses restart the player, so they are taken only when it has to start again.
  if (state.picture.status !== 'renewing' || room.id !== state.room.id || room.status !== 'live' || !play)
    return withRoom(state, room)
  return next({ ...state, room, play, picture: { ...state.picture, status: 'waiting', isRenewed: true } }, { type: 'startPlayer' })
}

function whenReported(state: In<'watching'>, status: MediaStatus): Next {
  const { picture, room } = state
  if (status === 'live')
    return next({ ...state, picture: { status: 'showing' } })
  if (picture.status !== 'showing' || (status !== 'interrupted' && status !== 'connecting'))
    return next(state)
  return room.status === 'live'
    ? next({ ...state, picture: WAITING }, { type: 'beginWaiting' })
    : next({ ...state, picture: AWAY })
}

function whenFailed(state: In<'watching'>, problem: MediaProblemCode): Next {
  const { picture, room } = state
  if (room.status !== 'live')
    return next({ ...state, picture: AWAY })
  const isHopeless = problem === 'UNSUPPORTED' || problem === 'TAG_UNAVAILABLE' || (picture.status === 'waiting' && picture.isRenewed)
  return isHopeless ? next({ ...state, picture: { status: 'failed', problem } }) : renew(state)
}

function renew(state: In<'watching'>): Next {
  return next({ ...state, picture: { status: 'renewing', patience: 'fresh' } }, { type: 'beginWaiting' }, { type: 'fetchRoom', roomId: state.room.id })
}
