/** What people ask of a stage: granted, it is the stage that follows; else why not. A request said twice changes nothing. Pure. */
import type { LinkMic, LinkMicEvent, LinkMicStatus } from './linkMic'
import type { EventOf, RequestName, StageRefusal } from './stageEvent'
import type { Guest, Person, Stage } from './stageState'
import { hasLine } from './ids'
import { CONNECT_LINE_TIMEOUT_MS, isSeated, mayApplyAt, transitionLinkMic } from './linkMic'
import { moved, remember, withAll, withGuest } from './stageChange'
import { freeSeat, holdsSeat, INVITATIONS_MAX, linkOf, QUEUE_MAX, queueOf, seatedOf } from './stageState'

export type Outcome<P extends Person> = Stage<P> | StageRefusal
type YesEvent = Extract<LinkMicEvent, { type: 'accept' | 'acceptInvitation' }>

export function apply<P extends Person>(stage: Stage<P>, { user, requestId, medium, isHere, at }: EventOf<P, 'apply'>): Outcome<P> {
  const known = alreadySaid(stage, { userId: user.id, requestId })
  if (known)
    return known
  if (stage.admission === 'closed' || !stage.isOnAir)
    return 'CLOSED'
  const link = transitionLinkMic(linkOf(stage, user.id), { type: 'apply', requestId, medium, at })
  if (link.status === 'idle')
    return 'WAIT'
  if (queueOf(stage).length >= QUEUE_MAX)
    return 'QUEUE_FULL'
  return withNew(stage, user, isHere ? link : transitionLinkMic(link, { type: 'lost', at }))
}

export function invite<P extends Person>(stage: Stage<P>, { user, requestId, at }: EventOf<P, 'invite'>): Outcome<P> {
  const known = alreadySaid(stage, { userId: user.id, requestId })
  if (known)
    return known
  if (stage.guests.filter(({ link }) => link.status === 'invited').length >= INVITATIONS_MAX)
    return 'QUEUE_FULL'
  return withNew(stage, user, transitionLinkMic(linkOf(stage, user.id), { type: 'invite', requestId, at }))
}

/** Taken back before it has arrived, a request is over before it begins. */
export function leave<P extends Person>(stage: Stage<P>, request: EventOf<P, 'leave'>): Stage<P> {
  const { userId, requestId, at } = request
  if (stage.guests.some(isFor(request)))
    return withGuest(stage, userId, guest => moved(guest, request))
  if (hasEnded(stage, request))
    return stage
  const link = linkOf(stage, userId)
  return remember(stage, { userId, requestId, reason: 'cancelled', at, waitUntil: link.status === 'idle' ? mayApplyAt(link) : at })
}

/** Without the anchor's yes in this room. */
export function takeSeat<P extends Person>(stage: Stage<P>, { user, requestId, seatsMax, needsConsent, at }: EventOf<P, 'seat'>): Outcome<P> {
  const event = { type: 'seat', requestId, at } as const
  if (holdsSeat(stage, user.id))
    return withGuest(stage, user.id, guest => moved(guest, event))
  if (needsConsent || hasEnded(stage, { userId: user.id, requestId }))
    return 'GONE'
  if (seatedOf(stage).length >= seatsMax)
    return 'STAGE_FULL'
  const link = transitionLinkMic(linkOf(stage, user.id), event)
  const coming = stage.guests.some(guest => guest.user.id === user.id) ? stage : withNew(stage, user, link)
  return typeof coming === 'string' ? coming : withSeat(coming, user.id, link) ?? 'STAGE_FULL'
}

/** From the queue, or an invitation, onto the stage. */
export function ontoStage<P extends Person>(stage: Stage<P>, request: RequestName, from: 'applying' | 'invited', event: YesEvent): Outcome<P> {
  const guest = stage.guests.find(isFor(request))
  if (guest && isSeated(guest.link))
    return stage
  if (guest?.link.status !== from)
    return 'GONE'
  return seat(stage, guest, event) ?? 'STAGE_FULL'
}

/** Undefined when no seat is free. */
export function seat<P extends Person>(stage: Stage<P>, { user: { id }, link }: Guest<P>, event: YesEvent): Stage<P> | undefined {
  const next = transitionLinkMic(link, event)
  return withSeat(stage, id, next.status === 'connecting' && hasLine(id) ? { ...next, deadline: event.at + CONNECT_LINE_TIMEOUT_MS } : next)
}

function withSeat<P extends Person>(stage: Stage<P>, userId: string, link: LinkMic): Stage<P> | undefined {
  const number = freeSeat(stage)
  if (number === undefined || !isSeated(link))
    return undefined
  const taken = { seat: number, sound: { isOn: true, isMuted: false }, picture: { isOn: link.medium === 'video', isMuted: false } }
  return withGuest(stage, userId, ({ user }) => ({ user, link, sessionId: null, ...taken }))
}

/** By the anchor's word. */
export function endRequest<P extends Person>(stage: Stage<P>, request: RequestName, from: readonly LinkMicStatus[], event: LinkMicEvent): Outcome<P> {
  const guest = stage.guests.find(isFor(request))
  if (guest && from.includes(guest.link.status))
    return withGuest(stage, guest.user.id, one => moved(one, event))
  return hasEnded(stage, request) ? stage : 'GONE'
}

export function report<P extends Person>(stage: Stage<P>, { isMicOn, isCameraOn, ...request }: EventOf<P, 'report'>): Outcome<P> {
  return withTracks(stage, request, ({ link, sound, picture }) => ({
    sound: { ...sound, isOn: isMicOn },
    picture: { ...picture, isOn: isCameraOn && isSeated(link) && link.medium === 'video' },
  }))
}

export function mute<P extends Person>(stage: Stage<P>, { isMicMuted, isCameraMuted, ...request }: EventOf<P, 'mute'>): Outcome<P> {
  return withTracks(stage, request, ({ sound, picture }) => ({ sound: { ...sound, isMuted: isMicMuted }, picture: { ...picture, isMuted: isCameraMuted } }))
}

/** Who has applied already is told that there are no applications any more. */
export function setAdmission<P extends Person>(stage: Stage<P>, { admission, at }: EventOf<P, 'setAdmission'>): Stage<P> {
  if (stage.admission === admission)
    return stage
  const next = { ...stage, admission }
  return admission === 'closed' ? withAll(next, guest => moved(guest, { type: 'close', at })) : next
}

const isFor = ({ userId, requestId }: RequestName) => ({ user, link }: Guest) => user.id === userId && link.requestId === requestId
const hasEnded = ({ endings }: Stage, { userId, requestId }: RequestName) => endings.some(past => past.userId === userId && past.requestId === requestId)

/** A repetition, a request that its own withdrawal has overtaken, or one too many; undefined: it is new. */
function alreadySaid<P extends Person>(stage: Stage<P>, request: RequestName): Outcome<P> | undefined {
  if (stage.guests.some(isFor(request)) || hasEnded(stage, request))
    return stage
  return stage.guests.some(({ user }) => user.id === request.userId) ? 'BUSY' : undefined
}

function withNew<P extends Person>(stage: Stage<P>, user: P, link: LinkMic): Outcome<P> {
  if (link.status === 'idle')
    return 'WAIT'
  const off = { isOn: false, isMuted: false }
  return { ...stage, guests: [...stage.guests, { user, link, seat: null, sessionId: null, sound: off, picture: off }] }
}

function withTracks<P extends Person>(stage: Stage<P>, request: RequestName, tracksOf: (guest: Guest<P>) => Pick<Guest, 'sound' | 'picture'>): Outcome<P> {
  const guest = stage.guests.find(isFor(request))
  if (!guest || !isSeated(guest.link))
    return 'GONE'
  return withGuest(stage, guest.user.id, one => ({ ...one, ...tracksOf(one) }))
}
