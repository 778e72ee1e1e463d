/** What leaves this device: the capture, then effects on the picture and music under the sound. Exactly one track of each. */
import type { PusherCalls } from '../tags/pusherTag'
import type { Browser } from './browser'
import type { CameraControls } from './cameraControls'
import type { CaptureSettings } from './devices'
import type { CallTable } from './webCalls'
import type { BgmNews, MediaProblem } from '@/src/live/components/media'
import { createCameraControls } from './cameraControls'
import { createCapture } from './capture'
import { createEffectsStage } from './effects/effectsStage'
import { effectsOf } from './effects/pictureEffects'
import { createSoundMix } from './soundMix'

export interface StudioOptions {
  readonly browser: Browser
  /** Another track is to be sent and shown. */
  readonly onPicture: (track: MediaStreamTrack) => void
  /** Another track is to be sent. */
  readonly onSound: (track: MediaStreamTrack) => void
  readonly onProblem: (problem: MediaProblem) => void
  /** What a device gives from now on, without effects. */
  readonly onSource: (track: MediaStreamTrack) => void
  /** The source is gone and the audio-only card stands in. */
  readonly onEnded: () => void
  readonly onBgm: (news: BgmNews) => void
  readonly note: (text: string) => void
}

export interface Studio {
  readonly picture: MediaStreamTrack | undefined
  readonly sound: MediaStreamTrack | undefined
  /** What the camera gives, without effects. */
  readonly camera: MediaStreamTrack | undefined
  readonly controls: CameraControls
  /** Left and right are exchanged in the picture. */
  readonly isTurned: boolean
  /** Opens what is not open and closes what is not wanted. A refusal is a problem. */
  open: (settings: CaptureSettings) => Promise<void>
  /** Takes effect at once and opens no device. */
  setEffects: (settings: CaptureSettings) => void
  setMuted: (isMuted: boolean) => void
  /** Black and silent, over the same connection. */
  setPaused: (isPaused: boolean) => void
  /** Closes every device for certain, also one that is just being opened. */
  close: () => void
  readonly calls: CallTable<PusherCalls>
}

export function createStudio({ browser, onPicture, onSound, onSource, onProblem, onEnded, onBgm, note }: StudioOptions): Studio {
  let isMuted = false
  let isPaused = false
  const stage = createEffectsStage({
    browser,
    note,
    onPicture(track) {
      track.enabled = !isPaused
      onPicture(track)
    },
  })
  const mix = createSoundMix({ browser, onSound, onBgm })
  const capture = createCapture(browser, {
    picture(track, isCamera) {
      const { width, height, frameRate } = track.getSettings()
      note(isCamera ? `camera: ${width}×${height}, ${frameRate}/s` : 'camera: none')
      onSource(track)
      stage.take(track, isCamera)
    },
    sound: track => mix.take(track),
    problem: onProblem,
    ended: onEnded,
  })
  const controls = createCameraControls(() => capture.picture)

  return {
    get picture() { return stage.picture },
    get sound() { return mix.sound },
    get camera() { return capture.picture },
    get isTurned() { return stage.isTurned },
    controls,
    open: settings => capture.apply(settings),
    setEffects: ({ tag = {} }) => stage.setEffects(effectsOf(tag)),
    setMuted(next) {
      isMuted = next
      mix.setMuted(isMuted || isPaused)
    },
    setPaused(next) {
      isPaused = next
      if (stage.picture)
        stage.picture.enabled = !isPaused
      mix.setMuted(isMuted || isPaused)
    },
    close() {
      stage.stop()
      mix.stop()
      capture.release()
    },
    calls: {
      toggleTorch: controls.toggleTorch,
      getMaxZoom: () => ({ maxZoom: controls.maxZoom }),
      setZoom: ({ zoom }) => controls.setZoom(zoom),
      playBGM: mix.playMusic,
      pauseBGM: mix.pauseMusic,
      resumeBGM: mix.resumeMusic,
      stopBGM: mix.stopMusic,
      setBGMVolume: ({ volume }) => mix.setMusicVolume(volume),
      setMICVolume: ({ volume }) => mix.setMicrophoneVolume(volume),
    },
  }
}
