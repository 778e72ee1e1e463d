import type { VueWrapper } from '@vue/test-utils'
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser, NOW } from '@/src/testing/fixtures'
import { isH5, onH5, onMp } from '@/src/testing/platform'
import { callHook } from '@/src/testing/uniAppStub'
import { settle } from '@/src/testing/virtualClock'
import { useDialog } from '../stores/dialog'
import Anchor from './anchor/index.vue'
import Room from './room/index.vue'

const pusher = { startPreview: vi.fn(), start: vi.fn(), stop: vi.fn(), pause: vi.fn(), resume: vi.fn(), switchCamera: vi.fn(), snapshot: vi.fn(), listDevices: vi.fn() }
const player = { start: vi.fn(), stop: vi.fn(), unmuteByGesture: vi.fn(), canPictureInPicture: vi.fn(() => true), togglePictureInPicture: vi.fn(), toggleFullscreen: vi.fn() }

/** Stands where the media would be; events come from the test. */
function standIn(name: string, handle: object) {
  return defineComponent({
    name,
    inheritAttrs: false,
    props: ['urls', 'whip', 'rtmp', 'source', 'isMuted', 'volume', 'objectFit'],
    emits: ['status', 'problem', 'statistics', 'size', 'autoplayMuted', 'preview', 'sourceEnded', 'devices', 'trouble'],
    setup(_, { expose }) {
      expose(handle)
      return () => h('div')
    },
  })
}
const stubs = { MediaPusher: standIn('MediaPusher', pusher), MediaPlayer: standIn('MediaPlayer', player) }
const roomId = 'rroom0000001'
enableAutoUnmount(afterEach)

async function open(page: object, query: Record<string, string> = {}) {
  const wrapper = mount(page, { global: { stubs } }) as VueWrapper<any>
  callHook(wrapper, 'onLoad', query)
  callHook(wrapper, 'onShow')
  await settle()
  return wrapper
}
const media = (wrapper: VueWrapper<any>, name: string) => wrapper.findComponent({ name })
const button = (wrapper: VueWrapper<any>, label: string) => wrapper.find(`[aria-label="${label}"]`)

beforeEach(() => {
  vi.clearAllMocks()
  pusher.startPreview.mockResolvedValue(undefined)
  pusher.snapshot.mockResolvedValue(undefined)
  pusher.listDevices.mockResolvedValue({ cameras: [], microphones: [], canShareScreen: true })
})

describe('watching', () => {
  beforeEach(() => {
    fakes().roomApi.rooms = [aRoom()]
  })

  it('[UI60] the picture begins by itself, and the wait is over when it runs', async () => {
    const page = await open(Room, { id: roomId })
    expect(player.start).toHaveBeenCalledTimes(1)
    expect(media(page, 'MediaPlayer').props('urls')).toMatchObject({ flv: expect.stringContaining('.flv') })
    expect(page.find('.waiting-picture').exists()).toBe(true)
    media(page, 'MediaPlayer').vm.$emit('status', 'live')
    await nextTick()
    expect(page.find('.waiting-picture').exists()).toBe(false)
    expect(page.text()).toContain('周末弹唱')
  })

  it('[RC32] says what is the matter while there is no picture, and offers another try', async () => {
    const page = await open(Room, { id: roomId })
    media(page, 'MediaPlayer').vm.$emit('status', 'live')
    media(page, 'MediaPlayer').vm.$emit('status', 'interrupted')
    media(page, 'MediaPlayer').vm.$emit('trouble', { kind: 'waiting', attempt: 1, until: fakes().clock.now() + 5000 })
    await fakes().clock.advance(1000)
    expect(page.find('.waiting-picture').text()).toContain('4 秒后自动重试')
    await page.find('.waiting-picture .app-button').trigger('click')
    await settle()
    expect(player.start).toHaveBeenCalledTimes(2)
  })

  onMp('[RC35] in WeChat the screen stays on through an outage', async () => {
    const page = await open(Room, { id: roomId })
    expect(uni.setKeepScreenOn).toHaveBeenLastCalledWith({ keepScreenOn: true })
    media(page, 'MediaPlayer').vm.$emit('status', 'live')
    media(page, 'MediaPlayer').vm.$emit('status', 'interrupted')
    await nextTick()
    expect(uni.setKeepScreenOn).toHaveBeenCalledTimes(1)
  })

  it('[UI65] sound that the browser took comes back at a tap', async () => {
    const page = await open(Room, { id: roomId })
    media(page, 'MediaPlayer').vm.$emit('status', 'live')
    media(page, 'MediaPlayer').vm.$emit('autoplayMuted')
    await nextTick()
    await page.find('.sound-pill .app-button').trigger('click')
    expect(player.unmuteByGesture).toHaveBeenCalledTimes(1)
    expect(page.find('.sound-pill').exists()).toBe(false)
  })

  it('[UI62] the anchor goes and comes back', async () => {
    const page = await open(Room, { id: roomId })
    media(page, 'MediaPlayer').vm.$emit('status', 'live')
    fakes().imClient.receive({ type: 'roomChanged', seq: 1, at: NOW, room: aRoom({ status: 'interrupted', interruptedAt: NOW, graceEndsAt: NOW + 60_000 }) })
    await fakes().clock.advance(1000)
    expect(page.find('.interrupted-poster').exists()).toBe(false)
    await fakes().clock.advance(3000)
    expect(page.find('.interrupted-poster').text()).toContain('0:56')
    fakes().imClient.receive({ type: 'roomChanged', seq: 2, at: NOW, room: aRoom() })
    await nextTick()
    expect(page.find('.interrupted-poster').exists()).toBe(false)
  })

  it('[UI61] the end, its figures, and a way on', async () => {
    const page = await open(Room, { id: roomId })
    fakes().imClient.receive({ type: 'roomEnded', seq: 1, at: NOW, room: aRoom({ status: 'ended', endedAt: NOW, endReason: 'anchor' }) })
    await nextTick()
    expect(page.find('.end-card').exists()).toBe(true)
    expect(page.find('.chat-input').exists()).toBe(false)
    await page.find('.end-card .app-button').trigger('click')
    expect(uni.reLaunch).toHaveBeenCalledWith({ url: '/src/pages/home/index' })
  })

  it('[UI61] a room that does not exist is a sentence and a way home, no code', async () => {
    const page = await open(Room, { id: 'rnowhere' })
    expect(page.text()).toContain('直播间不存在')
    expect(page.text()).not.toContain('ROOM_NOT_FOUND')
    await page.find('.empty-state .app-button').trigger('click')
    expect(uni.reLaunch).toHaveBeenCalledTimes(1)
  })

  it('[UI61] no answer can be asked for again', async () => {
    fakes().roomApi.fail('getRoom', 'NETWORK')
    const page = mount(Room, { global: { stubs } }) as VueWrapper<any>
    callHook(page, 'onLoad', { id: roomId })
    await settle()
    await page.find('.error-state .app-button, .empty-state .app-button').trigger('click')
    await settle()
    expect(page.find('.chat-input').exists()).toBe(true)
  })

  it('[UI75] the draft stays until it was taken', async () => {
    const page = await open(Room, { id: roomId })
    const input = page.findComponent({ name: 'ChatInput' })
    input.vm.$emit('update:draft', '你好')
    await nextTick()
    input.vm.$emit('send')
    await settle()
    expect(fakes().imClient.sent).toEqual(['你好'])
    expect(input.props('draft')).toBe('')
    input.vm.$emit('update:draft', '  ')
    input.vm.$emit('send')
    await nextTick()
    expect(input.props('draft')).toBe('  ')
  })

  it('[UI77] says when the network is gone, and tries at once when it is back', async () => {
    const page = await open(Room, { id: roomId })
    const before = fakes().imClient.retries
    fakes().platform.setOnline(false)
    await nextTick()
    expect(page.find('.room-top-bar .notice').text()).toBe('网络已断开')
    fakes().platform.setOnline(true)
    await nextTick()
    expect(page.find('.room-top-bar .notice').exists()).toBe(false)
    expect(fakes().imClient.retries).toBe(before + 1)
  })

  it('a landscape picture is shown whole', async () => {
    const page = await open(Room, { id: roomId })
    expect(media(page, 'MediaPlayer').props('objectFit')).toBe('cover')
    media(page, 'MediaPlayer').vm.$emit('size', { width: 1280, height: 720 })
    await nextTick()
    expect(media(page, 'MediaPlayer').props('objectFit')).toBe('contain')
  })

  it('a tap on the picture clears the view, another brings it back', async () => {
    const page = await open(Room, { id: roomId })
    await page.find('.picture').trigger('click')
    expect(page.find('.room').classes()).toContain('clear')
    await page.find('.picture').trigger('click')
    expect(page.find('.room').classes()).not.toContain('clear')
  })

  onMp('in WeChat the keyboard lifts the words above it', async () => {
    const page = await open(Room, { id: roomId })
    page.findComponent({ name: 'ChatInput' }).vm.$emit('keyboard', 300)
    await nextTick()
    expect(page.find('.foot').attributes('style')).toContain('translateY(-300px)')
  })

  it('[UI59] leaving stops everything', async () => {
    const page = await open(Room, { id: roomId })
    callHook(page, 'onUnload')
    expect(player.stop).toHaveBeenCalledTimes(1)
    expect(fakes().imClient.roomId).toBeUndefined()
    expect(fakes().clock.pending).toBe(0)
  })
})

describe('going live', () => {
  const goLive = async (page: VueWrapper<any>) => {
    await page.find('.start').trigger('click')
    await fakes().clock.advance(3000)
  }

  async function announce(status: 'live' | 'interrupted') {
    const room = { ...fakes().roomApi.rooms[0], status, startedAt: NOW }
    fakes().roomApi.rooms = [room]
    fakes().imClient.receive({ type: 'roomChanged', seq: 1, at: NOW, room })
    await nextTick()
  }

  beforeEach(() => {
    fakes().imClient.joined = { ...fakes().imClient.joined, room: aRoom({ id: 'rother' }) }
  })

  it('[UI51] title, countdown, addresses, live', async () => {
    fakes().sessionKeeper.keep(fakes().roomApi.session)
    const page = await open(Anchor)
    expect(page.find('.prepare-panel').exists()).toBe(true)
    expect(page.findComponent({ name: 'PreparePanel' }).props('title')).toBe('小海豚的直播间')
    await page.find('.start').trigger('click')
    expect(page.find('.countdown-overlay').text()).toContain('3')
    await fakes().clock.advance(3000)
    expect(media(page, 'MediaPusher').props('whip')).toContain('/whip/')
    expect(pusher.start).toHaveBeenCalledTimes(1)
    expect(page.text()).toContain('正在连接服务器')
    await announce('live')
    expect(page.find('.anchor-controls').exists()).toBe(true)
    expect(page.find('.on-air-notice').exists()).toBe(false)
  })

  it('[UI51] one pusher from the first preview to the end card', async () => {
    const page = await open(Anchor)
    const { uid } = media(page, 'MediaPusher').vm.$
    await goLive(page)
    await announce('live')
    await button(page, '结束').trigger('click')
    useDialog().answer(true)
    await settle()
    expect(page.find('.end-card').exists()).toBe(true)
    expect(media(page, 'MediaPusher').vm.$.uid).toBe(uid)
  })

  it('[UI50] says why it asks, then asks at a tap', async () => {
    fakes().deviceAccess.permissions.camera = 'unknown'
    const page = await open(Anchor)
    expect(page.find('.permission-card').text()).toContain('需要你的摄像头和麦克风')
    await page.find('.permission-card .app-button').trigger('click')
    await settle()
    expect(pusher.startPreview).toHaveBeenCalledTimes(1)
    expect(page.find('.permission-card').exists()).toBe(false)
  })

  it('[UI55] ending asks first', async () => {
    const page = await open(Anchor)
    await goLive(page)
    await announce('live')
    await button(page, '结束').trigger('click')
    expect(useDialog().question?.isDanger).toBe(true)
    useDialog().answer(false)
    await settle()
    expect(fakes().roomApi.countOf('endRoom')).toBe(0)
  })

  it('[UI54] an interrupted broadcast says how long the room waits', async () => {
    const page = await open(Anchor)
    await goLive(page)
    await announce('live')
    fakes().imClient.receive({ type: 'roomChanged', seq: 2, at: NOW, room: { ...fakes().roomApi.rooms[0], status: 'interrupted', interruptedAt: NOW, graceEndsAt: NOW + 60_000 } })
    await nextTick()
    expect(page.find('.on-air-notice').text()).toContain('正在重新连接')
  })

  it('[RC30] says what is the matter, and a tap tries at once or goes on', async () => {
    const page = await open(Anchor)
    await goLive(page)
    await announce('live')
    const { vm } = media(page, 'MediaPusher')
    vm.$emit('status', 'interrupted')
    vm.$emit('trouble', { kind: 'waiting', attempt: 2, until: fakes().clock.now() + 2000 })
    await nextTick()
    expect(page.find('.on-air-notice').text()).toContain('2 秒后自动重试')
    await page.find('.on-air-notice .app-button').trigger('click')
    await settle()
    expect(pusher.start).toHaveBeenCalledTimes(2)
    vm.$emit('trouble', { kind: 'paused', by: 'call' })
    await nextTick()
    await page.find('.on-air-notice .app-button').trigger('click')
    await settle()
    expect(pusher.resume).toHaveBeenCalledOnce()
    vm.$emit('status', 'live')
    vm.$emit('trouble', null)
    await nextTick()
    expect(page.find('.on-air-notice').exists()).toBe(false)
  })

  it('[RC38] a camera lost on air is told by a notice', async () => {
    const page = await open(Anchor)
    await goLive(page)
    await announce('live')
    media(page, 'MediaPusher').vm.$emit('status', 'live')
    media(page, 'MediaPusher').vm.$emit('problem', { code: 'DEVICE_BUSY' })
    expect(useToast().current?.text).toContain('其他程序')
  })

  it('[RC38] what was denied leads to the settings, and coming back tries again', async () => {
    const page = await open(Anchor)
    await goLive(page)
    await announce('live')
    media(page, 'MediaPusher').vm.$emit('problem', { code: 'CAMERA_DENIED' })
    media(page, 'MediaPusher').vm.$emit('status', 'failed')
    await nextTick()
    await page.find('.on-air-notice .app-button').trigger('click')
    await settle()
    expect(fakes().deviceAccess.settingsOpened).toBe(1)
    expect(pusher.start).toHaveBeenCalledTimes(2)
  })

  it('[UI84] live on another page: the room and its chat stay, and one button goes on here', async () => {
    const page = await open(Anchor)
    await goLive(page)
    await announce('live')
    media(page, 'MediaPusher').vm.$emit('status', 'live')
    media(page, 'MediaPusher').vm.$emit('problem', { code: 'REPLACED' })
    media(page, 'MediaPusher').vm.$emit('status', 'failed')
    await settle()
    expect(page.find('.on-air-notice').text()).toContain('你已在别的页面或设备上开播')
    expect(page.findComponent({ name: 'ChatList' }).exists()).toBe(true)
    expect(page.find('.room-top-bar').exists()).toBe(true)
    expect(pusher.start).toHaveBeenCalledTimes(1)
    await button(page, '在这里继续').trigger('click')
    await settle()
    expect(pusher.start).toHaveBeenCalledTimes(2)
  })

  onH5('[UI84] a tab whose room is live on another one closes without asking', async () => {
    const page = await open(Anchor)
    const leave = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
    await goLive(page)
    await announce('live')
    expect(leave()).toBe(false)
    media(page, 'MediaPusher').vm.$emit('problem', { code: 'REPLACED' })
    media(page, 'MediaPusher').vm.$emit('status', 'failed')
    await nextTick()
    expect(leave()).toBe(true)
    await button(page, '在这里继续').trigger('click')
    await settle()
    expect(leave()).toBe(false)
    page.unmount()
  })

  it('mute, mirror and statistics', async () => {
    const page = await open(Anchor)
    await goLive(page)
    await announce('live')
    await button(page, '静音').trigger('click')
    expect(media(page, 'MediaPusher').props('isMuted')).toBe(true)
    media(page, 'MediaPusher').vm.$emit('statistics', { at: NOW, transport: 'whip', bitrateKbps: 900, fps: 25, width: 1280, height: 720 })
    await button(page, '数据').trigger('click')
    expect(page.text()).toContain('900 kbps')
  })

  it('[UI50] without a camera there is still a screen to choose', async () => {
    const page = await open(Anchor)
    media(page, 'MediaPusher').vm.$emit('problem', { code: 'NO_CAMERA' })
    await nextTick()
    expect(page.find('.permission-card').text()).toContain('没有找到摄像头')
    expect(page.findAll('.source').length).toBe(isH5 ? 4 : 2)
  })

  it('[UI57] an encoder\'s room shows its address, and then its picture', async () => {
    const page = await open(Anchor)
    await page.find('.encoder').trigger('click')
    await settle()
    expect(page.find('.encoder-panel').text()).toContain('rtmp://')
    expect(pusher.start).not.toHaveBeenCalled()
    expect(media(page, 'MediaPlayer').exists()).toBe(false)
    await announce('live')
    await settle()
    expect(media(page, 'MediaPlayer').props('urls')).toBeDefined()
    expect(player.start).toHaveBeenCalledTimes(1)
  })

  it.each([[true, 'live'], [false, 'preparing']] as const)('[UI81] a room left running is offered again (taken: %s)', async (isTaken, status) => {
    fakes().roomApi.rooms = [aRoom({ id: 'rmine0000001', anchor: fakes().roomApi.session.user })]
    fakes().keyValue.write('runningRoom', { roomId: 'rmine0000001', by: 'device' })
    const page = await open(Anchor)
    expect(useDialog().question?.body).toContain('周末弹唱')
    expect(pusher.startPreview).not.toHaveBeenCalled()
    useDialog().answer(isTaken)
    await settle()
    expect(page.find(status === 'live' ? '.anchor-controls' : '.prepare-panel').exists()).toBe(true)
    expect(fakes().roomApi.countOf('endRoom')).toBe(0)
  })

  it('[UI56] somebody else\'s room leads to watching it', async () => {
    fakes().roomApi.rooms = [aRoom({ anchor: aUser({ id: 'uother000001' }) })]
    const page = await open(Anchor, { id: roomId })
    await page.find('.anchor-outcome .app-button').trigger('click')
    expect(uni.redirectTo).toHaveBeenCalledWith({ url: `/src/live/pages/room/index?id=${roomId}` })
  })

  it('[UI52] without a room there is a sentence at the title', async () => {
    fakes().roomApi.fail('createRoom', 'TOO_MANY_ROOMS')
    const page = await open(Anchor)
    await page.find('.start').trigger('click')
    await settle()
    expect(page.find('.prepare-panel .hint').text()).toContain('没结束的直播')
  })

  onH5('[UI56] the address bar names the running room, and a tab that is live asks before it closes', async () => {
    const page = await open(Anchor)
    const leave = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
    expect(leave()).toBe(true)
    await goLive(page)
    await announce('live')
    expect(location.hash).toContain(`id=${fakes().roomApi.rooms[0].id}`)
    expect(leave()).toBe(false)
    page.unmount()
    expect(leave()).toBe(true)
  })

  onMp('in WeChat the screen stays on while the room is on air', async () => {
    const page = await open(Anchor)
    await goLive(page)
    expect(uni.setKeepScreenOn).toHaveBeenLastCalledWith({ keepScreenOn: true })
    callHook(page, 'onUnload')
    page.unmount()
    expect(uni.setKeepScreenOn).toHaveBeenLastCalledWith({ keepScreenOn: false })
  })

  it('[UI59] leaving stops the picture and keeps the room', async () => {
    const page = await open(Anchor)
    await goLive(page)
    await announce('live')
    callHook(page, 'onUnload')
    expect(pusher.stop).toHaveBeenCalledTimes(1)
    expect(fakes().roomApi.countOf('endRoom')).toBe(0)
    expect(fakes().clock.pending).toBe(0)
  })
})
