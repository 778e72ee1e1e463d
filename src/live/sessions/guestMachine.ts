/**
 * A person's own way to the stage: what they ask for shows at once, and the server's word takes its place when it comes. A
 * stream is sent from one window and only while there is a seat. Pure. Rules: docs/SPEC.md, section LM.
 */
import type { GuestEvent, GuestState, Next, Wish } from './guestState'
import type { LinkMic } from '@/shared/domain/linkMic'
import type { LinkMicView } from '@/shared/protocol/linkMic'
import type { LinkMicAnswer, PublishUrls } from '@/shared/protocol/rest'
import { mayApplyAt, transitionLinkMic } from '@/shared/domain/linkMic'
import { linkOf, mayPublish, next, requestOf } from './guestState'
import { isMisunderstood, withFeed, withoutStream, withStream } from './guestStream'

/** An application or acceptance that has not been answered for so long is given up. */
export const WISH_PATIENCE_MS = 30_000

export function transitionGuest(state: GuestState, event: GuestEvent): Next {
  switch (event.type) {
    case 'view': return settle(state, withView(state, event.view))
    case 'answered': return whenAnswered(state, event.wish, event.answer)
    case 'refused': return whenRefused(state, event)
    case 'fetched': return whenFetched(state, event.answer)
    case 'fetchFailed': return state.publication.status === 'fetching' ? next(state, { type: 'fetchViewLater' }) : withFeed(state, { type: 'renewFailed' })
    case 'check': return next(state, { type: 'fetchView' })
    case 'overdue': return whenOverdue(state, event.wish)
    case 'roomEnded': return whenRoomEnded(state, event.at)
    case 'apply': return apply(state, event)
    case 'acceptInvitation': return acceptInvitation(state, event)
    case 'leave': return leave(state, event.at)
    case 'takeOver': return settle(state, { ...state, own: requestOf(linkOf(state)) ?? null })
    case 'switch': return state.publication.status === 'none' ? next(state) : next({ ...state, switches: event.switches }, { type: 'report' })
    case 'forgetEnding': return next({ ...state, ending: null })
    default: return withFeed(state, event)
  }
}

function apply(state: GuestState, { at, medium, requestId }: Extract<GuestEvent, { type: 'apply' }>): Next {
  const link = linkOf(state)
  if (link.status !== 'idle')
    return next(state)
  if (at < mayApplyAt(link))
    return next({ ...state, problem: 'LINK_MIC_WAIT' })
  return ask(state, { type: 'apply', requestId, medium, at })
}

function acceptInvitation(state: GuestState, { at, medium }: Extract<GuestEvent, { type: 'acceptInvitation' }>): Next {
  const link = linkOf(state)
  return link.status === 'invited' ? ask(state, { type: 'acceptInvitation', requestId: link.requestId, medium, at }) : next(state)
}

function ask(state: GuestState, wish: Wish): Next {
  const { effects, state: asked } = settle(state, { ...state, own: wish.requestId, problem: null, wishes: [...state.wishes, wish] })
  return next(asked, ...effects, { type: 'expectAnswer', wish })
}

function leave(state: GuestState, at: number): Next {
  const requestId = requestOf(linkOf(state))
  return requestId === undefined ? next(state) : settle(state, takenBack({ ...state, problem: null }, requestId, at))
}

/** An application that has not been sent yet need not be taken back; one on its way may have arrived. */
function takenBack(state: GuestState, requestId: string, at: number): GuestState {
  const [sent, ...waiting] = state.wishes
  const others = state.wishes.filter(wish => wish.requestId !== requestId)
  const isUnsent = waiting.some(wish => wish.type === 'apply' && wish.requestId === requestId)
  const leaving: Wish = { type: 'leave', requestId, at }
  const wishes = sent?.requestId === requestId ? [leaving, ...others] : isUnsent ? others : [...others, leaving]
  return { ...state, own: null, left: requestId, wishes }
}

function whenAnswered(state: GuestState, wish: Wish, answer: LinkMicAnswer): Next {
  if (state.wishes[0] !== wish)
    return settle(state, withView(state, answer.view)) // abandoned meanwhile; the news is good all the same
  return settle(state, { ...withView(state, answer.view), wishes: state.wishes.slice(1) }, answer.publish)
}

function whenRefused(state: GuestState, { code, wish }: Extract<GuestEvent, { type: 'refused' }>): Next {
  if (state.wishes[0] !== wish)
    return next(state)
  const { effects, state: without } = settle(state, { ...state, problem: code, wishes: state.wishes.slice(1) })
  return next(without, ...effects, { type: 'fetchView' })
}

/** It may have arrived all the same: what has been sent is taken back. */
function whenOverdue(state: GuestState, wish: Wish): Next {
  return state.wishes.includes(wish)
    ? settle(state, { ...takenBack(state, wish.requestId, wish.at + WISH_PATIENCE_MS), problem: 'TIMEOUT' })
    : next(state)
}

function whenFetched(state: GuestState, { publish, view }: LinkMicAnswer): Next {
  const { effects, state: current } = settle(state, withView(state, view), publish)
  const { publication } = current
  if (publication.status === 'fetching' && state.publication.status === 'fetching')
    return next(current, ...effects, { type: 'fetchViewLater' })
  if (publication.status !== 'on' || publication.feed.status !== 'renewing')
    return next(current, ...effects) // new addresses restart the pusher: they are taken when they are needed
  const renewed = publish
    ? withFeed({ ...current, publication: { ...publication, publish } }, { type: 'renewed' })
    : withFeed(current, { type: 'renewFailed' })
  return next(renewed.state, ...effects, ...renewed.effects)
}

function whenRoomEnded(state: GuestState, at: number): Next {
  const { view } = state
  if (!view)
    return settle(state, { ...state, wishes: [] })
  const link = transitionLinkMic(view.link, { type: 'roomEnded', at })
  return settle(state, { ...withView(state, { ...view, version: view.version + 1, link }), wishes: [] })
}

function withView(state: GuestState, view: LinkMicView): GuestState {
  const before = state.view
  if (before && (view.roomId !== before.roomId || view.version <= before.version))
    return state
  const { link } = view
  const request = requestOf(link)
  const ending = endingOf(link)
  const isNews = before ? endingOf(before.link)?.requestId !== ending?.requestId : state.own === ending?.requestId
  const next: GuestState = { ...state, view, ending: isNews && ending ? ending : state.ending }
  // Found on opening the page, and nobody sends: this window goes on.
  if (!before && (link.status === 'connecting' || link.status === 'dropped'))
    return { ...next, own: link.requestId }
  // The anchor's yes has crossed our no.
  if (request !== undefined && request === state.left && !state.wishes.some(wish => wish.requestId === request))
    return takenBack(next, request, view.at)
  return next
}

const endingOf = (link: LinkMic) => link.status === 'idle' ? link.ending : null

/** What a change asks for is seen by comparing before and after: no path can forget it. */
function settle(before: GuestState, after: GuestState, publish?: PublishUrls): Next {
  const stream = mayPublish(after) ? withStream(after, publish) : withoutStream(after)
  const effects = [...stream.effects]
  const [wish] = after.wishes
  if (wish && wish !== before.wishes[0])
    effects.push({ type: 'send', wish })
  if (after.view !== before.view && isMisunderstood(stream.state))
    effects.push({ type: 'report' })
  return next(stream.state, ...effects)
}
