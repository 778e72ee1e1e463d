/**
 * SRS keeps a second publisher out (ERROR_SYSTEM_STREAM_BUSY) after its hook was answered. A phone that changed networks is such
 * a second one, while its old connection lasts: so the old one is hung up on before the new one's hook is answered.
 */
import type { Clock } from '../../clock'
import type { Publications } from './publications'
import type { SrsApi } from './srsApi'

/** For the old publisher to be gone; SRS waits longer for the answer of a hook. */
export const TAKEOVER_MS = 3000

export interface Takeovers {
  /** Resolves with whether the stream is the newcomer's now. @throws CloudUnavailable */
  take: (streamId: string, newcomer: string) => Promise<boolean>
  /** A hook tells of an end. True: it was waited for, and the stream is the newcomer's. */
  noteEnd: (streamId: string, clientId: string) => boolean
  /** Nobody is waited for any more. */
  close: () => void
}

export interface TakeoversOptions {
  readonly api: Pick<SrsApi, 'kick'>
  readonly publications: Pick<Publications, 'get' | 'begin'>
  readonly clock: Clock
}

export function createTakeovers({ api, publications, clock }: TakeoversOptions): Takeovers {
  /** By stream: whose end is waited for, and what happens then. */
  const waits = new Map<string, { readonly clientId: string, readonly settle: (isGone: boolean) => void }>()

  return {
    async take(streamId, newcomer) {
      const old = publications.get(streamId)
      if (old && old.clientId !== newcomer) {
        let settle = (_isGone: boolean) => {}
        const gone = new Promise<boolean>(resolve => settle = resolve)
        const cancel = clock.after(TAKEOVER_MS, () => settle(false))
        waits.set(streamId, { clientId: old.clientId, settle })
        try {
          const isKnown = await api.kick(old.clientId)
          if (isKnown && !await gone)
            return false
        }
        finally {
          cancel()
          waits.delete(streamId)
        }
      }
      publications.begin(streamId, newcomer)
      return true
    },
    noteEnd(streamId, clientId) {
      const wait = waits.get(streamId)
      if (wait?.clientId !== clientId)
        return false
      wait.settle(true)
      return true
    },
    close() {
      for (const { settle } of waits.values())
        settle(false)
    },
  }
}
