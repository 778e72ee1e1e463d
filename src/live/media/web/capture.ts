/** What is being sent: always exactly one picture and one sound, so that a change is never more than a replaced track. */
import type { Browser } from './browser'
import type { CaptureSettings } from './devices'
import type { Feed } from './feed'
import type { MediaProblem } from '@/src/live/components/media'
import { cameraConstraints } from './devices'
import { audioCardFeed } from './drawnFeed'
import { silenceFeed } from './madeSound'
import { DeviceRefusal } from './problems'
import { openFeeds, pictureKeyOf, soundKeyOf } from './sources'

export interface CaptureEvents {
  readonly picture: (track: MediaStreamTrack, isCamera: boolean) => void
  readonly sound: (track: MediaStreamTrack) => void
  readonly problem: (problem: MediaProblem) => void
  /** The source is gone and the audio-only card stands in. */
  readonly ended: () => void
}

export interface Capture {
  readonly picture: MediaStreamTrack | undefined
  readonly sound: MediaStreamTrack | undefined
  /** Opens what the settings ask for and closes what they no longer do, one call after the other. A refusal is a `problem`. */
  apply: (settings: CaptureSettings) => Promise<void>
  /** Closes every device for certain, also one that is just being opened. */
  release: () => void
}

export function createCapture(browser: Browser, events: CaptureEvents): Capture {
  let picture: Feed | undefined
  let sound: Feed | undefined
  let wanted: CaptureSettings | undefined
  let cameraAsked = ''
  let queue = Promise.resolve()

  function apply(settings: CaptureSettings): Promise<void> {
    wanted = settings
    queue = queue.catch(() => {}).then(reconcile) // one failure has its own caller and holds up nobody
    return queue
  }

  async function reconcile() {
    const settings = wanted
    if (!settings)
      return
    const needs = { picture: picture?.key !== pictureKeyOf(settings), sound: sound?.key !== soundKeyOf(settings) }
    if (needs.picture && settings.source === 'camera' && picture?.key.startsWith('camera'))
      picture.stop() // phones open their second camera only after the first is closed
    if (!needs.picture && settings.source === 'camera')
      await adjustCamera(settings)
    const opened = await openFeeds(browser, settings, needs)
    if (!wanted) { // released meanwhile
      for (const feed of [opened.picture, opened.sound])
        feed instanceof DeviceRefusal || feed?.stop()
      return
    }
    if (opened.picture)
      takePicture(opened.picture, settings)
    if (opened.sound)
      takeSound(opened.sound, settings)
  }

  async function adjustCamera(settings: CaptureSettings) {
    const { track } = picture!
    const asked = cameraConstraints(settings)
    if (JSON.stringify(asked) === cameraAsked)
      return
    cameraAsked = JSON.stringify(asked)
    const { advanced } = track.getConstraints?.() ?? {} // its zoom and torch
    await track.applyConstraints?.({ ...asked, ...(advanced && { advanced }) }).catch(() => {}) // then it keeps its size
  }

  function takePicture(opened: Feed | DeviceRefusal, settings: CaptureSettings) {
    if (!(opened instanceof DeviceRefusal))
      return setPicture(opened, settings)
    events.problem({ code: opened.code })
    if (picture?.track.readyState === 'ended')
      standIn(settings)
  }

  function takeSound(opened: Feed | DeviceRefusal, settings: CaptureSettings) {
    if (!(opened instanceof DeviceRefusal))
      return setSound(opened)
    events.problem({ code: opened.code })
    setSound({ ...silenceFeed(browser), key: soundKeyOf(settings) })
  }

  function setPicture(feed: Feed, settings: CaptureSettings) {
    picture?.stop()
    picture = feed
    feed.onEnded(() => feed === picture && whenPictureEnded())
    cameraAsked = feed.key.startsWith('camera') ? JSON.stringify(cameraConstraints(settings)) : ''
    events.picture(feed.track, feed.key.startsWith('camera') && !feed.isStandIn)
  }

  function setSound(feed: Feed) {
    sound?.stop()
    sound = feed
    feed.onEnded(() => feed === sound && whenSoundEnded())
    events.sound(feed.track)
  }

  /** An unplugged camera gives way to the default one, a screen to the card. */
  function whenPictureEnded() {
    if (!wanted)
      return
    if (wanted.source === 'screen')
      return standIn(wanted)
    picture = { ...picture!, key: 'camera, unplugged' }
    void apply({ ...wanted, cameraId: '' })
  }

  function whenSoundEnded() {
    if (!wanted)
      return
    sound = undefined
    void apply({ ...wanted, microphoneId: '' })
  }

  /** Keeps the key of what it replaces: only another choice makes us try again. */
  function standIn(settings: CaptureSettings) {
    setPicture({ ...audioCardFeed(browser), key: pictureKeyOf(settings), isStandIn: true }, settings)
    events.ended()
  }

  return {
    get picture() { return picture?.track },
    get sound() { return sound?.track },
    apply,
    release() {
      wanted = undefined
      picture?.stop()
      sound?.stop()
      picture = sound = undefined
    },
  }
}
