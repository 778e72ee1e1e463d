/** What the list of rooms can be. Pure: the store fetches, this says what it means. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { Room, RoomsPage } from '@/shared/protocol/rest'

export type RoomListState
  = | { readonly status: 'loading' }
    | {
      readonly status: 'ready'
      readonly rooms: readonly Room[]
      readonly nextCursor: string | null
      readonly pages: number
      /** How the next page stands. */
      readonly more: 'idle' | 'loading' | 'failed'
      /** Why these rooms are from before: the last refresh failed, or there is no network. */
      readonly stale: 'failed' | 'offline' | null
    }
    | { readonly status: 'empty' }
    | { readonly status: 'failed', readonly code: ErrorCode }
  /** Failed for want of a network; it tries again by itself when that is back. */
    | { readonly status: 'offline' }

export const LOADING: RoomListState = { status: 'loading' }

/** The pages from the first on, as they are now. */
export function whenLoaded(pages: readonly RoomsPage[]): RoomListState {
  const rooms = withoutRepeats(pages.flatMap(page => page.rooms))
  if (rooms.length === 0)
    return { status: 'empty' }
  return { status: 'ready', rooms, nextCursor: pages[pages.length - 1].nextCursor, pages: pages.length, more: 'idle', stale: null }
}

/** A list that is there stays, and says that it is old. A next page that was asked for meanwhile will not come. */
export function whenFailed(state: RoomListState, code: ErrorCode, isOnline: boolean): RoomListState {
  if (state.status === 'ready')
    return { ...state, more: state.more === 'loading' ? 'failed' : state.more, stale: isOnline ? 'failed' : 'offline' }
  return isOnline ? { status: 'failed', code } : { status: 'offline' }
}

export function whenMoreLoaded(state: RoomListState, page: RoomsPage): RoomListState {
  if (state.status !== 'ready')
    return state
  return { ...state, rooms: withoutRepeats([...state.rooms, ...page.rooms]), nextCursor: page.nextCursor, pages: state.pages + 1, more: 'idle' }
}

/** A room that moved up while paging would come twice. */
function withoutRepeats(rooms: readonly Room[]): Room[] {
  return [...new Map(rooms.map(room => [room.id, room])).values()]
}
