/** How a stage's people are moved along; those at the end of their way leave an ending behind. Pure. */
import type { Ending, LinkMicEvent } from './linkMic'
import type { Guest, PastRequest, Person, Stage } from './stageState'
import { transitionLinkMic } from './linkMic'
import { sameValue } from './sameValue'

/** Ended requests that are remembered, so that a late or repeated one is recognised. */
const ENDINGS_MAX = 100
/** One person's requests push out their own endings before those of others. */
const ENDINGS_PER_PERSON = 4
const ENDINGS_KEPT_MS = 10 * 60_000

interface Ended<P extends Person> { readonly user: P, readonly ending: Ending }
type Fate<P extends Person> = Guest<P> | Ended<P>

/** `also`: what else becomes of a guest who goes on. */
export function moved<P extends Person>(guest: Guest<P>, event: LinkMicEvent, also: Partial<Omit<Guest, 'user' | 'link'>> = {}): Fate<P> {
  const link = transitionLinkMic(guest.link, event)
  if (link.status === 'idle')
    return { user: guest.user, ending: link.ending! }
  return { ...guest, ...also, link }
}

export const withGuest = <P extends Person>(stage: Stage<P>, userId: string, fateOf: (guest: Guest<P>) => Fate<P>): Stage<P> => withAll(stage, guest => guest.user.id === userId ? fateOf(guest) : guest)

export function withAll<P extends Person>(stage: Stage<P>, fateOf: (guest: Guest<P>) => Fate<P>): Stage<P> {
  const fates = stage.guests.map(fateOf)
  if (sameValue(fates, stage.guests))
    return stage
  const next: Stage<P> = { ...stage, guests: fates.filter((fate): fate is Guest<P> => 'link' in fate) }
  return fates.reduce((so, fate) => 'ending' in fate ? remember(so, { ...fate.ending, userId: fate.user.id }) : so, next)
}

export function remember<P extends Person>(stage: Stage<P>, ending: PastRequest): Stage<P> {
  const own = stage.endings.filter(past => past.userId === ending.userId)
  const kept = own.length < ENDINGS_PER_PERSON ? stage.endings : stage.endings.filter(past => past !== own[0])
  return { ...stage, endings: [...kept, ending].slice(-ENDINGS_MAX) }
}

export function forget<P extends Person>(stage: Stage<P>, at: number): Stage<P> {
  const kept = stage.endings.filter(ending => at - ending.at < ENDINGS_KEPT_MS)
  return kept.length === stage.endings.length ? stage : { ...stage, endings: kept }
}
