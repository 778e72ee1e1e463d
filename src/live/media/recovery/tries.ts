/** The tries of an outage: opening ways, waiting between them, giving up. Of the machine in recovery.ts. */
import type { Active, Holder, MediaFailure, Moment, Open, Recovery, RecoveryEffect, RecoveryEvent, RecoveryPolicy, RecoveryStep, Way } from './recoveryState'
import type { MediaProblem } from '@/src/live/components/media'
import { step } from '@/shared/domain/transition'
import { isOpen, isResting } from './recoveryState'

export const STUCK_AFTER_MS = 60_000

/** What every reaction needs beside state and event. */
export type Rules = Moment & { readonly policy: RecoveryPolicy }

type Failed = Extract<RecoveryEvent, { type: 'failed' }>
type Opening = Extract<Recovery, { status: 'opening' }>
type Live = Extract<Recovery, { status: 'live' }>
type Waiting = Extract<Recovery, { status: 'waiting' }>

/** Everything that a status adds is left out, so that no state carries what is not true in it. */
const worldOf = ({ seq, isOnline, isHidden, ending }: Recovery) => ({ seq, isOnline, isHidden, ending })

export function courseOf(state: Active) {
  const { ways, attempt, since, wasLive, told, lacks, holders } = state
  return { ...worldOf(state), ways, attempt, since, wasLive, told, lacks, holders }
}
type OnCourse = ReturnType<typeof courseOf>

export function begin(state: Recovery, ways: readonly Way[], holders: readonly Holder[], rules: Rules): RecoveryStep {
  const world = worldOf(state)
  if (ways.length === 0)
    return step({ ...world, status: 'failed' }, { type: 'problem', problem: { code: 'UNSUPPORTED' } })
  return open({ ...world, ways, attempt: 0, since: rules.at, wasLive: false, told: null, lacks: null, holders }, ways, rules)
}

export function open(course: OnCourse, [way, ...left]: readonly Way[], { at }: Rules): RecoveryStep {
  const seq = course.seq + 1
  return step({ ...course, seq, status: 'opening', way, left, openedAt: at, lacks: null }, { type: 'open', way, seq })
}

/** Patience begins anew. */
export function retry(state: Waiting, rules: Rules): RecoveryStep {
  return open({ ...courseOf(state), attempt: 0, since: rules.at }, state.ways, rules)
}

/** Ends a wait, unless there is reason to rest. */
export function goOn(state: Recovery, rules: Rules): RecoveryStep {
  return state.status === 'waiting' && !isResting(state) ? retry(state, rules) : step(state)
}

/** It stands, but nothing flows: there is nothing to wait for. */
export function openAnew(state: Live, rules: Rules): RecoveryStep {
  return closing(state, now => isResting(now) ? wait(courseOf(now), rules) : open({ ...courseOf(now), since: rules.at }, now.ways, rules))
}

export function end(state: Recovery, status: 'idle' | 'failed'): RecoveryStep {
  return isOpen(state)
    ? step<Recovery, RecoveryEffect>({ ...worldOf(state), status, ending: 'asked' }, { type: 'close', seq: state.seq })
    : step({ ...worldOf(state), status })
}

/** For good: no try with the same address can help. */
const FINAL: { readonly [failure in MediaFailure]?: MediaProblem['code'] } = { refused: 'REFUSED', replaced: 'REPLACED' }

export function fail(state: Open, event: Failed, rules: Rules): RecoveryStep {
  const final = FINAL[event.failure]
  if (final)
    return giveUp(state, final, event.nativeCode)
  if (state.status === 'live')
    return closing(state, now => afterLive(now, event, rules))
  return state.lacks ? end(state, 'failed') : closing(state, now => afterOpening(now, event, rules))
}

function afterLive(state: Live, { failure }: Failed, rules: Rules): RecoveryStep {
  const course = courseOf(state)
  const others = state.ways.filter(way => way !== state.way)
  if (failure === 'unsupported')
    return others.length ? open({ ...course, ways: others }, others, rules) : over(state, 'UNSUPPORTED')
  const wasSteady = rules.at - state.liveSince >= rules.policy.steadyMs
  const ways = wasSteady || failure === 'gone' ? state.ways : [...others, state.way]
  return wait(wasSteady ? { ...course, ways, attempt: 0, since: rules.at } : { ...course, ways }, rules)
}

function afterOpening(state: Opening, { failure, nativeCode }: Failed, rules: Rules): RecoveryStep {
  const ways = failure === 'unsupported' ? state.ways.filter(way => way !== state.way) : state.ways
  if (ways.length === 0)
    return over(state, 'UNSUPPORTED', nativeCode)
  const course = { ...courseOf(state), ways }
  if (failure !== 'gone' && state.left.length > 0)
    return open(course, state.left, rules)
  const code = failure === 'gone' ? 'STREAM_GONE' : 'NETWORK'
  const waiting = wait({ ...course, told: code }, rules)
  return state.told === code ? waiting : prepend({ type: 'problem', problem: problemOf(code, nativeCode) }, waiting)
}

/** Half of it to all of it: a restarted server must not meet all its clients in the same second. */
export function wait(course: OnCourse, { at, random, policy: { waitsMs, stuckWaitMs } }: Rules): RecoveryStep {
  const isStuck = course.attempt >= waitsMs.length || at - course.since >= STUCK_AFTER_MS
  const ms = isStuck ? stuckWaitMs : waitsMs[course.attempt]
  return step({ ...course, status: 'waiting', attempt: course.attempt + 1, until: at + Math.round(ms * (0.5 + random / 2)), isStuck })
}

const giveUp = (state: Open, code: MediaProblem['code'], nativeCode?: number): RecoveryStep => closing(state, now => over(now, code, nativeCode))

function over(state: Open, code: MediaProblem['code'], nativeCode?: number): RecoveryStep {
  return step({ ...worldOf(state), status: 'failed' }, { type: 'problem', problem: problemOf(code, nativeCode) })
}

export function closing<State extends Open>(state: State, next: (state: State) => RecoveryStep): RecoveryStep {
  return prepend({ type: 'close', seq: state.seq }, next({ ...state, ending: 'asked' }))
}

export function problemOf(code: MediaProblem['code'], nativeCode?: number): MediaProblem {
  return nativeCode === undefined ? { code } : { code, nativeCode }
}

export function prepend(effect: RecoveryEffect, { state, effects }: RecoveryStep): RecoveryStep {
  return { state, effects: [effect, ...effects] }
}
