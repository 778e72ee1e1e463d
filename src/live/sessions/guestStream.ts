/** The stream that goes with a guest's seat: where to send it, how it is on its way, what is switched on. Pure. */
import type { FeedEvent } from './feedMachine'
import type { GuestEffect, GuestState, Next } from './guestState'
import type { PublishUrls } from '@/shared/protocol/rest'
import { isSeated } from '@/shared/domain/linkMic'
import { CONNECTING, isElsewhere, transitionFeed } from './feedMachine'
import { next } from './guestState'

/** Begins, as soon as there is somewhere to send it; back on a seat the switches are as the server remembers them. */
export function withStream(state: GuestState, publish: PublishUrls | undefined): Next {
  const { publication, view } = state
  if (publication.status === 'on')
    return next(state)
  const switches = publication.status === 'none' ? { isMicOn: view?.sound?.isOn ?? true, isCameraOn: view?.picture?.isOn ?? true } : state.switches
  if (publish)
    return next({ ...state, switches, publication: { status: 'on', publish, feed: CONNECTING } }, { type: 'startPush' })
  return publication.status === 'none' ? next({ ...state, switches, publication: { status: 'fetching' } }, { type: 'fetchView' }) : next(state)
}

export function withoutStream(state: GuestState): Next {
  return state.publication.status === 'none' ? next(state) : next({ ...state, publication: { status: 'none' } }, { type: 'stopPush' })
}

export function withFeed(state: GuestState, event: FeedEvent): Next {
  const { publication } = state
  if (publication.status !== 'on')
    return next(state)
  const { effects, state: feed } = transitionFeed(publication.feed, event)
  if (isElsewhere(feed))
    return withoutStream({ ...state, own: null })
  return next({ ...state, publication: { ...publication, feed } }, ...effects.map((effect): GuestEffect => effect.type === 'renewUrls' ? { type: 'fetchView' } : effect))
}

/** The server has it otherwise than it is on this device: an older report has arrived after a newer one. */
export function isMisunderstood({ publication, switches, view }: GuestState): boolean {
  if (publication.status === 'none' || !view?.sound || !view.picture || !isSeated(view.link))
    return false
  return view.sound.isOn !== switches.isMicOn || (view.link.medium === 'video' && view.picture.isOn !== switches.isCameraOn)
}
