/** Acts on mediaPlan: opens ways, keeps the time, tells the component. Everything it does is handed in. */
import type { MediaFailure, PlanEffect, PlanEvent, PlanPolicy, PlanState, Way } from './mediaPlan'
import type { BackoffPolicy } from '@/shared/domain/backoff'
import type { MediaProblem, MediaStatus } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import { backoffMs } from '@/shared/domain/backoff'
import { IDLE_PLAN, statusOf, transitionPlan } from './mediaPlan'

/** What an opened way tells; once it has been closed nobody listens. */
export interface WayReport {
  opened: () => void
  /** Nothing flows, but the way may recover by itself and then says `opened` again. */
  wavered: () => void
  failed: (failure: MediaFailure, nativeCode?: number) => void
}

/** Begins one way and returns what ends it, at any moment and for certain. */
export type OpenWay = (way: Way, report: WayReport) => () => void

export interface MediaDriveOptions {
  readonly policy: PlanPolicy & { readonly backoff: BackoffPolicy }
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly open: OpenWay
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
}

export interface MediaDrive {
  readonly status: MediaStatus
  /** While it waits for its next try, the same as hurry(). */
  start: (ways: readonly Way[]) => void
  stop: () => void
  /** Opens these in the place of what it was after, unless nothing is asked of it. */
  redirect: (ways: readonly Way[]) => void
  /** Ends a wait. */
  hurry: () => void
  /** Closes what is open and waits, for a page that goes away and may come back. */
  suspend: () => void
}

export function createMediaDrive({ policy, clock, random, open, onStatus, onProblem }: MediaDriveOptions): MediaDrive {
  let state: PlanState = IDLE_PLAN
  let close: (() => void) | undefined
  let stopTimer: (() => void) | undefined
  const queue: PlanEvent[] = []
  let isDispatching = false

  // A way may report before `open` returns: events wait for the effects of the one before.
  function dispatch(event: PlanEvent) {
    queue.push(event)
    if (isDispatching)
      return
    isDispatching = true
    try {
      for (let next = queue.shift(); next; next = queue.shift())
        take(next)
    }
    finally {
      isDispatching = false
    }
  }

  function take(event: PlanEvent) {
    const before = statusOf(state)
    const result = transitionPlan(state, event, policy)
    const hasMoved = result.state !== state
    state = result.state
    if (hasMoved) {
      stopTimer?.()
      stopTimer = undefined
    }
    result.effects.forEach(perform)
    if (statusOf(state) !== before)
      onStatus(statusOf(state))
  }

  function perform(effect: PlanEffect) {
    switch (effect.type) {
      case 'open':
        close = open(effect.way, {
          opened: () => dispatch({ type: 'opened', seq: effect.seq, at: clock.now() }),
          wavered: () => dispatch({ type: 'wavered', seq: effect.seq }),
          failed: (failure, nativeCode) => dispatch({ type: 'failed', seq: effect.seq, failure, nativeCode, at: clock.now() }),
        })
        break
      case 'close':
        close?.()
        close = undefined
        break
      case 'expect':
        remind(effect.seq, effect.ms)
        break
      case 'wait':
        remind(effect.seq, backoffMs(policy.backoff, effect.attempt, random()))
        break
      case 'problem':
        onProblem(effect.problem)
    }
  }

  function remind(seq: number, ms: number) {
    stopTimer = clock.after(ms, () => dispatch({ type: 'timeUp', seq, at: clock.now() }))
  }

  return {
    get status() { return statusOf(state) },
    start: ways => dispatch({ type: 'start', ways }),
    stop: () => dispatch({ type: 'stop' }),
    redirect: ways => dispatch({ type: 'redirect', ways }),
    hurry: () => dispatch({ type: 'hurry' }),
    suspend: () => dispatch({ type: 'suspend' }),
  }
}
