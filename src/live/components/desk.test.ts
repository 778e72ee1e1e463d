import type { AnchorStageStore, AudienceList, WaitingApplication } from '../stores/linkMicStores'
import type { StageGuest } from '@/shared/protocol/linkMic'
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, nextTick, reactive, ref, shallowRef } from 'vue'
import { fakes } from '@/src/testing/fakeServices'
import { aUser, NOW } from '@/src/testing/fixtures'
import { onH5 } from '@/src/testing/platform'
import { ANNOUNCED_MS, NEXT_AFTER_MS, useNewApplications } from '../composables/useNewApplications'
import { useOrder } from '../stores/useOrder'
import ApplicationNotice from './ApplicationNotice.vue'
import GuestMenu from './GuestMenu.vue'
import LinkMicDesk from './LinkMicDesk.vue'
import LinkMicTool from './LinkMicTool.vue'
import StageTiles from './StageTiles.vue'

const anna = aUser({ id: 'uanna0000001', nickname: '阿安' })
const ben = aUser({ id: 'uben00000001', nickname: '小北' })
const cleo = aUser({ id: 'ucleo0000001', nickname: '可乐' })

const application = (user: typeof anna, part: Partial<WaitingApplication> = {}): WaitingApplication => ({ user, requestId: `q-${user.id}`, medium: 'video', at: NOW - 12_400, deadline: NOW + 17_600, waitedMs: 12_400, remainingMs: 17_600, ...part })
const guest = (user: typeof anna, part: Partial<StageGuest> = {}): StageGuest => ({ user, seat: 1, requestId: `g-${user.id}`, status: 'linked', deadline: null, medium: 'video', streamId: `rroom0000001-${user.id}`, sound: { isOn: true, isMuted: false }, picture: { isOn: true, isMuted: false }, ...part })

function createDesk() {
  const known = reactive({
    admission: 'ask' as 'ask' | 'open' | 'closed',
    queue: [] as WaitingApplication[],
    invitations: [] as { user: typeof anna, requestId: string, at: number, deadline: number, remainingMs: number }[],
    guests: [] as StageGuest[],
    isFull: false,
    pending: [] as string[],
  })
  const deeds = { start: vi.fn(), loadAudience: vi.fn(), setAdmission: vi.fn(), accept: vi.fn(), reject: vi.fn(), invite: vi.fn(), withdraw: vi.fn(), kick: vi.fn(), mute: vi.fn() }
  const audience = shallowRef<AudienceList>({ status: 'loading' })
  const desk: AnchorStageStore = {
    admission: computed(() => known.admission),
    queue: computed(() => known.queue),
    invitations: computed(() => known.invitations),
    guests: computed(() => known.guests),
    isFull: computed(() => known.isFull),
    audience,
    problem: ref(null),
    untaken: ref(null),
    isPending: userId => known.pending.includes(userId),
    ...deeds,
  }
  return { known, deeds, desk, audience }
}

let { known, deeds, desk, audience } = createDesk()
beforeEach(() => {
  ({ known, deeds, desk, audience } = createDesk())
})
const open = () => mount(LinkMicDesk, { props: { desk, order: useOrder({ room: ref(undefined) }), isOpen: true } })
const named = (wrapper: ReturnType<typeof mount>, label: string) => wrapper.find(`[aria-label="${label}"]`)
const notes = (wrapper: ReturnType<typeof mount>) => wrapper.findAll('.person-row').map(row => row.find('.words').text())
async function openAudience(list: AudienceList) {
  audience.value = list
  const wrapper = open()
  await named(wrapper, '邀请观众').trigger('click')
  return wrapper
}

describe('the tool', () => {
  it('[LM150] counts who waits, and says it', async () => {
    const wrapper = mount(LinkMicTool, { props: { waiting: 0, isCalling: false } })
    expect(wrapper.find('.count').exists()).toBe(false)
    expect(named(wrapper, '连麦').exists()).toBe(true)
    await wrapper.setProps({ waiting: 3, isCalling: true })
    expect(wrapper.find('.count').text()).toBe('3')
    expect(named(wrapper, '连麦，3 人在等').exists()).toBe(true)
    expect(wrapper.find('.ring').exists()).toBe(true)
  })
})

describe('what has just come', () => {
  const isDeskOpen = ref(false)
  const queue = shallowRef<readonly WaitingApplication[]>([])
  let news: ReturnType<typeof useNewApplications>
  const names = () => news.applications.value.map(({ user }) => user.nickname)
  beforeEach(() => {
    isDeskOpen.value = false
    queue.value = []
    mount({ setup: () => {
      news = useNewApplications(queue, isDeskOpen)
      return () => null
    } })
  })
  async function come(...applications: WaitingApplication[]) {
    queue.value = applications
    await nextTick()
  }

  it('[LM151] is announced for five seconds, and not again', async () => {
    await come(application(anna))
    expect(names()).toEqual(['阿安'])
    await fakes().clock.advance(ANNOUNCED_MS - 1)
    expect(names()).toEqual(['阿安'])
    await fakes().clock.advance(1)
    await come(application(anna))
    expect(names()).toEqual([])
  })

  it('[LM151] is over when it was answered; who came later is next', async () => {
    await come(application(anna))
    await come(application(anna), application(ben))
    expect(names()).toEqual(['阿安', '小北'])
    await come(application(ben))
    await fakes().clock.advance(NEXT_AFTER_MS)
    expect(names()).toEqual(['小北'])
    await come()
    expect(names()).toEqual([])
  })

  it('[LM151] a second tap on the one before finds nobody in their place', async () => {
    await come(application(anna), application(ben))
    await come(application(ben))
    expect(names()).toEqual([])
    await fakes().clock.advance(NEXT_AFTER_MS - 1)
    expect(names()).toEqual([])
    await fakes().clock.advance(1)
    expect(names()).toEqual(['小北'])
  })

  it('[LM151] the same person with another application is news', async () => {
    await come(application(anna))
    await fakes().clock.advance(ANNOUNCED_MS)
    await come(application(anna, { requestId: 'q-again' }))
    expect(names()).toEqual(['阿安'])
  })

  it('[LM151] is not announced to who looks at the desk', async () => {
    await come(application(anna))
    isDeskOpen.value = true
    await nextTick()
    expect(names()).toEqual([])
    await come(application(anna), application(ben))
    expect(names()).toEqual([])
    expect(fakes().clock.pending).toBe(0)
  })

  it('[LM151] says who wants what, and lets them in', async () => {
    const wrapper = mount(ApplicationNotice, { props: { applications: [application(anna, { medium: 'voice' }), application(ben)], isFull: false, isPending: false } })
    expect(wrapper.attributes('aria-live')).toBe('polite')
    expect(wrapper.text()).toContain('阿安')
    expect(wrapper.text()).toContain('申请语音连麦 · 还有 1 人在等')
    await named(wrapper, '接受阿安的申请').trigger('click')
    expect(wrapper.emitted('accept')).toHaveLength(1)
    await wrapper.setProps({ applications: [] })
    expect(wrapper.text()).toBe('')
  })

  it('[LM153] a notice while all seats are taken leads to the desk', async () => {
    const wrapper = mount(ApplicationNotice, { props: { applications: [application(anna)], isFull: true, isPending: false } })
    expect(named(wrapper, '接受阿安的申请').exists()).toBe(false)
    await named(wrapper, '查看').trigger('click')
    expect(wrapper.emitted('open')).toHaveLength(1)
  })
})

describe('who applies', () => {
  it('[LM152] stands in line with medium and seconds', async () => {
    known.queue = [application(anna), application(ben, { medium: 'voice', waitedMs: 3999, remainingMs: 26_001 })]
    const wrapper = open()
    expect(notes(wrapper)).toEqual(['阿安视频 · 等了 12 秒 · 剩 18 秒', '小北语音 · 等了 3 秒 · 剩 27 秒'])
    await named(wrapper, '接受小北的申请').trigger('click')
    expect(deeds.accept).toHaveBeenCalledWith(known.queue[1])
    await named(wrapper, '拒绝阿安的申请').trigger('click')
    expect(deeds.reject).toHaveBeenCalledWith(known.queue[0])
  })

  it('[LM152] without a clock their place is said', () => {
    known.queue = [application(anna, { remainingMs: null }), application(ben, { remainingMs: null })]
    expect(notes(open())).toEqual(['阿安视频 · 排队第 1', '小北视频 · 排队第 2'])
  })

  it('[LM153] waits while all seats are taken; rejecting works', async () => {
    known.queue = [application(anna, { remainingMs: null })]
    known.isFull = true
    const wrapper = open()
    expect(wrapper.find('.full').text()).toContain('3 个麦位都有人了')
    const accept = named(wrapper, '接受阿安的申请，现在麦位已满')
    expect(accept.classes()).toContain('disabled')
    await accept.trigger('click')
    expect(deeds.accept).not.toHaveBeenCalled()
    await named(wrapper, '拒绝阿安的申请').trigger('click')
    expect(deeds.reject).toHaveBeenCalledTimes(1)
  })

  it('[LM154] shows an answer under way, and the others can be answered', async () => {
    known.queue = [application(anna), application(ben)]
    known.pending = [anna.id]
    const wrapper = open()
    expect(named(wrapper, '接受阿安的申请').classes()).toContain('loading')
    await named(wrapper, '接受阿安的申请').trigger('click')
    await named(wrapper, '拒绝阿安的申请').trigger('click')
    expect(deeds.accept).not.toHaveBeenCalled()
    expect(deeds.reject).not.toHaveBeenCalled()
    await named(wrapper, '接受小北的申请').trigger('click')
    expect(deeds.accept).toHaveBeenCalledWith(known.queue[1])
  })

  it.each([
    ['[LM156] asked about', 'ask', '需要同意', '由你决定'],
    ['[LM156] let in', 'open', '直接上麦', '不再问你'],
    ['[LM156] not at all', 'closed', '关闭申请', '仍然可以邀请'],
  ] as const)('%s', async (_, mode, label, sentence) => {
    known.admission = mode
    const wrapper = open()
    expect(wrapper.find('.application-list .chosen').attributes('aria-label')).toBe(label)
    expect(wrapper.find('.hint').text()).toContain(sentence)
    await named(wrapper, '关闭申请').trigger('click')
    expect(deeds.setAdmission).toHaveBeenCalledWith('closed')
    expect(wrapper.find('.application-list .chosen').attributes('aria-label')).toBe(label)
  })

  it.each([
    ['[LM157] nobody yet', 'ask', '还没有人申请'],
    ['[LM157] all were let in', 'open', '没有人在等'],
    ['[LM157] nobody may', 'closed', '申请已关闭'],
  ] as const)('%s: there is somebody to invite', async (_, mode, words) => {
    known.admission = mode
    const wrapper = open()
    expect(wrapper.find('.blank-note').text()).toContain(words)
    await wrapper.find('.blank-note .app-button').trigger('click')
    expect(wrapper.find('.audience-picker').exists()).toBe(true)
    expect(deeds.loadAudience).toHaveBeenCalledTimes(1)
  })
})

describe('who watches', () => {
  const here = (...people: typeof anna[]): AudienceList => ({ status: 'loaded', people, total: people.length })

  it('[LM158] is asked for whenever the list is opened', async () => {
    const wrapper = await openAudience({ status: 'loading' })
    expect(wrapper.findAll('.skeleton-block').length).toBeGreaterThan(0)
    expect(deeds.loadAudience).toHaveBeenCalledTimes(1)
    await wrapper.setProps({ isOpen: false })
    await wrapper.setProps({ isOpen: true })
    expect(wrapper.find('.application-list').exists()).toBe(true)
    await named(wrapper, '邀请观众').trigger('click')
    expect(deeds.loadAudience).toHaveBeenCalledTimes(2)
  })

  it('[LM158] says why there is no list, and tries again', async () => {
    const wrapper = await openAudience({ status: 'failed', code: 'TIMEOUT' })
    expect(wrapper.text()).toContain('等待太久')
    await wrapper.find('.empty-state .app-button').trigger('click')
    expect(deeds.loadAudience).toHaveBeenCalledTimes(2)
  })

  it('[LM158] an empty room says what brings somebody', async () => {
    expect((await openAudience(here())).text()).toContain('直播间里还没有别人')
  })

  it('[LM158] counts those without a name', async () => {
    expect((await openAudience({ status: 'loaded', people: [anna], total: 43 })).find('.more').text()).toBe('还有 42 人')
  })

  it('[LM159] is invited, waited for, and taken back', async () => {
    const wrapper = await openAudience(here(anna))
    await named(wrapper, '邀请阿安上麦').trigger('click')
    expect(deeds.invite).toHaveBeenCalledWith(anna)
    known.invitations = [{ user: anna, requestId: 'i1', at: NOW, deadline: NOW + 30_000, remainingMs: 23_500 }]
    await nextTick()
    expect(notes(wrapper)).toEqual(['阿安等待对方回应 · 24 秒'])
    expect(named(wrapper, '邀请阿安上麦').exists()).toBe(false)
    await named(wrapper, '撤回给阿安的邀请').trigger('click')
    expect(deeds.withdraw).toHaveBeenCalledWith(known.invitations[0])
  })

  it('[LM159] stays in sight while invited, also out of the list', async () => {
    known.invitations = [{ user: anna, requestId: 'i1', at: NOW, deadline: NOW + 30_000, remainingMs: 30_000 }]
    const wrapper = await openAudience(here(ben))
    expect(notes(wrapper)).toEqual(['阿安等待对方回应 · 30 秒', '小北'])
  })

  it('[LM159] is marked when on the way or on stage', async () => {
    known.queue = [application(anna)]
    known.guests = [guest(ben)]
    const wrapper = await openAudience(here(anna, ben, cleo))
    expect(notes(wrapper)).toEqual(['阿安正在申请', '小北已在麦上', '可乐'])
    expect(wrapper.findAll('.person-row .app-button').map(button => button.attributes('aria-label'))).toEqual(['管理观众 阿安', '管理观众 小北', '邀请可乐上麦', '管理观众 可乐'])
  })

  it('[LM153] [LM154] nobody is invited to a full stage, nor twice', async () => {
    known.pending = [anna.id]
    const wrapper = await openAudience(here(anna, ben))
    expect(named(wrapper, '邀请阿安上麦').classes()).toContain('loading')
    known.isFull = true
    await nextTick()
    await named(wrapper, '邀请小北上麦').trigger('click')
    expect(deeds.invite).not.toHaveBeenCalled()
    expect(wrapper.find('.full').exists()).toBe(true)
  })
})

describe('guests upon the picture', () => {
  const tiles = (now: number | undefined, part: Partial<StageGuest> = {}) => mount(StageTiles, {
    props: { tiles: [{ seat: 1, guest: guest(anna, part), play: undefined, isMe: false }], picture: undefined, fit: 'cover', mode: 'lowLatency', isMuted: false, volume: 1, canManage: true, now },
    global: { stubs: { MediaPlayer: true } },
  })

  it('[LM160] lead to what can be done with them', async () => {
    const wrapper = tiles(NOW)
    await named(wrapper, '管理 阿安').trigger('click')
    expect(wrapper.emitted('manage')).toEqual([[expect.objectContaining({ seat: 1 })]])
  })

  onH5('[LM160] by the keyboard, too', async () => {
    const wrapper = tiles(NOW)
    expect(named(wrapper, '管理 阿安').attributes('tabindex')).toBe('0')
    await named(wrapper, '管理 阿安').trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('manage')).toHaveLength(1)
  })

  it('[LM162] who is gone has seconds left', async () => {
    const wrapper = tiles(NOW, { status: 'dropped', deadline: NOW + 13_400 })
    expect(wrapper.text()).toContain('连接中断')
    expect(wrapper.find('.seconds').text()).toBe('还等 14 秒')
    await wrapper.setProps({ now: NOW + 60_000 })
    expect(wrapper.find('.seconds').text()).toBe('还等 0 秒')
    await wrapper.setProps({ now: undefined })
    expect(wrapper.find('.seconds').exists()).toBe(false)
  })
})

describe('a guest\'s menu', () => {
  const menu = (part: Partial<StageGuest> = {}, waitMs = 0) => mount(GuestMenu, { props: { guest: guest(anna, part), waitMs, isPending: false } })

  it('[LM160] mutes and unmutes what there is', async () => {
    const wrapper = menu()
    await named(wrapper, '静音麦克风').trigger('click')
    await named(wrapper, '关闭画面').trigger('click')
    expect(wrapper.emitted('mute')).toEqual([[{ isMicMuted: true, isCameraMuted: false }], [{ isMicMuted: false, isCameraMuted: true }]])
    await wrapper.setProps({ guest: guest(anna, { sound: { isOn: true, isMuted: true }, picture: { isOn: true, isMuted: true } }) })
    await named(wrapper, '恢复麦克风').trigger('click')
    await named(wrapper, '恢复画面').trigger('click')
    expect(wrapper.emitted('mute')!.slice(2)).toEqual([[{ isMicMuted: false, isCameraMuted: true }], [{ isMicMuted: true, isCameraMuted: false }]])
    await named(wrapper, '移出连麦').trigger('click')
    expect(wrapper.emitted('remove')).toHaveLength(1)
  })

  it('[LM160] a voice has no picture to hide', () => {
    expect(menu({ medium: 'voice' }).findAll('.guest-menu .app-button').map(button => button.attributes('aria-label'))).toEqual(['静音麦克风', '移出连麦'])
  })

  it('[LM160] says what the guest has switched off', () => {
    expect(menu({ sound: { isOn: false, isMuted: false }, picture: { isOn: false, isMuted: false } }).text()).toContain('视频 · 对方关了麦克风 · 对方关了摄像头')
  })

  it('[LM154] waits for the answer', async () => {
    const wrapper = menu()
    await wrapper.setProps({ isPending: true })
    await named(wrapper, '静音麦克风').trigger('click')
    expect(wrapper.emitted('mute')).toBeUndefined()
  })

  it.each([
    ['[LM162] on the way', 'connecting', '正在上麦，还等 7 秒'],
    ['[LM162] gone', 'dropped', '连接中断，还等 7 秒'],
  ] as const)('%s: how long the seat waits', (_, status, words) => {
    expect(menu({ status, deadline: NOW + 6500 }, 6500).text()).toContain(words)
  })
})
