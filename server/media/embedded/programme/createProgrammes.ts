import type { StreamHub } from '../streamHub'
import { Programme } from './programme'

/** Programmes by their stream id. See MediaProvider. */
export interface Programmes {
  follow: (streamId: string, sources: readonly string[]) => void
  /** Ends all, for good. */
  close: () => void
}

interface Wish {
  sources: readonly string[]
  running?: Programme
  readonly withdraw: () => void
}

/** Each runs while somebody plays it: a programme that nobody watches costs nothing. */
export function createProgrammes(hub: StreamHub): Programmes {
  const wishes = new Map<string, Wish>()

  function begin(streamId: string, wish: Wish) {
    wish.running = new Programme({ hub, streamId, sources: wish.sources, onEnd: () => wish.running = undefined })
    wish.running.start()
  }

  function end(streamId: string) {
    wishes.get(streamId)?.withdraw()
    wishes.get(streamId)?.running?.stop()
    wishes.delete(streamId)
  }

  return {
    follow(streamId, sources) {
      if (sources.length === 0)
        return end(streamId)
      const known = wishes.get(streamId)
      if (known) {
        known.sources = sources
        known.running?.follow(sources)
        return
      }
      const wish: Wish = { sources, withdraw: hub.offer(streamId, () => begin(streamId, wish)) }
      wishes.set(streamId, wish)
    },
    close: () => [...wishes.keys()].forEach(end),
  }
}
