/** The anchor's machine while the room waits for its stream or is live. */
import type { AnchorEffect, AnchorEvent, In, Next, Publisher } from './anchorState'
import type { FeedEvent } from './feedMachine'
import type { PlayUrls, PublishUrls, Room, RoomDetail } from '@/shared/protocol/rest'
import { next } from './anchorState'
import { CONNECTING, STEADY, transitionFeed } from './feedMachine'

export function goOnAir(room: Room, publish: PublishUrls, play: PlayUrls | null, by: Publisher): Next {
  const status = room.status === 'preparing' ? 'starting' : 'live'
  const effects: AnchorEffect[] = [{ type: 'enterRoom', roomId: room.id }]
  if (by === 'device')
    effects.push({ type: 'startPush' })
  if (status === 'starting')
    effects.push({ type: 'pollLater', roomId: room.id })
  if (by === 'encoder' && !play)
    effects.push({ type: 'fetchRoom', roomId: room.id })
  return next({ status, room, publish, play, by, feed: by === 'device' ? CONNECTING : STEADY }, ...effects)
}

export function whileOnAir(state: In<'starting' | 'live'>, event: AnchorEvent): Next {
  const roomId = state.room.id
  switch (event.type) {
    case 'room':
      return withRoom(state, event.room)
    case 'fetched':
      return whenFetched(state, event.detail)
    case 'fetchFailed':
      if (event.roomId !== roomId)
        return next(state)
      return event.code === 'ROOM_NOT_FOUND'
        ? next({ status: 'failed', roomId, by: state.by, code: event.code }, { type: 'stopPush' }, { type: 'leaveRoom' })
        : withFeed(state, { type: 'renewFailed' })
    case 'poll':
      return state.status === 'starting' && event.roomId === roomId
        ? next(state, { type: 'fetchRoom', roomId }, { type: 'pollLater', roomId })
        : next(state)
    case 'check':
      return next(state, { type: 'fetchRoom', roomId })
    case 'end':
      return next({ status: 'ending', room: state.room, problem: null }, { type: 'stopPush' }, { type: 'endRoom', roomId })
    default:
      return isFeedEvent(event) && state.by === 'device' ? withFeed(state, event) : next(state)
  }
}

function withRoom(state: In<'starting' | 'live'>, room: Room): Next {
  if (room.id !== state.room.id)
    return next(state)
  if (room.status === 'ended')
    return withFirst({ type: 'stopPush' }, over(room))
  const status = room.status === 'preparing' ? state.status : 'live'
  const isDebut = state.status === 'starting' && status === 'live'
  if (isDebut && state.by === 'device')
    return next({ ...state, status, room }, { type: 'takeCover', roomId: room.id })
  // The server is there, and waits: so need we not.
  if (room.status === 'interrupted' && state.feed.status === 'reconnecting')
    return next({ ...state, status, room }, { type: 'startPush' })
  return next({ ...state, status, room })
}

function whenFetched(state: In<'starting' | 'live'>, detail: RoomDetail): Next {
  const current = withRoom(state, detail.room)
  if (current.state.status !== 'starting' && current.state.status !== 'live')
    return current
  const { feed, play, publish } = current.state
  // New addresses restart the tags that use them, so they are taken only when they are needed.
  const renewed = { ...current.state, play: play ?? detail.play, publish: feed.status === 'renewing' ? detail.publish ?? publish : publish }
  const after = withFeed(renewed, { type: 'renewed' })
  return next(after.state, ...current.effects, ...after.effects)
}

function withFeed(state: In<'starting' | 'live'>, event: FeedEvent): Next {
  const { effects, state: feed } = transitionFeed(state.feed, event)
  return next({ ...state, feed }, ...effects.map((effect): AnchorEffect =>
    effect.type === 'renewUrls' ? { type: 'fetchRoom', roomId: state.room.id } : effect))
}

export const over = (room: Room): Next => next({ status: 'ended', room }, { type: 'leaveRoom' })

export const withFirst = (effect: AnchorEffect, after: Next): Next => next(after.state, effect, ...after.effects)

function isFeedEvent(event: AnchorEvent): event is FeedEvent {
  return ['pusher', 'pusherFailed', 'stuck', 'problem', 'retry'].includes(event.type)
}
