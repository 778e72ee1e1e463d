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
  /** Ends all; nothing of them is left running. */
  close: () => void
}

/** The first rooms that ask are mixed; who comes later takes the place of one that ends, in the order in which they came. */
export function createMixer({ maxRooms, ...options }: MixerOptions): Mixer {
  const wishes = new Map<string, Mix>()
  const running = new Map<string, RoomMix>()

  function forget(streamId: string) {
    wishes.delete(streamId)
    running.delete(streamId)
    fill()
  }

  function fill() {
    for (const [streamId, mix] of wishes) {
      if (running.size >= maxRooms)
        return
      if (!running.has(streamId))
        running.set(streamId, new RoomMix({ ...options, streamId, onEnd: () => forget(streamId) }, mix))
    }
  }

  return {
    mix(streamId, mix) {
      wishes.set(streamId, mix)
      running.get(streamId)?.change(mix)
      fill()
    },
    stopMix(streamId) {
      running.get(streamId)?.stop()
      forget(streamId)
    },
    close() {
      wishes.clear()
      for (const roomMix of running.values())
        roomMix.stop()
      running.clear()
    },
  }
}
