/** Playing without a player: it is live while the server has the stream on air, and tells whose it is. */
import type { ListenOutside, OpenedWay, WayReport } from '../recovery/createRecovery'
import type { StreamOwner } from './simulatedStream'
import type { PlayUrls } from '@/shared/protocol/rest'
import type { MediaProblem, MediaStatus, MediaTrouble } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import type { RoomApi } from '@/src/ports/RoomApi'
import { PLAY_POLICY } from '../playPlan'
import { createRecovery } from '../recovery/createRecovery'
import { isSameOwner, nameOnAir, ownerOfAny } from './simulatedStream'
import { createSuffering } from './suffering'

export const LOOK_AGAIN_MS = 3000

export interface SimulatedPlayerOptions {
  readonly api: Pick<RoomApi, 'getRoom'>
  readonly clock: Clock
  readonly random: () => number
  readonly outside: ListenOutside
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
  readonly onTrouble: (trouble: MediaTrouble | null) => void
  /** The nickname of who is played. */
  readonly onName: (name: string) => void
}

export function createSimulatedPlayer({ api, onName, onProblem, ...options }: SimulatedPlayerOptions) {
  let owner: StreamOwner | undefined
  let report: WayReport | undefined
  const recovery = createRecovery({ ...options, policy: PLAY_POLICY, open, onProblem: problem => onProblem(problem.code === 'UNSUPPORTED' ? { code: 'TAG_UNAVAILABLE' } : problem) })
  const suffering = createSuffering(options.clock, recovery, () => report)

  const ways = () => owner ? ['flv'] as const : []

  function open(_way: unknown, opened: WayReport): OpenedWay {
    const { roomId, userId } = owner!
    report = opened
    const stopLooking = options.clock.every(LOOK_AGAIN_MS, look)

    function look() {
      if (suffering.isLost())
        return opened.failed('lost')
      api.getRoom(roomId).then(({ room }) => {
        if (report !== opened) // another stream is played by now
          return
        const name = nameOnAir(room, userId)
        if (name === undefined)
          return opened.failed('gone')
        onName(name)
        opened.opened()
      }, () => opened.failed('lost'))
    }

    look()
    return {
      close() {
        stopLooking()
        report = undefined
      },
      pause: () => {}, // the drawing stands still by the status
      resume: look,
    }
  }

  return {
    /** Another stream takes effect at once. */
    select(urls: PlayUrls | undefined) {
      const before = owner
      owner = urls && ownerOfAny(urls)
      if (!isSameOwner(before, owner))
        recovery.redirect(ways())
    },
    start: () => recovery.start(ways()),
    stop: recovery.stop,
    pause: recovery.pause,
    resume: recovery.resume,
    suffer: suffering.begin,
    destroy() {
      suffering.begin('none')
      recovery.destroy()
    },
  }
}
