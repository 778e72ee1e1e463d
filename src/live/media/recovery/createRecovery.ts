/** Acts on recovery.ts: opens ways, keeps the time, tells the component. Everything it does is handed in. */
import type { MediaFailure, Recovery, RecoveryEffect, RecoveryEvent, RecoveryPolicy, Way } from './recoveryState'
import type { MediaProblem, MediaProblemCode, MediaStatus, MediaTrouble } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import { transitionRecovery, wakeAt } from './recovery'
import { IDLE } from './recoveryState'
import { statusOf, troubleOf } from './trouble'

/** What an opened way tells; once it has been closed nobody listens. */
export interface WayReport {
  opened: () => void
  /** Nothing flows, but the way may recover by itself and then says `opened` again. `isTry`: it begins another try of its own. */
  wavered: (isTry?: boolean) => void
  failed: (failure: MediaFailure, nativeCode?: number) => void
  /** Bytes went or came. */
  alive: () => void
}

export interface OpenedWay {
  /** Ends it, at any moment and for certain; or answers a promise, and rejects when the platform refuses. */
  readonly close: () => void | Promise<void>
  /** Sends or shows nothing until `resume`. Both as often as one likes. */
  readonly pause: () => void
  readonly resume: () => void
}

export type OpenWay = (way: Way, report: WayReport) => OpenedWay

/** What happens around a stream and is not of it. */
export type OutsideNews = Extract<RecoveryEvent, { type: 'interrupted' | 'released' | 'hidden' | 'shown' | 'network' | 'suspend' }>
/** Returns what stops listening. */
export type ListenOutside = (hear: (news: OutsideNews) => void) => () => void

export interface RecoveryOptions {
  readonly policy: RecoveryPolicy
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly open: OpenWay
  /** Ends once more what refused to end, though its way is forgotten. */
  readonly closeAgain?: () => Promise<void>
  readonly outside: ListenOutside
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
  readonly onTrouble: (trouble: MediaTrouble | null) => void
}

export interface RecoveryDrive {
  readonly status: MediaStatus
  /** While it waits for its next try: tries at once. */
  start: (ways: readonly Way[]) => void
  stop: () => void
  /** The person's own pause. `resume` ends a call's and the system's as well. */
  pause: () => void
  resume: () => void
  /** Opens these in the place of what it was after, unless nothing is asked of it. */
  redirect: (ways: readonly Way[]) => void
  /** Ends a wait. */
  hurry: () => void
  interrupt: (by: 'call' | 'system') => void
  release: () => void
  complain: () => void
  lack: (code: MediaProblemCode, nativeCode?: number) => void
  /** Gives up before anything is open, for a reason that was told. */
  block: () => void
  /** Stops for good; it listens on only until what was open has ended. */
  destroy: () => void
}

export function createRecovery({ policy, clock, random, open, closeAgain, outside, onStatus, onProblem, onTrouble }: RecoveryOptions): RecoveryDrive {
  let state: Recovery = IDLE
  let way: OpenedWay | undefined
  let stopTimer = () => {}
  let isDestroyed = false
  const queue: RecoveryEvent[] = []
  let isDispatching = false
  const stopListening = outside(dispatch)

  // A way may report before `open` returns: events wait for the effects of the one before.
  function dispatch(event: RecoveryEvent) {
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

  function take(event: RecoveryEvent) {
    const before = state
    const { state: after, effects } = transitionRecovery(state, event, { at: clock.now(), random: random() }, policy)
    state = after
    if (event.type === 'timeUp' || wakeAt(before, policy) !== wakeAt(after, policy)) // a timer may come a little early
      setTimer()
    effects.forEach(perform)
    if (statusOf(after) !== statusOf(before))
      onStatus(statusOf(after))
    if (JSON.stringify(troubleOf(after)) !== JSON.stringify(troubleOf(before)))
      onTrouble(troubleOf(after))
  }

  function setTimer() {
    stopTimer()
    const due = wakeAt(state, policy)
    stopTimer = due === null ? () => {} : clock.after(Math.max(0, due - clock.now()), () => dispatch({ type: 'timeUp' }))
  }

  function perform(effect: RecoveryEffect) {
    switch (effect.type) {
      case 'open': {
        const { seq } = effect
        way = open(effect.way, {
          opened: () => dispatch({ type: 'opened', seq }),
          wavered: (isTry = false) => dispatch({ type: 'wavered', seq, isTry }),
          failed: (failure, nativeCode) => dispatch({ type: 'failed', seq, failure, nativeCode }),
          alive: () => dispatch({ type: 'alive', seq }),
        })
        break
      }
      case 'close':
        hear(effect.seq, way?.close())
        way = undefined
        break
      case 'closeAgain':
        hear(effect.seq, closeAgain?.())
        if (isDestroyed) // once: by the next return somebody else may be sending
          stopListening()
        break
      case 'pause':
        way?.pause()
        break
      case 'resume':
        way?.resume()
        break
      case 'problem':
        onProblem(effect.problem)
    }
  }

  function hear(seq: number, closing: void | Promise<void>) {
    if (closing)
      void closing.then(() => settle({ type: 'closed', seq }), () => settle({ type: 'closeRefused', seq }))
    else
      settle({ type: 'closed', seq })
  }

  function settle(answer: RecoveryEvent) {
    dispatch(answer)
    if (isDestroyed && state.ending === 'done')
      stopListening()
  }

  return {
    get status() { return statusOf(state) },
    start: ways => dispatch({ type: 'start', ways }),
    stop: () => dispatch({ type: 'stop' }),
    pause: () => dispatch({ type: 'paused' }),
    resume: () => dispatch({ type: 'resumed' }),
    redirect: ways => dispatch({ type: 'redirect', ways }),
    hurry: () => dispatch({ type: 'hurry' }),
    interrupt: by => dispatch({ type: 'interrupted', by }),
    release: () => dispatch({ type: 'released' }),
    complain: () => dispatch({ type: 'complained' }),
    lack: (code, nativeCode) => dispatch({ type: 'lacking', code, nativeCode }),
    block: () => dispatch({ type: 'blocked' }),
    destroy() {
      dispatch({ type: 'stop' })
      isDestroyed = true
      if (state.ending === 'done')
        stopListening()
    },
  }
}
