/** Who publishes what on SRS, as its hooks tell; what becomes of it is told to listeners. */
import type { Clock } from '../../clock'
import type { MediaEvent } from '../MediaProvider'

/** Ends that are remembered for a listing that was under way when they came. */
const ENDED_MAX = 10_000

export interface Publication {
  /** What SRS calls the publisher, in hooks and API; also the session id of its events. */
  readonly clientId: string
  /** Unix ms. */
  readonly since: number
}

export interface Publications {
  /** A takeover when another publication is there: its end is told after the new beginning. */
  begin: (streamId: string, clientId: string) => void
  /** Does nothing unless it is this publication that is there. */
  end: (streamId: string, clientId: string) => void
  get: (streamId: string) => Publication | undefined
  all: () => readonly (readonly [streamId: string, publication: Publication])[]
  /** Whether this publication has ended since `at` (unix ms). */
  hasEndedSince: (clientId: string, at: number) => boolean
  /** Returns what stops listening. */
  onEvent: (listener: (event: MediaEvent) => void) => () => void
}

export function createPublications(clock: Pick<Clock, 'now'>): Publications {
  const live = new Map<string, Publication>()
  const ended = new Map<string, number>()
  const listeners = new Set<(event: MediaEvent) => void>()

  function tell(type: MediaEvent['type'], streamId: string, sessionId: string): void {
    if (type === 'unpublish')
      remember(sessionId)
    const event: MediaEvent = { type, streamId, sessionId, at: clock.now() }
    for (const listener of listeners)
      listener(event)
  }

  function remember(clientId: string): void {
    ended.set(clientId, clock.now())
    if (ended.size > ENDED_MAX)
      ended.delete(ended.keys().next().value!)
  }

  return {
    begin(streamId, clientId) {
      const old = live.get(streamId)
      if (old?.clientId === clientId)
        return
      live.set(streamId, { clientId, since: clock.now() })
      tell('publish', streamId, clientId)
      if (old)
        tell('unpublish', streamId, old.clientId)
    },
    end(streamId, clientId) {
      if (live.get(streamId)?.clientId !== clientId)
        return
      live.delete(streamId)
      tell('unpublish', streamId, clientId)
    },
    get: streamId => live.get(streamId),
    all: () => [...live],
    hasEndedSince: (clientId, at) => (ended.get(clientId) ?? Number.NEGATIVE_INFINITY) >= at,
    onEvent(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
