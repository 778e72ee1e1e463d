import type { PlayerProps, PusherProps } from '@/src/live/components/media'
import { beforeEach, describe, expect, it } from 'vitest'
import { settle } from '@/src/testing/virtualClock'
import { PUSHER_ATTRIBUTES } from '../tags/pusherTag'
import { createFakeBrowser, stubAudioNodes } from '../testing/fakeMedia'
import { createCapture } from './capture'
import { figuresOf } from './figures'
import { changesOf, playerSettings, pusherSettings, refusedAttributes } from './tagSettings'

const PUSHER: PusherProps = { rtmp: '', whip: '', source: 'camera', quality: 'HD', facing: 'front', cameraId: '', microphoneId: '', isMirrored: true, isMuted: false }
const PLAYER: PlayerProps = { urls: undefined, mode: 'live', isMuted: false, volume: 1, objectFit: 'cover' }
const settingsOf = (attributes: PusherProps['attributes']) => pusherSettings({ ...PUSHER, attributes })

async function open(attributes: PusherProps['attributes']) {
  const { browser, devices } = createFakeBrowser()
  const capture = createCapture(browser, { picture() {}, sound() {}, problem() {}, ended() {} })
  await capture.apply(settingsOf(attributes))
  return { capture, devices, asked: devices.getUserMedia.mock.calls.map(([constraints]) => constraints) }
}

beforeEach(stubAudioNodes)

describe('attributes on the web', () => {
  it('[PB45] outweigh the props; those without keep them', () => {
    expect(settingsOf({ enableCamera: false, devicePosition: 'back' })).toMatchObject({ source: 'none', facing: 'back', quality: 'HD' })
    expect(settingsOf({})).toMatchObject({ source: 'camera', facing: 'front', tag: {} })
    expect(playerSettings({ ...PLAYER, attributes: { mode: 'RTC', muted: true, objectFit: 'contain', orientation: 'horizontal' } })).toEqual({ mode: 'lowLatency', isMuted: true, objectFit: 'contain', isTurned: true })
    expect(playerSettings(PLAYER)).toEqual({ mode: 'live', isMuted: false, objectFit: 'cover', isTurned: false })
  })

  it('[PB45] nonsense is left out and named, figures are brought into their range', () => {
    const attributes = { filter: 'sepia' as never, beauty: 12, fps: Number.NaN }
    expect(settingsOf(attributes).tag).toEqual({ beauty: 9 })
    expect(refusedAttributes(PUSHER_ATTRIBUTES, attributes)).toBe('filter, fps')
    expect(refusedAttributes(PUSHER_ATTRIBUTES, { beauty: 3 })).toBe('')
  })

  it.each([
    [{}, { longSide: 1280, shortSide: 720, fps: 25, maxKbps: 1800 }],
    [{ fps: 12, maxBitrate: 600 }, { longSide: 1280, shortSide: 720, fps: 12, maxKbps: 600 }],
    [{ aspect: '3:4' }, { longSide: 960, shortSide: 720 }],
    [{ videoWidth: 360, videoHeight: 640 }, { longSide: 640, shortSide: 360 }],
    [{ videoWidth: 640, videoHeight: 360 }, { longSide: 640, shortSide: 360 }],
  ] as const)('[PB45] %o are the figures %o', (attributes, figures) => {
    expect(figuresOf(settingsOf(attributes))).toMatchObject(figures)
  })

  it('[PB45] camera and microphone are asked for what they say', async () => {
    const { asked: [{ video, audio }] } = await open({ orientation: 'horizontal', fps: 15, enableAns: false, enableAgc: false, audioQuality: 'low' })
    expect(video).toMatchObject({ frameRate: { ideal: 15 }, aspectRatio: { ideal: 1280 / 720 } })
    expect(audio).toMatchObject({ echoCancellation: true, noiseSuppression: false, autoGainControl: false, sampleRate: { ideal: 16_000 } })
    const plain = (await open({})).asked[0]
    expect(plain.video).not.toHaveProperty('aspectRatio')
    expect(plain.audio).toMatchObject({ noiseSuppression: true, autoGainControl: true })
  })

  it('[PB45] a microphone that is off is not opened, and silence is sent', async () => {
    const { asked, capture, devices } = await open({ enableMic: false })
    expect(asked.map(({ audio }) => audio)).toEqual([undefined])
    expect(capture.sound?.label).toBe('made')
    await capture.apply(settingsOf({}))
    expect(devices.open.map(({ label }) => label)).toEqual(['camera', 'microphone'])
  })

  it('[PB48] what changes neither camera nor microphone asks nothing of them', async () => {
    const { capture, devices } = await open({ beauty: 1 })
    for (const beauty of [2, 5, 9])
      await capture.apply(settingsOf({ beauty, whiteness: 4, filter: 'pink' }))
    expect(devices.getUserMedia).toHaveBeenCalledOnce()
    expect(devices.given[0].applyConstraints).not.toHaveBeenCalled()
  })

  it('[PB57] zoom and torch stay when the quality changes', async () => {
    const { capture, devices } = await open({})
    Object.assign(devices.given[0], { getConstraints: () => ({ advanced: [{ zoom: 2, torch: true }] }) })
    await capture.apply({ ...settingsOf({}), quality: 'SD' })
    await settle()
    expect(devices.given[0].applyConstraints).toHaveBeenCalledWith(expect.objectContaining({ width: { ideal: 640 }, advanced: [{ zoom: 2, torch: true }] }))
  })

  it('[PB45] only what differs by value is a change', () => {
    expect(changesOf(settingsOf({ beauty: 3 }), settingsOf({ beauty: 3 }))).toEqual({})
    expect(changesOf(settingsOf({ beauty: 4 }), settingsOf({ beauty: 3 }))).toEqual({ tag: { beauty: 4 } })
  })
})
