import type { CaptureSettings } from './devices'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '@/src/testing/virtualClock'
import { createFakeCard } from '../testing/fakeGraphics'
import { createFakeBrowser, createFakeVideo, stubAudioNodes } from '../testing/fakeMedia'
import { createPlayerCalls } from './playerCalls'
import { playerSupports } from './playerSupports'
import { openRtcSession } from './rtcSession'
import { exitFullscreen, onFullscreen, onPictureInPicture, requestFullscreen } from './viewModes'
import { createWebPusher } from './webPusher'
import { whipSignalling } from './whipSignalling'

async function live(settings: Partial<CaptureSettings> = {}) {
  const { video, state } = createFakeVideo()
  const fake = createFakeBrowser({ createCanvas: createFakeCard().createCanvas })
  const on = { onStatus: vi.fn(), onProblem: vi.fn(), onStatistics: vi.fn(), onPreview: vi.fn(), onSourceEnded: vi.fn(), onDevices: vi.fn(), onTrouble: vi.fn(), onBgm: vi.fn(), onVolume: vi.fn(), onPictureInPicture: vi.fn(), onDiagnostic: vi.fn() }
  const pusher = createWebPusher({ browser: fake.browser, preview: video, settings: { source: 'camera', quality: 'HD', facing: 'front', cameraId: '', microphoneId: '', ...settings }, ...on })
  pusher.setUrl('http://media.test/whip/r1?secret=1')
  await pusher.start()
  await settle()
  fake.peers[0].moveTo('connected')
  const lines = () => on.onDiagnostic.mock.calls.map(([{ text }]) => text as string)
  return { ...fake, ...on, pusher, video, state, lines, audio: fake.peers[0].transceivers[1].sender }
}

beforeEach(stubAudioNodes)
afterEach(() => {
  vi.unstubAllGlobals()
  for (const name of ['fullscreenElement', 'fullscreenEnabled', 'exitFullscreen', 'pictureInPictureEnabled'])
    Reflect.deleteProperty(document, name)
})

describe('a pusher', () => {
  it('[PB46] supports what browser and camera can, asked anew each time', async () => {
    const { pusher, devices } = await live()
    expect((['beauty', 'filter', 'remoteMirror', 'playBGM', 'orientation'] as const).map(pusher.supports)).toEqual([true, true, true, true, true])
    expect((['setZoom', 'toggleTorch', 'sendMessage', 'url', 'faceThinness', 'exitPictureInPicture'] as const).map(pusher.supports)).toEqual([false, false, false, false, false, false])
    Object.assign(devices.given[0], { getCapabilities: () => ({ zoom: { min: 1, max: 3 }, torch: true }) })
    expect((['setZoom', 'getMaxZoom', 'toggleTorch'] as const).map(pusher.supports)).toEqual([true, true, true])
    expect(await pusher.call('getMaxZoom')).toEqual({ maxZoom: 3 })
  })

  it('[PB46] what the camera itself refuses is a failure', async () => {
    const { pusher, devices } = await live()
    Object.assign(devices.given[0], {
      getCapabilities: () => ({ torch: true }),
      getConstraints: () => ({}),
      applyConstraints: () => Promise.reject(new DOMException('gone', 'InvalidStateError')),
    })
    await expect(pusher.call('toggleTorch')).rejects.toMatchObject({ name: 'MediaCallError', code: 'FAILED' })
  })

  it('[PB45] audio of low quality is sent with few bits, and with the browser\'s own choice otherwise', async () => {
    const { pusher, audio } = await live({ tag: { audioQuality: 'low' } })
    expect(audio.parameters.encodings[0].maxBitrate).toBe(24_000)
    pusher.select({ tag: {} })
    expect(audio.parameters.encodings[0].maxBitrate).toBeUndefined()
  })

  it('[PB51] the preview is turned as its own mirror says, whatever the viewers see', async () => {
    const { pusher, video } = await live()
    const isTurned = () => video.style.transform !== ''
    pusher.setMirrored(true)
    expect(isTurned()).toBe(true)
    pusher.select({ tag: { localMirror: 'disable' } })
    expect(isTurned()).toBe(false)
    pusher.select({ tag: { localMirror: 'auto' } })
    expect(isTurned()).toBe(true)
    pusher.select({ facing: 'back' })
    expect(isTurned()).toBe(false)
  })

  it('[PB58] tells how loud it is four times a second while live, and no more when stopped', async () => {
    const { pusher, clock, onVolume } = await live()
    await clock.advance(1000)
    expect(onVolume.mock.calls).toEqual([[25], [25], [25], [25]])
    pusher.stop()
    await clock.advance(1000)
    expect(onVolume).toHaveBeenCalledTimes(4)
  })

  it('[PB61] tells what it does, and no address', async () => {
    const { devices, lines, peers, pusher } = await live()
    Object.assign(peers[0], { iceConnectionState: 'disconnected' })
    peers[0].dispatchEvent(new Event('iceconnectionstatechange'))
    devices.dispatchEvent(new Event('devicechange'))
    await settle()
    pusher.select({ source: 'screen' })
    await settle()
    expect(lines()).toEqual([expect.stringMatching(/^camera: /), 'HTTP 201', 'WebRTC connected', 'ICE disconnected', 'devices: 0 cameras, 0 microphones', 'camera: none'])
    expect(lines().join()).not.toMatch(/secret|:\/\//)
  })
})

it('[PB61] a session that was refused tells its status', async () => {
  const { browser, peers, answerWith } = createFakeBrowser()
  const note = vi.fn()
  answerWith(403)
  openRtcSession({ browser, peer: browser.createPeer(), signalling: whipSignalling({ browser, url: 'http://media.test/whip/r1', note }), report: { opened() {}, wavered() {}, failed() {}, alive() {} } })
  await settle()
  expect(note).toHaveBeenCalledWith('HTTP 403')
  expect(peers).toHaveLength(1)
})

describe('fullscreen and picture in picture', () => {
  it('[PB59] are told when they begin and end, whoever began them, and no more afterwards', () => {
    const { video } = createFakeVideo()
    const told: [string, boolean][] = []
    const stops = [onPictureInPicture(video, isOn => told.push(['pip', isOn])), onFullscreen(video, isOn => told.push(['full', isOn]))]
    const stage = document.createElement('div')
    stage.append(video)
    const fill = (element: Element | null) => {
      Object.defineProperty(document, 'fullscreenElement', { value: element, configurable: true })
      document.dispatchEvent(new Event('fullscreenchange'))
    }
    fill(document.createElement('div'))
    fill(stage)
    fill(null)
    for (const type of ['enterpictureinpicture', 'leavepictureinpicture', 'webkitbeginfullscreen', 'webkitendfullscreen'])
      video.dispatchEvent(new Event(type))
    expect(told).toEqual([['full', true], ['full', false], ['pip', true], ['pip', false], ['full', true], ['full', false]])
    stops.forEach(stop => stop())
    video.dispatchEvent(new Event('enterpictureinpicture'))
    expect(told).toHaveLength(6)
  })

  it('[PB60] the screen is filled and turned where the browser lets one, and left again', async () => {
    const { video } = createFakeVideo()
    const stage = Object.assign(document.createElement('div'), { requestFullscreen: vi.fn(async () => {}) })
    stage.append(video)
    const lock = vi.fn(() => Promise.reject(new DOMException('', 'NotSupportedError')))
    vi.stubGlobal('screen', { orientation: { lock } })
    const leave = vi.fn(async () => {})
    for (const [name, value] of Object.entries({ fullscreenEnabled: true, fullscreenElement: null, exitFullscreen: leave }))
      Object.defineProperty(document, name, { value, configurable: true })
    await exitFullscreen(video)
    await requestFullscreen(stage, video, -90)
    expect(stage.requestFullscreen).toHaveBeenCalledOnce()
    expect(lock).toHaveBeenCalledWith('landscape-secondary')
    Object.defineProperty(document, 'fullscreenElement', { value: stage, configurable: true })
    await exitFullscreen(video)
    expect(leave).toHaveBeenCalledOnce()
  })
})

describe('a player\'s calls', () => {
  it('[PB60] a picture is as large as it is shown, and the one before is freed', async () => {
    const { browser } = createFakeBrowser()
    const { video, state } = createFakeVideo()
    const freed = vi.spyOn(URL, 'revokeObjectURL')
    const calls = createPlayerCalls({ browser, video, stage: () => video, toggleMuted: () => {} })
    await expect(async () => calls.table.snapshot!({})).rejects.toMatchObject({ code: 'FAILED' })
    Object.assign(state, { videoWidth: 1920, videoHeight: 1080 })
    const first = await calls.table.snapshot!({})
    expect(first).toEqual({ tempImagePath: expect.stringMatching(/^blob:/), width: 1920, height: 1080 })
    const second = await calls.table.snapshot!({})
    expect(freed).toHaveBeenLastCalledWith(first.tempImagePath)
    calls.close()
    expect(freed).toHaveBeenLastCalledWith(second.tempImagePath)
    freed.mockRestore()
  })

  it('[PB46] it supports what a browser can play and show', () => {
    const supports = playerSupports(createFakeVideo().video)
    expect((['muted', 'orientation', 'snapshot', 'mute'] as const).map(supports)).toEqual([true, true, true, true])
    expect((['minCache', 'soundMode', 'startCasting', 'exitPictureInPicture'] as const).map(supports)).toEqual([false, false, false, false])
  })
})
