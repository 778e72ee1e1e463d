/** Compares what SRS lists with what its hooks told: after a start, and for hooks that were lost. */
import type { Logger } from 'pino'
import type { Clock } from '../../clock'
import type { Publications } from './publications'
import type { SrsApi } from './srsApi'

export const CENSUS_MS = 5000
/** One listing may miss what comes and goes while it is read, and what its hook has just allowed. */
const MISSES = 2
/** Publishers without a room that are hung up on in one pass. */
const KICKS_MAX = 50

export interface CensusOptions {
  readonly api: Pick<SrsApi, 'publishing' | 'kick'>
  readonly publications: Publications
  readonly canPublish: (streamId: string) => boolean
  readonly clock: Clock
  readonly log: Pick<Logger, 'info' | 'warn'>
}

/** The first one is taken at once. Returns what stops. */
export function startCensus({ api, publications, canPublish, clock, log }: CensusOptions): () => void {
  /** By client id: passes in a row that have missed it. */
  let misses = new Map<string, number>()
  let isBusy = false
  let isStopped = false
  let isReachable = true

  /** What was told and is not listed. */
  function missing(listed: ReadonlyMap<string, string>, begunAt: number): void {
    const now = new Map<string, number>()
    for (const [streamId, { clientId, since }] of publications.all()) {
      const other = listed.get(streamId)
      if (other === clientId || since >= begunAt)
        continue
      const missed = (misses.get(clientId) ?? 0) + 1
      if (missed < MISSES)
        now.set(clientId, missed)
      else if (other !== undefined && canPublish(streamId))
        publications.begin(streamId, other)
      else
        publications.end(streamId, clientId)
    }
    misses = now
  }

  /** What is listed and was not told. Returns the publishers of streams that no room takes, told or not. */
  function found(listed: ReadonlyMap<string, string>, begunAt: number): string[] {
    const homeless: string[] = []
    for (const [streamId, clientId] of listed) {
      if (!canPublish(streamId))
        homeless.push(clientId)
      else if (!publications.get(streamId) && !publications.hasEndedSince(clientId, begunAt))
        publications.begin(streamId, clientId)
    }
    return homeless.slice(0, KICKS_MAX)
  }

  async function take(): Promise<void> {
    const begunAt = clock.now()
    const listed = await api.publishing()
    if (isStopped)
      return
    missing(listed, begunAt)
    for (const clientId of found(listed, begunAt)) {
      await api.kick(clientId)
      log.info({ clientId }, 'a publisher on SRS was hung up on: no room takes it')
    }
  }

  async function pass(): Promise<void> {
    if (isBusy)
      return
    isBusy = true
    const wasReachable = isReachable
    try {
      await take()
      isReachable = true
    }
    catch (error) {
      isReachable = false
      if (wasReachable && !isStopped)
        log.warn({ err: error }, 'SRS does not answer at SRS_API_URL: rooms go on, but nobody can be hung up on')
    }
    isBusy = false
    if (isReachable && !wasReachable)
      log.info({}, 'SRS answers again')
  }

  void pass()
  const stop = clock.every(CENSUS_MS, () => void pass())
  return () => {
    isStopped = true
    stop()
  }
}
