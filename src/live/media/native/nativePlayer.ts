/** <live-player> behind the promises of MediaPlayer. */
import type { PlayTarget } from '../playPlan'
import type { ListenOutside, OpenedWay, WayReport } from '../recovery/createRecovery'
import type { Way } from '../recovery/recoveryState'
import type { NativeNetInfo } from './nativeStatistics'
import type { MediaProblem, MediaStatistics, MediaStatus, MediaTrouble } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import { PLAYER_CODES, readNativeCode } from '../nativeCodes'
import { createWeakWatch } from '../networkGrade'
import { isOtherTarget, nativePlayWays, PLAY_POLICY, urlOf } from '../playPlan'
import { createRecovery } from '../recovery/createRecovery'
import { nativePlayerStatistics } from './nativeStatistics'
import { createTagWatch } from './tagWatch'

/** Phones on the road are slower than browsers at a desk. */
const POLICY = { ...PLAY_POLICY, openMs: 8000 }

export interface NativePlayerContext {
  play: (options: { fail: () => void }) => void
  stop: (options: object) => void
  pause: (options: object) => void
  resume: (options: { success: () => void, fail: () => void }) => void
  requestFullScreen: (options: { direction: 0 | 90 | -90 }) => void
  exitFullScreen: (options: object) => void
}

export interface NativePlayerOptions {
  readonly context: () => NativePlayerContext
  /** Gives the tag its `src` and resolves when it has it. */
  readonly setSource: (url: string) => Promise<void>
  readonly clock: Clock
  readonly random: () => number
  readonly outside: ListenOutside
  /** Known to have no tags. */
  readonly isDevTools?: boolean
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
  readonly onTrouble: (trouble: MediaTrouble | null) => void
  readonly onStatistics: (statistics: MediaStatistics) => void
  readonly onSize: (size: { width: number, height: number }) => void
}

export function createNativePlayer(options: NativePlayerOptions) {
  const { clock } = options
  const watch = createTagWatch({ clock, isDevTools: options.isDevTools, onMissing })
  const context = () => watch.over(options.context())
  let target: PlayTarget = { urls: undefined, mode: 'live' }
  let report: WayReport | undefined
  let way: Way = 'flv'
  /** Since the last look. */
  let complaints = 0
  let isFullscreen = false
  let size = { width: 0, height: 0 }

  let isWeak = createWeakWatch()
  const recovery = createRecovery({ ...options, policy: POLICY, open })

  function open(opened: Way, openReport: WayReport): OpenedWay {
    let isClosed = false
    way = opened
    report = openReport
    isWeak = createWeakWatch()
    void options.setSource(urlOf(target.urls, way)).then(() => {
      if (!isClosed)
        context().play({ fail: () => openReport.failed('lost') })
    })
    return {
      close() {
        isClosed = true
        report = undefined
        context().stop({})
      },
      pause: () => context().pause({}),
      resume: () => context().resume({ success: openReport.opened, fail: () => openReport.failed('lost') }),
    }
  }

  function onMissing() {
    recovery.lack('TAG_UNAVAILABLE')
    recovery.block()
  }

  function complain() {
    complaints++
    recovery.complain()
  }

  return {
    /** Another stream or mode takes effect at once; fresh addresses of the same stream serve the next try. */
    select({ urls = target.urls, mode }: PlayTarget) {
      const before = target
      target = { urls, mode }
      if (isOtherTarget(before, target))
        recovery.redirect(nativePlayWays(target))
    },
    start: () => recovery.start(nativePlayWays(target)),
    stop() {
      watch.stop()
      recovery.stop()
    },
    pause: recovery.pause,
    resume: recovery.resume,
    /** After this nothing can be started. */
    destroy() {
      watch.stop()
      recovery.destroy()
    },
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
      watch.heard()
      const news = readNativeCode(PLAYER_CODES, code)
      if (news.type === 'live')
        report?.opened()
      else if (news.type === 'reconnecting')
        report?.wavered(news.isTry)
      else if (news.type === 'lost')
        report?.failed('lost', code)
      else if (news.type === 'weak')
        complain()
    },
    handleNetStatus(info: NativeNetInfo) {
      watch.heard()
      if (info.videoBitrate || info.audioBitrate)
        report?.alive()
      const statistics = nativePlayerStatistics(info, way, clock.now(), complaints)
      complaints = 0
      if (isWeak(statistics))
        recovery.complain()
      options.onStatistics(statistics)
      const { width, height } = statistics
      if (width > 0 && (width !== size.width || height !== size.height)) {
        size = { width, height }
        options.onSize(size)
      }
    },
  }
}
