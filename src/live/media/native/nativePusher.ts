/** <live-pusher> behind the promises of MediaPusher. The tag is the page's; this drives its context and reads its numbers. */
import type { WayReport } from '../mediaDrive'
import type { NativeNews } from '../nativeCodes'
import type { NativeNetInfo } from './nativeStatistics'
import type { MediaProblem, MediaStatistics, MediaStatus } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import { MEDIA_BACKOFF } from '@/shared/domain/backoff'
import { createMediaDrive } from '../mediaDrive'
import { PUSHER_CODES, PUSHER_ERRORS, readNativeCode } from '../nativeCodes'
import { nativeStatistics } from './nativeStatistics'

/** The SDK itself retries three times within this. */
const POLICY = { openMs: 20_000, steadyMs: 10_000, backoff: MEDIA_BACKOFF }

type Call<Result = unknown> = (options: { success?: (result: Result) => void, fail?: () => void }) => void

/** What we use of LivePusherContext. */
export interface NativePusherContext {
  start: Call
  stop: Call
  pause: Call
  resume: Call
  startPreview: Call
  stopPreview: Call
  switchCamera: Call
  snapshot: (options: { quality: 'compressed', success: (result: { tempImagePath: string }) => void, fail: () => void }) => void
}

export interface NativePusherOptions {
  /** Called on use: a page's children are mounted before its tag exists. */
  readonly context: () => NativePusherContext
  readonly clock: Clock
  readonly random: () => number
  /** The app is back in front, or a call that took the microphone is over. Returns what stops listening. */
  readonly onReturn: (listener: () => void) => () => void
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
  readonly onStatistics: (statistics: MediaStatistics) => void
  readonly onPreview: () => void
}

export function createNativePusher(options: NativePusherOptions) {
  const { context, clock, random } = options
  let report: WayReport | undefined
  let isSuspended = false
  /** WeChat refuses stop() in the background, and the phone would go on sending. */
  let ending: 'done' | 'asked' | 'refused' = 'done'
  let isDestroyed = false
  let complaints = 0

  const drive = createMediaDrive({ policy: POLICY, clock, random, open, onStatus: options.onStatus, onProblem: options.onProblem })
  const stopListening = options.onReturn(whenBack)

  function open(_way: unknown, openReport: WayReport) {
    report = openReport
    context().start({ fail: () => openReport.failed('lost') })
    return () => {
      report = undefined
      isSuspended = false
      ending = 'asked'
      context().stop({ success: whenEnded, fail: () => ending = 'refused' })
    }
  }

  function whenEnded() {
    ending = 'done'
    if (isDestroyed)
      stopListening()
  }

  function whenBack() {
    // Once only, and not while something new is being sent: all pages share this context.
    if (ending === 'refused' && !report)
      context().stop({})
    if (ending === 'refused')
      whenEnded()
    if (isSuspended) {
      isSuspended = false
      context().resume({ success: () => report?.opened(), fail: () => report?.failed('lost') })
    }
  }

  function take(news: NativeNews, nativeCode: number) {
    switch (news.type) {
      case 'live':
        report?.opened()
        break
      case 'reconnecting':
        report?.wavered()
        break
      case 'weak':
        complaints++
        break
      case 'suspended':
        isSuspended = true
        context().pause({})
        report?.wavered()
        break
      case 'lost':
        report?.failed('lost', nativeCode)
        break
      case 'problem':
        options.onProblem({ code: news.code, nativeCode })
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
    start: () => drive.start(['rtmp']),
    stop() {
      drive.stop()
      context().stopPreview({})
    },
    /** After this nothing can be started. */
    destroy() {
      this.stop()
      isDestroyed = true
      if (ending === 'done')
        stopListening()
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
      // Bytes leave although no code said so: some versions never send 1002.
      if (drive.status === 'connecting' && (info.videoBitrate || info.audioBitrate))
        report?.opened()
      options.onStatistics(nativeStatistics(info, 'rtmp', clock.now(), complaints))
      complaints = 0
    },
  }
}
