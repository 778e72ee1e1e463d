/** What happens to a stage, and why a request may not be granted. Who asks has been authenticated. Times: unix milliseconds. */
import type { Medium } from './linkMic'
import type { AdmissionMode, Person } from './stageState'

/** One person's one way to the stage: said again, it is recognised; once it is over, nothing brings it back. */
export interface RequestName { readonly userId: string, readonly requestId: string }

export type StageEvent<P extends Person = Person>
  // a person's own requests
  = | { readonly type: 'apply', readonly user: P, readonly requestId: string, readonly medium: Medium, readonly isHere: boolean, readonly at: number }
    | RequestName & { readonly type: 'leave', readonly at: number }
    | RequestName & { readonly type: 'acceptInvitation', readonly medium: Medium, readonly at: number }
    | RequestName & { readonly type: 'report', readonly isMicOn: boolean, readonly isCameraOn: boolean }
  /**
   * Of somebody who comes with their stream and without an application: onto a free seat while fewer than `seatsMax` are taken,
   * or, with `needsConsent`, only where they have a seat already. What they had asked for before is granted with it.
   */
    | { readonly type: 'seat', readonly user: P, readonly requestId: string, readonly seatsMax: number, readonly needsConsent: boolean, readonly at: number }
  // the anchor's
    | { readonly type: 'invite', readonly user: P, readonly requestId: string, readonly at: number }
    | RequestName & { readonly type: 'withdraw' | 'accept' | 'reject' | 'kick', readonly at: number }
    | RequestName & { readonly type: 'mute', readonly isMicMuted: boolean, readonly isCameraMuted: boolean }
    | { readonly type: 'setAdmission', readonly admission: AdmissionMode, readonly at: number }
  // the media engine's
    | { readonly type: 'published' | 'unpublished', readonly userId: string, readonly sessionId: string, readonly at: number }
  // chat's
    | { readonly type: 'presence', readonly userId: string, readonly presence: 'here' | 'dropped' | 'left', readonly at: number }
    | { readonly type: 'renamed', readonly user: P }
  // the room's
    | { readonly type: 'onAir', readonly isOnAir: boolean, readonly at: number }
  /** The server has started anew: no socket and no publication survived it. */
    | { readonly type: 'restarted', readonly at: number }
    | { readonly type: 'roomEnded', readonly at: number }
    | { readonly type: 'tick', readonly at: number }

export type EventOf<P extends Person, Type extends StageEvent['type']> = Extract<StageEvent<P>, { type: Type }>

export type StageRefusal
  /** Applications are switched off, or the anchor is not on air. */
  = | 'CLOSED'
  /** After a rejection or removal; the ending says until when. */
    | 'WAIT'
    | 'QUEUE_FULL'
    | 'STAGE_FULL'
  /** Applying, invited or on stage already. */
    | 'BUSY'
  /** The application, invitation or seat is over. */
    | 'GONE'
