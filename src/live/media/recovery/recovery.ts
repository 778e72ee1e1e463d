/**
 * Recovery instead of exit: which way to open next, when to wait, when a sign of life is due, when to give up; for publishing
 * and playing, in WeChat and on the web. Pure; createRecovery acts on it. Rules: docs/SPEC.md, sections RC and PB.
 */
import type { Active, Flow, Holder, Moment, Open, Recovery, RecoveryEffect, RecoveryEvent, RecoveryPolicy, RecoveryStep, Way } from './recoveryState'
import type { Rules } from './tries'
import { step } from '@/shared/domain/transition'
import { isActive, isOpen, isResting, isTaken, STEADY, STRONG } from './recoveryState'
import { begin, closing, courseOf, end, fail, goOn, open, openAnew, prepend, problemOf, retry, wait } from './tries'
import { complain, fade } from './weakness'

/** After a change that may have broken it silently, a sign of life is due within this. */
export const PROOF_MS = 8000
/** Figures that come sooner after a new opening may be of the one before. */
const STALE_FIGURES_MS = 1000

type Live = Extract<Recovery, { status: 'live' }>
type Event<Type extends RecoveryEvent['type']> = Extract<RecoveryEvent, { type: Type }>

export function transitionRecovery(state: Recovery, event: RecoveryEvent, moment: Moment, policy: RecoveryPolicy): RecoveryStep {
  const rules = { ...moment, policy }
  switch (event.type) {
    case 'start': return start(state, event.ways, rules)
    case 'opened': return isOf(state, event.seq) ? opened(state, rules) : step(state)
    case 'failed': return isOf(state, event.seq) ? fail(state, event, rules) : step(state)
    case 'wavered': return isOf(state, event.seq) && state.status === 'live' ? wavered(state, event, rules) : step(state)
    case 'alive': return isOf(state, event.seq) ? alive(state, rules) : step(state)
    case 'timeUp': return timeUp(state, rules)
    case 'complained': return step(state.status === 'live' ? { ...state, weakness: complain(state.weakness, rules.at) } : state)
    case 'lacking': return step<Recovery, RecoveryEffect>(isOpen(state) ? { ...state, lacks: event.code } : state, { type: 'problem', problem: problemOf(event.code, event.nativeCode) })
    case 'blocked': return end(state, 'failed')
    case 'interrupted': return isActive(state) ? hold(state, event.by) : step(state)
    case 'paused': return isActive(state) ? hold(state, 'person') : step(state)
    case 'released': return isActive(state) ? release(state, givenBack(state), rules) : step(state)
    case 'resumed': return isActive(state) ? resume(state, rules) : step(state)
    case 'hidden': return step({ ...state, isHidden: true })
    case 'shown': return shown({ ...state, isHidden: false }, rules)
    case 'network': return network({ ...state, isOnline: event.isOnline }, rules)
    case 'hurry': return isActive(state) ? goOn(state, rules) : step(state)
    case 'redirect': return redirect(state, event.ways, rules)
    case 'suspend': return isOpen(state) ? closing(state, now => wait({ ...courseOf(now), attempt: 0, since: rules.at }, rules)) : step(state)
    case 'stop': return end(state, 'idle')
    case 'closed': return step(isOver(state, event.seq) ? { ...state, ending: 'done' } : state)
    case 'closeRefused': return step(isOver(state, event.seq) ? { ...state, ending: 'refused' } : state)
  }
}

/** When `timeUp` is due (unix ms); null: nothing is waited for. */
export function wakeAt(state: Recovery, { openMs }: RecoveryPolicy): number | null {
  switch (state.status) {
    case 'opening': return state.openedAt + openMs
    case 'waiting': return isResting(state) ? null : state.until
    case 'live': {
      const due = [
        ...('by' in state.flow && state.holders.length === 0 ? [state.flow.by] : []),
        ...('until' in state.weakness ? [state.weakness.until] : []),
      ]
      return due.length > 0 ? Math.min(...due) : null
    }
    default: return null
  }
}

const isOf = (state: Recovery, seq: number): state is Open => isOpen(state) && state.seq === seq
/** That opening is closed or being closed, and there was no other since. */
const isOver = (state: Recovery, seq: number): boolean => !isOpen(state) && state.seq === seq
const isHeld = ({ holders }: Active): boolean => holders.length > 0
/** A call and the system give back what they took; the person's own pause stays. */
const givenBack = ({ holders }: Active): readonly Holder[] => holders.filter(by => by === 'person')

/** A person's tap: tries at once even without a network. */
function start(state: Recovery, ways: readonly Way[], rules: Rules): RecoveryStep {
  if (!isActive(state))
    return begin(state, ways, [], rules)
  return state.status === 'waiting' && !isHeld(state) ? retry(state, rules) : step(state)
}

/** What gave up before may well work with what is wanted now. */
function redirect(state: Recovery, ways: readonly Way[], rules: Rules): RecoveryStep {
  if (state.status === 'idle')
    return step(state)
  if (isOpen(state))
    return closing(state, now => begin(now, ways, now.holders, rules))
  return begin(state, ways, isActive(state) ? state.holders : [], rules)
}

function opened(state: Open, { at }: Rules): RecoveryStep {
  if (state.status === 'live')
    return step(state.flow.status === 'steady' ? state : { ...state, flow: STEADY })
  const { way, ways } = state
  const live: Live = { ...courseOf(state), status: 'live', way, ways: [way, ...ways.filter(other => other !== way)], wasLive: true, told: null, liveSince: at, flow: STEADY, weakness: STRONG }
  return isHeld(live) ? step<Recovery, RecoveryEffect>(live, { type: 'pause' }) : step(live)
}

/** Some versions of WeChat never say that it works: bytes do. What wavers is believed only when the way says so. */
function alive(state: Open, rules: Rules): RecoveryStep {
  if (state.status === 'opening')
    return rules.policy.doBytesOpen && (!state.wasLive || rules.at - state.openedAt >= STALE_FIGURES_MS) ? opened(state, rules) : step(state)
  return state.flow.status === 'doubted' || state.flow.status === 'resuming' ? opened(state, rules) : step(state)
}

function wavered(state: Live, { isTry }: Event<'wavered'>, { at, policy }: Rules): RecoveryStep {
  const before = state.flow.status === 'wavering' ? state.flow : undefined
  if (before && !isTry)
    return step(state)
  return step({ ...state, flow: { status: 'wavering', tries: (before?.tries ?? 0) + (isTry ? 1 : 0), by: at + policy.openMs } })
}

function timeUp(state: Recovery, rules: Rules): RecoveryStep {
  const due = wakeAt(state, rules.policy)
  if (due === null || rules.at < due)
    return step(state)
  switch (state.status) {
    case 'opening': return fail(state, { type: 'failed', failure: 'lost', seq: state.seq }, rules)
    case 'waiting': return open(courseOf(state), state.ways, rules)
    case 'live': return 'by' in state.flow && !isHeld(state) && rules.at >= state.flow.by
      ? openAnew(state, rules)
      : step({ ...state, weakness: fade(state.weakness, rules.at) })
    default: return step(state)
  }
}

function hold(state: Active, by: Holder): RecoveryStep {
  if (state.holders.includes(by))
    return step(state)
  const held = { ...state, holders: [...state.holders, by] }
  return state.status === 'live' && !isHeld(state) ? step<Recovery, RecoveryEffect>(held, { type: 'pause' }) : step(held)
}

function release(state: Active, holders: readonly Holder[], rules: Rules): RecoveryStep {
  if (holders.length === state.holders.length)
    return step(state)
  const free = { ...state, holders }
  if (holders.length > 0)
    return step(free)
  if (free.status !== 'live')
    return goOn(free, rules)
  const by = rules.at + PROOF_MS
  const flow: Flow = isTaken(state.holders) ? { status: 'resuming', by } : { status: 'doubted', by }
  return step<Recovery, RecoveryEffect>({ ...free, flow }, { type: 'resume' })
}

/** A person's tap, as start(): whoever held it. */
function resume(state: Active, rules: Rules): RecoveryStep {
  return state.status === 'waiting' && isHeld(state) ? retry({ ...state, holders: [] }, rules) : release(state, [], rules)
}

function shown(state: Recovery, rules: Rules): RecoveryStep {
  if (state.ending === 'refused')
    return isOpen(state) ? shown({ ...state, ending: 'done' }, rules) : prepend({ type: 'closeAgain', seq: state.seq }, shown({ ...state, ending: 'asked' }, rules))
  if (!isActive(state))
    return step(state)
  if (isTaken(state.holders))
    return release(state, givenBack(state), rules)
  return state.status === 'live' && state.lacks && !isHeld(state) ? openAnew(state, rules) : doubt(state, rules)
}

function network(state: Recovery, rules: Rules): RecoveryStep {
  return state.isOnline ? doubt(state, rules) : step(state)
}

function doubt(state: Recovery, rules: Rules): RecoveryStep {
  return state.status === 'live' && state.flow.status === 'steady'
    ? step({ ...state, flow: { status: 'doubted', by: rules.at + PROOF_MS } })
    : goOn(state, rules)
}
