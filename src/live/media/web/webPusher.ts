/** MediaPusher on the web: a studio in front, WHIP behind, and a machine that keeps it going until stop(). */
import type { OpenedWay, WayReport } from '../recovery/createRecovery'
import type { PusherCalls } from '../tags/pusherTag'
import type { Browser } from './browser'
import type { CaptureSettings } from './devices'
import type { WhipPublication } from './whipWay'
import type { BgmNews, MediaDevices, MediaDiagnostic, MediaProblem, MediaStatistics, MediaStatus, MediaTrouble } from '@/src/live/components/media'
import { createWeakWatch } from '../networkGrade'
import { createRecovery } from '../recovery/createRecovery'
import { PUBLISH_PATIENCE } from '../recovery/recoveryState'
import { PUSHER_CALL_OPTIONS } from '../tags/callOptions'
import { listen } from './browser'
import { listDevices } from './devices'
import { figuresOf } from './figures'
import { nextCamera } from './nextCamera'
import { listenToPage } from './pageNews'
import { pusherSupports } from './pusherSupports'
import { snapshotJpeg } from './snapshot'
import { createStudio } from './studio'
import { onPictureSize } from './videoElement'
import { exitPictureInPicture, onPictureInPicture } from './viewModes'
import { answerCalls } from './webCalls'
import { openWhip } from './whipWay'

const POLICY = { ...PUBLISH_PATIENCE, openMs: 10_000 }
const STATISTICS_EVERY_MS = 1000
const LEVEL_EVERY_MS = 250

const AUDIO_KBPS = { high: 64, low: 24 } as const

export interface WebPusherOptions {
  readonly browser: Browser
  /** Shows what is being sent; muted, as one must not hear oneself. */
  readonly preview: HTMLVideoElement
  readonly settings: CaptureSettings
  readonly onStatus: (status: MediaStatus) => void
  readonly onProblem: (problem: MediaProblem) => void
  readonly onTrouble: (trouble: MediaTrouble | null) => void
  readonly onStatistics: (statistics: MediaStatistics) => void
  readonly onPreview: (size: { width: number, height: number }) => void
  readonly onSourceEnded: () => void
  readonly onDevices: (devices: MediaDevices) => void
  readonly onBgm: (news: BgmNews) => void
  /** How loud the sound is that is sent, 0 to 100. */
  readonly onVolume: (level: number) => void
  readonly onPictureInPicture: (isOn: boolean) => void
  readonly onDiagnostic: (line: MediaDiagnostic) => void
}

export function createWebPusher(options: WebPusherOptions) {
  const { browser, preview } = options
  const { clock } = browser
  let settings = options.settings
  let url = ''
  let isMirrored = false
  let isPreviewing = false
  let publication: WhipPublication | undefined
  /** The last session that published; unknown again when another client took over, so that the next start() takes back. */
  let session: string | undefined

  const note = (text: string) => options.onDiagnostic({ at: clock.now(), text })
  const studio = createStudio({
    browser,
    note,
    onPicture(track) {
      preview.srcObject = browser.createStream([track])
      turnPreview()
      void preview.play().catch(() => {}) // a muted preview may always play; this is an interrupted load
      publication?.replacePicture(track)
    },
    onSound: track => publication?.replaceSound(track),
    onSource: followTaking,
    onProblem: options.onProblem,
    onEnded: options.onSourceEnded,
    onBgm: options.onBgm,
  })
  const recovery = createRecovery({ ...options, ...browser, policy: POLICY, open, outside: listenToPage(browser) })
  const supports = pusherSupports(browser, studio.controls, preview)
  let stopFollowing = () => {}
  const stops = [
    () => stopFollowing(),
    onPictureSize(preview, options.onPreview),
    onPictureInPicture(preview, options.onPictureInPicture),
    browser.mediaDevices ? listen(browser.mediaDevices, 'devicechange', () => void tellDevices()) : () => {},
  ]

  studio.setEffects(settings)

  /** Phones take the camera from a page for a call or in the background, and give it back. */
  function followTaking(track: MediaStreamTrack) {
    stopFollowing()
    recovery.release()
    const stopListening = [listen(track, 'mute', () => recovery.interrupt('system')), listen(track, 'unmute', recovery.release)]
    stopFollowing = () => stopListening.forEach(stop => stop())
  }

  function open(_way: unknown, report: WayReport): OpenedWay {
    const opened = openWhip({
      browser,
      url,
      picture: studio.picture!,
      sound: studio.sound!,
      maxKbps: figuresOf(settings).maxKbps,
      audioKbps: audioKbps(),
      after: session,
      note,
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
    const isWeak = createWeakWatch()
    const stopLooking = clock.every(STATISTICS_EVERY_MS, () => void opened?.readStatistics().then((statistics) => {
      if (publication !== opened || recovery.status !== 'live')
        return
      if (statistics.bitrateKbps > 0)
        report.alive()
      if (isWeak(statistics))
        recovery.complain()
      options.onStatistics(statistics)
    }))
    const stopListening = clock.every(LEVEL_EVERY_MS, () => void opened?.readLevel().then((level) => {
      if (publication === opened && recovery.status === 'live')
        options.onVolume(level)
    }))
    return {
      close() {
        publication = undefined
        stopLooking()
        stopListening()
        opened?.close()
        studio.setPaused(false)
      },
      pause: () => studio.setPaused(true),
      resume() {
        studio.setPaused(false)
        report.opened()
      },
    }
  }

  async function tellDevices() {
    const devices = await listDevices(browser)
    note(`devices: ${devices.cameras.length} cameras, ${devices.microphones.length} microphones`)
    options.onDevices(devices)
  }

  const audioKbps = () => settings.tag?.audioQuality && AUDIO_KBPS[settings.tag.audioQuality]

  /** What viewers see turned is turned again, or not, for the anchor. */
  function turnPreview() {
    const asked = settings.tag?.localMirror
    const wants = asked === undefined ? isMirrored : asked === 'enable' || (asked === 'auto' && settings.facing === 'front')
    preview.style.transform = (wants && settings.source === 'camera') !== studio.isTurned ? 'scaleX(-1)' : ''
  }

  async function startPreview() {
    isPreviewing = true
    await studio.open(settings)
  }

  return {
    /** Takes effect at once, also while live: no reconnection. */
    select(change: Partial<CaptureSettings>) {
      settings = { ...settings, ...change }
      publication?.setMaxKbps(figuresOf(settings).maxKbps, audioKbps())
      studio.setEffects(settings)
      turnPreview()
      if (isPreviewing)
        void studio.open(settings)
    },
    setMuted: studio.setMuted,
    /** The preview only. */
    setMirrored(next: boolean) {
      isMirrored = next
      turnPreview()
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
      if (studio.picture && studio.sound)
        recovery.start(['whip'])
      else
        recovery.block()
    },
    stop() {
      isPreviewing = false
      session = undefined
      recovery.stop()
      studio.close()
      preview.srcObject = null
    },
    pause: recovery.pause,
    resume: recovery.resume,
    /** After this nothing can be started. */
    destroy() {
      this.stop()
      recovery.destroy()
      stops.forEach(stop => stop())
    },
    async switchCamera() {
      if (settings.source === 'camera')
        this.select(await nextCamera(browser, settings, studio.camera))
    },
    async snapshot() {
      const blob = await snapshotJpeg(browser, preview)
      return blob && { blob }
    },
    listDevices: () => listDevices(browser),
    call: answerCalls<PusherCalls>({
      table: { ...studio.calls, exitPictureInPicture: () => exitPictureInPicture(preview) },
      takes: PUSHER_CALL_OPTIONS,
      supports,
    }),
    supports,
  }
}
