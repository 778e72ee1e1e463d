/**
 * Streams that rooms do not want. The cloud asks nobody before it takes a stream, so what comes in vain is cut when it is
 * there: dropped the first time, and whoever insists is forbidden for an hour. A new address makes the stream welcome again.
 */
import type { Clock } from '../../clock'
import type { Errands } from './errands'
import type { LiveApi } from './liveApi'

/** Encoders come back by themselves within seconds. */
const INSISTENCE_MS = 10 * 60_000
export const FORBIDDEN_MS = 60 * 60_000

export interface Refusals {
  /** Cuts a publication that has begun. */
  refuse: (streamId: string) => void
  /** The stream has a new address. */
  welcome: (streamId: string) => void
}

export interface RefusalsOptions {
  readonly api: Pick<LiveApi, 'drop' | 'forbid' | 'resume'>
  readonly errands: Errands
  readonly clock: Pick<Clock, 'now'>
}

export function createRefusals({ api, errands, clock }: RefusalsOptions): Refusals {
  /** By stream: unix ms. */
  const refused = new Map<string, number>()
  const forbidden = new Map<string, number>()

  function forget(): void {
    const now = clock.now()
    for (const [streamId, at] of refused)
      now - at > INSISTENCE_MS && refused.delete(streamId)
    for (const [streamId, until] of forbidden)
      until <= now && forbidden.delete(streamId)
  }

  return {
    refuse(streamId) {
      forget()
      const isInsisting = refused.has(streamId)
      refused.set(streamId, clock.now())
      if (!isInsisting)
        return void errands.run(streamId, 'dropped: no room takes it', () => api.drop(streamId))
      const until = clock.now() + FORBIDDEN_MS
      forbidden.set(streamId, until)
      void errands.run(streamId, 'forbidden for an hour: no room takes it, again', () => api.forbid(streamId, until, 'no room takes this stream'))
    },

    welcome(streamId) {
      forget()
      refused.delete(streamId)
      if (forbidden.delete(streamId))
        void errands.run(streamId, 'welcome again', () => api.resume(streamId))
    },
  }
}
