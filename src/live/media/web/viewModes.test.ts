import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { canPictureInPicture, toggleFullscreen, togglePictureInPicture } from './viewModes'

/** What a test gave to the document, and takes away again. */
const given = ['pictureInPictureEnabled', 'pictureInPictureElement', 'exitPictureInPicture', 'fullscreenEnabled', 'fullscreenElement', 'exitFullscreen']
const give = (values: object) => Object.entries(values).forEach(([name, value]) => Object.defineProperty(document, name, { value, configurable: true }))
const withPowers = <Element extends HTMLElement, Powers extends object>(element: Element, powers: Powers) => Object.assign(element, powers)

beforeEach(() => give({ pictureInPictureEnabled: false, fullscreenEnabled: false }))
afterEach(() => given.forEach(name => Reflect.deleteProperty(document, name)))

describe('picture in picture', () => {
  it('[PB25] goes in at a tap and out at the next', async () => {
    const video = withPowers(document.createElement('video'), { requestPictureInPicture: vi.fn(async () => {}) })
    const exitPictureInPicture = vi.fn(async () => {})
    give({ pictureInPictureEnabled: true, pictureInPictureElement: null, exitPictureInPicture })
    expect(canPictureInPicture(video as never)).toBe(true)
    await togglePictureInPicture(video as never)
    expect(video.requestPictureInPicture).toHaveBeenCalledTimes(1)
    give({ pictureInPictureElement: video })
    await togglePictureInPicture(video as never)
    expect(exitPictureInPicture).toHaveBeenCalledTimes(1)
    expect(video.requestPictureInPicture).toHaveBeenCalledTimes(1)
  })

  it('[PB25] speaks to iPhones by their own names', async () => {
    const video = withPowers(document.createElement('video'), {
      webkitSupportsPresentationMode: (mode: string) => mode === 'picture-in-picture',
      webkitPresentationMode: 'inline',
      webkitSetPresentationMode(mode: string) { this.webkitPresentationMode = mode },
    })
    expect(canPictureInPicture(video)).toBe(true)
    await togglePictureInPicture(video)
    expect(video.webkitPresentationMode).toBe('picture-in-picture')
    await togglePictureInPicture(video)
    expect(video.webkitPresentationMode).toBe('inline')
  })

  it('[PB25] is not offered where there is none, and a refusal is no error', async () => {
    const video = document.createElement('video')
    expect(canPictureInPicture(video)).toBe(false)
    await togglePictureInPicture(video)
    give({ pictureInPictureEnabled: true, pictureInPictureElement: null })
    await togglePictureInPicture(withPowers(video, { requestPictureInPicture: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }) as never)
  })
})

describe('fullscreen', () => {
  it('[PB25] takes the stage, and gives it back at the next tap', async () => {
    const stage = withPowers(document.createElement('div'), { requestFullscreen: vi.fn(async () => {}) })
    const exitFullscreen = vi.fn(async () => {})
    give({ fullscreenEnabled: true, fullscreenElement: null, exitFullscreen })
    await toggleFullscreen(stage, document.createElement('video'))
    expect(stage.requestFullscreen).toHaveBeenCalledTimes(1)
    give({ fullscreenElement: stage })
    await toggleFullscreen(stage, document.createElement('video'))
    expect(exitFullscreen).toHaveBeenCalledTimes(1)
  })

  it('[PB25] on iPhones takes the video alone', async () => {
    const video = withPowers(document.createElement('video'), { webkitEnterFullscreen: vi.fn() })
    await toggleFullscreen(document.createElement('div'), video)
    expect(video.webkitEnterFullscreen).toHaveBeenCalledTimes(1)
  })
})
