/** Publishing without a camera: the server plays a loop as one's stream. It recovers as a real pusher does. */
import type { ListenOutside, OpenedWay, WayReport } from '../recovery/createRecovery'
import type { MediaFailure } from '../recovery/recoveryState'
import type { MediaProblem, MediaStatus, MediaTrouble } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import type { Simulator } from '@/src/ports/Simulator'
import { ApiFailure } from '@/src/ports/RoomApi'
import { createRecovery } from '../recovery/createRecovery'
import { PUBLISH_PATIENCE } from '../recovery/recoveryState'
import { createSuffering } from './suffering'

const POLICY = { ...PUBLISH_PATIENCE, openMs: 15_000 }
/** Twice within the lease, and a little. */
export const ASK_AGAIN_MS = 8000

export interface SimulatedPusherOptions {
  readonly simulator: Pick<Simulator, 'lend' | 'giveBack'>
  readonly clock: Clock
  readonly random: () => number
  readonly outside: ListenOutside
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
  readonly onTrouble: (trouble: MediaTrouble | null) => void
}

export function createSimulatedPusher({ simulator, onProblem, ...options }: SimulatedPusherOptions) {
  let roomId: string | undefined
  let report: WayReport | undefined
  /** One question after the other: a "give back" that comes late would take what was lent anew. */
  let questions: Promise<unknown> = Promise.resolve()

  const recovery = createRecovery({
    ...options,
    policy: POLICY,
    open,
    onProblem: problem => onProblem(problem.code === 'UNSUPPORTED' ? { code: roomId ? 'NO_SIMULATOR' : 'TAG_UNAVAILABLE' } : problem),
  })
  const suffering = createSuffering(options.clock, recovery, () => report)

  function ask(question: () => Promise<void>): Promise<void> {
    const answer = questions.then(question)
    questions = answer.catch(() => {})
    return answer
  }

  function open(_way: unknown, opened: WayReport): OpenedWay {
    const room = roomId!
    let isPaused = false
    report = opened
    const stopAsking = options.clock.every(ASK_AGAIN_MS, keep)

    function keep() {
      if (suffering.isLost())
        opened.failed('lost')
      else if (!isPaused)
        ask(async () => isPaused || report !== opened ? undefined : simulator.lend(room)).then(opened.opened, cause => opened.failed(failureOf(cause)))
    }
    const giveBack = () => void ask(() => simulator.giveBack(room)).catch(() => {}) // its time runs out

    keep()
    return {
      close() {
        stopAsking()
        report = undefined
        giveBack()
      },
      pause() {
        isPaused = true
        giveBack()
      },
      resume() {
        isPaused = false
        keep()
      },
    }
  }

  return {
    /** @param room where one's stream is wanted; nothing else can be simulated */
    start(room: string | undefined) {
      roomId = room
      recovery.start(room ? ['rtmp'] : [])
    },
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

function failureOf(cause: unknown): MediaFailure {
  switch (cause instanceof ApiFailure && cause.code) {
    case 'NOT_FOUND': return 'unsupported' // the server has no such door
    case 'REPLACED': return 'replaced'
    case 'FORBIDDEN':
    case 'UNAUTHORIZED':
    case 'ROOM_NOT_FOUND':
    case 'ROOM_ENDED': return 'refused'
    default: return 'lost'
  }
}
