/** Decides whether the camera's picture goes out as it is or through the pass: only while an effect is on. */
import type { PictureEffects } from './pictureEffects'
import type { PicturePass, PicturePassOptions } from './picturePass'
import { areSame, isPlain, NO_EFFECTS } from './pictureEffects'
import { openPicturePass } from './picturePass'

export interface EffectsStage {
  /** What is to be sent and shown. */
  readonly picture: MediaStreamTrack | undefined
  /** Left and right are exchanged in it. */
  readonly isTurned: boolean
  /** Another source. Only a camera's picture has effects. */
  take: (track: MediaStreamTrack, isCamera: boolean) => void
  setEffects: (effects: PictureEffects) => void
  stop: () => void
}

export interface EffectsStageOptions {
  readonly browser: PicturePassOptions['browser']
  /** Another track is to be sent and shown. */
  readonly onPicture: (track: MediaStreamTrack) => void
  /** For diagnostics. */
  readonly note: (text: string) => void
}

export function createEffectsStage({ browser, onPicture, note }: EffectsStageOptions): EffectsStage {
  let source: { readonly track: MediaStreamTrack, readonly isCamera: boolean } | undefined
  let effects = NO_EFFECTS
  let pass: PicturePass | undefined
  let isThrough = false
  /** Until other effects are asked for. */
  let isBroken = false

  const picture = () => isThrough ? pass!.track : source?.track

  function show() {
    const track = picture()
    if (track)
      onPicture(track)
  }

  function open(camera: MediaStreamTrack) {
    pass = openPicturePass({ browser, onFirst: goThrough, onLost: whenLost }, camera, effects)
    isBroken = !pass
    note(pass ? 'effects on' : 'effects: no canvas')
  }

  function goThrough() {
    isThrough = true
    show()
  }

  function close() {
    const closing = pass
    const wasThrough = isThrough
    pass = undefined
    isThrough = false
    if (wasThrough)
      show() // first the other track, so that there is always one
    closing?.close()
    if (closing)
      note('effects off')
  }

  function whenLost() {
    note('effects: graphics context lost')
    isBroken = true
    close()
  }

  function update() {
    const wantsPass = source?.isCamera === true && !isPlain(effects) && !isBroken
    if (wantsPass && !pass)
      open(source!.track)
    else if (!wantsPass && pass)
      close()
  }

  return {
    get picture() { return picture() },
    get isTurned() { return isThrough && effects.isTurned },
    take(track, isCamera) {
      source = { track, isCamera }
      if (pass && isCamera)
        pass.setSource(track)
      if (!isThrough)
        show()
      update()
    },
    setEffects(next) {
      if (areSame(next, effects))
        return
      effects = next
      isBroken = false
      pass?.setEffects(next)
      update()
    },
    stop() {
      source = undefined
      isBroken = false
      close()
    },
  }
}
