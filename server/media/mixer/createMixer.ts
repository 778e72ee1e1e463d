import type { Clock } from '../../clock'
import type { StreamHub } from '../embedded/streamHub'
import type { Mix } from '../MediaProvider'
import type { MixQuality } from './quality'
import { RoomMix } from './roomMix'

export interface MixerOptions {
  readonly hub: StreamHub
  readonly clock: Clock
  /** How ffmpeg is called; see findFfmpeg. */
  readonly command: string
  readonly quality: MixQuality
  /** How many rooms are mixed at the same time. */
  readonly maxRooms: number
  readonly log: (message: string) => void
}

/** Mixed streams, by their id. See MediaProvider. */
export interface Mixer {
  mix: (streamId: string, mix: Mix) => void
  stopMix: (streamId: string) => void
  /** Ends all, for good; nothing of them is left running. */
  close: () => void
}

/** A mix that failed too often (the machine may be too small for it) rests, each time twice as long, while viewers compose. */
const FIRST_REST_MS = 60_000
const LONGEST_REST_MS = 60 * 60_000

interface Wish {
  mix: Mix
  nextRestMs: number
  /** Set while it rests. */
  cancelRest?: () => void
}

/** The first rooms that ask are mixed; who comes later takes the place of one that ends or rests, in the order in which they came. */
export function createMixer({ maxRooms, ...options }: MixerOptions): Mixer {
  const wishes = new Map<string, Wish>()
  const running = new Map<string, RoomMix>()
  let isClosed = false

  function fill() {
    for (const [streamId, wish] of wishes) {
      if (running.size >= maxRooms)
        return
      if (!running.has(streamId) && !wish.cancelRest)
        running.set(streamId, new RoomMix({ ...options, streamId, onEnd: () => rest(streamId, wish) }, wish.mix))
    }
  }

  function rest(streamId: string, wish: Wish) {
    running.delete(streamId)
    wish.cancelRest = options.clock.after(wish.nextRestMs, () => {
      wish.cancelRest = undefined
      fill()
    })
    wish.nextRestMs = Math.min(wish.nextRestMs * 2, LONGEST_REST_MS)
    fill()
  }

  function stop(streamId: string) {
    wishes.get(streamId)?.cancelRest?.()
    wishes.delete(streamId)
    running.get(streamId)?.stop()
    running.delete(streamId)
  }

  return {
    mix(streamId, mix) {
      if (isClosed)
        return
      const wish = wishes.get(streamId)
      if (wish)
        wish.mix = mix
      else
        wishes.set(streamId, { mix, nextRestMs: FIRST_REST_MS })
      running.get(streamId)?.change(mix)
      fill()
    },
    stopMix(streamId) {
      stop(streamId)
      fill()
    },
    close() {
      isClosed = true
      for (const streamId of [...wishes.keys()])
        stop(streamId)
    },
  }
}
