import { describe, expect, it } from 'vitest'
import { createFakeBrowser } from '../testing/fakeMedia'
import { listDevices, openCamera, openCameraAndMicrophone, openMicrophone, openScreen } from './devices'
import { DeviceRefusal } from './problems'

const SETTINGS = { source: 'camera', quality: 'HD', facing: 'front', cameraId: '', microphoneId: '' } as const

describe('asking for devices', () => {
  it('[PB11] camera and microphone are one question', async () => {
    const { browser, devices } = createFakeBrowser()
    const { camera, microphone } = await openCameraAndMicrophone(browser, SETTINGS)
    expect([camera, microphone]).toEqual(devices.given)
    expect(devices.getUserMedia).toHaveBeenCalledOnce()
    expect(devices.getUserMedia.mock.calls[0][0]).toMatchObject({
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25 }, facingMode: { ideal: 'user' } },
      audio: { echoCancellation: true },
    })
  })

  it('[LM165] a guest is asked for a small picture, and every microphone cancels echo and noise', async () => {
    const { browser, devices } = createFakeBrowser()
    await openCameraAndMicrophone(browser, { ...SETTINGS, quality: 'guest' })
    await openMicrophone(browser, { ...SETTINGS, source: 'none' })
    const [[both], [sound]] = devices.getUserMedia.mock.calls
    expect(both.video).toMatchObject({ width: { ideal: 480 }, height: { ideal: 360 }, frameRate: { ideal: 15 } })
    for (const { audio } of [both, sound])
      expect(audio).toEqual({ echoCancellation: true, noiseSuppression: true, autoGainControl: true })
  })

  it('[PB11] a microphone that is missing does not cost the camera', async () => {
    const { browser, devices } = createFakeBrowser()
    devices.refusals.audio = 'NotFoundError'
    const { camera, microphone } = await openCameraAndMicrophone(browser, SETTINGS)
    expect(camera).toBe(devices.given[0])
    expect(microphone).toMatchObject({ code: 'NO_MICROPHONE' })
  })

  it('[PB11] after a "no" only a device that is allowed for certain is asked for again', async () => {
    const dismissed = createFakeBrowser()
    dismissed.devices.refusals.video = 'NotAllowedError'
    expect(await openCameraAndMicrophone(dismissed.browser, SETTINGS)).toMatchObject({ camera: { code: 'CAMERA_DENIED' }, microphone: { code: 'MICROPHONE_DENIED' } })
    expect(dismissed.devices.getUserMedia).toHaveBeenCalledOnce()

    const noCamera = createFakeBrowser()
    noCamera.devices.refusals.video = 'NotAllowedError'
    Object.assign(noCamera.permissions, { camera: 'denied', microphone: 'granted' })
    const { camera, microphone } = await openCameraAndMicrophone(noCamera.browser, SETTINGS)
    expect(camera).toMatchObject({ code: 'CAMERA_DENIED' })
    expect(microphone).toBe(noCamera.devices.given[0])
  })

  it('[PB11] a chosen device that is gone gives way to the default one', async () => {
    const { browser, devices } = createFakeBrowser()
    devices.getUserMedia.mockRejectedValueOnce(Object.assign(new Error('gone'), { name: 'OverconstrainedError' }))
    await openCamera(browser, { ...SETTINGS, cameraId: 'pulled out' })
    expect(devices.getUserMedia.mock.calls.map(([{ video }]) => video)).toMatchObject([{ deviceId: { exact: 'pulled out' } }, { facingMode: { ideal: 'user' } }])
    await openMicrophone(browser, { ...SETTINGS, microphoneId: 'm1' })
    expect(devices.getUserMedia.mock.lastCall![0]).toMatchObject({ audio: { deviceId: { exact: 'm1' } } })
  })

  it('[PB11] a page that is not secure has no devices, and says why', async () => {
    const insecure = createFakeBrowser({ mediaDevices: undefined, isSecure: false })
    await expect(openCamera(insecure.browser, SETTINGS)).rejects.toEqual(new DeviceRefusal('INSECURE_CONTEXT'))
    expect(await openCameraAndMicrophone(insecure.browser, SETTINGS)).toMatchObject({ camera: { code: 'INSECURE_CONTEXT' }, microphone: { code: 'INSECURE_CONTEXT' } })
    const ancient = createFakeBrowser({ mediaDevices: undefined })
    await expect(openCamera(ancient.browser, SETTINGS)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    await expect(openScreen(ancient.browser)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })

  it('[PB11] lists what has an id and a name, and whether a screen can be shared', async () => {
    const { browser, devices } = createFakeBrowser()
    devices.devices.push(
      { kind: 'videoinput', deviceId: 'c1', label: 'Front' },
      { kind: 'audioinput', deviceId: '', label: '' },
      { kind: 'audiooutput', deviceId: 's1', label: 'Speaker' },
    )
    expect(await listDevices(browser)).toEqual({ cameras: [{ id: 'c1', name: 'Front' }], microphones: [], canShareScreen: true })
    expect(await listDevices(createFakeBrowser({ mediaDevices: undefined }).browser)).toEqual({ cameras: [], microphones: [], canShareScreen: false })
  })
})
