/** What keeps a stream going can be in, hear of, and ask for. The rules between them: recovery.ts. */
import type { Step } from '@/shared/domain/transition'
import type { MediaProblem, MediaStatistics } from '@/src/live/components/media'

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

/** Who keeps media from flowing though the connection could stand. */
export type Holder = 'call' | 'system' | 'person'

export interface RecoveryPolicy {
  /** How long one way may take until media flows, and how long it may try to get it back by itself. */
  readonly openMs: number
  /** A way that was lost sooner than this has not proved itself: waits grow, and another way goes first. */
  readonly steadyMs: number
  /** Between the rounds of tries of one outage. When they are used up, or after STUCK_AFTER_MS, it is stuck. */
  readonly waitsMs: readonly number[]
  readonly stuckWaitMs: number
  /** Bytes alone mean that it works: so it is for publishers, not for a player that may stay black. */
  readonly doBytesOpen: boolean
}

/** For whoever publishes: 60 s in all, then once a minute. */
export const PUBLISH_PATIENCE = { steadyMs: 10_000, waitsMs: [1000, 2000, 4000, 8000, 15_000, 30_000], stuckWaitMs: 60_000, doBytesOpen: true }

/** Now, and a number in [0, 1) for the spread of waits. */
export interface Moment {
  /** unix ms */
  readonly at: number
  readonly random: number
}

/** True whether or not anything is asked of it. */
interface World {
  /** Names one opening: what is said of an older one changes nothing. */
  readonly seq: number
  readonly isOnline: boolean
  /** The app is in the background. Never so on the web, where pages go on in hidden tabs. */
  readonly isHidden: boolean
  /** Of the last opening. WeChat refuses stop() in the background, and the phone would go on sending. */
  readonly ending: 'done' | 'asked' | 'refused'
}

interface Course {
  /** Best first: a way that worked moves to the front. */
  readonly ways: readonly Way[]
  /** Rounds of tries since media last held; the first wait follows round 0. */
  readonly attempt: number
  /** unix ms: since when it has been tried in vain. */
  readonly since: number
  readonly wasLive: boolean
  /** The problem already reported for this outage. */
  readonly told: MediaProblem['code'] | null
  /** A device that did not come. It was told, and it may be why nothing flows. */
  readonly lacks: MediaProblem['code'] | null
  readonly holders: readonly Holder[]
}

/** Each `by` is unix ms. */
export type Flow
  = | { readonly status: 'steady' }
  /** Nothing is known to be wrong, but a sign of life is due. */
    | { readonly status: 'doubted', readonly by: number }
  /** Nothing flows, and the way itself is trying to get it back. */
    | { readonly status: 'wavering', readonly tries: number, readonly by: number }
  /** A call or the system has given it back. */
    | { readonly status: 'resuming', readonly by: number }

/** The platform complained of the network once, or so often that it is weak until then (unix ms). */
export type Weakness
  = | { readonly status: 'none' }
    | { readonly status: 'warned' | 'weak', readonly until: number }

export type Recovery
  = | World & { readonly status: 'idle' | 'failed' }
  /** `left` are the ways of this round not tried yet. */
    | World & Course & { readonly status: 'opening', readonly way: Way, readonly left: readonly Way[], readonly openedAt: number }
    | World & Course & { readonly status: 'live', readonly way: Way, readonly liveSince: number, readonly flow: Flow, readonly weakness: Weakness }
  /** Rests while there is no network, somebody holds it, or the app is hidden. */
    | World & Course & { readonly status: 'waiting', readonly until: number, readonly isStuck: boolean }

export type RecoveryEvent
  = | { readonly type: 'start', readonly ways: readonly Way[] }
  /** Media flows. */
    | { readonly type: 'opened', readonly seq: number }
    | { readonly type: 'failed', readonly seq: number, readonly failure: MediaFailure, readonly nativeCode?: number }
  /** Nothing flows at the moment, and the way itself is trying to get it back; `opened` when it has. */
    | { readonly type: 'wavered', readonly seq: number, readonly isTry: boolean }
  /** Bytes went or came. */
    | { readonly type: 'alive', readonly seq: number }
  /** It is `wakeAt` or later. */
    | { readonly type: 'timeUp' }
  /** The platform, or what is measured, says that the network is poor. */
    | { readonly type: 'complained' }
  /** A device was denied, is missing or taken. */
    | { readonly type: 'lacking', readonly code: MediaProblem['code'], readonly nativeCode?: number }
  /** It cannot begin for want of a device; that was told already. */
    | { readonly type: 'blocked' }
    | { readonly type: 'interrupted', readonly by: 'call' | 'system' }
    | { readonly type: 'released' }
    | { readonly type: 'paused' }
    | { readonly type: 'resumed' }
    | { readonly type: 'hidden' }
    | { readonly type: 'shown' }
  /** The network came, went or changed its kind. */
    | { readonly type: 'network', readonly isOnline: boolean }
  /** There is reason to hope: the room is live again. */
    | { readonly type: 'hurry' }
  /** Something else is wanted in the place of what was: another stream, another mode. */
    | { readonly type: 'redirect', readonly ways: readonly Way[] }
  /** The page goes away and may come back. */
    | { readonly type: 'suspend' }
    | { readonly type: 'stop' }
  /** What the platform answers to `close` and `closeAgain`. */
    | { readonly type: 'closed' | 'closeRefused', readonly seq: number }

export type RecoveryEffect
  = | { readonly type: 'open', readonly way: Way, readonly seq: number }
  /** Ends what is open; no other `open` comes before it. */
    | { readonly type: 'close', readonly seq: number }
  /** The last close was refused, and nothing has been opened since. */
    | { readonly type: 'closeAgain', readonly seq: number }
  /** Of what is open: send or show nothing, keep the connection. */
    | { readonly type: 'pause' | 'resume' }
    | { readonly type: 'problem', readonly problem: MediaProblem }

export type In<Status extends Recovery['status']> = Extract<Recovery, { status: Status }>
export type Active = In<'opening' | 'live' | 'waiting'>
export type Open = In<'opening' | 'live'>
export type RecoveryStep = Step<Recovery, RecoveryEffect>

export const IDLE: Recovery = { status: 'idle', seq: 0, isOnline: true, isHidden: false, ending: 'done' }
export const STEADY: Flow = { status: 'steady' }
export const STRONG: Weakness = { status: 'none' }

export const isActive = (state: Recovery): state is Active => state.status !== 'idle' && state.status !== 'failed'
export const isOpen = (state: Recovery): state is Open => state.status === 'opening' || state.status === 'live'
export const isResting = (state: Active): boolean => !state.isOnline || state.isHidden || state.holders.length > 0
/** Not by the person's own wish. */
export const isTaken = (holders: readonly Holder[]): boolean => holders.some(by => by !== 'person')
