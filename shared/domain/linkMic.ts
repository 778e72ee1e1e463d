/**
 * One person's way onto the stage of a room: idle → applying or invited → connecting → linked ⇄ dropped → idle. Pure. The
 * server runs it for everybody (stage.ts), the app for its own person, to show at once what the server is about to say.
 * Rules: docs/SPEC.md, section LM.
 *
 * All times are unix milliseconds. An event that a state does not wait for changes nothing: the same object comes back.
 */

export const APPLY_TIMEOUT_MS = 30_000
export const INVITE_TIMEOUT_MS = 30_000
/** The longest wait in the queue, however long the seats stay taken. */
export const QUEUE_TIMEOUT_MS = 10 * 60_000
/** From the seat to the guest's first packets. */
export const CONNECT_TIMEOUT_MS = 8000
/** The same for a guest with a line, who asks for an address only then. */
export const CONNECT_LINE_TIMEOUT_MS = 20_000
/** A lost socket or stream keeps its place for so long. */
export const DROP_GRACE_MS = 20_000
export const REJECTED_WAIT_MS = 10_000
export const KICKED_WAIT_MS = 60_000

export type Medium = 'video' | 'voice'

export type LinkMicEnd
  /** By the person: the application was taken back, the invitation declined, the seat left. */
  = | 'cancelled' | 'declined' | 'left'
  /** By the anchor. `closed`: applications were switched off. */
    | 'rejected' | 'withdrawn' | 'kicked' | 'closed'
  /** By time. `noStream`: the picture did not come. `dropped`: the connection did not come back. */
    | 'expired' | 'noStream' | 'dropped'
    | 'roomEnded'

/** How a request ended, and from when on the person may apply again. */
export interface Ending {
  readonly requestId: string
  readonly reason: LinkMicEnd
  readonly at: number
  readonly waitUntil: number
}

/** `lostAt`: since when the person has no socket in the room; null while they are here. */
export type LinkMic
  = | { readonly status: 'idle', readonly ending: Ending | null }
    | { readonly status: 'invited', readonly requestId: string, readonly at: number, readonly deadline: number, readonly lostAt: number | null }
  /** `deadline` is null while the clock stands still: all seats are taken, or the anchor is away. */
    | { readonly status: 'applying', readonly requestId: string, readonly medium: Medium, readonly at: number, readonly deadline: number | null, readonly lostAt: number | null }
  /** A seat is reserved; the stream is on its way. */
    | { readonly status: 'connecting', readonly requestId: string, readonly medium: Medium, readonly deadline: number, readonly lostAt: number | null }
    | { readonly status: 'linked', readonly requestId: string, readonly medium: Medium, readonly since: number }
  /** Socket, stream or both are gone and may come back. */
    | { readonly status: 'dropped', readonly requestId: string, readonly medium: Medium, readonly since: number, readonly streamLostAt: number | null, readonly lostAt: number | null }

export type LinkMicStatus = LinkMic['status']
type In<Status extends LinkMicStatus> = Extract<LinkMic, { status: Status }>
export type Active = Exclude<LinkMic, { status: 'idle' }>
export type Applying = In<'applying'>
export type Seated = In<'connecting' | 'linked' | 'dropped'>

export type LinkMicEvent
  = | { readonly type: 'apply', readonly requestId: string, readonly medium: Medium, readonly at: number }
    | { readonly type: 'invite', readonly requestId: string, readonly at: number }
  /** The anchor took the application. */
    | { readonly type: 'accept', readonly at: number }
  /** The person took the invitation. */
    | { readonly type: 'acceptInvitation', readonly medium: Medium, readonly at: number }
    | { readonly type: 'reject', readonly at: number }
    | { readonly type: 'withdraw', readonly at: number }
    | { readonly type: 'kick', readonly at: number }
    | { readonly type: 'close', readonly at: number }
  /** By the person, from wherever they are. */
    | { readonly type: 'leave', readonly at: number }
  /** The anchor's yes was given elsewhere, and the person comes when their stream is there; or they say that they are there. */
    | { readonly type: 'seat', readonly requestId: string, readonly at: number }
    | { readonly type: 'published', readonly at: number }
    | { readonly type: 'unpublished', readonly at: number }
  /** The last socket of the person in the room broke; a socket is there again. */
    | { readonly type: 'lost', readonly at: number }
    | { readonly type: 'found' }
  /** The clock of an application begins to run, or stands still. */
    | { readonly type: 'clock', readonly isRunning: boolean, readonly at: number }
  /** The server has started anew: no socket and no publication survived it. */
    | { readonly type: 'restarted', readonly at: number }
    | { readonly type: 'roomEnded', readonly at: number }
    | { readonly type: 'tick', readonly at: number }

export const NOT_LINKED: LinkMic = { status: 'idle', ending: null }

export const isSeated = (link: LinkMic): link is Seated => link.status === 'connecting' || link.status === 'linked' || link.status === 'dropped'

export function transitionLinkMic(link: LinkMic, event: LinkMicEvent): LinkMic {
  if (link.status === 'idle')
    return whileIdle(link, event)
  switch (event.type) {
    case 'roomEnded': return end(link, 'roomEnded', event.at)
    case 'leave': return end(link, LEAVING[link.status], event.at)
    case 'tick': return whenTicked(link, event.at)
    case 'lost': return whenLost(link, event.at)
    case 'found': return whenFound(link)
    case 'seat': return whenSeated(link, event.at)
    case 'restarted': return whenRestarted(link, event.at)
  }
  switch (link.status) {
    case 'invited': return whileInvited(link, event)
    case 'applying': return whileApplying(link, event)
    default: return whileSeated(link, event)
  }
}

/** When `tick` will change this link, if nothing else does; undefined: never. */
export function deadlineOf(link: LinkMic): number | undefined {
  switch (link.status) {
    case 'idle':
    case 'linked': return undefined
    case 'invited':
    case 'connecting': return Math.min(link.deadline, graceAfter(link.lostAt))
    case 'applying': return Math.min(link.deadline ?? Infinity, link.at + QUEUE_TIMEOUT_MS, graceAfter(link.lostAt))
    case 'dropped': return Math.min(graceAfter(link.streamLostAt), graceAfter(link.lostAt))
  }
}

/** From when on the person may apply; in the past when at once. */
export const mayApplyAt = (link: LinkMic): number => link.status === 'idle' ? link.ending?.waitUntil ?? 0 : Infinity

const LEAVING: Readonly<Record<Active['status'], LinkMicEnd>> = { invited: 'declined', applying: 'cancelled', connecting: 'left', linked: 'left', dropped: 'left' }

const WAIT_MS: Partial<Record<LinkMicEnd, number>> = { rejected: REJECTED_WAIT_MS, kicked: KICKED_WAIT_MS }

const graceAfter = (lostAt: number | null): number => lostAt === null ? Infinity : lostAt + DROP_GRACE_MS

function end({ requestId }: Active, reason: LinkMicEnd, at: number): LinkMic {
  return { status: 'idle', ending: { requestId, reason, at, waitUntil: at + (WAIT_MS[reason] ?? 0) } }
}

function whileIdle(link: In<'idle'>, event: LinkMicEvent): LinkMic {
  switch (event.type) {
    case 'apply':
      return event.at < mayApplyAt(link) ? link : { status: 'applying', requestId: event.requestId, medium: event.medium, at: event.at, deadline: event.at + APPLY_TIMEOUT_MS, lostAt: null }
    case 'invite':
      return { status: 'invited', requestId: event.requestId, at: event.at, deadline: event.at + INVITE_TIMEOUT_MS, lostAt: null }
    case 'seat':
      return event.at < mayApplyAt(link) ? link : onAir({ requestId: event.requestId, medium: 'video', since: event.at, streamLostAt: null, lostAt: null })
    default:
      return link
  }
}

function whileInvited(link: In<'invited'>, event: LinkMicEvent): LinkMic {
  switch (event.type) {
    case 'acceptInvitation': return connect(link, event.medium, event.at)
    case 'withdraw': return end(link, 'withdrawn', event.at)
    default: return link
  }
}

function whileApplying(link: In<'applying'>, event: LinkMicEvent): LinkMic {
  switch (event.type) {
    case 'accept': return connect(link, link.medium, event.at)
    case 'reject': return end(link, 'rejected', event.at)
    case 'close': return end(link, 'closed', event.at)
    case 'clock': return event.isRunning === (link.deadline !== null) ? link : { ...link, deadline: event.isRunning ? event.at + APPLY_TIMEOUT_MS : null }
    default: return link
  }
}

function connect({ lostAt, requestId }: In<'invited' | 'applying'>, medium: Medium, at: number): LinkMic {
  return { status: 'connecting', requestId, medium, deadline: at + CONNECT_TIMEOUT_MS, lostAt }
}

function whileSeated(link: Seated, event: LinkMicEvent): LinkMic {
  switch (event.type) {
    case 'kick': return end(link, 'kicked', event.at)
    case 'published': return whenPublished(link, event.at)
    case 'unpublished': return whenUnpublished(link, event.at)
    default: return link
  }
}

function whenPublished(link: Seated, at: number): LinkMic {
  switch (link.status) {
    case 'connecting': return onAir({ requestId: link.requestId, medium: link.medium, since: at, streamLostAt: null, lostAt: link.lostAt })
    case 'linked': return link
    case 'dropped': return link.streamLostAt === null ? link : onAir({ ...link, streamLostAt: null })
  }
}

function whenUnpublished(link: Seated, at: number): LinkMic {
  switch (link.status) {
    case 'connecting': return link
    case 'linked': return { ...link, status: 'dropped', streamLostAt: at, lostAt: null }
    case 'dropped': return link.streamLostAt === null ? { ...link, streamLostAt: at } : link
  }
}

/** Linked when nothing is missing. */
function onAir({ requestId, medium, since, streamLostAt, lostAt }: Omit<In<'dropped'>, 'status'>): LinkMic {
  return streamLostAt === null && lostAt === null
    ? { status: 'linked', requestId, medium, since }
    : { status: 'dropped', requestId, medium, since, streamLostAt, lostAt }
}

function whenLost(link: Active, at: number): LinkMic {
  if (link.status === 'linked')
    return { ...link, status: 'dropped', streamLostAt: null, lostAt: at }
  return link.lostAt === null ? { ...link, lostAt: at } : link
}

function whenFound(link: Active): LinkMic {
  if (link.status === 'linked' || link.lostAt === null)
    return link
  return link.status === 'dropped' ? onAir({ ...link, lostAt: null }) : { ...link, lostAt: null }
}

/** Whatever the person waited for, they have it. */
function whenSeated(link: Active, at: number): LinkMic {
  if (link.status === 'linked' || link.status === 'dropped')
    return whenFound(link)
  return onAir({ requestId: link.requestId, medium: link.status === 'invited' ? 'video' : link.medium, since: at, streamLostAt: null, lostAt: null })
}

/** The time the server was away is not the person's fault: everybody has the time of a drop to come back. */
function whenRestarted(link: Active, at: number): LinkMic {
  switch (link.status) {
    case 'applying': return { ...link, lostAt: at }
    case 'invited':
    case 'connecting': return { ...link, deadline: at + DROP_GRACE_MS, lostAt: at }
    case 'linked':
    case 'dropped': return { ...link, status: 'dropped', streamLostAt: at, lostAt: at }
  }
}

function whenTicked(link: Active, at: number): LinkMic {
  if (at < (deadlineOf(link) ?? Infinity))
    return link
  if (link.status === 'linked' || link.status === 'dropped' || graceAfter(link.lostAt) <= at)
    return end(link, 'dropped', at)
  return end(link, link.status === 'connecting' ? 'noStream' : 'expired', at)
}
