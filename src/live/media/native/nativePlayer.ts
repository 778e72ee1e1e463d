/** <live-player> behind the promises of MediaPlayer. */
import type { WayReport } from '../mediaDrive'
import type { Way } from '../mediaPlan'
import type { PlayTarget } from '../playPlan'
import type { NativeNetInfo } from './nativeStatistics'
import type { MediaProblem, MediaStatistics, MediaStatus } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import { createMediaDrive } from '../mediaDrive'
import { PLAYER_CODES, readNativeCode } from '../nativeCodes'
import { isOtherTarget, nativePlayWays, PLAY_POLICY, urlOf } from '../playPlan'
import { nativePlayerStatistics } from './nativeStatistics'

/** Phones on the road are slower than browsers at a desk. */
const POLICY = { ...PLAY_POLICY, openMs: 8000 }

export interface NativePlayerContext {
  play: (options: { fail: () => void }) => void
  stop: (options: object) => void
  requestFullScreen: (options: { direction: 0 | 90 | -90 }) => void
  exitFullScreen: (options: object) => void
}

export interface NativePlayerOptions {
  readonly context: () => NativePlayerContext
  /** Gives the tag its `src` and resolves when it has it. */
  readonly setSource: (url: string) => Promise<void>
  readonly clock: Clock
  readonly random: () => number
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
  readonly onStatistics: (statistics: MediaStatistics) => void
  readonly onSize: (size: { width: number, height: number }) => void
}

export function createNativePlayer(options: NativePlayerOptions) {
  const { context, clock } = options
  let target: PlayTarget = { urls: undefined, mode: 'live' }
  let report: WayReport | undefined
  let way: Way = 'flv'
  let complaints = 0
  let isFullscreen = false
  let size = { width: 0, height: 0 }

  const drive = createMediaDrive({ ...options, policy: POLICY, open })

  function open(opened: Way, openReport: WayReport) {
    let isClosed = false
    way = opened
    report = openReport
    void options.setSource(urlOf(target.urls, way)).then(() => {
      if (!isClosed)
        context().play({ fail: () => openReport.failed('lost') })
    })
    return () => {
      isClosed = true
      report = undefined
      context().stop({})
    }
  }

  return {
    /** Another stream or mode takes effect at once; fresh addresses of the same stream serve the next try. */
    select({ urls = target.urls, mode }: PlayTarget) {
      const before = target
      target = { urls, mode }
      if (isOtherTarget(before, target))
        drive.redirect(nativePlayWays(target))
    },
    start: () => drive.start(nativePlayWays(target)),
    stop: () => drive.stop(),
    toggleFullscreen() {
      if (isFullscreen)
        context().exitFullScreen({})
      else
        context().requestFullScreen({ direction: size.width > size.height ? 90 : 0 })
    },
    handleFullscreen(isOn: boolean) {
      isFullscreen = isOn
    },
    handleState(code: number) {
      const news = readNativeCode(PLAYER_CODES, code)
      if (news.type === 'live')
        report?.opened()
      else if (news.type === 'reconnecting')
        report?.wavered()
      else if (news.type === 'lost')
        report?.failed('lost', code)
      else if (news.type === 'weak')
        complaints++
    },
    handleNetStatus(info: NativeNetInfo) {
      const statistics = nativePlayerStatistics(info, way, clock.now(), complaints)
      complaints = 0
      options.onStatistics(statistics)
      const { width, height } = statistics
      if (width > 0 && (width !== size.width || height !== size.height)) {
        size = { width, height }
        options.onSize(size)
      }
    },
  }
}
