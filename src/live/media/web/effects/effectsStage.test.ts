import type { PictureEffects } from './pictureEffects'
import { describe, expect, it } from 'vitest'
import { createFakeCard } from '../../testing/fakeGraphics'
import { createFakeBrowser, createFakeVideo, FakeTrack } from '../../testing/fakeMedia'
import { createEffectsStage } from './effectsStage'
import { readPainterPowers } from './painterPowers'
import { NO_EFFECTS } from './pictureEffects'

const SMOOTH: PictureEffects = { ...NO_EFFECTS, beauty: 5 }

function setup(card = createFakeCard()) {
  const { video, state } = createFakeVideo()
  let readyState = 0
  Object.defineProperty(video, 'readyState', { get: () => readyState })
  const { browser, clock } = createFakeBrowser({ createCanvas: card.createCanvas, createVideo: () => video })
  const shown: string[] = []
  const notes: string[] = []
  const stage = createEffectsStage({ browser, onPicture: ({ label }) => shown.push(label), note: text => notes.push(text) })

  /** The next frame of the camera, and the looks that follow it. */
  async function frame(size = { width: 640, height: 480 }) {
    readyState = 4
    Object.assign(state, { videoWidth: size.width, videoHeight: size.height, currentTime: state.currentTime + 0.04 })
    await clock.advance(40)
  }
  const take = (label: string, isCamera = true) => stage.take(new FakeTrack('video', label) as never, isCamera)
  return { card, clock, stage, shown, notes, state, frame, take }
}

describe('effects on the camera', () => {
  it('[PB47] without any, the camera itself is sent and nothing is drawn', async () => {
    const { card, clock, frame, shown, stage, take } = setup()
    take('camera')
    stage.setEffects({ ...NO_EFFECTS })
    await frame()
    expect(shown).toEqual(['camera'])
    expect([card.canvases.length, clock.pending]).toEqual([0, 0])
  })

  it('[PB47] a screen or the card is left as it is', async () => {
    const { frame, shown, stage, take } = setup()
    stage.setEffects(SMOOTH)
    take('screen', false)
    take('camera')
    await frame()
    take('card', false)
    expect(shown).toEqual(['screen', 'camera', 'effects', 'card'])
  })

  it('[PB48] the camera is sent until the first frame is drawn; a slider changes no track', async () => {
    const { frame, shown, stage, take } = setup()
    take('camera')
    for (const beauty of [1, 2, 3])
      stage.setEffects({ ...NO_EFFECTS, beauty })
    expect(shown).toEqual(['camera'])
    await frame()
    for (const beauty of [4, 5, 9]) {
      stage.setEffects({ ...NO_EFFECTS, beauty })
      await frame()
    }
    expect(shown).toEqual(['camera', 'effects'])
    stage.setEffects(NO_EFFECTS)
    expect(shown).toEqual(['camera', 'effects', 'camera'])
  })

  it('[PB48] another camera goes through the same pass, at its own size', async () => {
    const { card, frame, shown, stage, state, take } = setup()
    stage.setEffects(SMOOTH)
    take('front')
    await frame({ width: 640, height: 480 })
    take('back')
    await frame({ width: 480, height: 640 })
    expect(shown).toEqual(['front', 'effects'])
    expect((state.srcObject as { getTracks: () => FakeTrack[] }).getTracks()[0].label).toBe('back')
    expect([card.canvases.length, card.canvases[0].width, card.canvases[0].height]).toEqual([1, 480, 640])
  })

  it('[PB49] a frame is drawn once; other effects draw it again', async () => {
    const { card, clock, frame, stage, take } = setup()
    stage.setEffects(SMOOTH)
    take('camera')
    await frame()
    await clock.advance(500)
    expect(card.frames).toBe(1)
    stage.setEffects({ ...SMOOTH, whiteness: 3 })
    await clock.advance(500)
    expect(card.frames).toBe(2)
  })

  it('[PB49] while the card is busy frames are dropped, and as long again', async () => {
    const { card, clock, frame, stage, take } = setup()
    stage.setEffects(SMOOTH)
    take('camera')
    card.isBusy = true
    await frame()
    for (let count = 0; count < 5; count++)
      await frame()
    expect(card.frames).toBe(1)
    card.isBusy = false
    await frame()
    expect(card.frames).toBe(1)
    await clock.advance(240)
    expect(card.frames).toBe(2)
  })

  it('[PB50] without its card the camera itself is sent, until other effects are asked for', async () => {
    const { card, frame, notes, shown, stage, take } = setup()
    stage.setEffects(SMOOTH)
    take('camera')
    await frame()
    card.canvases[0].dispatchEvent(new Event('webglcontextlost'))
    stage.setEffects({ ...SMOOTH })
    await frame()
    expect(shown).toEqual(['camera', 'effects', 'camera'])
    expect(card.canvases[0].track.readyState).toBe('ended')
    stage.setEffects({ ...SMOOTH, beauty: 6 })
    await frame()
    expect(shown.at(-1)).toBe('effects')
    expect(notes).toEqual(['effects on', 'effects: graphics context lost', 'effects off', 'effects on'])
  })

  it('[PB51] turned for the viewers is told only once they see it so', async () => {
    const { frame, stage, take } = setup()
    stage.setEffects({ ...NO_EFFECTS, isTurned: true })
    take('camera')
    expect(stage.isTurned).toBe(false)
    await frame()
    expect(stage.isTurned).toBe(true)
  })

  it('[PB52] without WebGL the canvas brightens, tints and turns', async () => {
    const card = createFakeCard({ hasWebgl: false })
    const { frame, stage, take } = setup(card)
    stage.setEffects({ beauty: 9, whiteness: 9, filter: 'nostalgia', isTurned: true })
    take('camera')
    await frame()
    const { pen } = card.canvases[0]
    expect(pen.filter).toMatch(/^brightness\(1\.35\) sepia/)
    expect(pen.setTransform).toHaveBeenCalledWith(-1, 0, 0, 1, 640, 0)
    expect(readPainterPowers(card)).toEqual({ skin: false, colour: true })
  })

  it('[PB56] stopped, the timer, the track and the card are given back', async () => {
    const { card, clock, frame, stage, state, take } = setup()
    stage.setEffects(SMOOTH)
    take('camera')
    await frame()
    stage.stop()
    stage.stop()
    expect([clock.pending, stage.picture, state.srcObject]).toEqual([0, undefined, null])
    expect(card.canvases[0].track.readyState).toBe('ended')
    expect(card.canvases[0].loseContext).toHaveBeenCalledOnce()
  })

  it('[PB56] asking what can be drawn keeps no card', () => {
    const card = createFakeCard()
    expect(readPainterPowers(card)).toEqual({ skin: true, colour: true })
    expect(card.canvases[0].loseContext).toHaveBeenCalledOnce()
  })
})
