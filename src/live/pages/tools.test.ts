import type { VueWrapper } from '@vue/test-utils'
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { playUrls, publishUrls } from '@/src/testing/fixtures'
import { isH5, onH5, onMp } from '@/src/testing/platform'
import { callHook } from '@/src/testing/uniAppStub'
import { settle } from '@/src/testing/virtualClock'
import LowLatency from './tools/lowLatency/index.vue'
import Play from './tools/play/index.vue'
import Push from './tools/push/index.vue'

const pusher = { startPreview: vi.fn(), start: vi.fn(), stop: vi.fn(), switchCamera: vi.fn(), listDevices: vi.fn(), call: vi.fn(), supports: vi.fn(() => true) }
const player = { start: vi.fn(), stop: vi.fn(), unmuteByGesture: vi.fn(), canPictureInPicture: vi.fn(() => true), togglePictureInPicture: vi.fn(), toggleFullscreen: vi.fn(), call: vi.fn(), supports: vi.fn(() => !isH5) }

/** Stands where the media would be; events come from the test. */
function standIn(name: string, handle: object) {
  return defineComponent({
    name,
    inheritAttrs: false,
    props: ['urls', 'whip', 'rtmp', 'source', 'quality', 'isMuted', 'isMirrored', 'objectFit', 'mode', 'attributes'],
    emits: ['status', 'problem', 'statistics', 'trouble', 'autoplayMuted', 'sourceEnded', 'devices'],
    setup(_, { expose }) {
      expose(handle)
      return () => h('div')
    },
  })
}
const stubs = { MediaPusher: standIn('MediaPusher', pusher), MediaPlayer: standIn('MediaPlayer', player) }
enableAutoUnmount(afterEach)

/** Browsers hand a page its query, still encoded, as attributes too. */
async function open(page: object, query: Record<string, string> = {}) {
  const wrapper = mount(page, { attrs: query, global: { stubs } }) as VueWrapper<any>
  callHook(wrapper, 'onLoad', query)
  await settle()
  return wrapper
}
const medium = (wrapper: VueWrapper<any>) => wrapper.findComponent({ name: wrapper.findComponent({ name: 'MediaPusher' }).exists() ? 'MediaPusher' : 'MediaPlayer' })
const button = (wrapper: VueWrapper<any>, label: string) => wrapper.find(`[aria-label="${label}"]`)
async function press(wrapper: VueWrapper<any>, label: string) {
  await button(wrapper, label).trigger('click')
  await settle()
}
async function write(wrapper: VueWrapper<any>, text: string) {
  wrapper.findComponent({ name: 'AddressField' }).vm.$emit('write', text)
  await nextTick()
}

/** What this platform publishes to. */
const PUBLISH = isH5 ? 'http://127.0.0.1:8080/whip/s?txSecret=p' : 'rtmp://127.0.0.1:1935/live/s?txSecret=p'
const FLV = 'http://127.0.0.1:8080/live/s.flv?txSecret=s'

beforeEach(() => {
  vi.clearAllMocks()
  pusher.startPreview.mockResolvedValue(undefined)
  pusher.listDevices.mockResolvedValue({ cameras: [], microphones: [], canShareScreen: true })
  pusher.call.mockResolvedValue(undefined)
  Object.assign(uni, { scanCode: vi.fn(), previewImage: vi.fn() })
})

describe('the push tool', () => {
  it('[TL20] shows the camera at once where it may, and explains first where it must ask', async () => {
    await open(Push)
    expect(pusher.startPreview).toHaveBeenCalledTimes(1)

    fakes().deviceAccess.permissions.camera = 'unknown'
    const page = await open(Push)
    expect(pusher.startPreview).toHaveBeenCalledTimes(1)
    expect(button(page, '开始推流').attributes('aria-disabled')).toBe('true')
    await press(page, '允许使用')
    expect(pusher.startPreview).toHaveBeenCalledTimes(2)
    expect(page.find('.permission-card').exists()).toBe(false)
  })

  it('[TL20] a refused camera leads to the settings, another source goes on without it', async () => {
    const page = await open(Push)
    medium(page).vm.$emit('problem', { code: 'CAMERA_DENIED' })
    await nextTick()
    expect(page.find('.permission-card').text()).toContain('摄像头权限被关闭了')
    await press(page, '纯语音')
    expect(medium(page).props('source')).toBe('none')
    expect(page.find('.permission-card').exists()).toBe(false)
  })

  it('[TL3] publishes to what is written, by the way that this platform takes', async () => {
    const page = await open(Push)
    await write(page, PUBLISH)
    await press(page, '开始推流')
    expect(pusher.start).toHaveBeenCalledTimes(1)
    expect(medium(page).props(isH5 ? 'whip' : 'rtmp')).toBe(PUBLISH)
    medium(page).vm.$emit('status', 'live')
    await nextTick()
    expect(page.find('.status').text()).toContain('正在推流')
  })

  it('[TL2] says what it takes, and refuses the rest before anything starts', async () => {
    const page = await open(Push)
    expect(page.find('.hint').text()).toBe(isH5 ? '可以用：WHIP' : '可以用：RTMP')
    await write(page, isH5 ? 'rtmp://a/live/s' : 'https://a/whip/s')
    await press(page, '开始推流')
    expect(page.find('.hint').text()).toBe(isH5 ? 'RTMP 地址在这里用不了。这里可以用 WHIP' : 'WHIP 地址在这里用不了。这里可以用 RTMP')
    expect(pusher.start).not.toHaveBeenCalled()
  })

  it('[TL4] tells what troubles it and why it ended, and tries again on a tap', async () => {
    const page = await open(Push)
    await write(page, PUBLISH)
    await press(page, '开始推流')
    medium(page).vm.$emit('trouble', { kind: 'stuck', attempt: 7, until: 1 })
    await nextTick()
    expect(page.find('.status').text()).toContain('一直连不上')
    await press(page, '重试')
    expect(pusher.start).toHaveBeenCalledTimes(2)
    medium(page).vm.$emit('trouble', null)
    medium(page).vm.$emit('problem', { code: 'REFUSED' })
    medium(page).vm.$emit('status', 'failed')
    await nextTick()
    expect(page.find('.status').text()).toContain('已停止服务器拒绝了这路画面')
    await press(page, '重试')
    expect(pusher.start).toHaveBeenCalledTimes(3)
    medium(page).vm.$emit('status', 'failed')
    await nextTick()
    expect(button(page, '停止').exists()).toBe(false)
    await press(page, '开始推流')
    expect(pusher.start).toHaveBeenCalledTimes(4)
  })

  it('[TL21] a tap gets a test address and puts it where it is used; its play addresses can be copied, scanned and opened', async () => {
    const page = await open(Push)
    await press(page, '生成测试地址')
    const publish = publishUrls('rtest-ume000000001')
    expect(page.findComponent({ name: 'AddressField' }).props('text')).toBe(isH5 ? publish.whip : publish.rtmp)
    const card = page.find('.test-addresses')
    expect(card.find('.code').attributes('src')).toContain('data:image/svg+xml')
    expect(card.findAll('[role="radio"], [aria-role="radio"]').map(option => option.attributes('aria-label'))).toEqual(['HTTP-FLV', 'WS-FLV', 'RTMP', 'WHEP', '推流 RTMP', '推流 WHIP'])
    const play = playUrls('rtest-ume000000001')
    expect(card.find('.url').text()).toBe(play.flv)
    await press(page, '复制')
    expect(fakes().platform.copied).toEqual([play.flv])
    await press(page, '在播放工具中打开')
    expect(vi.mocked(uni.navigateTo).mock.calls[0][0].url).toBe(`/src/live/pages/tools/play/index?url=${encodeURIComponent(play.flv!)}`)
    await press(page, isH5 ? 'RTMP' : 'WHEP')
    expect(button(page, '在播放工具中打开').exists()).toBe(false)
  })

  it.each([
    ['NOT_FOUND', '这台服务器不提供测试地址'],
    ['NETWORK', '网络'],
  ] as const)('[TL21] %s instead of a test address is a sentence, and another tap tries again', async (code, words) => {
    fakes().toolsApi.failure = code
    const page = await open(Push)
    await press(page, '生成测试地址')
    expect(page.find('.refusal').text()).toContain(words)
    fakes().toolsApi.failure = undefined
    await press(page, '生成测试地址')
    expect(page.find('.refusal').exists()).toBe(false)
    expect(page.find('.test-addresses').exists()).toBe(true)
  })

  it('[TL22] mutes, mirrors, switches cameras and the torch, and sets quality, orientation and beauty', async () => {
    const page = await open(Push)
    await press(page, '静音')
    await press(page, '镜像')
    await press(page, '切换摄像头')
    await press(page, '闪光灯')
    await press(page, '超清')
    await press(page, '横屏')
    await page.findAll('[aria-label="强"]')[0].trigger('click')
    expect(medium(page).props()).toMatchObject({ isMuted: true, isMirrored: false, quality: 'FHD', attributes: { orientation: 'horizontal', beauty: 9, whiteness: 0 } })
    expect(pusher.switchCamera).toHaveBeenCalledTimes(1)
    expect(pusher.call).toHaveBeenCalledWith('toggleTorch')
    pusher.call.mockRejectedValue(new Error('no torch'))
    await press(page, '闪光灯')
    expect(useToast().current?.text).toBe('这个摄像头没有闪光灯')
  })

  it('[TL23] a tap stops it and shows the camera again; leaving stops it for certain', async () => {
    const page = await open(Push)
    await write(page, PUBLISH)
    await press(page, '开始推流')
    await press(page, '停止')
    expect(pusher.stop).toHaveBeenCalledTimes(1)
    expect(pusher.startPreview).toHaveBeenCalledTimes(2)
    await press(page, '开始推流')
    page.unmount()
    expect(pusher.stop).toHaveBeenCalledTimes(2)
  })

  it('[TL24] notes what is done, without the secrets of addresses', async () => {
    const page = await open(Push)
    await write(page, PUBLISH)
    await press(page, '开始推流')
    await press(page, '停止')
    const log = page.findAll('.entry').map(entry => entry.text())
    expect(log[0]).toMatch(/tool: stop$/)
    expect(log[1]).toContain(`tool: start ${isH5 ? 'whip' : 'rtmp'} ${PUBLISH.split('?')[0]}`)
    expect(log.join()).not.toContain('txSecret')
    expect(button(page, '复制诊断信息').exists()).toBe(true)
  })
})

describe('the play tool', () => {
  it('[TL5] plays what a link brought along, on a tap', async () => {
    const page = await open(Play, { url: encodeURIComponent(FLV) })
    expect(page.text()).toContain('填好地址，点「播放」')
    expect(player.start).not.toHaveBeenCalled()
    await press(page, '播放')
    expect(player.start).toHaveBeenCalledTimes(1)
    expect(medium(page).props()).toMatchObject({ urls: { flv: FLV }, mode: 'live' })
    medium(page).vm.$emit('status', 'live')
    await nextTick()
    expect(page.find('.status').text()).toContain('正在播放')
  })

  it('[TL25] fills or contains, turns, mutes, and gives the sound back that a browser took', async () => {
    const page = await open(Play, { url: FLV })
    await press(page, '播放')
    await press(page, '填满')
    await press(page, '横屏')
    await press(page, '静音')
    expect(medium(page).props()).toMatchObject({ objectFit: 'cover', isMuted: true, attributes: { orientation: 'horizontal' } })
    await press(page, '打开声音')
    medium(page).vm.$emit('autoplayMuted')
    await nextTick()
    await page.find('.sound-pill .app-button').trigger('click')
    expect(player.unmuteByGesture).toHaveBeenCalledTimes(1)
    await press(page, '全屏')
    expect(player.toggleFullscreen).toHaveBeenCalledTimes(1)
    medium(page).vm.$emit('status', 'live')
    await nextTick()
    await press(page, '画中画')
    expect(player.togglePictureInPicture).toHaveBeenCalledTimes(1)
  })

  it('[TL25] shows the figures of the running media, and the sheet with all of them', async () => {
    const page = await open(Play, { url: FLV })
    await press(page, '播放')
    medium(page).vm.$emit('status', 'live')
    medium(page).vm.$emit('statistics', { at: 1, transport: 'flv', bitrateKbps: 812.4, fps: 24.6, width: 720, height: 1280, bufferMs: 480 })
    await nextTick()
    expect(page.find('.numbers').text().replaceAll('\u00A0', ' ')).toBe('HTTP-FLV · 812 kbps · 25 fps · 720×1280 · 缓冲 480 ms')
    await press(page, '直播数据')
    expect(page.find('.statistics-sheet').exists()).toBe(true)
  })

  it('[TL25] a snapshot is shown to be kept; without a picture that is said', async () => {
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
    player.call.mockResolvedValue({ tempImagePath: 'file.jpg', width: 1, height: 1 })
    const page = await open(Play, { url: FLV })
    await press(page, '截图')
    if (isH5)
      expect(click).toHaveBeenCalledTimes(1)
    else
      expect((uni as unknown as { previewImage: unknown }).previewImage).toHaveBeenCalledWith({ urls: ['file.jpg'] })
    player.call.mockRejectedValue(new Error('nothing'))
    await press(page, '截图')
    expect(useToast().current?.text).toBe('现在没有画面可以截')
    click.mockRestore()
  })

  it('[TL23] stops on a tap, and for certain when the page goes', async () => {
    const page = await open(Play, { url: FLV })
    await press(page, '播放')
    await press(page, '停止')
    expect(player.stop).toHaveBeenCalledTimes(1)
    expect(medium(page).props('urls')).toBeUndefined()
    await press(page, '播放')
    page.unmount()
    expect(player.stop).toHaveBeenCalledTimes(2)
  })

  onH5('[TL3] where the browser may not go is said, and the player stops', async () => {
    const page = await open(Play, { url: FLV })
    await press(page, '播放')
    document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), { effectiveDirective: 'script-src' }))
    await settle()
    expect(player.stop).not.toHaveBeenCalled()
    document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), { effectiveDirective: 'connect-src' }))
    await settle()
    expect(player.stop).toHaveBeenCalledTimes(1)
    expect(page.find('.hint').text()).toBe('这台服务器不允许网页连接别处的地址')
  })

  onMp('[TL6] WeChat\'s scanner fills the field; what it could not read is said, and giving up is nothing', async () => {
    const scanCode = vi.mocked((uni as unknown as { scanCode: (options: any) => void }).scanCode)
    const page = await open(Play)
    scanCode.mockImplementation(({ success }) => success({ result: FLV }))
    await press(page, '扫码填地址')
    expect(page.findComponent({ name: 'AddressField' }).props('text')).toBe(FLV)
    scanCode.mockImplementation(({ fail }) => fail({ errMsg: 'scanCode:fail cancel' }))
    await press(page, '扫码填地址')
    expect(useToast().current).toBeUndefined()
    scanCode.mockImplementation(({ fail }) => fail({ errMsg: 'scanCode:fail' }))
    await press(page, '扫码填地址')
    expect(useToast().current?.text).toBe('没有找到二维码，请再试一次')
  })
})

describe('the low-latency play tool', () => {
  it('[TL26] plays with low latency', async () => {
    const page = await open(LowLatency, { url: FLV })
    expect(page.find('.hint').text()).toBe(isH5 ? '可以用：WHEP, 快直播 LEB, HTTP-FLV, WS-FLV, HLS' : '可以用：RTMP, HTTP-FLV')
    await press(page, '播放')
    expect(medium(page).props('mode')).toBe('lowLatency')
  })

  onMp('[TL26] sets how much WeChat keeps, from what it advises', async () => {
    const page = await open(LowLatency, { url: FLV })
    expect(medium(page).props('attributes')).toMatchObject({ minCache: 0.2, maxCache: 0.8 })
    await press(page, '0.1–0.3 s')
    expect(medium(page).props('attributes')).toMatchObject({ minCache: 0.1, maxCache: 0.3 })
  })

  onH5('[TL26] sets nothing that a browser does not do', async () => {
    expect((await open(LowLatency)).text()).not.toContain('0.2–0.8')
  })

  it('[TL26] the other tool leaves that to the usual', async () => {
    expect(medium(await open(Play, { url: FLV })).props('attributes')).toEqual({ orientation: 'vertical' })
  })
})
