import type { CaptureSettings } from './devices'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '@/src/testing/virtualClock'
import { createFakeBrowser, stubAudioNodes } from '../testing/fakeMedia'
import { createCapture } from './capture'

const CAMERA: CaptureSettings = { source: 'camera', quality: 'HD', facing: 'front', cameraId: '', microphoneId: '' }

function setup() {
  const fake = createFakeBrowser()
  const seen: string[] = []
  const ended = vi.fn()
  const problems: string[] = []
  const capture = createCapture(fake.browser, {
    picture: track => seen.push(track.label),
    sound: track => seen.push(track.label),
    problem: ({ code }) => problems.push(code),
    ended,
  })
  return { ...fake, capture, seen, ended, problems }
}

beforeEach(stubAudioNodes)

describe('the capture', () => {
  it('[PB10] the test pattern brings its own sound and asks for nothing', async () => {
    const { capture, devices, seen } = setup()
    await capture.apply({ ...CAMERA, source: 'pattern' })
    expect(seen).toEqual(['pattern', 'made'])
    expect(devices.getUserMedia).not.toHaveBeenCalled()
  })

  it('[PB10] another source replaces the picture and leaves the sound alone', async () => {
    const { capture, devices, seen } = setup()
    await capture.apply(CAMERA)
    await capture.apply({ ...CAMERA, source: 'screen' })
    await capture.apply({ ...CAMERA, source: 'none' })
    expect(seen).toEqual(['camera', 'microphone', 'screen', 'card'])
    expect(devices.open.map(({ label }) => label)).toEqual(['microphone'])
  })

  it('[PB10] the first camera is closed before the second is opened: phones have one at a time', async () => {
    const { capture, devices } = setup()
    await capture.apply(CAMERA)
    const openCameras: number[] = []
    devices.getUserMedia.mockImplementationOnce(async () => {
      openCameras.push(devices.open.filter(({ kind }) => kind === 'video').length)
      throw Object.assign(new Error('busy'), { name: 'NotReadableError' })
    })
    await capture.apply({ ...CAMERA, facing: 'back' })
    expect(openCameras).toEqual([0])
  })

  it('[PB10] when the second camera does not open, the card stands in and the page is told', async () => {
    const { capture, devices, ended, problems, seen } = setup()
    await capture.apply(CAMERA)
    devices.refusals.video = 'NotReadableError'
    await capture.apply({ ...CAMERA, facing: 'back' })
    expect(problems).toEqual(['DEVICE_BUSY'])
    expect(ended).toHaveBeenCalledOnce()
    expect(seen.at(-1)).toBe('card')
  })

  it('[PB10] a screen that is refused changes nothing', async () => {
    const { capture, devices, ended, problems, seen } = setup()
    await capture.apply(CAMERA)
    devices.refusals.screen = 'NotAllowedError'
    await capture.apply({ ...CAMERA, source: 'screen' })
    expect(problems).toEqual(['SCREEN_DENIED'])
    expect(ended).not.toHaveBeenCalled()
    await capture.apply(CAMERA)
    expect(seen).toEqual(['camera', 'microphone'])
  })

  it('[PB10] a screen that is no longer shared gives way to the card', async () => {
    const { capture, devices, ended, seen } = setup()
    await capture.apply({ ...CAMERA, source: 'screen' })
    devices.given.find(({ label }) => label === 'screen')!.end()
    expect(ended).toHaveBeenCalledOnce()
    expect(seen.at(-1)).toBe('card')
    await capture.apply({ ...CAMERA, source: 'screen', quality: 'SD' })
    expect(devices.getDisplayMedia).toHaveBeenCalledOnce()
  })

  it('[PB10] an unplugged camera gives way to the default one, and to the card when there is none', async () => {
    const { capture, devices, ended, problems } = setup()
    await capture.apply({ ...CAMERA, cameraId: 'usb' })
    devices.given[0].end()
    await settle()
    expect(capture.picture).toBe(devices.given.at(-1))
    expect(devices.getUserMedia.mock.lastCall![0]).toMatchObject({ video: { facingMode: { ideal: 'user' } } })
    devices.refusals.video = 'NotFoundError'
    devices.given.at(-1)!.end()
    await settle()
    expect(problems).toEqual(['NO_CAMERA'])
    expect(ended).toHaveBeenCalledOnce()
    expect(capture.picture?.label).toBe('card')
  })

  it('[PB10] an unplugged microphone gives way to the default one, and to silence when there is none', async () => {
    const { capture, devices, problems } = setup()
    await capture.apply({ ...CAMERA, microphoneId: 'usb' })
    devices.given[1].end()
    await settle()
    expect(capture.sound).toBe(devices.given.at(-1))
    devices.refusals.audio = 'NotFoundError'
    devices.given.at(-1)!.end()
    await settle()
    expect(problems).toEqual(['NO_MICROPHONE'])
    expect(capture.sound?.label).toBe('made')
  })

  it('[PB10] without a microphone there is silence, because an announced track must flow', async () => {
    const { capture, devices, problems, seen } = setup()
    devices.refusals.audio = 'NotFoundError'
    await capture.apply(CAMERA)
    expect(problems).toEqual(['NO_MICROPHONE'])
    expect(seen).toEqual(['camera', 'made'])
  })

  it('[PB10] another quality asks the running camera for it', async () => {
    const { capture, devices } = setup()
    await capture.apply(CAMERA)
    await capture.apply({ ...CAMERA, quality: 'SD' })
    expect(devices.given).toHaveLength(2)
    expect(devices.given[0].applyConstraints).toHaveBeenCalledWith(expect.objectContaining({ width: { ideal: 640 } }))
  })

  it('[PB12] release closes everything, also what was still being opened', async () => {
    const { capture, devices, seen } = setup()
    const opening = capture.apply(CAMERA)
    while (devices.given.length === 0)
      await Promise.resolve() // up to the moment when the browser has opened them and nobody knows yet
    capture.release()
    capture.release()
    await opening
    expect(devices.given).toHaveLength(2)
    expect(devices.open).toEqual([])
    expect(seen).toEqual([])
  })

  it('[PB12] after a release the devices can be opened again', async () => {
    const { capture, clock, devices } = setup()
    await capture.apply({ ...CAMERA, source: 'pattern' })
    capture.release()
    expect(clock.pending).toBe(0)
    await capture.apply(CAMERA)
    expect(devices.open).toHaveLength(2)
  })
})
