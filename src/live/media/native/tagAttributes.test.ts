import type { PlayerProps, PusherProps } from '@/src/live/components/media'
import { describe, expect, it, vi } from 'vitest'
import { PLAYER_ATTRIBUTES } from '../tags/playerTag'
import { PUSHER_ATTRIBUTES } from '../tags/pusherTag'
import { playerAttributes } from './playerAttributes'
import { pusherAttributes } from './pusherAttributes'

const PUSHER: PusherProps = { rtmp: 'rtmp://a/live/x', whip: '', source: 'camera', quality: 'HD', facing: 'front', cameraId: '', microphoneId: '', isMirrored: true, isMuted: false }
const PLAYER: PlayerProps = { urls: undefined, mode: 'live', isMuted: false, volume: 1, objectFit: 'cover' }

/** What differs from the tag's own usual. */
function chosen(definition: Record<string, { usual: unknown }>, values: object) {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== definition[name].usual))
}

describe('what <live-pusher> is told', () => {
  it('[PB31] is what the app chooses, and otherwise the usual', () => {
    expect(chosen(PUSHER_ATTRIBUTES, pusherAttributes(PUSHER))).toEqual({ url: PUSHER.rtmp, localMirror: 'enable', videoWidth: 720, videoHeight: 1280, fps: 25, minBitrate: 400, maxBitrate: 1800, enableAns: true, audioVolumeType: 'voicecall' })
    expect(chosen(PUSHER_ATTRIBUTES, pusherAttributes({ ...PUSHER, quality: 'guest', source: 'none', facing: 'back', isMirrored: false, isMuted: true }))).toEqual({ url: PUSHER.rtmp, enableCamera: false, muted: true, devicePosition: 'back', localMirror: 'disable', aspect: '3:4', videoHeight: 480, maxBitrate: 300, enableAns: true, audioVolumeType: 'voicecall' })
  })

  it('[PB31] gives way to attributes, but for the address', () => {
    const values = pusherAttributes({ ...PUSHER, attributes: { mode: 'HD', muted: true, localMirror: 'auto', audioVolumeType: 'auto', url: 'rtmp://elsewhere/x' } as PusherProps['attributes'] })
    expect(values).toMatchObject({ mode: 'HD', muted: true, localMirror: 'auto', audioVolumeType: 'auto', url: PUSHER.rtmp })
  })

  it.each([
    ['beauty', 42, 9],
    ['whiteness', -3, 0],
    ['fps', 60, 30],
    ['videoWidth', 4, 16],
    ['maxBitrate', 1e9, 10_000],
    ['skinSmoothness', 1.5, 1],
  ] as const)('[PB30] %s %d is brought to %d', (name, wanted, told) => {
    const refuse = vi.fn()
    expect(pusherAttributes({ ...PUSHER, attributes: { [name]: wanted } }, refuse)[name]).toBe(told)
    expect(refuse).not.toHaveBeenCalled()
  })

  it.each([
    ['fps', 'many', 25],
    ['beauty', Number.NaN, 0],
    ['filter', 'sepia', 'standard'],
    ['mode', 'UHD', 'RTC'],
    ['muted', 'false', false],
    ['voiceChangerType', 5, 0],
    ['waitingImage', 'x'.repeat(3000), ''],
    ['nothing', 1, undefined],
  ])('[PB30] %s %j makes no sense: the app\'s choice stays', (name, wanted, told) => {
    const refuse = vi.fn()
    const values: Record<string, unknown> = pusherAttributes({ ...PUSHER, attributes: { [name]: wanted } }, refuse)
    expect(values[name]).toEqual(told)
    expect(refuse.mock.calls).toEqual(name in PUSHER_ATTRIBUTES ? [[name]] : [])
  })
})

describe('what <live-player> is told', () => {
  it('[PB31] is what the app chooses, and otherwise the usual', () => {
    expect(chosen(PLAYER_ATTRIBUTES, playerAttributes(PLAYER, 'http://a/x.flv'))).toEqual({ src: 'http://a/x.flv', objectFit: 'fillCrop', pictureInPictureMode: ['push'] })
    expect(chosen(PLAYER_ATTRIBUTES, playerAttributes({ ...PLAYER, mode: 'lowLatency', objectFit: 'contain', isMuted: true }, ''))).toEqual({ mode: 'RTC', minCache: 0.1, maxCache: 0.3, muted: true })
  })

  it('[PB31] gives way to attributes, but for the address', () => {
    const refuse = vi.fn()
    const attributes = { maxCache: 1000, pictureInPictureMode: [], soundMode: 'loud', src: 'http://elsewhere/x.flv' } as unknown as PlayerProps['attributes']
    expect(playerAttributes({ ...PLAYER, attributes }, 'http://a/x.flv', refuse)).toMatchObject({ maxCache: 60, pictureInPictureMode: [], soundMode: 'speaker', src: 'http://a/x.flv' })
    expect(refuse.mock.calls).toEqual([['soundMode']])
  })
})
