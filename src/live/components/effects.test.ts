import type { PusherHandle } from './media'
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, shallowRef } from 'vue'
import { useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { isH5 } from '@/src/testing/platform'
import { settle } from '@/src/testing/virtualClock'
import { useMusic } from '../composables/useMusic'
import { usePusherEffects } from '../stores/usePusherEffects'
import EffectsSheet from './EffectsSheet.vue'
import GuestPusher from './GuestPusher.vue'

const EVERYTHING = ['beauty', 'whiteness', 'filter', 'remoteMirror', 'getMaxZoom', 'setZoom', 'toggleTorch', 'setMICVolume', 'playBGM']

function createPusher(supported: readonly string[], refused: readonly string[] = []) {
  const call = vi.fn(async (name: string, _options?: object): Promise<unknown> => {
    if (refused.includes(name))
      throw new Error(name)
    return name === 'getMaxZoom' ? { maxZoom: 4 } : undefined
  })
  return { call, supports: (name: string) => supported.includes(name) }
}

async function open({ supported = EVERYTHING as readonly string[], refused = [] as readonly string[], source = 'camera' as 'camera' | 'none' } = {}) {
  const pusher = createPusher(supported, refused)
  const handle = shallowRef(pusher as unknown as PusherHandle)
  const desk = {} as { music: ReturnType<typeof useMusic> }
  const wrapper = mount(defineComponent({
    setup() {
      desk.music = useMusic(handle)
      const isOpen = shallowRef(false)
      void nextTick(() => isOpen.value = true)
      return () => h(EffectsSheet, { isOpen: isOpen.value, source, pusher: handle.value, music: desk.music })
    },
  }))
  await settle()
  return { wrapper, pusher, music: desk.music, handle, labels: () => wrapper.findAll('.level-slider .label').map(label => label.text()) }
}

function choosesMusic() {
  const release = vi.fn()
  Object.assign(fakes(), { pickMusic: async () => ({ url: 'blob:tune', name: '晚风.mp3', release }) })
  return release
}

async function slide(wrapper: Awaited<ReturnType<typeof open>>['wrapper'], label: string, value: number) {
  const slider = wrapper.findAll('.level-slider').find(one => one.find('.label').text() === label)!.find('.level-slider-range')
  if (isH5)
    await slider.setValue(value)
  else
    await slider.trigger('change', { detail: { value } })
}

const button = (wrapper: Awaited<ReturnType<typeof open>>['wrapper'], name: string) => wrapper.findAll('.app-button').find(one => one.attributes('aria-label') === name)!

describe('the effects sheet', () => {
  it('[PB62] shows everything that the platform supports', async () => {
    const { wrapper, labels } = await open()
    expect(wrapper.findAll('.filter').map(filter => filter.attributes('aria-label'))).toEqual(['原图', '粉嫩', '怀旧', '蓝调', '浪漫', '清凉', '清新', '日系', '唯美', '亮白', '樱红'])
    expect(labels()).toEqual(['美颜', '美白', '变焦', '麦克风音量'])
    expect(wrapper.text()).toContain('观众画面镜像')
    expect(button(wrapper, '开关补光灯').exists()).toBe(true)
    expect(wrapper.text()).toContain('背景音乐')
  })

  it.each([
    [{ supported: ['whiteness', 'filter'] }, ['美白']],
    [{ supported: [] }, []],
    [{ source: 'none' }, ['麦克风音量']],
    [{ refused: ['getMaxZoom'] }, ['美颜', '美白', '麦克风音量']],
  ] as const)('[PB62] what is not supported, or has no picture, is not there: %o', async (world, shown) => {
    const { labels, wrapper } = await open(world)
    expect(labels()).toEqual(shown)
    if (!('refused' in world))
      expect(wrapper.find('.switch-row').exists()).toBe(false)
  })

  it('[PB62] what was chosen is kept on this device, and one tap takes it all back', async () => {
    const { wrapper, pusher } = await open()
    await wrapper.find('.filter:nth-child(3)').trigger('click')
    await slide(wrapper, '美颜', 6)
    await slide(wrapper, '变焦', 2.5)
    await slide(wrapper, '麦克风音量', 0.4)
    await wrapper.find('.switch-row').trigger('click')
    expect(usePusherEffects().look).toEqual({ beauty: 6, whiteness: 0, filter: 'nostalgia', remoteMirror: true })
    expect(fakes().keyValue.read('pusherEffects')).toEqual(usePusherEffects().look)
    expect(pusher.call.mock.calls).toEqual([['getMaxZoom'], ['setZoom', { zoom: 2.5 }], ['setMICVolume', { volume: 0.4 }]])
    await button(wrapper, '恢复默认').trigger('click')
    expect(usePusherEffects().look).toEqual({ beauty: 0, whiteness: 0, filter: 'standard', remoteMirror: false })
    expect(pusher.call.mock.calls.slice(3)).toEqual([['setZoom', { zoom: 1 }], ['setMICVolume', { volume: 1 }]])
  })

  it('[PB62] what is kept may be broken: then it is none', () => {
    fakes().keyValue.write('pusherEffects', { beauty: 99, filter: 'unknown', whiteness: 'x' })
    expect(usePusherEffects().look).toEqual({ beauty: 9, whiteness: 0, filter: 'standard', remoteMirror: false })
  })

  it('[PB62] a device that refuses is told of', async () => {
    const { wrapper } = await open({ refused: ['toggleTorch'] })
    await button(wrapper, '开关补光灯').trigger('click')
    await settle()
    expect(useToast().current?.text).toContain('没能做到')
  })

  it('[PB62] a guest is sent with the same face, and never turned', () => {
    usePusherEffects().change({ beauty: 4, filter: 'cool', remoteMirror: true })
    const guest = { link: shallowRef({}), picture: shallowRef(), publish: shallowRef(), sound: shallowRef(), trouble: shallowRef(null), usePusher() {} }
    const Stub = defineComponent({ props: ['attributes'], render: () => null })
    const wrapper = mount(GuestPusher, { props: { guest: guest as never }, global: { stubs: { MediaPusher: Stub } } })
    expect(wrapper.findComponent(Stub).props('attributes')).toEqual({ beauty: 4, whiteness: 0, filter: 'cool' })
  })
})

describe('background music', () => {
  it('[PB63] a file is chosen, heard, made softer, paused and stopped', async () => {
    const release = choosesMusic()
    const { wrapper, pusher, music } = await open()
    await button(wrapper, '选择音乐').trigger('click')
    await settle()
    music.hear({ type: 'started' })
    music.hear({ type: 'progress', ms: 0, durationMs: 0 }) // a length that is not known yet
    await nextTick()
    expect(wrapper.find('.done').attributes('style')).toContain('0%')
    music.hear({ type: 'progress', ms: 15_000, durationMs: 60_000 })
    await nextTick()
    expect(wrapper.text()).toContain('晚风.mp3')
    expect(wrapper.find('.done').attributes('style')).toContain('25%')
    await slide(wrapper, '音乐音量', 0.5)
    await button(wrapper, '暂停').trigger('click')
    await button(wrapper, '继续').trigger('click')
    expect(release).not.toHaveBeenCalled()
    await button(wrapper, '停止').trigger('click')
    expect(pusher.call.mock.calls.slice(1)).toEqual([['playBGM', { url: 'blob:tune' }], ['setBGMVolume', { volume: 1 }], ['setBGMVolume', { volume: 0.5 }], ['pauseBGM'], ['resumeBGM'], ['stopBGM']])
    expect(wrapper.text()).not.toContain('晚风.mp3')
    expect(release).toHaveBeenCalledOnce()
  })

  it('[PB63] its end clears the desk, and so does another pusher', async () => {
    choosesMusic()
    const { handle, music } = await open()
    await music.choose()
    music.hear({ type: 'completed' })
    expect(music.state.value.status).toBe('none')
    await music.choose()
    handle.value = createPusher([]) as never
    await nextTick()
    expect(music.state.value.status).toBe('none')
  })

  it('[PB63] a file that cannot be played is told of once', async () => {
    const release = choosesMusic()
    const show = vi.spyOn(useToast(), 'show')
    const { music } = await open({ refused: ['playBGM'] })
    const asked = music.choose()
    await settle()
    music.hear({ type: 'failed' })
    await asked
    expect(show.mock.calls).toEqual([[expect.stringMatching(/20\sMB/), 'bad']])
    expect([music.state.value.status, release.mock.calls.length]).toEqual(['none', 1])
  })

  it('[PB63] who chooses nothing changes nothing', async () => {
    const { music, pusher } = await open()
    await music.choose()
    expect([music.state.value.status, pusher.call.mock.calls.length]).toEqual(['none', 1])
  })
})
