/**
 * One goal, several ways: which way to open next, when to wait and when to give up, for publishing and playing alike.
 * Pure; createMediaDrive acts on it. Rules: docs/SPEC.md, section PB.
 *
 * `seq` names one opening or one wait: a late answer carries an old number and changes nothing.
 */
import type { Step } from '@/shared/domain/transition'
import type { MediaProblem, MediaStatistics, MediaStatus } from '@/src/live/components/media'
import { step } from '@/shared/domain/transition'

export type Way = MediaStatistics['transport']

export type MediaFailure
  /** The server said no, and will say no again to the same URL. */
  = | 'refused'
  /** Another page or device of the same person publishes now: taking it back is for the person to decide. */
    | 'replaced'
  /** Nobody publishes. */
    | 'gone'
  /** This way cannot work on this device or for this stream. */
    | 'unsupported'
  /** Everything that may pass: network, server, silence. */
    | 'lost'

export interface PlanPolicy {
  /** How long one way may take until media flows. */
  readonly openMs: number
  /** A way that was lost sooner than this has not proved itself: waits grow, and another way goes first. */
  readonly steadyMs: number
}

interface Course {
  readonly seq: number
  /** Best first: a way that worked moves to the front. */
  readonly ways: readonly Way[]
  /** Of the next wait, from 0; counts on until media has flowed for `steadyMs`. */
  readonly attempt: number
}

interface Outage {
  readonly wasLive: boolean
  /** The problem already reported for this outage. */
  readonly told: MediaProblem['code'] | null
}

export type PlanState
  = | { readonly status: 'idle' | 'failed', readonly seq: number }
  /** `left` are the ways of this round not tried yet. */
    | Course & Outage & { readonly status: 'opening', readonly way: Way, readonly left: readonly Way[] }
    | Course & { readonly status: 'live', readonly way: Way, readonly since: number, readonly isWavering: boolean }
    | Course & Outage & { readonly status: 'waiting' }

export type PlanEvent
  = | { readonly type: 'start', readonly ways: readonly Way[] }
  /** Media flows. */
    | { readonly type: 'opened', readonly seq: number, readonly at: number }
    | { readonly type: 'failed', readonly seq: number, readonly failure: MediaFailure, readonly at: number, readonly nativeCode?: number }
  /** Nothing flows at the moment, and the way itself is trying to get it back; `opened` when it has. */
    | { readonly type: 'wavered', readonly seq: number }
  /** The time that `expect` or `wait` asked for has passed. */
    | { readonly type: 'timeUp', readonly seq: number, readonly at: number }
  /** There is reason to hope: the network is back, the room is live again. */
    | { readonly type: 'hurry' }
  /** Something else is wanted in the place of what was: another stream, another mode. */
    | { readonly type: 'redirect', readonly ways: readonly Way[] }
  /** The page goes away and may come back. */
    | { readonly type: 'suspend' }
    | { readonly type: 'stop' }

export type PlanEffect
  = | { readonly type: 'open', readonly way: Way, readonly seq: number }
  /** Ends what is open; no other `open` comes before it. */
    | { readonly type: 'close' }
  /** Ask again with `timeUp` after so long. */
    | { readonly type: 'expect', readonly seq: number, readonly ms: number }
  /** As `expect`; how long is the back-off's business. */
    | { readonly type: 'wait', readonly seq: number, readonly attempt: number }
    | { readonly type: 'problem', readonly problem: MediaProblem }

export type PlanStep = Step<PlanState, PlanEffect>

export const IDLE_PLAN: PlanState = { status: 'idle', seq: 0 }

export function transitionPlan(state: PlanState, event: PlanEvent, policy: PlanPolicy): PlanStep {
  switch (event.type) {
    case 'start': return state.status === 'idle' || state.status === 'failed' ? begin(state, event.ways, policy) : hurry(state, policy)
    case 'hurry': return hurry(state, policy)
    case 'redirect': return redirect(state, event.ways, policy)
    case 'opened': return whenOpened(state, event)
    case 'wavered': return state.status === 'live' && state.seq === event.seq ? step({ ...state, isWavering: true }) : step(state)
    case 'failed': return isOpen(state) && state.seq === event.seq ? fail(state, event, policy) : step(state)
    case 'timeUp': return whenTimeUp(state, event, policy)
    case 'suspend': return isOpen(state) ? prepend({ type: 'close' }, wait({ ...state, attempt: 0 }, outageOf(state))) : step(state)
    case 'stop': return isOpen(state) ? step(idle(state), { type: 'close' }) : step(idle(state))
  }
}

/** The state in the words of MediaPusher and MediaPlayer. */
export function statusOf(state: PlanState): MediaStatus {
  if (state.status === 'opening' || state.status === 'waiting')
    return state.wasLive ? 'interrupted' : 'connecting'
  return state.status === 'live' && state.isWavering ? 'interrupted' : state.status
}

type Opening = Extract<PlanState, { status: 'opening' }>
type Open = Opening | Extract<PlanState, { status: 'live' }>
type Failed = Extract<PlanEvent, { type: 'failed' }>

const isOpen = (state: PlanState): state is Open => state.status === 'opening' || state.status === 'live'
const isOpening = (state: PlanState, seq: number): state is Opening => state.status === 'opening' && state.seq === seq
const idle = ({ seq }: PlanState): PlanState => ({ status: 'idle', seq })
const outageOf = (state: Open): Outage => state.status === 'live' ? { wasLive: true, told: null } : state

function begin({ seq }: PlanState, ways: readonly Way[], policy: PlanPolicy): PlanStep {
  if (ways.length === 0)
    return step({ status: 'failed', seq }, { type: 'problem', problem: { code: 'UNSUPPORTED' } })
  return open({ seq, ways, attempt: 0 }, { wasLive: false, told: null }, ways, policy)
}

function hurry(state: PlanState, policy: PlanPolicy): PlanStep {
  return state.status === 'waiting' ? open({ ...state, attempt: 0 }, state, state.ways, policy) : step(state)
}

/** What gave up before may well work with what is wanted now. */
function redirect(state: PlanState, ways: readonly Way[], policy: PlanPolicy): PlanStep {
  if (state.status === 'idle')
    return step(state)
  const beginning = begin(state, ways, policy)
  return isOpen(state) ? prepend({ type: 'close' }, beginning) : beginning
}

function open({ seq, ways, attempt }: Course, { wasLive, told }: Outage, [way, ...left]: readonly Way[], policy: PlanPolicy): PlanStep {
  const next = seq + 1
  return step(
    { status: 'opening', seq: next, ways, attempt, wasLive, told, way, left },
    { type: 'open', way, seq: next },
    { type: 'expect', seq: next, ms: policy.openMs },
  )
}

function whenOpened(state: PlanState, { seq, at }: Extract<PlanEvent, { type: 'opened' }>): PlanStep {
  if (state.status === 'live' && state.seq === seq)
    return step(state.isWavering ? { ...state, isWavering: false } : state)
  if (!isOpening(state, seq))
    return step(state)
  const { ways, way, attempt } = state
  return step({ status: 'live', seq, way, attempt, since: at, isWavering: false, ways: [way, ...ways.filter(other => other !== way)] })
}

function whenTimeUp(state: PlanState, event: Extract<PlanEvent, { type: 'timeUp' }>, policy: PlanPolicy): PlanStep {
  if (isOpening(state, event.seq))
    return fail(state, { type: 'failed', failure: 'lost', seq: event.seq, at: event.at }, policy)
  return state.status === 'waiting' && state.seq === event.seq ? open(state, state, state.ways, policy) : step(state)
}

const FINAL: { readonly [failure in MediaFailure]?: MediaProblem['code'] } = { refused: 'REFUSED', replaced: 'REPLACED' }

function fail(state: Open, event: Failed, policy: PlanPolicy): PlanStep {
  const final = FINAL[event.failure]
  return prepend({ type: 'close' }, final
    ? giveUp(state, final, event.nativeCode)
    : state.status === 'live' ? afterLive(state, event, policy) : afterOpening(state, event, policy))
}

function afterLive(state: Extract<PlanState, { status: 'live' }>, { failure, at }: Failed, policy: PlanPolicy): PlanStep {
  const others = state.ways.filter(way => way !== state.way)
  const outage: Outage = { wasLive: true, told: null }
  if (failure === 'unsupported')
    return others.length ? open({ ...state, ways: others }, outage, others, policy) : giveUp(state, 'UNSUPPORTED')
  const wasSteady = at - state.since >= policy.steadyMs
  const ways = wasSteady || failure === 'gone' ? state.ways : [...others, state.way]
  return wait({ ...state, ways, attempt: wasSteady ? 0 : state.attempt }, outage)
}

function afterOpening(state: Opening, { failure, nativeCode }: Failed, policy: PlanPolicy): PlanStep {
  const ways = failure === 'unsupported' ? state.ways.filter(way => way !== state.way) : state.ways
  if (ways.length === 0)
    return giveUp(state, 'UNSUPPORTED', nativeCode)
  if (failure !== 'gone' && state.left.length > 0)
    return open({ ...state, ways }, state, state.left, policy)
  const code = failure === 'gone' ? 'STREAM_GONE' : 'NETWORK'
  const waiting = wait({ ...state, ways }, { wasLive: state.wasLive, told: code })
  return state.told === code ? waiting : prepend({ type: 'problem', problem: problemOf(code, nativeCode) }, waiting)
}

function wait({ seq, ways, attempt }: Course, { wasLive, told }: Outage): PlanStep {
  const next = seq + 1
  return step(
    { status: 'waiting', seq: next, ways, attempt: attempt + 1, wasLive, told },
    { type: 'wait', seq: next, attempt },
  )
}

function giveUp({ seq }: PlanState, code: MediaProblem['code'], nativeCode?: number): PlanStep {
  return step({ status: 'failed', seq }, { type: 'problem', problem: problemOf(code, nativeCode) })
}

function problemOf(code: MediaProblem['code'], nativeCode?: number): MediaProblem {
  return nativeCode === undefined ? { code } : { code, nativeCode }
}

function prepend(effect: PlanEffect, { state, effects }: PlanStep): PlanStep {
  return { state, effects: [effect, ...effects] }
}
