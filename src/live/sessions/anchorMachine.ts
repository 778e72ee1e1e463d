/**
 * The anchor's side of a room: prepare → 3-2-1 → live → end card. Pure: answers, news and taps come in as events, the
 * session performs the effects. Whether the room is live or over is for the server to say. Rules: docs/SPEC.md, section UI.
 */
import type { AnchorEvent, AnchorState, In, Next, Publisher } from './anchorState'
import type { PictureSource } from '@/src/live/components/media'
import { goOnAir, over, whileOnAir } from './anchorOnAir'
import { openAnchor, whileCounting, whileCreating, whilePreparing } from './anchorPreparing'
import { next } from './anchorState'

export function resumeAnchor(roomId: string, by: Publisher): Next {
  return next({ status: 'loading', roomId, by }, { type: 'fetchRoom', roomId })
}

export function transitionAnchor(state: AnchorState, event: AnchorEvent): Next {
  // A room that was asked for and then given up: nobody else would end it.
  if (event.type === 'created' && !isAwaiting(state, event.requestId))
    return next(state, { type: 'abandonRoom', roomId: event.created.room.id })
  switch (state.status) {
    case 'loading': return whileLoading(state, event)
    case 'preparing': return whilePreparing(state, event)
    case 'countdown': return whileCounting(state, event)
    case 'creating': return whileCreating(state, event)
    case 'starting': return event.type === 'cancel' ? giveUp(state, event.source) : whileOnAir(state, event)
    case 'live': return whileOnAir(state, event)
    case 'ending': return whileEnding(state, event)
    case 'ended': return whenEnded(state, event)
    case 'failed': return event.type === 'retry' ? resumeAnchor(state.roomId, state.by) : next(state)
  }
}

function isAwaiting(state: AnchorState, requestId: string): boolean {
  return (state.status === 'countdown' || state.status === 'creating') && state.requestId === requestId
}

function whileLoading(state: In<'loading'>, event: AnchorEvent): Next {
  const { by, roomId } = state
  if (event.type === 'fetchFailed' && event.roomId === roomId)
    return next({ status: 'failed', roomId, by, code: event.code })
  if (event.type !== 'fetched' || event.detail.room.id !== roomId)
    return next(state)
  const { room, play, publish } = event.detail
  if (room.status === 'ended')
    return next({ status: 'ended', room })
  if (!publish)
    return next({ status: 'failed', roomId, by, code: 'NOT_ROOM_ANCHOR' })
  return goOnAir(room, publish, play, by)
}

function whileEnding(state: In<'ending'>, event: AnchorEvent): Next {
  const { room } = state
  switch (event.type) {
    case 'room':
      return event.room.id === room.id && event.room.status === 'ended' ? over(event.room) : next(state)
    case 'fetched':
      return event.detail.room.id === room.id && event.detail.room.status === 'ended' ? over(event.detail.room) : next(state)
    case 'endFailed':
      if (event.roomId !== room.id)
        return next(state)
      // Somebody was faster, or the grace ran out: fetch the figures.
      return event.code === 'ROOM_ENDED'
        ? next(state, { type: 'fetchRoom', roomId: room.id })
        : next({ status: 'ending', room, problem: event.code })
    case 'fetchFailed':
      return event.roomId === room.id ? next({ status: 'ending', room, problem: event.code }) : next(state)
    case 'retry':
      return state.problem ? next({ status: 'ending', room, problem: null }, { type: 'endRoom', roomId: room.id }) : next(state)
    default:
      return next(state)
  }
}

function whenEnded(state: In<'ended'>, event: AnchorEvent): Next {
  switch (event.type) {
    case 'again': return openAnchor(event.source)
    // WeChat refuses stop() in the background: say it again in the foreground.
    case 'check': return next(state, { type: 'stopPush' })
    default: return next(state)
  }
}

/** Before the room went live: the room is ended, the person is back at the preparations. */
function giveUp(state: In<'starting'>, source: PictureSource): Next {
  const again = openAnchor(source)
  return next(again.state, { type: 'stopPush' }, { type: 'leaveRoom' }, { type: 'abandonRoom', roomId: state.room.id }, ...again.effects)
}
