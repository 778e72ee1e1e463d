/** Stages composed by Cloud Live. A mix is asked for when its inputs are there (267/45566), and again until it is. */
import type { Mix } from '../MediaProvider'
import type { Errands } from './errands'
import type { LiveApi } from './liveApi'
import type { MediaLog } from './mediaLog'
import type { PictureSize } from './mixLayout'
import { commonMixOf } from './mixLayout'

const FIRST_WAIT_MS = 2000
const LONGEST_WAIT_MS = 60_000
/** After so long a mixed stream that did not begin is asked for. */
const APPEARS_MS = 10_000

export interface LiveMixes {
  /** Begins, or goes over to others. */
  set: (streamId: string, mix: Mix) => void
  stop: (streamId: string) => void
  /** Ends a mix of which nothing is known here, as from before a restart. */
  cancel: (streamId: string) => void
  /** This stream began or ended. */
  changed: (streamId: string) => void
  isWanted: (streamId: string) => boolean
  close: () => void
}

export interface LiveMixesOptions {
  readonly api: Pick<LiveApi, 'mix' | 'cancelMix'>
  readonly errands: Errands
  readonly log: MediaLog
  readonly isLive: (streamId: string) => boolean
  readonly sizeOf: (streamId: string) => PictureSize
  /** Asks the cloud whether a mixed stream is there of which nothing was heard, or is gone. */
  readonly check: (streamId: string) => Promise<void>
}

interface Wish {
  mix: Mix
  /** What the cloud has been asked for last, as text. */
  asked: string | undefined
  waitMs: number
  cancel: () => void
}

export function createLiveMixes({ api, errands, log, isLive, sizeOf, check }: LiveMixesOptions): LiveMixes {
  const wishes = new Map<string, Wish>()

  /** Asks for what is wanted now, if it was not asked for already. */
  function ask(streamId: string): void {
    const wish = wishes.get(streamId)
    const guests = wish?.mix.guests.filter(guest => isLive(guest.streamId)) ?? []
    if (!wish)
      return
    if (guests.length === 0 || !isLive(wish.mix.anchorStreamId)) {
      wish.asked = undefined // whoever comes back is asked for again
      return
    }
    const request = commonMixOf(streamId, { ...wish.mix, guests }, sizeOf)
    const text = JSON.stringify(request)
    if (wish.asked === text)
      return
    wish.asked = text
    wish.cancel()
    const isStill = () => wishes.get(streamId) === wish && wish.asked === text
    void errands.once(streamId, async () => {
      if (!isStill())
        return
      try {
        await api.mix(request)
        log.info({ streamId, inputs: request.InputStreamList.length }, 'mixed')
        wish.cancel = errands.later(APPEARS_MS, () => void appear(streamId, isStill))
      }
      catch (error) {
        log.warn({ streamId, err: error }, 'a stage could not be mixed')
        if (isStill())
          askLater(streamId, wish)
      }
    })
  }

  function askLater(streamId: string, wish: Wish): void {
    wish.asked = undefined
    wish.cancel = errands.later(wish.waitMs, () => ask(streamId))
    wish.waitMs = Math.min(wish.waitMs * 2, LONGEST_WAIT_MS)
  }

  async function appear(streamId: string, isStill: () => boolean): Promise<void> {
    if (!isLive(streamId))
      await check(streamId)
    const wish = wishes.get(streamId)
    if (!wish || !isStill())
      return
    if (isLive(streamId))
      wish.waitMs = FIRST_WAIT_MS
    else
      askLater(streamId, wish)
  }

  function cancel(streamId: string): void {
    void errands.run(streamId, 'no longer mixed', () => api.cancelMix(streamId))
      .then(() => void errands.later(APPEARS_MS, () => void check(streamId)))
  }

  return {
    set(streamId, mix) {
      const wish = wishes.get(streamId)
      if (wish)
        wish.mix = mix
      else
        wishes.set(streamId, { mix, asked: undefined, waitMs: FIRST_WAIT_MS, cancel: () => {} })
      ask(streamId)
    },

    stop(streamId) {
      const wish = wishes.get(streamId)
      wish?.cancel()
      wishes.delete(streamId)
      if (wish || isLive(streamId))
        cancel(streamId)
    },

    cancel,

    changed(streamId) {
      const wish = wishes.get(streamId)
      if (wish && !isLive(streamId))
        askLater(streamId, wish)
      for (const [mixed, { mix }] of wishes) {
        if (mix.anchorStreamId === streamId || mix.guests.some(guest => guest.streamId === streamId))
          ask(mixed)
      }
    },

    isWanted: streamId => wishes.has(streamId),
    close() {
      for (const { cancel } of wishes.values())
        cancel()
      wishes.clear()
    },
  }
}
