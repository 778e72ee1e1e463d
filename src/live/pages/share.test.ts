import type { VueWrapper } from '@vue/test-utils'
import type { Easel, LoadingImage } from '../poster/easel'
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom } from '@/src/testing/fixtures'
import { isH5, onH5, onMp } from '@/src/testing/platform'
import { callHook } from '@/src/testing/uniAppStub'
import { settle } from '@/src/testing/virtualClock'
import Anchor from './anchor/index.vue'
import Room from './room/index.vue'

const roomId = 'rroom0000001'
const CALLS = ['startPreview', 'start', 'stop', 'snapshot', 'listDevices', 'unmuteByGesture', 'canPictureInPicture', 'supports']
const still = Object.fromEntries(CALLS.map(name => [name, async () => ({ cameras: [], microphones: [], canShareScreen: false })]))
function standIn(name: string, handle: object) {
  return defineComponent({ name, inheritAttrs: false, setup(_, { expose }) {
    expose(handle)
    return () => h('div')
  } })
}

let save: Easel['save']
const board = {
  prepare: async (): Promise<Easel> => ({
    canvas: { width: 0, height: 0, getContext: () => new Proxy({}, { get: (_, name) => () => name === 'measureText' ? { width: 1 } : { addColorStop() {} }, set: () => true }) as never },
    createImage() {
      const image = { width: 1, height: 1, src: '', onload: () => {}, onerror: () => {} }
      queueMicrotask(() => image.onload())
      return image as unknown as LoadingImage
    },
    save: () => save(),
  }),
}
const stubs = { MediaPusher: standIn('MediaPusher', still), MediaPlayer: standIn('MediaPlayer', still), DrawingBoard: standIn('DrawingBoard', board) }
enableAutoUnmount(afterEach)
afterEach(() => vi.restoreAllMocks())

async function open(page: object, query: Record<string, string> = {}) {
  const wrapper = mount(page, { global: { stubs } }) as VueWrapper<any>
  callHook(wrapper, 'onLoad', query)
  callHook(wrapper, 'onShow')
  await settle()
  return wrapper
}
async function press(page: VueWrapper<any>, label: string) {
  await page.find(`.app-tap[aria-label="${label}"]`).trigger('click')
  await settle()
}
const choices = (page: VueWrapper<any>) => page.findAll('.share-choice').map(choice => choice.attributes('aria-label'))

beforeEach(() => {
  fakes().roomApi.rooms = [aRoom()]
  save = async () => isH5 ? { blob: new Blob(['x']) } : { filePath: 'wxfile://tmp/drawn.jpg' }
})

onMp('[WX10] leads into the same room, with its cover', async () => {
  fakes().imClient.joined = { room: aRoom({ cover: '/covers/a.jpg' }), online: 1, messages: [] }
  const page = await open(Room, { id: roomId })
  expect(callHook(page, 'onShareAppMessage')).toEqual([{ title: '阿青 邀你看直播：周末弹唱', path: `/src/live/pages/room/index?id=${roomId}&from=share`, imageUrl: 'http://127.0.0.1:8080/covers/a.jpg' }])
})

onMp('[WX11] without a cover one is drawn, and drawn once', async () => {
  const page = await open(Room, { id: roomId })
  const [card] = callHook(page, 'onShareAppMessage') as Page.CustomShareContent[]
  expect(card.imageUrl).toBeUndefined()
  expect(await card.promise).toMatchObject({ path: `/src/live/pages/room/index?id=${roomId}&from=share`, imageUrl: 'wxfile://tmp/drawn.jpg' })
  expect(callHook(page, 'onShareAppMessage')).toMatchObject([{ imageUrl: 'wxfile://tmp/drawn.jpg' }])
})

onMp('[WX11] where nothing can be drawn the card goes without', async () => {
  save = () => Promise.reject(new Error('no canvas'))
  const [card] = callHook(await open(Room, { id: roomId }), 'onShareAppMessage') as Page.CustomShareContent[]
  expect(await card.promise).toMatchObject({ title: '阿青 邀你看直播：周末弹唱', imageUrl: undefined })
})

onMp('[WX10] before there is a room it leads to all of them', async () => {
  const page = await open(Anchor)
  expect(callHook(page, 'onShareAppMessage')).toEqual([{ title: '连麦', path: '/src/pages/home/index' }])
  expect(uni.showShareMenu).not.toHaveBeenCalled()
})

onMp('[WX12] gets the room by its query', async () => {
  const page = await open(Room, { id: roomId })
  expect(callHook(page, 'onShareTimeline')).toEqual([{ title: '阿青 邀你看直播：周末弹唱', query: `id=${roomId}&from=timeline`, imageUrl: undefined }])
  expect(uni.showShareMenu).toHaveBeenCalledWith(expect.objectContaining({ menus: ['shareAppMessage', 'shareTimeline'] }))
})

onMp('[WX13] opened from there the room is shown, not entered', async () => {
  vi.mocked(uni.getLaunchOptionsSync).mockReturnValue({ scene: 1154 } as never)
  const page = await open(Room, { id: roomId })
  expect(page.find('.room-glance').text()).toContain('周末弹唱')
  expect(page.find('.room-glance').text()).toContain('前往小程序')
  expect(page.find('.room').exists()).toBe(false)
  expect([fakes().imClient.roomId, fakes().roomApi.countOf('createSession')]).toEqual([undefined, 0])
  expect(callHook(page, 'onShareAppMessage')).toMatchObject([{ path: `/src/live/pages/room/index?id=${roomId}&from=share` }])
})

onMp('[WX13] and what cannot be fetched still says where to go', async () => {
  vi.mocked(uni.getLaunchOptionsSync).mockReturnValue({ scene: 1154 } as never)
  fakes().roomApi.fail('getRoom', 'NETWORK')
  expect((await open(Room, { id: roomId })).find('.room-glance').text()).toContain('前往小程序')
})

describe('the panel', () => {
  it('[WX14] offers what the platform can do', async () => {
    const page = await open(Room, { id: roomId })
    await press(page, '分享')
    expect(choices(page)).toEqual(isH5 ? ['生成海报', '复制链接'] : ['发给好友', '分享到朋友圈', '生成海报', '复制链接'])
    expect(page.findAll('button[open-type=share]')).toHaveLength(isH5 ? 0 : 1)
  })

  onMp('[WX14] the way to the timeline is explained', async () => {
    const page = await open(Room, { id: roomId })
    await press(page, '分享')
    await press(page, '分享到朋友圈')
    expect(page.find('.share-hint').text()).toContain('右上角')
  })

  onH5('[WX15] in WeChat\'s browser its menu is pointed at', async () => {
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 MicroMessenger/8.0.50')
    const page = await open(Room, { id: roomId })
    await press(page, '分享')
    expect(choices(page)).toEqual(['发给好友或朋友圈', '生成海报', '复制链接'])
    await press(page, '发给好友或朋友圈')
    expect(page.find('.share-mask').text()).toContain('右上角')
    await page.find('.share-mask').trigger('click')
    expect(page.find('.share-mask').exists()).toBe(false)
  })

  it('[WX16] a short link is copied', async () => {
    const page = await open(Room, { id: roomId })
    await press(page, '分享')
    await press(page, '复制链接')
    expect(fakes().platform.copied).toEqual([`http://127.0.0.1:8080/r/${roomId}`])
    expect(useToast().current?.text).toBe('直播间链接已复制')
    expect(page.find('#share-panel').exists()).toBe(false)
  })
})

describe('the poster', () => {
  async function drawn() {
    const page = await open(Room, { id: roomId })
    await press(page, '分享')
    await press(page, '生成海报')
    return page
  }

  it('[WX24] is drawn, kept and handed on', async () => {
    const page = await drawn()
    expect(page.find('.poster-view image').attributes('src')).toMatch(isH5 ? /^blob:/ : /^wxfile:/)
    await press(page, '保存图片')
    expect([fakes().album.saved.length, useToast().current?.text]).toEqual([1, '海报已保存'])
    await press(page, '分享图片')
    expect(fakes().album.shared).toEqual(fakes().album.saved)
  })

  it('[WX25] an album that is closed to us sends to the settings, and then it is kept', async () => {
    const page = await drawn()
    fakes().album.answer = 'denied'
    await press(page, '保存图片')
    expect(page.find('.poster-view .hint').text()).toContain('权限')
    fakes().album.answer = 'saved'
    await press(page, '去设置')
    expect([fakes().album.settingsOpened, fakes().album.saved.length, useToast().current?.text]).toEqual([1, 2, '海报已保存'])
    expect(page.find('.app-button[aria-label="去设置"]').exists()).toBe(false)
  })

  it('[WX26] what cannot be drawn says so, and is tried again', async () => {
    save = () => Promise.reject(new Error('no canvas'))
    const page = await drawn()
    expect(page.find('.poster-view').text()).toContain('海报没有画成')
    save = async () => ({ filePath: 'wxfile://tmp/drawn.jpg' })
    await press(page, '重试')
    expect(page.find('.poster-view image').exists()).toBe(true)
  })

  it('[WX26] closed while it is drawn, it does not come after', async () => {
    let finish = () => {}
    save = () => new Promise((resolve) => {
      finish = () => resolve({ filePath: 'wxfile://tmp/drawn.jpg' })
    })
    const page = await drawn()
    expect(page.find('.poster-view').attributes('aria-busy')).toBe('true')
    await press(page, '关闭')
    finish()
    await press(page, '分享')
    expect(choices(page)).toContain('生成海报')
  })
})
