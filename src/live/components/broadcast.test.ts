import type { OnAir, Preview } from '../stores/useAnchorRoom'
import type { MediaDevices, MediaTrouble } from './media'
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, publishUrls } from '@/src/testing/fixtures'
import { isH5 } from '@/src/testing/platform'
import { usePusherChoice } from '../stores/usePusherChoice'
import AnchorControls from './AnchorControls.vue'
import AnchorOutcome from './AnchorOutcome.vue'
import CountdownOverlay from './CountdownOverlay.vue'
import EncoderPanel from './EncoderPanel.vue'
import OnAirNotice from './OnAirNotice.vue'
import PermissionCard from './PermissionCard.vue'
import PreparePanel from './PreparePanel.vue'
import PusherSettings from './PusherSettings.vue'

const labels = (wrapper: { findAll: (selector: string) => { attributes: (name: string) => string | undefined }[] }) => wrapper.findAll('.app-button').map(button => button.attributes('aria-label'))

describe('permission', () => {
  const camera = { source: 'camera' } as const

  it.each<[string, Preview, string, string[]]>([
    ['[UI50] says why before asking', { status: 'explaining', ...camera }, '什么都不会发出去', ['允许使用', '改用测试画面']],
    ['[UI50] a microphone alone is asked for alone', { status: 'explaining', source: 'none' }, '听到你的声音', ['允许使用', '改用测试画面']],
    ['[UI50] while the browser asks there is nothing else to press', { status: 'asking', ...camera }, '允许', []],
    ['[UI50] a screen is chosen in the browser\'s window', { status: 'asking', source: 'screen' }, '要共享的屏幕', []],
    ['[UI50] denied: look again', { status: 'blocked', ...camera, problem: 'CAMERA_DENIED' }, '权限', ['我已允许，再试一次', '改用测试画面']],
    ['[UI50] busy: try again', { status: 'blocked', ...camera, problem: 'DEVICE_BUSY' }, '其他程序', ['重试', '改用测试画面']],
    ['[WX2] the privacy guide refused: it is offered again', { status: 'blocked', ...camera, problem: 'PRIVACY_DENIED' }, '隐私保护指引', ['重试', '改用测试画面']],
    ['[UI50] no https: says which address', { status: 'blocked', ...camera, problem: 'INSECURE_CONTEXT' }, 'https', ['重试', '改用测试画面']],
  ])('%s', (_, preview, words, buttons) => {
    const wrapper = mount(PermissionCard, { props: { preview } })
    expect(wrapper.text()).toContain(words)
    expect(labels(wrapper)).toEqual(buttons)
  })

  it('[WX1] the privacy guide can be read, agreed to and refused', async () => {
    const wrapper = mount(PermissionCard, { props: { preview: { status: 'agreeing', ...camera, guide: '《连麦隐私保护指引》' } } })
    expect(labels(wrapper)).toEqual(['同意并继续', '拒绝'])
    await wrapper.find('.privacy-guide').trigger('click')
    expect(fakes().privacyGuide.opened).toBe(1)
    await wrapper.findAll('.app-button')[1].trigger('click')
    expect(wrapper.emitted('refuse')).toHaveLength(1)
    if (!isH5) // WeChat's own button lies over ours
      await wrapper.find('button').trigger('agreeprivacyauthorization')
    expect(wrapper.emitted('retry')?.length).toBe(isH5 ? undefined : 1)
  })
})

describe('the last look', () => {
  const panel = (part = {}) => mount(PreparePanel, { props: { title: '周末弹唱', source: 'camera', devices: { cameras: [], microphones: [], canShareScreen: true }, isReady: true, isCreating: false, problem: '', ...part } })

  it('[UI50] goes live only with something to send', async () => {
    const wrapper = panel({ isReady: false })
    await wrapper.find('.start').trigger('click')
    expect(wrapper.emitted('start')).toBeUndefined()
    await wrapper.setProps({ isReady: true })
    await wrapper.find('.start').trigger('click')
    expect(wrapper.emitted('start')).toHaveLength(1)
  })

  it('[UI57] an encoder needs no preview, but a title', async () => {
    const wrapper = panel({ isReady: false, title: '  ' })
    expect(wrapper.find('.hint').text()).toContain('1 到 40')
    await wrapper.find('.encoder').trigger('click')
    expect(wrapper.emitted('encoder')).toBeUndefined()
    await wrapper.setProps({ title: 'T' })
    await wrapper.find('.encoder').trigger('click')
    expect(wrapper.emitted('encoder')).toHaveLength(1)
  })

  it('says why there is no room', () => {
    expect(panel({ problem: '你还有没结束的直播' }).find('.hint').text()).toBe('你还有没结束的直播')
  })

  it('offers the sources there are', async () => {
    const wrapper = panel()
    expect(wrapper.findAll('.source').map(source => source.attributes('aria-label'))).toEqual(isH5 ? ['摄像头', '屏幕', '测试画面', '纯语音'] : ['摄像头', '纯语音'])
    await wrapper.findAll('.source').at(-1)!.trigger('click')
    expect(wrapper.emitted('choose')).toEqual([['none']])
  })
})

describe('settings', () => {
  const devices: MediaDevices = { cameras: [{ id: 'c1', name: '前置' }, { id: 'c2', name: '' }], microphones: [{ id: 'm1', name: '内置' }], canShareScreen: false }

  it('lists devices where there is a choice, and remembers it', async () => {
    const wrapper = mount(PusherSettings, { props: { devices } })
    expect(wrapper.findAll('.device').map(device => device.attributes('aria-label'))).toEqual(['前置', '摄像头 2'])
    expect(wrapper.find('.device').classes()).toContain('chosen')
    await wrapper.findAll('.device')[1].trigger('click')
    expect(usePusherChoice().cameraId).toBe('c2')
    expect(wrapper.findAll('.device')[1].classes()).toContain('chosen')
  })

  it('audio alone has no quality of a picture and no mirror', () => {
    usePusherChoice().source = 'none'
    const wrapper = mount(PusherSettings, { props: { devices } })
    expect(wrapper.find('.choice-row').exists()).toBe(false)
    expect(wrapper.find('.switch-row').exists()).toBe(false)
  })
})

describe('on air', () => {
  const onAir = (part: Partial<OnAir> = {}): OnAir => ({ status: 'live', room: aRoom(), publish: publishUrls(), play: null, by: 'device', feed: { status: 'steady' }, ...part })
  const notice = (part: Partial<OnAir>, graceMs = 0, trouble: MediaTrouble | null = null) => mount(OnAirNotice, { props: { onAir: onAir(part), trouble, graceMs } })

  it('[UI54] nothing when all is well', () => {
    expect(notice({}).text()).toBe('')
  })

  it('[UI53] waiting for the server\'s word can be cancelled', async () => {
    const wrapper = notice({ status: 'starting' })
    await wrapper.find('.app-button').trigger('click')
    expect(wrapper.emitted('cancel')).toHaveLength(1)
  })

  it('[UI54] on its way back it says how long the room waits', () => {
    const wrapper = notice({ room: aRoom({ status: 'interrupted' }), feed: { status: 'reconnecting', isRenewed: false } }, 41_500)
    expect(wrapper.text()).toContain('42 秒')
    expect(labels(wrapper)).toEqual([])
  })

  it.each<[MediaTrouble, string, 'retry' | 'resume' | undefined]>([
    [{ kind: 'reconnecting', attempt: 2 }, '第 2 次', undefined],
    [{ kind: 'offline' }, '网络已断开', 'retry'],
    [{ kind: 'stuck', attempt: 7, until: 0 }, '还没能连上', 'retry'],
    [{ kind: 'paused', by: 'call' }, '正在通话', 'resume'],
    [{ kind: 'paused', by: 'background' }, '已切到后台', undefined],
  ])('[RC30] over the anchor\'s picture: %o', async (trouble, words, asks) => {
    const wrapper = notice({ room: aRoom({ status: 'interrupted' }), feed: { status: 'reconnecting', isRenewed: false } }, 41_500, trouble)
    expect(wrapper.text()).toContain(words)
    expect(wrapper.text()).toContain('42 秒')
    const buttons = wrapper.findAll('.app-button')
    expect(buttons).toHaveLength(asks ? 1 : 0)
    await buttons[0]?.trigger('click')
    expect(Object.keys(wrapper.emitted()).filter(name => name !== 'click')).toEqual(asks ? [asks] : [])
  })

  it('[RC30] a weak network is no reason to cover the picture; an encoder\'s picture has none of our troubles', () => {
    expect(notice({}, 0, { kind: 'weak' }).text()).toBe('')
    expect(notice({ by: 'encoder' }, 0, { kind: 'offline' }).text()).toBe('')
  })

  it('[RC30] before going live it can be cancelled as well', () => {
    expect(labels(notice({ status: 'starting', feed: { status: 'connecting', isRenewed: false } }, 0, { kind: 'stuck', attempt: 7, until: 0 }))).toEqual(['立即重试', '取消'])
  })

  it('[RC33] while it waits the seconds to the next try are counted down', async () => {
    const { clock } = fakes()
    const wrapper = notice({}, 0, { kind: 'waiting', attempt: 3, until: clock.now() + 3500 })
    expect(wrapper.text()).toContain('4 秒后自动重试')
    expect(labels(wrapper)).toEqual(['立即重试'])
    await clock.advance(2000)
    expect(wrapper.text()).toContain('2 秒后自动重试')
    await wrapper.setProps({ trouble: { kind: 'reconnecting', attempt: 3 } })
    expect(clock.pending).toBe(0)
    wrapper.unmount()
  })

  it('[RC38] what was denied leads to the settings', async () => {
    const wrapper = notice({ feed: { status: 'down', problem: 'CAMERA_DENIED' } })
    expect(labels(wrapper)).toEqual(['去设置'])
    await wrapper.find('.app-button').trigger('click')
    expect(wrapper.emitted('settings')).toHaveLength(1)
  })

  it('[UI54] lost: why, and one button', async () => {
    const wrapper = notice({ feed: { status: 'down', problem: 'DEVICE_BUSY' } })
    expect(wrapper.text()).toContain('其他程序')
    expect(labels(wrapper)).toEqual(['重新连接'])
    await wrapper.find('.app-button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })

  it('[UI84] live from another page or device: says so, and one button goes on here', async () => {
    const wrapper = notice({ feed: { status: 'down', problem: 'REPLACED' }, room: aRoom({ status: 'interrupted' }) })
    expect(wrapper.text()).toContain('你已在别的页面或设备上开播')
    expect(labels(wrapper)).toEqual(['在这里继续'])
    await wrapper.find('.app-button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })

  it('[UI57] an encoder gets its two lines', () => {
    const wrapper = notice({ status: 'starting', by: 'encoder' })
    expect(wrapper.text()).toContain('rtmp://127.0.0.1:1935/live')
  })

  it('[UI57] the key is copied whole and shown in part', async () => {
    const wrapper = mount(EncoderPanel, { props: { publish: publishUrls() } })
    expect(wrapper.text()).not.toContain('txSecret')
    await wrapper.findAll('.app-button')[1].trigger('click')
    expect(wrapper.emitted('copy')).toEqual([[publishUrls().rtmpKey]])
  })

  it('[UI51] counts, and says so when only the room is missing', async () => {
    const wrapper = mount(CountdownOverlay, { props: { secondsLeft: 3 } })
    expect(wrapper.find('.number').text()).toBe('3')
    await wrapper.setProps({ secondsLeft: 0 })
    expect(wrapper.text()).toContain('马上开始')
    await wrapper.find('.cancel').trigger('click')
    expect(wrapper.emitted('cancel')).toHaveLength(1)
  })

  it('every tool has a name; an encoder\'s picture has no tools here', () => {
    const tools = (by: 'device' | 'encoder') => mount(AnchorControls, { props: { by, source: 'camera', isMuted: false, isMirrored: true, waiting: 0, isCalling: false, guestVolume: null } }).findAll('.tool-button').map(tool => tool.attributes('aria-label'))
    expect(tools('device')).toEqual(['聊天', '连麦', '静音', '切换摄像头', '镜像', '美化', '画面', '数据', '分享', '结束'])
    expect(tools('encoder')).toEqual(['聊天', '连麦', '推流地址', '数据', '分享', '结束'])
  })
})

describe('without a broadcast', () => {
  it.each([
    ['[UI56] somebody else\'s room can be watched', 'NOT_ROOM_ANCHOR', '去观看', 'watch'],
    ['[UI56] a room that does not exist', 'ROOM_NOT_FOUND', '开新的直播', 'again'],
    ['[UI56] no answer', 'NETWORK', '重试', 'retry'],
  ] as const)('%s', async (_, code, label, event) => {
    const wrapper = mount(AnchorOutcome, { props: { state: { status: 'failed', roomId: 'r1', by: 'device', code } } })
    expect(labels(wrapper)).toEqual([label])
    await wrapper.find('.app-button').trigger('click')
    expect(wrapper.emitted(event)).toHaveLength(1)
  })

  it('[UI55] an end that failed can be tried again', async () => {
    const wrapper = mount(AnchorOutcome, { props: { state: { status: 'ending', room: aRoom(), problem: 'TIMEOUT' } } })
    await wrapper.find('.app-button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })

  it('[UI55] the end card leads home or to another broadcast', async () => {
    const wrapper = mount(AnchorOutcome, { props: { state: { status: 'ended', room: aRoom({ status: 'ended' }) } } })
    expect(labels(wrapper)).toEqual(['返回首页', '再开一场'])
  })
})
