/**
 * A room's life: preparing → live ⇄ interrupted → ended. Pure: time and media events come in as events,
 * the caller performs the effects. Rules: docs/SPEC.md, section RM.
 *
 * All times are unix milliseconds.
 */
import type { Step } from './transition'
import { step } from './transition'

/** How long an interrupted room waits for its anchor's stream to come back. */
export const INTERRUPTED_GRACE_MS = 60_000
/** How long a room may stay unstarted before it expires. */
export const PREPARING_EXPIRY_MS = 30 * 60_000

export type RoomEndReason = 'anchor' | 'interrupted' | 'expired' | 'operator'

export type RoomLife
  = | { readonly status: 'preparing', readonly createdAt: number, readonly deadline: number }
    | { readonly status: 'live', readonly startedAt: number, readonly sessionId: string }
    | { readonly status: 'interrupted', readonly startedAt: number, readonly since: number, readonly deadline: number }
    | { readonly status: 'ended', readonly startedAt: number | null, readonly endedAt: number, readonly reason: RoomEndReason }

export type RoomStatus = RoomLife['status']

export type RoomEvent
  /** The media engine has the anchor's stream; `sessionId` names this one publication. */
  = | { readonly type: 'published', readonly sessionId: string, readonly at: number }
  /** That publication is gone. */
    | { readonly type: 'unpublished', readonly sessionId: string, readonly at: number }
    | { readonly type: 'end', readonly reason: RoomEndReason, readonly at: number }
  /** The server has started anew: no publication survived it. */
    | { readonly type: 'restarted', readonly at: number }
  /** The sweep asks whether a deadline has passed. */
    | { readonly type: 'tick', readonly at: number }

export type RoomEffect
  /** Everyone in the room should hear the new status. */
  = | { readonly type: 'announce', readonly status: RoomStatus }
  /** The room is over: cut the stream, tell the audience, close the chat. */
    | { readonly type: 'close', readonly reason: RoomEndReason }
  /** A stream arrived for a room that is over. */
    | { readonly type: 'refuseStream' }

export function prepareRoom(createdAt: number): RoomLife {
  return { status: 'preparing', createdAt, deadline: createdAt + PREPARING_EXPIRY_MS }
}

export function transitionRoom(life: RoomLife, event: RoomEvent): Step<RoomLife, RoomEffect> {
  if (life.status === 'ended')
    return event.type === 'published' ? step(life, { type: 'refuseStream' }) : step(life)
  switch (event.type) {
    case 'published': return whenPublished(life, event)
    case 'unpublished': return whenUnpublished(life, event)
    case 'end': return endRoom(life, event.at, event.reason)
    case 'restarted': return whenRestarted(life, event.at)
    case 'tick': return whenTicked(life, event.at)
  }
}

type Open = Exclude<RoomLife, { status: 'ended' }>

function whenPublished(life: Open, { at, sessionId }: { at: number, sessionId: string }): Step<RoomLife, RoomEffect> {
  const startedAt = life.status === 'preparing' ? at : life.startedAt
  const live: RoomLife = { status: 'live', startedAt, sessionId }
  // A takeover (the same stream published again) changes the publication, not what people see.
  return life.status === 'live' ? step(live) : step(live, { type: 'announce', status: 'live' })
}

function whenUnpublished(life: Open, { at, sessionId }: { at: number, sessionId: string }): Step<RoomLife, RoomEffect> {
  // After a takeover the old publication ends late; it is not the one on air.
  if (life.status !== 'live' || life.sessionId !== sessionId)
    return step(life)
  return interrupt(life.startedAt, at, at)
}

/** The time the server was away is not the anchor's fault: the grace begins again. */
function whenRestarted(life: Open, at: number): Step<RoomLife, RoomEffect> {
  switch (life.status) {
    case 'preparing': return step(life)
    case 'live': return interrupt(life.startedAt, at, at)
    case 'interrupted': return interrupt(life.startedAt, life.since, at)
  }
}

function interrupt(startedAt: number, since: number, at: number): Step<RoomLife, RoomEffect> {
  return step({ status: 'interrupted', startedAt, since, deadline: at + INTERRUPTED_GRACE_MS }, { type: 'announce', status: 'interrupted' })
}

function whenTicked(life: Open, at: number): Step<RoomLife, RoomEffect> {
  if (life.status === 'live' || at < life.deadline)
    return step(life)
  return endRoom(life, at, life.status === 'preparing' ? 'expired' : 'interrupted')
}

function endRoom(life: Open, endedAt: number, reason: RoomEndReason): Step<RoomLife, RoomEffect> {
  const startedAt = life.status === 'preparing' ? null : life.startedAt
  return step({ status: 'ended', startedAt, endedAt, reason }, { type: 'close', reason })
}
