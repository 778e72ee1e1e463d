/** MediaPusher on the web: a capture in front, WHIP behind, and a plan that keeps trying until stop(). */
import type { WayReport } from '../mediaDrive'
import type { Browser } from './browser'
import type { CaptureSettings } from './devices'
import type { WhipPublication } from './whipWay'
import type { MediaDevices, MediaProblem, MediaStatistics, MediaStatus } from '@/src/live/components/media'
import { MEDIA_BACKOFF } from '@/shared/domain/backoff'
import { createMediaDrive } from '../mediaDrive'
import { QUALITIES } from '../quality'
import { listen } from './browser'
import { createCapture } from './capture'
import { listDevices } from './devices'
import { nextCamera } from './nextCamera'
import { snapshotJpeg } from './snapshot'
import { onPictureSize } from './videoElement'
import { openWhip } from './whipWay'

const POLICY = { openMs: 10_000, steadyMs: 10_000, backoff: MEDIA_BACKOFF }
const STATISTICS_EVERY_MS = 1000

export interface WebPusherOptions {
  readonly browser: Browser
  /** Shows what is being sent; muted, as one must not hear oneself. */
  readonly preview: HTMLVideoElement
  readonly settings: CaptureSettings
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
  readonly onStatistics: (statistics: MediaStatistics) => void
  readonly onPreview: (size: { width: number, height: number }) => void
  readonly onSourceEnded: () => void
  readonly onDevices: (devices: MediaDevices) => void
}

export function createWebPusher(options: WebPusherOptions) {
  const { browser, preview } = options
  const { clock } = browser
  let settings = options.settings
  let url = ''
  let isMuted = false
  let isPreviewing = false
  let publication: WhipPublication | undefined
  /** The last session that published; unknown again when another client took over, so that the next start() takes back. */
  let session: string | undefined

  const capture = createCapture(browser, {
    picture(track) {
      preview.srcObject = browser.createStream([track])
      void preview.play().catch(() => {}) // a muted preview may always play; this is an interrupted load
      publication?.replacePicture(track)
    },
    sound(track) {
      track.enabled = !isMuted
      publication?.replaceSound(track)
    },
    problem: options.onProblem,
    ended: options.onSourceEnded,
  })
  const drive = createMediaDrive({ ...browser, policy: POLICY, open, onStatus: options.onStatus, onProblem: options.onProblem })
  const stops = [
    browser.onPageHide(() => drive.suspend()),
    browser.onOnline(() => drive.hurry()),
    onPictureSize(preview, options.onPreview),
    browser.mediaDevices ? listen(browser.mediaDevices, 'devicechange', () => void listDevices(browser).then(options.onDevices)) : () => {},
  ]

  function open(_way: unknown, report: WayReport) {
    const opened = openWhip({
      browser,
      url,
      picture: capture.picture!,
      sound: capture.sound!,
      maxKbps: QUALITIES[settings.quality].maxKbps,
      after: session,
      onSession: id => session = id,
      report: {
        ...report,
        failed(failure) {
          if (failure === 'replaced')
            session = undefined
          report.failed(failure)
        },
      },
    })
    publication = opened
    const stopLooking = clock.every(STATISTICS_EVERY_MS, () => void opened?.readStatistics().then((statistics) => {
      if (publication === opened && drive.status === 'live')
        options.onStatistics(statistics)
    }))
    return () => {
      publication = undefined
      stopLooking()
      opened?.close()
    }
  }

  async function startPreview() {
    isPreviewing = true
    await capture.apply(settings)
  }

  return {
    /** Takes effect at once, also while live: no reconnection. */
    select(change: Partial<CaptureSettings>) {
      settings = { ...settings, ...change }
      publication?.setMaxKbps(QUALITIES[settings.quality].maxKbps)
      if (isPreviewing)
        void capture.apply(settings)
    },
    setMuted(muted: boolean) {
      isMuted = muted
      if (capture.sound)
        capture.sound.enabled = !muted
    },
    /** For the next try: a publication that runs needs no new signature. */
    setUrl(whip: string) {
      url = whip
    },
    startPreview,
    async start() {
      await startPreview()
      if (!isPreviewing) // stopped while the person was being asked
        return
      if (capture.picture && capture.sound)
        drive.start(['whip'])
      else
        options.onStatus('failed')
    },
    stop() {
      isPreviewing = false
      session = undefined
      drive.stop()
      capture.release()
      preview.srcObject = null
    },
    /** After this nothing can be started. */
    destroy() {
      this.stop()
      stops.forEach(stop => stop())
    },
    async switchCamera() {
      if (settings.source === 'camera')
        this.select(await nextCamera(browser, settings, capture.picture))
    },
    async snapshot() {
      const blob = await snapshotJpeg(browser, preview)
      return blob && { blob }
    },
    listDevices: () => listDevices(browser),
  }
}
