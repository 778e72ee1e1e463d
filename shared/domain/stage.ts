/**
 * A room's stage: three seats for guests and the queue before them. Pure: who asks has been authenticated, time is handed
 * in, and the caller performs the effects. Rules: docs/SPEC.md, section LM.
 *
 * All times are unix milliseconds. Every change makes `version` one greater; nothing changed means the same object.
 */
import type { StageEffect } from './stageEffects'
import type { StageEvent, StageRefusal } from './stageEvent'
import type { Outcome } from './stageRequests'
import type { Person, Stage } from './stageState'
import { isSeated } from './linkMic'
import { forget, moved, withAll, withGuest } from './stageChange'
import { effectsBetween, mutesBetween } from './stageEffects'
import { apply, endRequest, invite, leave, mute, ontoStage, report, seat, setAdmission, takeSeat } from './stageRequests'
import { EMPTY_STAGE, freeSeat, holdsSeat, queueOf } from './stageState'

export type { StageEffect } from './stageEffects'
export type { StageEvent, StageRefusal } from './stageEvent'
export type { AdmissionMode, Applicant, Guest, SeatedGuest, Stage, Track } from './stageState'
export { EMPTY_STAGE, freeSeat, holdsSeat, INVITATIONS_MAX, linkOf, QUEUE_MAX, queueOf, seatedOf, stageDeadline } from './stageState'

export interface StageStep<P extends Person> {
  readonly state: Stage<P>
  /** To be performed in this order. */
  readonly effects: readonly StageEffect[]
  /** Why the request was not granted; then nothing has changed. */
  readonly refusal?: StageRefusal
}

export function transitionStage<P extends Person>(stage: Stage<P>, event: StageEvent<P>): StageStep<P> {
  const outcome = decide(stage, event)
  if (typeof outcome === 'string')
    return { state: stage, effects: [], refusal: outcome }
  const settled = 'at' in event ? settle(outcome, event.at) : outcome
  const state = settled === stage ? stage : { ...settled, version: stage.version + 1 }
  return { state, effects: [...effectsBetween(stage, state), ...effectsOf(event, state)] }
}

function decide<P extends Person>(stage: Stage<P>, event: StageEvent<P>): Outcome<P> {
  switch (event.type) {
    case 'apply': return apply(stage, event)
    case 'invite': return invite(stage, event)
    case 'leave': return leave(stage, event)
    case 'seat': return takeSeat(stage, event)
    case 'accept': return ontoStage(stage, event, 'applying', { type: 'accept', at: event.at })
    case 'acceptInvitation': return ontoStage(stage, event, 'invited', event)
    case 'reject': return endRequest(stage, event, ['applying'], { type: 'reject', at: event.at })
    case 'withdraw': return endRequest(stage, event, ['invited'], { type: 'withdraw', at: event.at })
    case 'kick': return endRequest(stage, event, ['connecting', 'linked', 'dropped'], { type: 'kick', at: event.at })
    case 'report': return report(stage, event)
    case 'mute': return mute(stage, event)
    case 'setAdmission': return setAdmission(stage, event)
    case 'published': return withGuest(stage, event.userId, guest => isSeated(guest.link) ? moved(guest, { type: 'published', at: event.at }, { sessionId: event.sessionId }) : guest)
    // After a takeover the old publication ends late; it is not the one on air.
    case 'unpublished': return withGuest(stage, event.userId, guest => guest.sessionId === event.sessionId ? moved(guest, { type: 'unpublished', at: event.at }, { sessionId: null }) : guest)
    case 'presence': return withGuest(stage, event.userId, guest => moved(guest, { type: PRESENCE[event.presence], at: event.at }))
    case 'renamed': return withGuest(stage, event.user.id, guest => ({ ...guest, user: event.user }))
    case 'onAir': return setOnAir(stage, event.isOnAir)
    case 'restarted': return withAll(setOnAir(stage, false), guest => moved(guest, event, { sessionId: null }))
    case 'roomEnded': return withAll(setOnAir(stage, false), guest => moved(guest, event))
    case 'tick': return withAll(stage, guest => moved(guest, event))
  }
}

const PRESENCE = { here: 'found', dropped: 'lost', left: 'leave' } as const

const setOnAir = <P extends Person>(stage: Stage<P>, isOnAir: boolean): Stage<P> => stage.isOnAir === isOnAir ? stage : { ...stage, isOnAir }

/** What follows from every change: who applies is let in where nobody is asked, and clocks run while there is a seat to give. */
function settle<P extends Person>(stage: Stage<P>, at: number): Stage<P> {
  const admitted = admit(forget(stage, at), at)
  const isRunning = admitted.isOnAir && freeSeat(admitted) !== undefined
  return withAll(admitted, guest => moved(guest, { type: 'clock', isRunning, at }))
}

/** In their order, but for those whose socket is gone: they are let in when they are back. */
function admit<P extends Person>(stage: Stage<P>, at: number): Stage<P> {
  const first = stage.admission === 'open' && stage.isOnAir ? queueOf(stage).find(({ link }) => link.lostAt === null) : undefined
  const next = first && seat(stage, first, { type: 'accept', at })
  return next ? admit(next, at) : stage
}

/** What an event asks of the world whatever it changes. */
function effectsOf<P extends Person>(event: StageEvent<P>, stage: Stage<P>): StageEffect[] {
  switch (event.type) {
    // Of somebody without a seat: let in while the seat was being lost.
    case 'published': return holdsSeat(stage, event.userId) ? [] : [{ type: 'cut', userId: event.userId }]
    // The media engine has started anew, too: it knows of no mutes.
    case 'restarted': return mutesBetween(EMPTY_STAGE, stage)
    default: return []
  }
}
