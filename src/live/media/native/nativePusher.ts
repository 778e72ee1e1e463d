/** <live-pusher> behind the promises of MediaPusher: its numbers become the machine's events, the machine's effects its calls. */
import type { NativeNews } from '../nativeCodes'
import type { ListenOutside, OpenedWay, WayReport } from '../recovery/createRecovery'
import type { NativeNetInfo } from './nativeStatistics'
import type { NativePusherContext } from './pusherContext'
import type { MediaProblem, MediaStatistics, MediaStatus, MediaTrouble } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import { PUSHER_CODES, PUSHER_ERRORS, readNativeCode } from '../nativeCodes'
import { createWeakWatch } from '../networkGrade'
import { createRecovery } from '../recovery/createRecovery'
import { PUBLISH_PATIENCE } from '../recovery/recoveryState'
import { nativeStatistics } from './nativeStatistics'
import { createSending } from './sending'
import { createTagWatch } from './tagWatch'

/** The SDK itself retries three times within this. */
const POLICY = { ...PUBLISH_PATIENCE, openMs: 20_000 }

export interface NativePusherOptions {
  /** Called on use: a page's children are mounted before its tag exists. */
  readonly context: () => NativePusherContext
  readonly clock: Clock
  readonly random: () => number
  readonly outside: ListenOutside
  /** Known to have no tags. */
  readonly isDevTools?: boolean
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
  readonly onTrouble: (trouble: MediaTrouble | null) => void
  readonly onStatistics: (statistics: MediaStatistics) => void
  readonly onPreview: () => void
}

export function createNativePusher(options: NativePusherOptions) {
  const { clock } = options
  const watch = createTagWatch({ clock, isDevTools: options.isDevTools, onMissing })
  const context = () => watch.over(options.context())
  let report: WayReport | undefined
  /** Since the last look. */
  let complaints = 0
  let isWeak = createWeakWatch()
  const sending = createSending(context, clock)
  const recovery = createRecovery({ ...options, policy: POLICY, open, closeAgain })

  function open(_way: unknown, opened: WayReport): OpenedWay {
    report = opened
    isWeak = createWeakWatch()
    const giveUp = sending.begin(() => opened.failed('lost'))
    return {
      close() {
        report = undefined
        giveUp()
        return sending.end()
      },
      pause: () => context().pause({}),
      resume: () => context().resume({ success: opened.opened, fail: () => opened.failed('lost') }),
    }
  }

  function onMissing() {
    recovery.lack('TAG_UNAVAILABLE')
    if (recovery.status !== 'idle')
      recovery.block()
  }

  /** Refused in the background, and then said again with the rest. */
  const stopPreview = () => context().stopPreview({ fail: () => {} })

  function closeAgain() {
    stopPreview()
    return sending.end()
  }

  function take(news: NativeNews, nativeCode: number) {
    watch.heard()
    switch (news.type) {
      case 'live':
        report?.opened()
        break
      case 'reconnecting':
        report?.wavered(news.isTry)
        break
      case 'weak':
        complaints++
        recovery.complain()
        break
      case 'interrupted':
        recovery.interrupt(news.by)
        break
      case 'lost':
        report?.failed('lost', nativeCode)
        break
      case 'problem':
        recovery.lack(news.code, nativeCode)
    }
  }

  return {
    startPreview: () => new Promise<void>((resolve) => {
      context().startPreview({
        success() {
          options.onPreview()
          resolve()
        },
        fail() {
          options.onProblem({ code: 'DEVICE_BUSY' })
          resolve()
        },
      })
    }),
    /** The tag must have its URL by now. */
    start: () => recovery.start(['rtmp']),
    stop() {
      watch.stop()
      recovery.stop()
      stopPreview()
    },
    pause: recovery.pause,
    resume: recovery.resume,
    /** After this nothing can be started. */
    destroy() {
      this.stop()
      recovery.destroy()
    },
    switchCamera: () => context().switchCamera({}),
    snapshot: () => new Promise<{ filePath: string } | undefined>(resolve => context().snapshot({
      quality: 'compressed',
      success: ({ tempImagePath }) => resolve({ filePath: tempImagePath }),
      fail: () => resolve(undefined),
    })),
    handleState: (code: number) => take(readNativeCode(PUSHER_CODES, code), code),
    handleError: (code: number) => take(readNativeCode(PUSHER_ERRORS, code), code),
    handleNetStatus(info: NativeNetInfo) {
      watch.heard()
      if (info.videoBitrate || info.audioBitrate)
        report?.alive()
      const statistics = nativeStatistics(info, 'rtmp', clock.now(), complaints)
      complaints = 0
      if (isWeak(statistics))
        recovery.complain()
      options.onStatistics(statistics)
    },
  }
}
