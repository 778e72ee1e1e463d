import type { PlayerHandle, PusherHandle } from './media'
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { aRoomDetail, playUrls, publishUrls } from '@/src/testing/fixtures'
import { onMp } from '@/src/testing/platform'
import { settle } from '@/src/testing/virtualClock'
import { useIncident } from '../stores/useIncident'
import MediaPlayer from './MediaPlayer.vue'
import MediaPlayerSim from './MediaPlayerSim.vue'
import MediaPusher from './MediaPusher.vue'
import MediaPusherSim from './MediaPusherSim.vue'
import PermissionCard from './PermissionCard.vue'
import PreflightNote from './PreflightNote.vue'
import SimulatorPanel from './SimulatorPanel.vue'
import TagCard from './TagCard.vue'

const PUSHER = { rtmp: publishUrls().rtmp, whip: '', source: 'camera', quality: 'HD', facing: 'front', cameraId: '', microphoneId: '', isMirrored: true, isMuted: false } as const
const PLAYER = { urls: playUrls(), mode: 'live', isMuted: false, volume: 1, objectFit: 'cover' } as const

const labels = (wrapper: { findAll: (selector: string) => { attributes: (name: string) => string | undefined }[] }) => wrapper.findAll('.app-button').map(button => button.attributes('aria-label'))

function openPage(options: Record<string, string> = {}) {
  vi.stubGlobal('getCurrentPages', () => [{ route: 'src/pages/home/index' }, { route: 'src/live/pages/room/index', options }])
}

describe('the card', () => {
  it('[SM8] says what is missing in three steps, and copies where it is written', async () => {
    const wrapper = mount(TagCard)
    await flushPromises()
    expect(wrapper.findAll('.step')).toHaveLength(3)
    for (const word of ['非个人主体', '类目', '接口设置'])
      expect(wrapper.find('.steps').text()).toContain(word)
    expect(labels(wrapper)).toEqual(['用模拟画面继续', '复制文档地址', '重试'])
    await wrapper.findAll('.app-button')[1].trigger('click')
    await flushPromises()
    expect(fakes().platform.copied[0].split('\n')).toEqual(['live-pusher', 'live-player'].map(tag => expect.stringMatching(new RegExp(`^https://developers\\.weixin\\.qq\\.com/.+/${tag}\\.html$`))))
    expect(useToast().current?.text).toBe('已复制')
  })

  it('[SM8] names DevTools where it is that', () => {
    fakes().platform.isDevTools = true
    expect(mount(TagCard).text()).toContain('开发者工具里没有')
  })

  it('[SM9] a server that lends nothing is said, not offered', async () => {
    fakes().simulator.offers = false
    const wrapper = mount(TagCard)
    expect(labels(wrapper)).not.toContain('用模拟画面继续')
    await flushPromises()
    expect(labels(wrapper)).not.toContain('用模拟画面继续')
    expect(wrapper.text()).toContain('不提供模拟画面')
  })

  it('[SM10] going on with simulated pictures opens the page anew', async () => {
    openPage({ id: 'rroom0000001', from: 'a%20b' })
    const wrapper = mount(TagCard)
    await flushPromises()
    await wrapper.findAll('.app-button')[0].trigger('click')
    expect(fakes().simulator.isOn()).toBe(true)
    expect(uni.redirectTo).toHaveBeenCalledWith({ url: '/src/live/pages/room/index?id=rroom0000001&from=a%20b' })
  })

  it('[SM8] stands where camera and microphone are asked for, before the broadcast and before the mic', async () => {
    const permission = mount(PermissionCard, { props: { preview: { status: 'blocked', source: 'camera', problem: 'TAG_UNAVAILABLE' } } })
    const preflight = mount(PreflightNote, { props: { preflight: { status: 'noTags', medium: 'video' } } })
    permission.findComponent(TagCard).vm.$emit('retry')
    preflight.findComponent(TagCard).vm.$emit('retry')
    expect([permission.emitted('retry'), preflight.emitted('allow')]).toEqual([[[]], [[]]])
  })
})

describe('the simulated pusher', () => {
  function pusher(props = {}) {
    const wrapper = mount(MediaPusherSim, { props: { ...PUSHER, ...props } })
    return { wrapper, handle: wrapper.vm as unknown as PusherHandle, picture: () => wrapper.find('.simulated-picture') }
  }

  it('[SM16] a picture is there at once, marked for what it is, with the time', async () => {
    const { handle, picture, wrapper } = pusher()
    await handle.startPreview()
    expect(wrapper.emitted('preview')).toEqual([[{ width: 360, height: 640 }]])
    expect(picture().text()).toContain('模拟画面')
    const before = picture().find('.time').text()
    expect(before).toMatch(/^\d\d:\d\d:\d\d$/)
    await fakes().clock.advance(1000)
    expect(picture().find('.time').text()).not.toBe(before)
  })

  it('[SM16] obeys source, facing, mirror and mute', async () => {
    const { handle, picture, wrapper } = pusher()
    expect(picture().classes()).toContain('front')
    expect(picture().find('.mirrored').exists()).toBe(true)
    handle.switchCamera()
    await wrapper.setProps({ isMirrored: false, isMuted: true })
    expect(picture().classes()).toContain('back')
    expect([picture().find('.mirrored').exists(), picture().find('.mark .app-icon').exists()]).toEqual([false, true])
    await wrapper.setProps({ source: 'none' })
    expect(picture().classes()).toContain('dark')
  })

  it('[SM11] asks for the stream of its room, and gives it back when it goes', async () => {
    const { handle, wrapper } = pusher()
    handle.start()
    await settle()
    expect(wrapper.emitted('status')).toEqual([['connecting'], ['live']])
    wrapper.unmount()
    await settle()
    expect(fakes().simulator.asked).toEqual([[true, 'rroom0000001'], [false, 'rroom0000001']])
    expect(fakes().clock.pending).toBe(0)
  })

  it('[SM14] feels what the panel lets happen', async () => {
    const { handle, picture, wrapper } = pusher()
    handle.start()
    await settle()
    useIncident().incident = 'call'
    await settle()
    expect(wrapper.emitted('trouble')!.at(-1)).toEqual([{ kind: 'paused', by: 'call' }])
    expect(picture().classes()).toContain('still')
  })

  it('[SM16] tells no figures, and has no further powers', async () => {
    const { handle, wrapper } = pusher()
    handle.start()
    await fakes().clock.advance(10_000)
    expect(wrapper.emitted('statistics')).toBeUndefined()
    expect(handle.supports('beauty')).toBe(false)
    expect(await handle.snapshot()).toBeUndefined()
    await expect(handle.call('getMaxZoom')).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })
})

describe('the simulated player', () => {
  it('[SM13] shows nothing before it is live, then whose picture it is, and stands still when that goes', async () => {
    const { clock, roomApi } = fakes()
    vi.spyOn(roomApi, 'getRoom').mockResolvedValue(aRoomDetail({ status: 'live' }))
    const wrapper = mount(MediaPlayerSim, { props: PLAYER })
    const handle = wrapper.vm as unknown as PlayerHandle
    expect(wrapper.find('.simulated-picture').exists()).toBe(false)
    handle.start()
    await settle()
    expect(wrapper.find('.simulated-picture').text()).toContain('阿青')
    expect(wrapper.emitted('size')).toEqual([[{ width: 360, height: 640 }]])
    vi.mocked(roomApi.getRoom).mockResolvedValue(aRoomDetail({ status: 'interrupted' }))
    await clock.advance(3000)
    expect(wrapper.emitted('status')!.at(-1)).toEqual(['interrupted'])
    expect(wrapper.find('.still').exists()).toBe(true)
    wrapper.unmount()
    expect(clock.pending).toBe(0)
  })
})

describe('the panel', () => {
  it('[SM10] is nowhere while nothing is simulated', () => {
    expect(mount(SimulatorPanel).find('.simulator').exists()).toBe(false)
  })

  it('[SM14] lets one thing happen at a time, shows which, and forgets it with the page', async () => {
    fakes().simulator.turn(true)
    const wrapper = mount(SimulatorPanel)
    expect(wrapper.find('.simulator-tab').text()).toBe('模拟画面')
    await wrapper.find('.simulator-tab').trigger('click')
    expect(labels(wrapper)).toEqual(['恢复', '弱网', '断线', '来电', '关闭模拟'])
    await wrapper.findAll('.app-button')[2].trigger('click')
    expect(useIncident().incident).toBe('lost')
    expect(wrapper.find('.simulator-tab').text()).toBe('断线')
    wrapper.unmount()
    expect(useIncident().incident).toBe('none')
  })

  it('[SM10] turned off, the page opens anew without it', async () => {
    openPage()
    fakes().simulator.turn(true)
    const wrapper = mount(SimulatorPanel)
    await wrapper.find('.simulator-tab').trigger('click')
    await wrapper.findAll('.app-button')[4].trigger('click')
    expect(fakes().simulator.isOn()).toBe(false)
    expect(uni.redirectTo).toHaveBeenCalledWith({ url: '/src/live/pages/room/index' })
  })
})

onMp('[SM10] is settled when it opens, and stays', async () => {
  fakes().simulator.turn(true)
  const pusher = mount(MediaPusher, { props: PUSHER })
  const player = mount(MediaPlayer, { props: PLAYER })
  fakes().simulator.turn(false)
  await pusher.setProps({ isMuted: true })
  expect([pusher.findComponent(MediaPusherSim).exists(), player.findComponent(MediaPlayerSim).exists()]).toEqual([true, true])
  expect([pusher.find('live-pusher').exists(), player.find('live-player').exists()]).toEqual([false, false])

  const native = mount(MediaPusher, { props: PUSHER })
  fakes().simulator.turn(true)
  await native.setProps({ isMuted: true })
  expect([native.find('live-pusher').exists(), native.findComponent(MediaPusherSim).exists()]).toEqual([true, false])
})

onMp('[SM7] a tag that never answers fails with the reason, and the whole app knows', async () => {
  const silent = Object.fromEntries(['start', 'stop', 'startPreview', 'stopPreview', 'play', 'pause', 'resume'].map(name => [name, vi.fn()]))
  vi.mocked(uni.createLivePusherContext).mockReturnValue(silent as never)
  vi.mocked(uni.createLivePlayerContext).mockReturnValue(silent as never)
  const pusher = mount(MediaPusher, { props: PUSHER })
  const player = mount(MediaPlayer, { props: PLAYER });
  (pusher.vm as unknown as PusherHandle).start();
  (player.vm as unknown as PlayerHandle).start()
  await nextTick()
  await fakes().clock.advance(5000)
  for (const wrapper of [pusher, player]) {
    expect(wrapper.emitted('problem')!.at(-1)).toEqual([{ code: 'TAG_UNAVAILABLE' }])
    expect(wrapper.emitted('status')!.at(-1)).toEqual(['failed'])
  }
  expect(fakes().simulator.areTagsMissing()).toBe(true)
})
