/**
 * The way of one's own picture to the server. The pusher reconnects by itself; when it gives up or is stuck, fresh addresses
 * are fetched once and it starts again, and after that a person decides. Pure.
 */
import type { Step } from '@/shared/domain/transition'
import type { MediaProblemCode, MediaStatus } from '@/src/live/components/media'
import { step } from '@/shared/domain/transition'
import { DEVICE_PROBLEMS } from './deviceProblem'

export type Feed
  = | { readonly status: 'connecting', readonly isRenewed: boolean }
    | { readonly status: 'steady' }
    | { readonly status: 'reconnecting', readonly isRenewed: boolean }
  /** Asking the server for fresh addresses before starting again. `isTrying`: the pusher goes on with the old ones meanwhile. */
    | { readonly status: 'renewing', readonly isTrying: boolean }
    | { readonly status: 'down', readonly problem: MediaProblemCode }

export type FeedEvent
  = | { readonly type: 'pusher', readonly status: MediaStatus }
  /** The pusher gave up. */
    | { readonly type: 'pusherFailed', readonly problem: MediaProblemCode }
  /** The pusher has tried in vain for a minute. WeChat's cannot tell a refused address from a lost network. */
    | { readonly type: 'stuck' }
  /** Said beside the status, before or after it. */
    | { readonly type: 'problem', readonly problem: MediaProblemCode }
    | { readonly type: 'renewed' }
    | { readonly type: 'renewFailed' }
    | { readonly type: 'retry' }

export type FeedEffect = { readonly type: 'startPush' } | { readonly type: 'renewUrls' }

export const CONNECTING: Feed = { status: 'connecting', isRenewed: false }
/** An encoder's feed: the server alone knows how it is. */
export const STEADY: Feed = { status: 'steady' }

/** Fresh addresses do not help against these; or a person has to decide first. */
const FOR_A_PERSON: readonly MediaProblemCode[] = [
  ...DEVICE_PROBLEMS,
  'SCREEN_DENIED',
  'INSECURE_CONTEXT',
  'UNSUPPORTED',
  'TAG_UNAVAILABLE',
  'NO_SIMULATOR',
  'REPLACED',
]

/** The same person publishes from another page or device. */
export const isElsewhere = (feed: Feed): boolean => feed.status === 'down' && feed.problem === 'REPLACED'

export function transitionFeed(feed: Feed, event: FeedEvent): Step<Feed, FeedEffect> {
  switch (event.type) {
    case 'pusher':
      return step(whenReported(feed, event.status))
    case 'pusherFailed':
      return canRenew(feed, event.problem) ? renew() : step({ status: 'down', problem: event.problem })
    case 'stuck':
      return isTrying(feed) && !wasRenewed(feed) ? step<Feed, FeedEffect>({ status: 'renewing', isTrying: true }, { type: 'renewUrls' }) : step(feed)
    case 'problem':
      return step(feed.status === 'down' ? { status: 'down', problem: event.problem } : feed)
    case 'renewed':
      return feed.status === 'renewing' ? step<Feed, FeedEffect>({ status: 'connecting', isRenewed: true }, { type: 'startPush' }) : step(feed)
    case 'renewFailed':
      if (feed.status !== 'renewing')
        return step(feed)
      return step(feed.isTrying ? { status: 'reconnecting', isRenewed: true } : { status: 'down', problem: 'NETWORK' })
    case 'retry':
      if (isTrying(feed))
        return step<Feed, FeedEffect>(feed, { type: 'startPush' })
      return feed.status === 'down' ? renew() : step(feed)
  }
}

function whenReported(feed: Feed, status: MediaStatus): Feed {
  if (feed.status === 'down' || (feed.status === 'renewing' && !(feed.isTrying && status === 'live')))
    return feed
  switch (status) {
    case 'live': return STEADY
    case 'interrupted': return { status: 'reconnecting', isRenewed: wasRenewed(feed) }
    default: return feed
  }
}

const renew = (): Step<Feed, FeedEffect> => step<Feed, FeedEffect>({ status: 'renewing', isTrying: false }, { type: 'renewUrls' })

const isTrying = (feed: Feed): boolean => feed.status === 'connecting' || feed.status === 'reconnecting'

const wasRenewed = (feed: Feed): boolean => 'isRenewed' in feed && feed.isRenewed

function canRenew(feed: Feed, problem: MediaProblemCode): boolean {
  if (FOR_A_PERSON.includes(problem) || feed.status === 'down' || wasRenewed(feed))
    return false
  return feed.status !== 'renewing' || feed.isTrying
}
