import type { PlayerCalls } from '../tags/playerTag'
import type { PusherCalls } from '../tags/pusherTag'
import { describe, expect, it, vi } from 'vitest'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { PLAYER_CALL_OPTIONS, PUSHER_CALL_OPTIONS } from '../tags/callOptions'
import { ANSWER_MS, createNativeCalls } from './nativeCalls'

interface Answering { success: (result: unknown) => void, fail: (refusal?: object) => void }

function setup(context: Record<string, unknown>) {
  const clock = createVirtualClock()
  const onRefused = vi.fn()
  return {
    clock,
    onRefused,
    pusher: createNativeCalls<PusherCalls>({ context: () => context, table: PUSHER_CALL_OPTIONS, clock, onRefused }),
    player: createNativeCalls<PlayerCalls>({ context: () => context, table: PLAYER_CALL_OPTIONS, clock, onRefused }),
  }
}

describe('calls of a native context', () => {
  it('[PB35] answer with what WeChat answers, and leave no timer', async () => {
    const getMaxZoom = vi.fn(({ success }: Answering) => success({ maxZoom: 6, errMsg: 'getMaxZoom:ok' }))
    const { clock, pusher } = setup({ getMaxZoom })
    expect(await pusher.call('getMaxZoom')).toMatchObject({ maxZoom: 6 })
    expect(clock.pending).toBe(0)
  })

  it('[PB35] keep the context as their owner', async () => {
    const context = { volume: 0, setBGMVolume(options: { volume: number } & Answering) {
      this.volume = options.volume
      options.success({})
    } }
    await setup(context).pusher.call('setBGMVolume', { volume: 0.5 })
    expect(context.volume).toBe(0.5)
  })

  it('[PB35] fail with what WeChat says, and tell it', async () => {
    const { clock, onRefused, pusher } = setup({ toggleTorch: ({ fail }: Answering) => fail({ errMsg: 'toggleTorch:fail front camera' }) })
    await expect(pusher.call('toggleTorch')).rejects.toMatchObject({ name: 'MediaCallError', code: 'FAILED', message: 'toggleTorch: toggleTorch:fail front camera' })
    expect(onRefused).toHaveBeenCalledWith('toggleTorch: toggleTorch:fail front camera')
    expect(clock.pending).toBe(0)
  })

  it('[PB35] fail where WeChat throws, or refuses without a word', async () => {
    await expect(setup({ stopBGM() {
      throw new Error('bridge is gone')
    } }).pusher.call('stopBGM')).rejects.toMatchObject({ code: 'FAILED', message: 'stopBGM: bridge is gone' })
    await expect(setup({ stopBGM: ({ fail }: Answering) => fail() }).pusher.call('stopBGM')).rejects.toMatchObject({ code: 'FAILED' })
  })

  it('[PB35] fail after five seconds of silence; an answer after that changes nothing', async () => {
    let answer!: Answering
    const { clock, pusher } = setup({ setZoom: (options: Answering) => void (answer = options) })
    const calling = pusher.call('setZoom', { zoom: 2 }).catch(error => error)
    await clock.advance(ANSWER_MS - 1)
    expect(clock.pending).toBe(1)
    await clock.advance(1)
    expect(await calling).toMatchObject({ code: 'FAILED', message: 'setZoom: no answer' })
    answer.success({})
    expect(clock.pending).toBe(0)
  })

  it('[PB35] are unsupported where this version of WeChat, or every version, lacks them', async () => {
    const start = vi.fn()
    const { pusher } = setup({ start })
    await expect(pusher.call('getMaxZoom')).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    await expect(pusher.call('start' as never)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    await expect(pusher.call('toString' as never)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(start).not.toHaveBeenCalled()
    await expect(createNativeCalls<PusherCalls>({ context: () => undefined as never, table: PUSHER_CALL_OPTIONS, clock: createVirtualClock(), onRefused() {} }).call('stopBGM')).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })

  it('[PB35] those that have no answer are done at once', async () => {
    const canvas = {}
    const context = { createOffscreenCanvas: vi.fn(() => canvas), onCustomRendererEvent: vi.fn(), requestBackgroundPlayback: vi.fn() }
    const { clock, player, pusher } = setup(context)
    const listener = () => {}
    expect(await pusher.call('createOffscreenCanvas', { width: 360, height: 640 })).toBe(canvas)
    await pusher.call('onCustomRendererEvent', { event: 'frame', listener })
    await player.call('requestBackgroundPlayback')
    expect(context.createOffscreenCanvas).toHaveBeenCalledWith({ width: 360, height: 640 })
    expect(context.onCustomRendererEvent).toHaveBeenCalledWith('frame', listener)
    expect(context.requestBackgroundPlayback).toHaveBeenCalledWith()
    expect(clock.pending).toBe(0)
  })

  it('[PB35] hand over no option that a call does not take', async () => {
    const toggleTorch = vi.fn(({ success }: Answering) => success({}))
    await (setup({ toggleTorch }).pusher.call as (name: string, options: object) => Promise<unknown>)('toggleTorch', { isOn: true })
    expect(Object.keys(toggleTorch.mock.calls[0][0])).toEqual(['success', 'fail'])
  })

  it('[PB37] are had when the context has them', () => {
    const { player, pusher } = setup({ toggleTorch() {}, exitPictureInPicture() {}, start() {} })
    expect(['toggleTorch', 'exitPictureInPicture', 'playBGM', 'start'].map(pusher.has)).toEqual([true, true, false, false])
    expect(['toggleTorch', 'exitPictureInPicture'].map(player.has)).toEqual([false, true])
  })
})

describe('options of calls', () => {
  const anything = new Proxy({}, { get: () => ({ success }: Answering) => success({}) })
  const call = (side: 'pusher' | 'player', name: string, options: unknown) => (setup(anything)[side].call as (name: string, options: unknown) => Promise<unknown>)(name, options)

  it.each([
    ['pusher', 'playBGM', { url: 'https://a/x.mp3' }],
    ['pusher', 'playBGM', { url: 'https://a/x.mp3', startTimeMs: 0, endTimeMs: 9000 }],
    ['pusher', 'setBGMVolume', { volume: 0 }],
    ['pusher', 'setMICVolume', { volume: 1 }],
    ['pusher', 'setZoom', { zoom: 1 }],
    ['pusher', 'sendMessage', { msg: 'hello' }],
    ['pusher', 'applyFilter', { path: '/a.png', alpha: 0.5, md5: 'abc' }],
    ['pusher', 'applyLipStickMakeup', { path: '/a.png', blendMode: 'multiply', faceModel: 'x' }],
    ['pusher', 'applySticker', { type: 'eyes', stickers: [{ path: '/a.png' }] }],
    ['player', 'requestFullScreen', { direction: -90 }],
    ['player', 'snapshot', {}],
    ['player', 'snapshot', { quality: 'raw', sourceType: 'view' }],
  ] as const)('[PB36] %s.%s takes %j', async (side, name, options) => {
    await expect(call(side, name, options)).resolves.toEqual({})
  })

  it.each([
    ['pusher', 'playBGM', undefined],
    ['pusher', 'playBGM', { url: '' }],
    ['pusher', 'playBGM', { url: 'x'.repeat(2049) }],
    ['pusher', 'playBGM', { url: 'https://a/x.mp3', startTimeMs: -1 }],
    ['pusher', 'setBGMVolume', { volume: 1.1 }],
    ['pusher', 'setBGMVolume', { volume: '0.5' }],
    ['pusher', 'setMICVolume', { volume: Number.NaN }],
    ['pusher', 'setZoom', { zoom: 0.5 }],
    ['pusher', 'sendMessage', { msg: 7 }],
    ['pusher', 'applyFilter', { alpha: 1 }],
    ['pusher', 'applySticker', { type: 'eyes', stickers: [] }],
    ['pusher', 'createOffscreenCanvas', { width: 0, height: 640 }],
    ['pusher', 'onCustomRendererEvent', { event: 'frame' }],
    ['pusher', 'onCustomRendererEvent', { event: 'tick', listener() {} }],
    ['player', 'requestFullScreen', { direction: 45 }],
    ['player', 'snapshot', { quality: 'tiny' }],
    ['player', 'snapshot', null],
  ] as const)('[PB36] %s.%s refuses %j', async (side, name, options) => {
    await expect(call(side, name, options)).rejects.toMatchObject({ name: 'MediaCallError', code: 'INVALID' })
  })
})
