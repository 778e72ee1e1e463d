/**
 * The way of the anchor's picture to the server. The pusher reconnects by itself; when it gives up, fresh addresses are
 * fetched once and it starts again, and after that a person decides. Pure.
 */
import type { Step } from '@/shared/domain/transition'
import type { MediaProblemCode, MediaStatus } from '@/src/live/components/media'
import { step } from '@/shared/domain/transition'

export type Feed
  = | { readonly status: 'connecting', readonly isRenewed: boolean }
    | { readonly status: 'steady' }
    | { readonly status: 'reconnecting', readonly isRenewed: boolean }
  /** Asking the server for fresh addresses before starting again. */
    | { readonly status: 'renewing' }
    | { readonly status: 'down', readonly problem: MediaProblemCode }

export type FeedEvent
  = | { readonly type: 'pusher', readonly status: MediaStatus }
  /** The pusher gave up. */
    | { readonly type: 'pusherFailed', readonly problem: MediaProblemCode }
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
  'CAMERA_DENIED',
  'MICROPHONE_DENIED',
  'NO_CAMERA',
  'NO_MICROPHONE',
  'DEVICE_BUSY',
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
    case 'problem':
      return step(feed.status === 'down' ? { status: 'down', problem: event.problem } : feed)
    case 'renewed':
      return feed.status === 'renewing' ? step<Feed, FeedEffect>({ status: 'connecting', isRenewed: true }, { type: 'startPush' }) : step(feed)
    case 'renewFailed':
      return feed.status === 'renewing' ? step({ status: 'down', problem: 'NETWORK' }) : step(feed)
    case 'retry':
      return feed.status === 'down' ? renew() : step(feed)
  }
}

function whenReported(feed: Feed, status: MediaStatus): Feed {
  if (feed.status === 'renewing' || feed.status === 'down')
    return feed
  switch (status) {
    case 'live': return STEADY
    case 'interrupted': return { status: 'reconnecting', isRenewed: wasRenewed(feed) }
    default: return feed
  }
}

const renew = (): Step<Feed, FeedEffect> => step<Feed, FeedEffect>({ status: 'renewing' }, { type: 'renewUrls' })

const wasRenewed = (feed: Feed): boolean => 'isRenewed' in feed && feed.isRenewed

function canRenew(feed: Feed, problem: MediaProblemCode): boolean {
  return feed.status !== 'renewing' && feed.status !== 'down' && !wasRenewed(feed) && !FOR_A_PERSON.includes(problem)
}
