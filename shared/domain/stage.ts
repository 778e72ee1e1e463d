/**
 * A room's stage: three seats for guests and the queue before them. Pure: who asks has been authenticated, time is handed
 * in, and the caller performs the effects. Rules: docs/SPEC.md, section LM.
 *
 * All times are unix milliseconds. Every change makes `version` one greater; nothing changed means the same object.
 */
import type { SeatNumber } from './layout'
import type { Ending, LinkMic, LinkMicEvent, Medium } from './linkMic'
import { SEATS } from './layout'
import { deadlineOf, isSeated, mayApplyAt, NOT_LINKED, transitionLinkMic } from './linkMic'

export const QUEUE_MAX = 20
export const INVITATIONS_MAX = 20
/** Ended requests that are remembered, so that a late or repeated one is recognised. */
const ENDINGS_MAX = 100
const ENDINGS_PER_PERSON = 4
const ENDINGS_KEPT_MS = 10 * 60_000

/** Who decides about applications: the anchor, nobody (whoever applies is let in), or there are none. */
export type AdmissionMode = 'ask' | 'open' | 'closed'

/** A guest's microphone or camera: as the guest has it, and whether the anchor has muted it. */
export interface Track {
  readonly isOn: boolean
  readonly isMuted: boolean
}

/** Somebody on the way to the stage or on it. */
export interface Guest<Person extends { readonly id: string } = { readonly id: string }> {
  readonly user: Person
  readonly link: Exclude<LinkMic, { status: 'idle' }>
  /** Null before the anchor's yes. */
  readonly seat: SeatNumber | null
  /** The publication on air. */
  readonly sessionId: string | null
  readonly sound: Track
  readonly picture: Track
}

export interface Stage<Person extends { readonly id: string } = { readonly id: string }> {
  readonly version: number
  readonly admission: AdmissionMode
  /** The anchor's stream is there; else the clocks of applications stand still. */
  readonly isOnAir: boolean
  /** Applications in the order in which they came. */
  readonly guests: readonly Guest<Person>[]
  readonly endings: readonly (Ending & { readonly userId: string })[]
}

export type StageEvent<Person extends { readonly id: string }>
  // a person's own requests
  = | { readonly type: 'apply', readonly user: Person, readonly requestId: string, readonly medium: Medium, readonly isHere: boolean, readonly at: number }
    | { readonly type: 'leave', readonly userId: string, readonly requestId: string, readonly at: number }
    | { readonly type: 'acceptInvitation', readonly userId: string, readonly requestId: string, readonly medium: Medium, readonly at: number }
    | { readonly type: 'report', readonly userId: string, readonly requestId: string, readonly isMicOn: boolean, readonly isCameraOn: boolean }
  // the anchor's
    | { readonly type: 'invite', readonly user: Person, readonly requestId: string, readonly at: number }
    | { readonly type: 'withdraw', readonly userId: string, readonly requestId: string, readonly at: number }
    | { readonly type: 'accept', readonly userId: string, readonly requestId: string, readonly at: number }
    | { readonly type: 'reject', readonly userId: string, readonly requestId: string, readonly at: number }
    | { readonly type: 'kick', readonly userId: string, readonly requestId: string, readonly at: number }
    | { readonly type: 'mute', readonly userId: string, readonly requestId: string, readonly isMicMuted: boolean, readonly isCameraMuted: boolean }
    | { readonly type: 'setAdmission', readonly admission: AdmissionMode, readonly at: number }
  // the media engine's, chat's, the room's, the clock's
    | { readonly type: 'published', readonly userId: string, readonly sessionId: string, readonly at: number }
    | { readonly type: 'unpublished', readonly userId: string, readonly sessionId: string, readonly at: number }
    | { readonly type: 'presence', readonly userId: string, readonly presence: 'here' | 'dropped' | 'left', readonly at: number }
    | { readonly type: 'renamed', readonly user: Person }
    | { readonly type: 'onAir', readonly isOnAir: boolean, readonly at: number }
  /** The server has started anew: no socket and no publication survived it. */
    | { readonly type: 'restarted', readonly at: number }
    | { readonly type: 'roomEnded', readonly at: number }
    | { readonly type: 'tick', readonly at: number }

export type StageRefusal
  /** Applications are switched off. */
  = | 'CLOSED'
  /** After a rejection or removal; the ending says until when. */
    | 'WAIT'
    | 'QUEUE_FULL'
    | 'STAGE_FULL'
  /** Applying, invited or on stage already. */
    | 'BUSY'
  /** The application, invitation or seat is over. */
    | 'GONE'

export type StageEffect
  /** A seat is lost: its stream must not go on. */
  = | { readonly type: 'cut', readonly userId: string }
  /** What the audience may hear and see of a guest. */
    | { readonly type: 'mute', readonly userId: string, readonly isMicMuted: boolean, readonly isCameraMuted: boolean }
  /** What everybody sees of the stage has changed. */
    | { readonly type: 'announce' }
  /** What the anchor or a guest sees of it has changed. */
    | { readonly type: 'tell' }

export interface StageStep<Person extends { readonly id: string }> {
  readonly state: Stage<Person>
  readonly effects: readonly StageEffect[]
  /** Why the request was not granted; the stage may have changed all the same. */
  readonly refusal?: StageRefusal
}

export const EMPTY_STAGE: Stage<never> = { version: 0, admission: 'ask', isOnAir: false, guests: [], endings: [] }

interface Person { readonly id: string }
type Outcome<P extends Person> = Stage<P> | StageRefusal

export function transitionStage<P extends Person>(stage: Stage<P>, event: StageEvent<P>): StageStep<P> {
  const outcome = decide(stage, event)
  if (typeof outcome === 'string')
    return { state: stage, effects: [], refusal: outcome }
  const settled = 'at' in event ? settle(outcome, event.at) : outcome
  const state = settled === stage ? stage : { ...settled, version: stage.version + 1 }
  return { state, effects: [...effectsBetween(stage, state), ...strayStream(state, event)] }
}

/** When `tick` is due; undefined: nobody waits. */
export function stageDeadline({ guests }: Stage): number | undefined {
  const deadlines = guests.map(({ link }) => deadlineOf(link)).filter(deadline => deadline !== undefined)
  return deadlines.length > 0 ? Math.min(...deadlines) : undefined
}

export const queueOf = <P extends Person>({ guests }: Stage<P>): readonly Guest<P>[] => guests.filter(({ link }) => link.status === 'applying')

export const seatedOf = <P extends Person>({ guests }: Stage<P>): readonly Guest<P>[] => guests.filter(({ link }) => isSeated(link)).sort((one, other) => one.seat! - other.seat!)

export const holdsSeat = (stage: Stage, userId: string): boolean => seatedOf(stage).some(({ user }) => user.id === userId)

export function freeSeat(stage: Stage): SeatNumber | undefined {
  const taken = stage.guests.map(({ seat }) => seat)
  return SEATS.find(seat => !taken.includes(seat))
}

/** A person's way, the last ending included. */
export function linkOf(stage: Stage, userId: string): LinkMic {
  const guest = stage.guests.find(({ user }) => user.id === userId)
  const ending = stage.endings.filter(past => past.userId === userId).pop()
  if (guest)
    return guest.link
  return ending ? { status: 'idle', ending: { requestId: ending.requestId, reason: ending.reason, at: ending.at, waitUntil: ending.waitUntil } } : NOT_LINKED
}

function decide<P extends Person>(stage: Stage<P>, event: StageEvent<P>): Outcome<P> {
  switch (event.type) {
    case 'apply': return apply(stage, event)
    case 'invite': return invite(stage, event)
    case 'leave': return leave(stage, event)
    case 'accept': return onto(stage, event, 'applying', { type: 'accept', at: event.at })
    case 'acceptInvitation': return onto(stage, event, 'invited', { type: 'acceptInvitation', medium: event.medium, at: event.at })
    case 'reject': return change(stage, event, ['applying'], { type: 'reject', at: event.at })
    case 'withdraw': return change(stage, event, ['invited'], { type: 'withdraw', at: event.at })
    case 'kick': return change(stage, event, ['connecting', 'linked', 'dropped'], { type: 'kick', at: event.at })
    case 'report': return withTracks(stage, event, ({ sound, picture, link }) => ({ sound: { ...sound, isOn: event.isMicOn }, picture: { ...picture, isOn: event.isCameraOn && 'medium' in link && link.medium === 'video' } }))
    case 'mute': return withTracks(stage, event, ({ sound, picture }) => ({ sound: { ...sound, isMuted: event.isMicMuted }, picture: { ...picture, isMuted: event.isCameraMuted } }))
    case 'setAdmission': return setAdmission(stage, event)
    case 'published': return withGuest(stage, event.userId, guest => isSeated(guest.link) ? { ...moved(guest, event), sessionId: event.sessionId } : guest)
    // After a takeover the old publication ends late; it is not the one on air.
    case 'unpublished': return withGuest(stage, event.userId, guest => guest.sessionId === event.sessionId ? { ...moved(guest, event), sessionId: null } : guest)
    case 'presence': return withPresence(stage, event)
    case 'renamed': return withGuest(stage, event.user.id, guest => ({ ...guest, user: event.user }))
    case 'onAir': return stage.isOnAir === event.isOnAir ? stage : { ...stage, isOnAir: event.isOnAir }
    case 'restarted': return withAll({ ...stage, isOnAir: false }, guest => lostEverything(guest, event.at))
    case 'roomEnded':
    case 'tick': return withAll(stage, guest => moved(guest, event))
  }
}

interface Request { readonly userId: string, readonly requestId: string }

const isFor = ({ userId, requestId }: Request) => ({ user, link }: Guest) => user.id === userId && link.requestId === requestId
const hasEnded = ({ endings }: Stage, { userId, requestId }: Request) => endings.some(past => past.userId === userId && past.requestId === requestId)

function apply<P extends Person>(stage: Stage<P>, { user, requestId, medium, isHere, at }: Extract<StageEvent<P>, { type: 'apply' }>): Outcome<P> {
  const request = { userId: user.id, requestId }
  const present = stage.guests.find(guest => guest.user.id === user.id)
  if (present)
    return present.link.requestId === requestId ? stage : 'BUSY'
  if (hasEnded(stage, request))
    return stage // a repetition, or it was overtaken by its own withdrawal
  if (stage.admission === 'closed')
    return 'CLOSED'
  const link = linkOf(stage, user.id)
  if (at < mayApplyAt(link))
    return 'WAIT'
  if (queueOf(stage).length >= QUEUE_MAX)
    return 'QUEUE_FULL'
  const applying = transitionLinkMic(link, { type: 'apply', requestId, medium, at })
  return withNew(stage, user, isHere ? applying : transitionLinkMic(applying, { type: 'lost', at }))
}

function invite<P extends Person>(stage: Stage<P>, { user, requestId, at }: Extract<StageEvent<P>, { type: 'invite' }>): Outcome<P> {
  const request = { userId: user.id, requestId }
  const present = stage.guests.find(guest => guest.user.id === user.id)
  if (present?.link.status === 'applying')
    return onto(stage, { userId: user.id, requestId: present.link.requestId }, 'applying', { type: 'accept', at }) // both want it
  if (present)
    return present.link.requestId === requestId ? stage : 'BUSY'
  if (hasEnded(stage, request))
    return stage
  if (stage.guests.filter(({ link }) => link.status === 'invited').length >= INVITATIONS_MAX)
    return 'QUEUE_FULL'
  return withNew(stage, user, transitionLinkMic(linkOf(stage, user.id), { type: 'invite', requestId, at }))
}

/** Taken back before it has arrived, a request is over before it begins. */
function leave<P extends Person>(stage: Stage<P>, request: Extract<StageEvent<P>, { type: 'leave' }>): Outcome<P> {
  const { userId, requestId, at } = request
  const link = linkOf(stage, userId)
  if (link.status !== 'idle' && link.requestId === requestId)
    return withGuest(stage, userId, guest => moved(guest, request))
  if (hasEnded(stage, request))
    return stage
  const waitUntil = link.status === 'idle' ? mayApplyAt(link) : 0
  return remember(stage, { userId, requestId, reason: 'cancelled', at, waitUntil })
}

/** From the queue, or an invitation, onto the stage. */
function onto<P extends Person>(stage: Stage<P>, request: Request, from: 'applying' | 'invited', event: LinkMicEvent): Outcome<P> {
  const guest = stage.guests.find(isFor(request))
  if (guest && isSeated(guest.link))
    return stage // said twice
  if (guest?.link.status !== from)
    return 'GONE'
  const seat = freeSeat(stage)
  if (seat === undefined)
    return 'STAGE_FULL'
  return withAll(stage, one => one === guest ? seated(one, seat, event) : one)
}

function seated<P extends Person>(guest: Guest<P>, seat: SeatNumber, event: LinkMicEvent): Guest<P> | Ended<P> {
  const next = moved(guest, event)
  if (!('link' in next) || !isSeated(next.link))
    return next
  return { ...next, seat, sound: { isOn: true, isMuted: false }, picture: { isOn: next.link.medium === 'video', isMuted: false } }
}

function change<P extends Person>(stage: Stage<P>, request: Request, from: readonly LinkMic['status'][], event: LinkMicEvent): Outcome<P> {
  const guest = stage.guests.find(isFor(request))
  if (!guest || !from.includes(guest.link.status))
    return hasEnded(stage, request) ? stage : 'GONE'
  return withAll(stage, one => one === guest ? moved(one, event) : one)
}

function withTracks<P extends Person>(stage: Stage<P>, request: Request, tracks: (guest: Guest<P>) => Pick<Guest, 'sound' | 'picture'>): Outcome<P> {
  const guest = stage.guests.find(isFor(request))
  if (!guest || !isSeated(guest.link))
    return 'GONE'
  const next = { ...guest, ...tracks(guest) }
  return sameTracks(guest, next) ? stage : withAll(stage, one => one === guest ? next : one)
}

function setAdmission<P extends Person>(stage: Stage<P>, { admission, at }: Extract<StageEvent<P>, { type: 'setAdmission' }>): Stage<P> {
  if (stage.admission === admission)
    return stage
  const next = { ...stage, admission }
  return admission === 'closed' ? withAll(next, guest => moved(guest, { type: 'close', at })) : next
}

function withPresence<P extends Person>(stage: Stage<P>, { userId, presence, at }: Extract<StageEvent<P>, { type: 'presence' }>): Stage<P> {
  const events: Readonly<Record<typeof presence, LinkMicEvent>> = { here: { type: 'found' }, dropped: { type: 'lost', at }, left: { type: 'leave', at } }
  return withGuest(stage, userId, guest => moved(guest, events[presence]))
}

/** Its deadline begins anew: the time the server was away is not the guest's fault. */
function lostEverything<P extends Person>(guest: Guest<P>, at: number): Guest<P> {
  const { link } = guest
  switch (link.status) {
    case 'linked': return { ...guest, sessionId: null, link: { ...link, status: 'dropped', streamLostAt: at, lostAt: at } }
    case 'dropped': return { ...guest, sessionId: null, link: { ...link, streamLostAt: at, lostAt: at } }
    default: return { ...guest, link: { ...link, lostAt: at } }
  }
}

/** What follows from every change: who applies is let in where nobody is asked, and clocks run while there is a seat to give. */
function settle<P extends Person>(stage: Stage<P>, at: number): Stage<P> {
  let next = forget(stage, at)
  while (next.admission === 'open' && next.isOnAir) {
    const [first] = queueOf(next)
    const seat = freeSeat(next)
    if (!first || seat === undefined)
      break
    next = withAll(next, guest => guest === first ? seated(guest, seat, { type: 'accept', at }) : guest)
  }
  const isRunning = next.isOnAir && freeSeat(next) !== undefined
  return withAll(next, guest => moved(guest, { type: 'clock', isRunning, at }))
}

interface Ended<P extends Person> { readonly user: P, readonly ending: Ending }

function moved<P extends Person>(guest: Guest<P>, event: LinkMicEvent): Guest<P> | Ended<P> {
  const link = transitionLinkMic(guest.link, event)
  if (link === guest.link)
    return guest
  return link.status === 'idle' ? { user: guest.user, ending: link.ending! } : { ...guest, link }
}

function withNew<P extends Person>(stage: Stage<P>, user: P, link: LinkMic): Outcome<P> {
  if (link.status === 'idle')
    return 'WAIT'
  return { ...stage, guests: [...stage.guests, { user, link, seat: null, sessionId: null, sound: { isOn: true, isMuted: false }, picture: { isOn: true, isMuted: false } }] }
}

const withGuest = <P extends Person>(stage: Stage<P>, userId: string, map: (guest: Guest<P>) => Guest<P> | Ended<P>): Stage<P> => withAll(stage, guest => guest.user.id === userId ? map(guest) : guest)

/** Those who are at the end of their way leave an ending behind. */
function withAll<P extends Person>(stage: Stage<P>, map: (guest: Guest<P>) => Guest<P> | Ended<P>): Stage<P> {
  const mapped = stage.guests.map(map)
  if (mapped.every((guest, index) => guest === stage.guests[index]))
    return stage
  let next: Stage<P> = { ...stage, guests: mapped.filter((guest): guest is Guest<P> => 'link' in guest) }
  for (const guest of mapped) {
    if ('ending' in guest)
      next = remember(next, { ...guest.ending, userId: guest.user.id })
  }
  return next
}

/** Nobody can make the stage forget how others ended. */
function remember<P extends Person>(stage: Stage<P>, ending: Stage['endings'][number]): Stage<P> {
  const own = stage.endings.filter(past => past.userId === ending.userId)
  const kept = own.length < ENDINGS_PER_PERSON ? stage.endings : stage.endings.filter(past => past !== own[0])
  return { ...stage, endings: [...kept, ending].slice(-ENDINGS_MAX) }
}

function forget<P extends Person>(stage: Stage<P>, at: number): Stage<P> {
  const kept = stage.endings.filter(ending => at - ending.at < ENDINGS_KEPT_MS)
  return kept.length === stage.endings.length ? stage : { ...stage, endings: kept }
}

const sameTrack = (one: Track, other: Track) => one.isOn === other.isOn && one.isMuted === other.isMuted
const sameTracks = (one: Pick<Guest, 'sound' | 'picture'>, other: Pick<Guest, 'sound' | 'picture'>) => sameTrack(one.sound, other.sound) && sameTrack(one.picture, other.picture)

/** What a change asks of the world is seen by comparing before and after: no path can forget it. */
function effectsBetween<P extends Person>(before: Stage<P>, after: Stage<P>): StageEffect[] {
  if (before === after)
    return []
  const effects: StageEffect[] = []
  for (const guest of seatedOf(before)) {
    const { user, link } = guest
    if (!seatedOf(after).some(isFor({ userId: user.id, requestId: link.requestId })))
      effects.push({ type: 'cut', userId: user.id })
  }
  for (const { user, sound, picture } of seatedOf(after)) {
    const was = seatedOf(before).find(guest => guest.user.id === user.id)
    if ((was?.sound.isMuted ?? false) !== sound.isMuted || (was?.picture.isMuted ?? false) !== picture.isMuted)
      effects.push({ type: 'mute', userId: user.id, isMicMuted: sound.isMuted, isCameraMuted: picture.isMuted })
  }
  if (before.admission !== after.admission || !sameSeats(before, after))
    effects.push({ type: 'announce' })
  effects.push({ type: 'tell' })
  return effects
}

function sameSeats(before: Stage, after: Stage): boolean {
  const one = seatedOf(before)
  const other = seatedOf(after)
  return one.length === other.length && one.every((guest, index) => {
    const same = other[index]!
    return guest.user === same.user && guest.seat === same.seat && guest.link.status === same.link.status && guest.link.requestId === same.link.requestId && deadlineOf(guest.link) === deadlineOf(same.link) && sameTracks(guest, same)
  })
}

/** A stream of somebody without a seat, let in while the seat was being lost. */
function strayStream<P extends Person>(stage: Stage<P>, event: StageEvent<P>): StageEffect[] {
  return event.type === 'published' && !holdsSeat(stage, event.userId) ? [{ type: 'cut', userId: event.userId }] : []
}
