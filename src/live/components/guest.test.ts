import type { GuestStore, Preflight } from '../stores/linkMicStores'
import type { MediaProblemCode, MediaStatus, MediaTrouble } from './media'
import type { Ending, LinkMic, LinkMicEnd } from '@/shared/domain/linkMic'
import type { AdmissionMode, Track } from '@/shared/domain/stage'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { PublishUrls } from '@/shared/protocol/rest'
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { computed, defineComponent, h, nextTick, shallowRef } from 'vue'
import { NOT_LINKED } from '@/shared/domain/linkMic'
import { useToast } from '@/src/stores/toast'
import { aUser, NOW, publishUrls } from '@/src/testing/fixtures'
import { onH5 } from '@/src/testing/platform'
import { useGuestNews } from '../composables/useGuestNews'
import GuestControls from './GuestControls.vue'
import GuestNotice from './GuestNotice.vue'
import GuestPusher from './GuestPusher.vue'
import InvitationCard from './InvitationCard.vue'
import LinkMicButton from './LinkMicButton.vue'
import LinkMicSheet from './LinkMicSheet.vue'
import { spokenSeconds } from './spokenSeconds'

enableAutoUnmount(afterEach)

const applying: LinkMic = { status: 'applying', requestId: 'q1', medium: 'video', at: NOW, deadline: NOW + 30_000, lostAt: null }
const invited: LinkMic = { status: 'invited', requestId: 'q1', at: NOW, deadline: NOW + 30_000, lostAt: null }
const connecting: LinkMic = { status: 'connecting', requestId: 'q1', medium: 'video', deadline: NOW + 8000, lostAt: null }
const linked: LinkMic = { status: 'linked', requestId: 'q1', medium: 'video', since: NOW }
const track = (isOn = true, isMuted = false): Track => ({ isOn, isMuted })

interface Given {
  link: LinkMic
  admission: AdmissionMode
  position: number | null
  remainingMs: number | null
  waitMs: number
  preflight: Preflight
  isPending: boolean
  problem: ErrorCode | null
  ending: Ending | null
  publish: PublishUrls | undefined
  pushStatus: MediaStatus
  pushProblem: MediaProblemCode | null
  trouble: MediaTrouble | null
  sound: Track | null
  picture: Track | null
  isElsewhere: boolean
}

/** A person's way to the stage, as a test wants it; `set` moves it on. */
function aGuest(given: Partial<Given> = {}) {
  const state = shallowRef<Given>({
    link: NOT_LINKED,
    admission: 'ask',
    position: null,
    remainingMs: null,
    waitMs: 0,
    preflight: { status: 'none' },
    isPending: false,
    problem: null,
    ending: null,
    publish: undefined,
    pushStatus: 'idle',
    pushProblem: null,
    trouble: null,
    sound: null,
    picture: null,
    isElsewhere: false,
    ...given,
  })
  const of = <Key extends keyof Given>(key: Key) => computed(() => state.value[key])
  const asked = { apply: vi.fn(), acceptInvitation: vi.fn(), allow: vi.fn(), refuse: vi.fn(), openSettings: vi.fn(), cancelPreflight: vi.fn(), leave: vi.fn(), takeOver: vi.fn(), toggleMic: vi.fn(), toggleCamera: vi.fn(), retryPush: vi.fn(), resumePush: vi.fn(), forgetEnding: vi.fn(), usePusher: vi.fn(), pusherStatus: vi.fn(), pusherProblem: vi.fn(), pusherTrouble: vi.fn() }
  const store: GuestStore = {
    link: of('link'),
    admission: of('admission'),
    position: of('position'),
    seat: computed(() => null),
    remainingMs: of('remainingMs'),
    waitMs: of('waitMs'),
    preflight: of('preflight'),
    isPending: of('isPending'),
    problem: of('problem'),
    ending: of('ending'),
    publish: of('publish'),
    pushStatus: of('pushStatus'),
    pushProblem: of('pushProblem'),
    trouble: of('trouble'),
    sound: of('sound'),
    picture: of('picture'),
    isElsewhere: of('isElsewhere'),
    ...asked,
    start: () => () => {},
  }
  const set = (part: Partial<Given>) => {
    state.value = { ...state.value, ...part }
    return nextTick()
  }
  return { store, asked, set }
}
type Guest = ReturnType<typeof aGuest>

const sheet = (guest: Guest, part: { isFull?: boolean, isOnAir?: boolean, isElsewhere?: boolean } = {}) => mount(LinkMicSheet, { props: { guest: guest.store, isOpen: true, isFull: false, isOnAir: true, isElsewhere: false, ...part } })
const buttons = (wrapper: { findAll: (selector: string) => { attributes: (name: string) => string | undefined }[] }) => wrapper.findAll('.app-button').map(one => one.attributes('aria-label'))

describe('the button', () => {
  const button = (given: Partial<Given>) => mount(LinkMicButton, { props: { guest: aGuest(given).store } })

  it.each<[string, Partial<Given>, string, string]>([
    ['leads to the choice', {}, '连麦', ''],
    ['counts the seconds after a rejection', { waitMs: 9200 }, '连麦，10 秒后可以再申请', '10'],
    ['shows the place in the queue', { link: applying, position: 3 }, '连麦，排在第 3 位', '3'],
    ['says that one waits before the server has named a place', { link: applying }, '等待主播接受', ''],
  ])('[LM136] %s', (_, given, label, count) => {
    const wrapper = button(given)
    expect(wrapper.find('.tool-button').attributes('aria-label')).toBe(label)
    expect(wrapper.find('.count').exists() ? wrapper.find('.count').text() : '').toBe(count)
  })

  it('[LM136] is pressed', async () => {
    const wrapper = button({})
    await wrapper.find('.tool-button').trigger('click')
    expect(wrapper.emitted('press')).toHaveLength(1)
  })
})

describe('the sheet', () => {
  it('[LM136] with video or with voice', async () => {
    const guest = aGuest()
    const wrapper = sheet(guest)
    expect(wrapper.findAll('.choice').map(choice => choice.text())).toEqual([expect.stringContaining('视频连麦'), expect.stringContaining('语音连麦')])
    await wrapper.findAll('.choice')[1].trigger('click')
    expect(guest.asked.apply).toHaveBeenCalledWith('voice')
  })

  it.each<[string, Partial<Given>, { isFull?: boolean, isOnAir?: boolean, isElsewhere?: boolean }, string, number]>([
    ['all seats are taken', {}, { isFull: true }, '申请后会排队', 2],
    ['everybody is let in', { admission: 'open' }, {}, '直接上麦', 2],
    ['applications are switched off', { admission: 'closed' }, {}, '没有开放连麦', 0],
    ['the anchor takes guests of another app alone', { admission: 'closed' }, { isElsewhere: true }, '连麦要在那里申请', 0],
    ['the anchor is away', {}, { isOnAir: false }, '主播现在不在', 0],
  ])('[LM136] says it when %s', (_, given, part, words, choices) => {
    const wrapper = sheet(aGuest(given), part)
    expect(wrapper.text()).toContain(words)
    expect(wrapper.findAll('.choice')).toHaveLength(choices)
  })

  it.each([{ waitMs: 4000 }, { isPending: true }, { preflight: { status: 'checking', medium: 'video' } }] as Partial<Given>[])('[LM136] nothing can be chosen twice or too early: %o', async (given) => {
    const guest = aGuest(given)
    await sheet(guest).find('.choice').trigger('click')
    expect(guest.asked.apply).not.toHaveBeenCalled()
  })

  it.each<[string, Preflight, string, [string, keyof Guest['asked'], unknown[]][]]>([
    ['why, before asking', { status: 'asking', medium: 'video', devices: ['camera', 'microphone'] }, '什么都不会发出去', [['允许使用', 'allow', []], ['取消', 'cancelPreflight', []]]],
    ['a microphone alone', { status: 'asking', medium: 'voice', devices: ['microphone'] }, '需要你的麦克风', [['允许使用', 'allow', []], ['取消', 'cancelPreflight', []]]],
    ['the camera was denied', { status: 'denied', medium: 'video', devices: ['camera'] }, '摄像头权限', [['我已允许，再试一次', 'openSettings', []], ['改用语音连麦', 'apply', ['voice']], ['取消', 'cancelPreflight', []]]],
    ['without a microphone there is no voice either', { status: 'denied', medium: 'video', devices: ['camera', 'microphone'] }, '摄像头和麦克风权限', [['我已允许，再试一次', 'openSettings', []], ['取消', 'cancelPreflight', []]]],
    ['there is no camera', { status: 'missing', medium: 'video', devices: ['camera'] }, '没有找到摄像头', [['重试', 'allow', []], ['改用语音连麦', 'apply', ['voice']], ['取消', 'cancelPreflight', []]]],
    ['a page without https', { status: 'insecure', medium: 'video' }, 'https', [['取消', 'cancelPreflight', []]]],
    ['there is no microphone', { status: 'missing', medium: 'voice', devices: ['microphone'] }, '没有找到麦克风', [['重试', 'allow', []], ['取消', 'cancelPreflight', []]]],
  ])('[LM137] %s', async (_, preflight, words, offers) => {
    const guest = aGuest({ preflight })
    const wrapper = sheet(guest)
    expect(wrapper.text()).toContain(words)
    expect(buttons(wrapper)).toEqual(offers.map(([label]) => label))
    for (const [index, [, method, args]] of offers.entries()) {
      await wrapper.findAll('.app-button')[index].trigger('click')
      expect(guest.asked[method]).toHaveBeenLastCalledWith(...args)
    }
  })

  it.each<Preflight>([
    { status: 'asking', medium: 'video', devices: ['camera'] },
    { status: 'checking', medium: 'voice' },
  ])('[LM137] closing the sheet gives up the question: %o', async (preflight) => {
    const guest = aGuest({ preflight })
    const wrapper = sheet(guest)
    await wrapper.find('.close').trigger('click')
    expect(guest.asked.cancelPreflight).toHaveBeenCalledTimes(1)
    expect(wrapper.emitted('close')).toHaveLength(1)
  })

  it.each<[string, Partial<Given>, boolean, string[], string | undefined]>([
    ['the anchor may take', { position: 2, remainingMs: 21_400 }, false, ['等待主播接受', '排在第 2 位'], '22'],
    ['a seat may take', { position: 1 }, true, ['连麦已满，排队第 1 位'], undefined],
    ['the anchor, who is away, may take', { position: 1 }, false, ['主播暂时离开'], undefined],
    ['the first answer may take', { remainingMs: 30_000 }, false, ['等待主播接受'], '30'],
  ])('[LM138] how long %s', (_, given, isFull, words, seconds) => {
    const wrapper = sheet(aGuest({ link: applying, ...given }), { isFull })
    for (const word of words)
      expect(wrapper.text()).toContain(word)
    expect(wrapper.find('.countdown-ring').exists() ? wrapper.find('.countdown-ring').text() : undefined).toBe(seconds)
  })

  it('[LM138] an application is taken back', async () => {
    const guest = aGuest({ link: applying, position: 1, remainingMs: 12_000 })
    await sheet(guest).find('.waiting-turn .app-button').trigger('click')
    expect(guest.asked.leave).toHaveBeenCalledTimes(1)
  })

  it.each([[30_000, 30], [29_001, 30], [20_001, 30], [20_000, 20], [10_000, 10], [4900, 5], [0, 5], [45_000, 45]])('[LM140] %i ms are heard as %i s', (ms, seconds) => {
    expect(spokenSeconds(ms)).toBe(seconds)
  })

  it('[LM140] what is drawn each second is not heard', () => {
    const wrapper = sheet(aGuest({ link: applying, position: 1, remainingMs: 17_000 }))
    expect(wrapper.find('.countdown-ring').attributes('aria-hidden')).toBe('true')
    expect(wrapper.find('.spoken').text()).toBe('还剩 20 秒')
  })
})

describe('an invitation', () => {
  const card = (guest: Guest) => mount(InvitationCard, { props: { guest: guest.store, anchor: aUser() }, attachTo: document.body })

  it('[LM139] is a dialog with the anchor\'s name, a countdown and two ways to take it', async () => {
    const guest = aGuest({ link: invited, remainingMs: 18_000 })
    const wrapper = card(guest)
    expect(wrapper.find('[role=dialog]').attributes('aria-label')).toBe('阿青 邀请你连麦')
    expect(wrapper.find('.countdown-ring').text()).toBe('18')
    await wrapper.findAll('.choice')[0].trigger('click')
    expect(guest.asked.acceptInvitation).toHaveBeenCalledWith('video')
    await wrapper.find('.decline').trigger('click')
    expect(guest.asked.leave).toHaveBeenCalledTimes(1)
  })

  it('[LM139] is not there without one', () => {
    expect(card(aGuest({ link: applying })).find('.invitation-card').exists()).toBe(false)
  })

  it('[LM137] says why the devices are needed; voice takes the invitation', async () => {
    const guest = aGuest({ link: invited, remainingMs: 18_000, preflight: { status: 'denied', medium: 'video', devices: ['camera'] } })
    const wrapper = card(guest)
    expect(wrapper.findAll('.choice')).toHaveLength(0)
    await wrapper.find('[aria-label="改用语音连麦"]').trigger('click')
    expect(guest.asked.acceptInvitation).toHaveBeenCalledWith('voice')
  })

  onH5('[LM139] the keyboard stands on the answer that does no harm, and Escape is that answer', async () => {
    const guest = aGuest()
    card(guest)
    await guest.set({ link: invited, remainingMs: 30_000 })
    await nextTick()
    expect(document.activeElement?.getAttribute('aria-label')).toBe('谢绝')
    document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    expect(guest.asked.leave).toHaveBeenCalledTimes(1)
  })
})

describe('on the mic', () => {
  const controls = (given: Partial<Given>) => mount(GuestControls, { props: { guest: aGuest({ link: linked, sound: track(), picture: track(), ...given }).store } })
  const tools = (given: Partial<Given>) => controls(given).findAll('.tool-button').map(tool => tool.attributes('aria-label'))

  it('[LM142] the tools that there are', () => {
    expect(tools({})).toEqual(['关闭麦克风', '关闭摄像头', '切换摄像头', '下麦'])
    expect(tools({ sound: track(false), picture: track(false) })).toEqual(['打开麦克风', '打开摄像头', '下麦'])
    expect(tools({ link: { ...linked, medium: 'voice' } as LinkMic })).toEqual(['关闭麦克风', '下麦'])
    expect(tools({ link: connecting, sound: null, picture: null })).toEqual(['关闭麦克风', '关闭摄像头', '切换摄像头', '下麦'])
  })

  it('[LM142] and what they do', async () => {
    const guest = aGuest({ link: linked, sound: track(), picture: track() })
    const wrapper = mount(GuestControls, { props: { guest: guest.store } })
    for (const tool of wrapper.findAll('.tool-button'))
      await tool.trigger('click')
    expect(guest.asked.toggleMic).toHaveBeenCalledTimes(1)
    expect(guest.asked.toggleCamera).toHaveBeenCalledTimes(1)
    expect(wrapper.emitted('switchCamera')).toHaveLength(1)
    expect(wrapper.emitted('leave')).toHaveLength(1)
    expect(guest.asked.leave).not.toHaveBeenCalled()
  })
})

describe('the own pusher', () => {
  const handle = { switchCamera: vi.fn() }
  const MediaPusher = defineComponent({
    name: 'MediaPusher',
    inheritAttrs: false,
    props: ['rtmp', 'whip', 'source', 'quality', 'isMirrored', 'isMuted', 'facing', 'cameraId', 'microphoneId'],
    emits: ['status', 'problem', 'statistics'],
    setup(_, { expose }) {
      expose(handle)
      return () => h('i')
    },
  })
  const pusher = (guest: Guest) => mount(GuestPusher, { props: { guest: guest.store }, global: { stubs: { MediaPusher } } })

  it('[LM141] publishes what is switched on, in the quality of guests', async () => {
    const guest = aGuest({ link: connecting, publish: publishUrls(), sound: track(), picture: track() })
    const wrapper = pusher(guest)
    const media = wrapper.findComponent(MediaPusher)
    const { element } = media
    expect(media.props()).toMatchObject({ rtmp: publishUrls().rtmp, whip: publishUrls().whip, source: 'camera', quality: 'guest', isMirrored: true, isMuted: false })
    await guest.set({ link: linked, sound: track(false), picture: track(false) })
    expect(media.props()).toMatchObject({ source: 'none', isMuted: true })
    await guest.set({ link: { ...linked, medium: 'voice' } as LinkMic, sound: track(), picture: track() })
    expect(media.props()).toMatchObject({ source: 'none', isMuted: false })
    expect(wrapper.findComponent(MediaPusher).element).toBe(element)
  })

  it('[TC15] what the anchor mutes is not sent, and what the person switched on comes back', async () => {
    const guest = aGuest({ link: linked, publish: publishUrls(), sound: track(true, true), picture: track(true, true) })
    const media = pusher(guest).findComponent(MediaPusher)
    expect(media.props()).toMatchObject({ source: 'none', isMuted: true })
    await guest.set({ sound: track(), picture: track(true, true) })
    expect(media.props()).toMatchObject({ source: 'none', isMuted: false })
    await guest.set({ sound: track(true, true), picture: track() })
    expect(media.props()).toMatchObject({ source: 'camera', isMuted: true })
  })

  it('[LM141] is handed over when it comes and when it goes', async () => {
    const guest = aGuest({ link: connecting, publish: publishUrls() })
    const wrapper = pusher(guest)
    await nextTick()
    expect(guest.asked.usePusher).toHaveBeenLastCalledWith(expect.objectContaining({ switchCamera: handle.switchCamera }))
    wrapper.unmount()
    expect(guest.asked.usePusher).toHaveBeenLastCalledWith(undefined)
  })

  it.each([
    ['CAMERA_DENIED', 'live', '摄像头用不了，大家只能听到你'],
    ['NO_MICROPHONE', 'live', '麦克风用不了，大家听不到你'],
    ['CAMERA_DENIED', 'failed', undefined],
    ['NETWORK', 'live', undefined],
  ] as const)('[LM143] %s while it is %s', async (code, pushStatus, words) => {
    const guest = aGuest({ link: linked, publish: publishUrls(), pushStatus })
    await pusher(guest).findComponent(MediaPusher).vm.$emit('problem', { code })
    await nextTick()
    expect(guest.asked.pusherProblem).toHaveBeenCalledWith({ code })
    expect(useToast().current?.text).toBe(words)
  })
})

describe('notices', () => {
  it('[LM144] what was sent does not arrive: why, and one button', async () => {
    const guest = aGuest({ link: linked, publish: publishUrls(), pushStatus: 'failed', pushProblem: 'DEVICE_BUSY' })
    const wrapper = mount(GuestNotice, { props: { guest: guest.store } })
    expect(wrapper.text()).toContain('其他程序')
    await wrapper.find('.app-button').trigger('click')
    expect(guest.asked.retryPush).toHaveBeenCalledTimes(1)
    await guest.set({ pushStatus: 'live', pushProblem: null })
    expect(wrapper.find('.guest-notice').exists()).toBe(false)
  })

  it.each<[MediaTrouble, string, 'retryPush' | 'resumePush' | undefined]>([
    [{ kind: 'reconnecting', attempt: 1 }, '正在重新连接', undefined],
    [{ kind: 'reconnecting', attempt: 3 }, '第 3 次', undefined],
    [{ kind: 'waiting', attempt: 1, until: NOW + 3000 }, '秒后自动重试', 'retryPush'],
    [{ kind: 'offline' }, '网络已断开', 'retryPush'],
    [{ kind: 'stuck', attempt: 7, until: NOW }, '还没能连上', 'retryPush'],
    [{ kind: 'paused', by: 'call' }, '正在通话', 'resumePush'],
    [{ kind: 'paused', by: 'system' }, '被系统占用', 'resumePush'],
    [{ kind: 'paused', by: 'background' }, '已切到后台', undefined],
    [{ kind: 'paused', by: 'person' }, '已暂停', 'resumePush'],
  ])('[RC31] a guest\'s own stream: %o', async (trouble, words, asks) => {
    const guest = aGuest({ link: linked, publish: publishUrls(), pushStatus: 'interrupted', trouble })
    const wrapper = mount(GuestNotice, { props: { guest: guest.store } })
    expect(wrapper.text()).toContain(words)
    const buttons = wrapper.findAll('.app-button')
    expect(buttons).toHaveLength(asks ? 1 : 0)
    await buttons[0]?.trigger('click')
    if (asks)
      expect(guest.asked[asks]).toHaveBeenCalledOnce()
    await guest.set({ trouble: { kind: 'weak' } })
    expect(wrapper.find('.guest-notice').exists()).toBe(false)
  })

  it('[LM144] on the mic in another window', async () => {
    const guest = aGuest({ link: linked, isElsewhere: true })
    const wrapper = mount(GuestNotice, { props: { guest: guest.store } })
    expect(wrapper.text()).toContain('别的页面或设备')
    await wrapper.find('.app-button').trigger('click')
    expect(guest.asked.takeOver).toHaveBeenCalledTimes(1)
  })

  async function told(before: Partial<Given>, after: Partial<Given>) {
    const guest = aGuest(before)
    mount(defineComponent({
      setup() {
        useGuestNews(guest.store)
        return () => h('i')
      },
    }))
    await guest.set(after)
    return { words: useToast().current?.text, guest }
  }
  const ending = (reason: LinkMicEnd, waitMs = 0): Ending => ({ requestId: 'q1', reason, at: NOW, waitUntil: NOW + waitMs })

  it.each<[LinkMicEnd, number, string | undefined]>([
    ['rejected', 10_000, '主播这次没有接受，10 秒后可以再申请'],
    ['kicked', 60_000, '主播请你下麦，60 秒后可以再申请'],
    ['closed', 0, '主播关闭了连麦申请'],
    ['withdrawn', 0, '主播收回了邀请'],
    ['expired', 0, '等待超时了，你可以再申请连麦'],
    ['noStream', 0, '你的声音和画面没有送达，已取消上麦'],
    ['dropped', 0, '连接中断太久，你已下麦'],
    ['left', 0, '你已下麦'],
    ['cancelled', 0, undefined],
    ['declined', 0, undefined],
    ['roomEnded', 0, undefined],
  ])('[LM143] the end of a request, "%s"', async (reason, waitMs, words) => {
    const { guest, words: said } = await told({}, { ending: ending(reason, waitMs) })
    expect(said).toBe(words)
    expect(guest.asked.forgetEnding).toHaveBeenCalledTimes(1)
  })

  it.each<[Partial<Given>, Partial<Given>, string | undefined]>([
    [{ link: connecting }, { link: linked }, '你已上麦'],
    [{ link: { ...linked, status: 'dropped', streamLostAt: NOW, lostAt: null } }, { link: linked }, undefined],
    [{ sound: track() }, { sound: track(true, true) }, '主播关闭了你的麦克风'],
    [{ sound: track(true, true) }, { sound: track() }, '主播恢复了你的麦克风'],
    [{ picture: track() }, { picture: track(true, true) }, '主播关闭了你的画面'],
    [{ picture: track(true, true) }, { picture: track() }, '主播恢复了你的画面'],
    [{ sound: track() }, { sound: track(false) }, undefined],
    [{ sound: track(true, true) }, { sound: null }, undefined],
    [{}, { problem: 'LINK_MIC_QUEUE_FULL' }, '排队的人太多了，请稍后再试。'],
  ])('[LM143] from %o to %o', async (before, after, words) => {
    expect((await told(before, after)).words).toBe(words)
  })
})
