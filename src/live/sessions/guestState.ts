/**
 * What a person's own way to the stage can be in, hear of, and ask for, as the app sees it: the server's view, upon it what the
 * person has asked for and the server has not answered yet, and the stream that goes with the seat. The rules: guestMachine.ts.
 */
import type { Feed, FeedEvent } from './feedMachine'
import type { Ending, LinkMic, Medium } from '@/shared/domain/linkMic'
import type { Track } from '@/shared/domain/stage'
import type { Step } from '@/shared/domain/transition'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { LinkMicView } from '@/shared/protocol/linkMic'
import type { LinkMicAnswer, PublishUrls } from '@/shared/protocol/rest'
import { isSeated, NOT_LINKED, transitionLinkMic } from '@/shared/domain/linkMic'
import { step } from '@/shared/domain/transition'

/** A command that changes the way; `at` is the server's time of the tap. */
export type Wish
  = | { readonly type: 'apply' | 'acceptInvitation', readonly requestId: string, readonly medium: Medium, readonly at: number }
    | { readonly type: 'leave', readonly requestId: string, readonly at: number }

export type Publication
  = | { readonly status: 'none' }
  /** Asking the server where to publish to. */
    | { readonly status: 'fetching' }
    | { readonly status: 'on', readonly publish: PublishUrls, readonly feed: Feed }

export interface Switches { readonly isMicOn: boolean, readonly isCameraOn: boolean }

export interface GuestState {
  /** The server's newest. */
  readonly view: LinkMicView | null
  /** Not answered yet; the first is on its way, the others wait for it. */
  readonly wishes: readonly Wish[]
  /** The request that was made in this window, or that it goes on with: what other windows have is not published from here. */
  readonly own: string | null
  /** The last request that was taken back. */
  readonly left: string | null
  readonly publication: Publication
  /** As they are on this device while it publishes. */
  readonly switches: Switches
  readonly problem: ErrorCode | null
  /** How the last request ended, until it was told. */
  readonly ending: Ending | null
}

export type GuestEvent
  = | { readonly type: 'view', readonly view: LinkMicView }
    | { readonly type: 'answered', readonly wish: Wish, readonly answer: LinkMicAnswer }
    | { readonly type: 'refused', readonly wish: Wish, readonly code: ErrorCode }
    | { readonly type: 'fetched', readonly answer: LinkMicAnswer }
    | { readonly type: 'fetchFailed' }
  /** News may have been missed: what does the server say? */
    | { readonly type: 'check' }
  /** It was not answered in time. */
    | { readonly type: 'overdue', readonly wish: Wish }
    | { readonly type: 'roomEnded', readonly at: number }
  // taps
    | { readonly type: 'apply', readonly requestId: string, readonly medium: Medium, readonly at: number }
    | { readonly type: 'acceptInvitation', readonly medium: Medium, readonly at: number }
    | { readonly type: 'leave', readonly at: number }
    | { readonly type: 'takeOver' }
    | { readonly type: 'switch', readonly switches: Switches }
    | { readonly type: 'forgetEnding' }
    | Exclude<FeedEvent, { type: 'renewed' | 'renewFailed' }>

export type GuestEffect
  /** Sends it until it is answered, or is no longer the first of the wishes. */
  = | { readonly type: 'send', readonly wish: Wish }
  /** `overdue` after WISH_PATIENCE_MS. */
    | { readonly type: 'expectAnswer', readonly wish: Wish }
    | { readonly type: 'fetchView' }
  /** The same after a pause. */
    | { readonly type: 'fetchViewLater' }
    | { readonly type: 'startPush' }
    | { readonly type: 'stopPush' }
  /** Tells the server what is switched on. */
    | { readonly type: 'report' }

export type Next = Step<GuestState, GuestEffect>
export const next = (state: GuestState, ...effects: GuestEffect[]): Next => step(state, ...effects)

/** @param own the request that this window had before it was loaded anew */
export function openGuest(own: string | null): GuestState {
  return { view: null, wishes: [], own, left: null, publication: { status: 'none' }, switches: { isMicOn: true, isCameraOn: true }, problem: null, ending: null }
}

/** What the server says, and before it has answered what it is about to say. */
export const linkOf = ({ view, wishes }: GuestState): LinkMic => wishes.reduce(predict, view?.link ?? NOT_LINKED)

export const isOwn = (state: GuestState): boolean => requestOf(linkOf(state)) === state.own

/** On the mic, but in another window. */
export const isSeatElsewhere = (state: GuestState): boolean => isSeated(linkOf(state)) && !isOwn(state)

/** The server knows of the seat, nobody has left it, and it is this window's. */
export function mayPublish(state: GuestState): boolean {
  return state.view !== null && isSeated(state.view.link) && isSeated(linkOf(state)) && isOwn(state)
}

/** One's own microphone and camera; null off the stage. */
export function tracksOf(state: GuestState): { readonly sound: Track, readonly picture: Track } | null {
  const { publication, switches, view } = state
  if (!view?.sound || !view.picture || !isSeated(linkOf(state)))
    return null
  if (publication.status === 'none')
    return { sound: view.sound, picture: view.picture }
  return { sound: { ...view.sound, isOn: switches.isMicOn }, picture: { ...view.picture, isOn: switches.isCameraOn } }
}

export const requestOf = (link: LinkMic): string | undefined => link.status === 'idle' ? undefined : link.requestId

function predict(link: LinkMic, wish: Wish): LinkMic {
  const isOver = link.status === 'idle' && link.ending?.requestId === wish.requestId
  const isMeant = wish.type === 'apply' ? !isOver : requestOf(link) === wish.requestId
  return isMeant ? transitionLinkMic(link, wish) : link
}
