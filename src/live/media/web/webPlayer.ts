/** MediaPlayer on the web: the ways of playPlan behind one <video>, until stop(). */
import type { PlayTarget } from '../playPlan'
import type { OpenedWay, WayReport } from '../recovery/createRecovery'
import type { Way } from '../recovery/recoveryState'
import type { Browser } from './browser'
import type { PlayWay, PlayWayOptions } from './playWay'
import type { MediaDiagnostic, MediaProblem, MediaStatistics, MediaStatus, MediaTrouble } from '@/src/live/components/media'
import { createWeakWatch } from '../networkGrade'
import { isOtherTarget, PLAY_POLICY, playWays, urlOf } from '../playPlan'
import { createRecovery } from '../recovery/createRecovery'
import { openFlv } from './flvWay'
import { openHls } from './hlsWay'
import { listenToPage } from './pageNews'
import { openLeb, openWhep } from './rtcPlayWay'
import { createSound } from './sound'
import { createStallWatch } from './stallWatch'
import { createStill } from './still'
import { onPictureSize } from './videoElement'
import { onFullscreen, onPictureInPicture } from './viewModes'

const LOOK_EVERY_MS = 1000

export interface WebPlayerOptions {
  readonly browser: Browser
  readonly video: HTMLVideoElement
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
  readonly onTrouble: (trouble: MediaTrouble | null) => void
  readonly onStatistics: (statistics: MediaStatistics) => void
  readonly onSize: (size: { width: number, height: number }) => void
  readonly onAutoplayMuted: () => void
  /** How loud the stream is, 0 to 100, where the way tells. */
  readonly onVolume: (level: number) => void
  readonly onPictureInPicture: (isOn: boolean) => void
  readonly onFullscreen: (isOn: boolean) => void
  readonly onDiagnostic: (line: MediaDiagnostic) => void
}

export function createWebPlayer(options: WebPlayerOptions) {
  const { browser, video, onProblem } = options
  const { clock } = browser
  let target: PlayTarget = { urls: undefined, mode: 'live' }
  /** By the person. */
  let isPaused = false
  const still = createStill(browser, video)
  const note = (text: string) => options.onDiagnostic({ at: clock.now(), text })

  const sound = createSound({
    video,
    onAutoplayMuted: options.onAutoplayMuted,
    onBlocked: () => onProblem({ code: 'AUTOPLAY_BLOCKED' }),
  })
  const recovery = createRecovery({
    ...options,
    ...browser,
    policy: PLAY_POLICY,
    open,
    outside: listenToPage(browser),
    onStatus(status) {
      if (status !== 'connecting')
        still.release()
      options.onStatus(status)
    },
    onProblem(problem) {
      still.release()
      onProblem(problem)
    },
  })
  const stops = [
    browser.onPageVisible(() => recovery.status === 'live' && video.paused && !isPaused && void sound.play()),
    onPictureSize(video, options.onSize),
    onPictureInPicture(video, options.onPictureInPicture),
    onFullscreen(video, options.onFullscreen),
  ]

  const waysOf = (wanted: PlayTarget) => playWays(wanted, browser.powers)

  function open(way: Way, report: WayReport): OpenedWay {
    note(`opening ${way}`)
    const opened = openWay(way, { browser, video, url: urlOf(target.urls, way), mode: target.mode, play: () => isPaused || void sound.play(), report, note })
    const watch = createStallWatch(clock.now())
    const isWeak = createWeakWatch()
    const stopLooking = clock.every(LOOK_EVERY_MS, () => void look())

    async function look() {
      const { progress, statistics, level } = await opened.look()
      if (recovery.status !== 'live' && recovery.status !== 'interrupted')
        return
      options.onStatistics(statistics)
      if (level !== undefined)
        options.onVolume(level)
      if (video.paused || !browser.isPageVisible()) {
        report.alive()
        return watch.forgive(clock.now())
      }
      if (isWeak(statistics))
        recovery.complain()
      const flow = watch.judge(progress, clock.now())
      if (flow === 'lost')
        report.failed('lost')
      else if (flow === 'wavered')
        report.wavered()
      else if (recovery.status === 'interrupted')
        report.opened()
      else
        report.alive()
    }

    return {
      close() {
        isPaused = false
        stopLooking()
        opened.close()
      },
      pause() {
        isPaused = true
        video.pause()
      },
      resume() {
        isPaused = false
        void sound.play()
        report.opened()
      },
    }
  }

  return {
    /** Another stream or mode takes effect at once; fresh addresses of the same stream serve the next try. */
    select({ urls = target.urls, mode }: PlayTarget) {
      const before = target
      target = { urls, mode }
      if (!isOtherTarget(before, target))
        return
      if (recovery.status === 'live')
        still.hold()
      recovery.redirect(waysOf(target))
    },
    setMuted: sound.setMuted,
    setVolume(volume: number) {
      video.volume = Math.min(1, Math.max(0, volume))
    },
    start: () => recovery.start(waysOf(target)),
    stop: recovery.stop,
    pause: recovery.pause,
    resume: recovery.resume,
    /** After this nothing can be started. */
    destroy() {
      recovery.destroy()
      stops.forEach(stop => stop())
    },
    unmuteByGesture: sound.unmuteByGesture,
  }
}

function openWay(way: Way, options: PlayWayOptions): PlayWay {
  switch (way) {
    case 'whep': return openWhep(options)
    case 'leb': return openLeb(options)
    case 'hls': return openHls(options)
    default: return openFlv(way === 'flv' ? 'flv' : 'wsFlv', options)
  }
}
