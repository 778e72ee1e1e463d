/** Asks Cloud Live now and then which streams it has, so that a lost callback leaves no room live, or dead, for ever. */
import type { Clock } from '../../clock'
import type { LiveApi } from './liveApi'
import type { MediaLog } from './mediaLog'
import type { Publications } from './publications'
import { TencentApiError } from '../../tencent/TencentApiError'

/** The list is meant to be asked for less than once a minute (267/20472). */
export const CENSUS_MS = 70_000
/** Until the first one succeeds: rooms that were live before a restart wait for it. */
const FIRST_RETRY_MS = 5000
/** The list is a little behind: who came or went so recently is left alone. */
const FRESH_MS = 30_000
/** How many are asked for one by one, each time. */
const DOUBTS_MAX = 50

export interface Census {
  start: () => void
  /** A message says that this stream ended, but not which publication of it. */
  doubt: (streamId: string) => Promise<void>
  close: () => void
}

export interface CensusOptions {
  readonly api: Pick<LiveApi, 'online' | 'stateOf'>
  readonly publications: Publications
  readonly clock: Clock
  readonly log: MediaLog
  /** A stream is there: nobody told us of it, or it has been there for a while and may have been cut in vain. */
  readonly onFound: (streamId: string) => void
}

export function createCensus({ api, publications, clock, log, onFound }: CensusOptions): Census {
  let cancel = () => {}
  let isClosed = false
  let hasSucceeded = false

  async function doubt(streamId: string): Promise<void> {
    const believed = publications.get(streamId)
    if (!believed)
      return
    // "If in doubt, take it as online" (267/20470): only a clear no ends a publication.
    const state = await api.stateOf(streamId).catch(() => 'active')
    if (state !== 'active' && !isClosed)
      publications.lost(streamId, believed.sessionId)
  }

  async function take(): Promise<void> {
    const online = new Set(await api.online())
    if (isClosed)
      return
    const isFresh = (at: number | undefined) => at !== undefined && clock.now() - at < FRESH_MS
    for (const streamId of online) {
      if (!isFresh(publications.get(streamId)?.since ?? publications.endedAt(streamId)))
        onFound(streamId)
    }
    const missing = publications.all().filter(([streamId, { since }]) => !online.has(streamId) && !isFresh(since))
    for (const [streamId] of missing.slice(0, DOUBTS_MAX))
      await doubt(streamId)
  }

  async function round(): Promise<void> {
    let isRefused = false
    try {
      await take()
      hasSucceeded = true
    }
    catch (error) {
      isRefused = error instanceof TencentApiError // another key or another domain would help, not another try
      log.warn({ err: error }, 'Cloud Live did not tell which streams it has')
    }
    if (!isClosed)
      cancel = clock.after(hasSucceeded || isRefused ? CENSUS_MS : FIRST_RETRY_MS, () => void round())
  }

  return {
    start: () => void round(),
    doubt,
    close() {
      isClosed = true
      cancel()
    },
  }
}
