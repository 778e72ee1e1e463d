/** MediaPlayer on the web: the ways of playPlan behind one <video>, until stop(). */
import type { WayReport } from '../mediaDrive'
import type { Way } from '../mediaPlan'
import type { PlayTarget } from '../playPlan'
import type { Browser } from './browser'
import type { PlayWay, PlayWayOptions } from './playWay'
import type { MediaProblem, MediaStatistics, MediaStatus } from '@/src/live/components/media'
import { createMediaDrive } from '../mediaDrive'
import { isOtherTarget, PLAY_POLICY, playWays, urlOf } from '../playPlan'
import { openFlv } from './flvWay'
import { openHls } from './hlsWay'
import { createSound } from './sound'
import { createStallWatch } from './stallWatch'
import { createStill } from './still'
import { onPictureSize } from './videoElement'
import { openWhep } from './whepWay'

const LOOK_EVERY_MS = 1000

export interface WebPlayerOptions {
  readonly browser: Browser
  readonly video: HTMLVideoElement
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
  readonly onStatistics: (statistics: MediaStatistics) => void
  readonly onSize: (size: { width: number, height: number }) => void
  readonly onAutoplayMuted: () => void
}

export function createWebPlayer(options: WebPlayerOptions) {
  const { browser, video, onProblem } = options
  const { clock } = browser
  let target: PlayTarget = { urls: undefined, mode: 'live' }
  const still = createStill(browser, video)

  const sound = createSound({
    video,
    onAutoplayMuted: options.onAutoplayMuted,
    onBlocked: () => onProblem({ code: 'AUTOPLAY_BLOCKED' }),
  })
  const drive = createMediaDrive({
    ...browser,
    policy: PLAY_POLICY,
    open,
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
    browser.onPageHide(() => drive.suspend()),
    browser.onOnline(() => drive.hurry()),
    browser.onPageVisible(() => drive.status === 'live' && video.paused && void sound.play()),
    onPictureSize(video, options.onSize),
  ]

  const waysOf = (wanted: PlayTarget) => playWays(wanted, browser.powers)

  function open(way: Way, report: WayReport) {
    const opened = openWay(way, { browser, video, url: urlOf(target.urls, way), mode: target.mode, play: () => void sound.play(), report })
    const watch = createStallWatch(clock.now())
    const stopLooking = clock.every(LOOK_EVERY_MS, () => void look())

    async function look() {
      const { progress, statistics } = await opened.look()
      if (drive.status !== 'live' && drive.status !== 'interrupted')
        return
      options.onStatistics(statistics)
      if (video.paused || !browser.isPageVisible())
        return watch.forgive(clock.now())
      const flow = watch.judge(progress, clock.now())
      if (flow === 'lost')
        report.failed('lost')
      else if (flow === 'wavered')
        report.wavered()
      else if (drive.status === 'interrupted')
        report.opened()
    }

    return () => {
      stopLooking()
      opened.close()
    }
  }

  return {
    /** Another stream or mode takes effect at once; fresh addresses of the same stream serve the next try. */
    select({ urls = target.urls, mode }: PlayTarget) {
      const before = target
      target = { urls, mode }
      if (!isOtherTarget(before, target))
        return
      if (drive.status === 'live')
        still.hold()
      drive.redirect(waysOf(target))
    },
    setMuted: sound.setMuted,
    setVolume(volume: number) {
      video.volume = Math.min(1, Math.max(0, volume))
    },
    start: () => drive.start(waysOf(target)),
    stop: () => drive.stop(),
    /** After this nothing can be started. */
    destroy() {
      drive.stop()
      stops.forEach(stop => stop())
    },
    unmuteByGesture: sound.unmuteByGesture,
  }
}

function openWay(way: Way, options: PlayWayOptions): PlayWay {
  switch (way) {
    case 'whep': return openWhep(options)
    case 'hls': return openHls(options)
    default: return openFlv(way === 'flv' ? 'flv' : 'wsFlv', options)
  }
}
