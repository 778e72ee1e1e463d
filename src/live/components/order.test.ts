import type { AnchorStageStore } from '../stores/linkMicStores'
import type { AudienceState } from '../stores/useAudienceRoom'
import type { ChatRow, Silence } from '../stores/useChat'
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser } from '@/src/testing/fixtures'
import { onH5 } from '@/src/testing/platform'
import { settle } from '@/src/testing/virtualClock'
import { useOrderDesk } from '../composables/useOrderDesk'
import { useDialog } from '../stores/dialog'
import { useOrder } from '../stores/useOrder'
import { useReminder } from '../stores/useReminder'
import AudienceOutcome from './AudienceOutcome.vue'
import ChatInput from './ChatInput.vue'
import ChatList from './ChatList.vue'
import OrderPanel from './OrderPanel.vue'
import PersonSheet from './PersonSheet.vue'
import RoomTalk from './RoomTalk.vue'

const ROOM = 'rroom0000001'
const anna = aUser({ id: 'uanna0000001', nickname: '阿安' })
const ben = aUser({ id: 'uben00000001', nickname: '小北' })
const row = (part: Partial<ChatRow>): ChatRow => ({ key: 'k', name: '小红', tone: 2, text: '你好', mark: 'said', ...part })
const button = (wrapper: ReturnType<typeof mount>, label: string) => wrapper.findAll('.app-tap').find(one => one.text() === label || one.attributes('aria-label') === label)
const commands = () => fakes().roomApi.calls.filter(({ method }) => method === 'moderate').map(({ args }) => args[1])

beforeEach(() => {
  fakes().roomApi.rooms = [aRoom({ id: ROOM })]
  fakes().roomApi.audience = [anna, ben]
})

async function openOrder() {
  const order = useOrder({ room: shallowRef(aRoom({ id: ROOM })) })
  order.start()
  await settle()
  return order
}

/** Nobody on stage, `here` in the audience. */
function deskWith(...here: typeof anna[]) {
  return { audience: ref({ status: 'loaded', people: here, total: here.length }), guests: ref([]), invitations: ref([]), queue: ref([]), isFull: ref(false), invite: vi.fn(), loadAudience: vi.fn() } as unknown as AnchorStageStore
}

describe('the anchor\'s sheet about somebody', () => {
  const sheet = async (user = anna, desk = deskWith(anna)) => {
    const order = await openOrder()
    return { wrapper: mount(PersonSheet, { props: { user, order, desk } }), order, desk }
  }

  it('[MO40] silences and lets speak; what is on its way shows it', async () => {
    const { wrapper } = await sheet()
    const release = fakes().roomApi.hold('moderate')
    await button(wrapper, '禁言')!.trigger('click')
    expect(button(wrapper, '禁言')!.classes()).toContain('loading')
    release()
    await settle()
    expect(wrapper.find('.person-row').text()).toContain('已禁言')
    await button(wrapper, '取消禁言')!.trigger('click')
    await settle()
    expect(wrapper.find('.person-row').text()).not.toContain('已禁言')
    expect(commands()).toEqual([{ type: 'silence', userId: anna.id }, { type: 'unsilence', userId: anna.id }])
  })

  it('[MO40] asks before it sends away, and lets in again', async () => {
    const { wrapper, order } = await sheet()
    await button(wrapper, '请出直播间')!.trigger('click')
    expect(wrapper.emitted('remove')).toHaveLength(1)
    order.remove(anna)
    await settle()
    expect(button(wrapper, '请出直播间')).toBeUndefined()
    await button(wrapper, '允许进入')!.trigger('click')
    await settle()
    expect(commands().at(-1)).toEqual({ type: 'readmit', userId: anna.id })
  })

  it('[MO40] invites only who is here and not on the way', async () => {
    const { wrapper, desk } = await sheet()
    await button(wrapper, '邀请连麦')!.trigger('click')
    expect([vi.mocked(desk.invite).mock.calls, wrapper.emitted('close')?.length]).toEqual([[[anna]], 1])
    expect(button((await sheet(ben)).wrapper, '邀请连麦')).toBeUndefined()
  })
})

describe('the anchor\'s dealings with somebody', () => {
  async function openDesk() {
    const order = await openOrder()
    const stage = deskWith(anna)
    const desk = effectScope().run(() => useOrderDesk(order, stage, { speakerOf: key => key === 'm1' ? anna : undefined }))!
    return { order, stage, desk }
  }

  it('[MO40] a row of the chat leads to who said it', async () => {
    const { desk, stage } = await openDesk()
    desk.chooseSpeaker('gone')
    expect(desk.person.value).toBeUndefined()
    desk.chooseSpeaker('m1')
    expect([desk.person.value, vi.mocked(stage.loadAudience).mock.calls.length]).toEqual([anna, 1])
  })

  it.each([[true, [{ type: 'remove', userId: anna.id }]], [false, []]])('[MO40] sends away only when the question is answered with yes: %s', async (isYes, given) => {
    const { desk } = await openDesk()
    desk.choose(anna)
    const removing = desk.remove()
    await nextTick()
    expect([desk.person.value, useDialog().question?.title]).toEqual([undefined, '把 阿安 请出直播间？'])
    useDialog().answer(isYes)
    await removing
    await settle()
    expect(commands()).toEqual(given)
  })

  it('[MO40] what failed says why', async () => {
    const { order } = await openDesk()
    fakes().roomApi.fail('moderate', 'MODERATED_FULL')
    order.silence(ben)
    await settle()
    expect(useToast().current?.text).toContain('名单已满')
    expect(order.isSilenced(ben)).toBe(false)
  })
})

describe('the lists of the order', () => {
  it('[MO41] a switch for everybody shows at once what was asked for', async () => {
    const wrapper = mount(OrderPanel, { props: { order: await openOrder() } })
    expect(wrapper.text()).toContain('没有被禁言或请出的人')
    const release = fakes().roomApi.hold('moderate')
    await wrapper.find('.switch-row').trigger('click')
    expect(wrapper.find('.switch-row').attributes('aria-checked')).toBe('true')
    release()
    await settle()
    expect(fakes().roomApi.order.isEveryoneSilenced).toBe(true)
  })

  it('[MO41] who is silenced and who was sent away, each with the way back', async () => {
    fakes().roomApi.order = { isEveryoneSilenced: false, silenced: [anna, ben], removed: [ben] }
    const wrapper = mount(OrderPanel, { props: { order: await openOrder() } })
    expect(wrapper.findAll('.head').map(head => head.text())).toEqual(['已禁言 2 人', '已请出 1 人'])
    expect(wrapper.findAll('.person-row .name').map(name => name.text())).toEqual(['小北', '阿安', '小北'])
    await button(wrapper, '取消对 阿安 的禁言')!.trigger('click')
    await button(wrapper, '允许 小北 再次进入')!.trigger('click')
    await settle()
    expect(fakes().roomApi.order).toEqual({ isEveryoneSilenced: false, silenced: [ben], removed: [] })
  })

  it('[MO41] says why there are none, and asks again', async () => {
    fakes().roomApi.fail('getModeration', 'TIMEOUT')
    const wrapper = mount(OrderPanel, { props: { order: await openOrder() } })
    expect(wrapper.text()).toContain('等待太久')
    await wrapper.find('.empty-state .app-button').trigger('click')
    await settle()
    expect(wrapper.text()).toContain('没有被禁言或请出的人')
  })
})

describe('the chat', () => {
  const chat = (rows: ChatRow[]) => ({ pages: shallowRef([{ number: 0, rows }]), unread: ref(0), arrival: shallowRef(null) })

  it('[MO40] the anchor can tap on what others said, and on nothing else; others on nothing', async () => {
    const rows = [row({ key: 'a' }), row({ key: 'b', mark: 'anchor' }), row({ key: 'c', mark: 'pending' }), row({ key: 'safety', name: '', mark: 'safety' })]
    const wrapper = mount(ChatList, { props: { chat: chat(rows), canManage: true } })
    expect(wrapper.findAll('.person').map(one => one.attributes('aria-label'))).toEqual(['管理观众 小红'])
    await wrapper.find('.person').trigger('click')
    expect(wrapper.emitted('manage')).toEqual([['a']])
    expect(mount(ChatList, { props: { chat: chat(rows) } }).find('.person').exists()).toBe(false)
  })

  onH5('[MO40] by keyboard, too', async () => {
    const wrapper = mount(ChatList, { props: { chat: chat([row({ key: 'a' })]), canManage: true } })
    expect(wrapper.find('.person').attributes('tabindex')).toBe('0')
    for (const key of ['Enter', ' '])
      await wrapper.find('.person').trigger('keydown', { key })
    expect(wrapper.emitted('manage')).toEqual([['a'], ['a']])
  })

  it.each<[Silence, string]>([['self', '你已被禁言'], ['everyone', '全员禁言中']])('[MO42] in place of the field it says why: %s', (silence, words) => {
    const wrapper = mount(ChatInput, { props: { draft: '你好', cooldown: 0, silence } })
    expect([wrapper.find('.muted').text(), wrapper.find('.muted').attributes('role')]).toEqual([words, 'status'])
    expect([wrapper.find('input').exists(), wrapper.find('.send').exists()]).toEqual([false, false])
  })

  it('[MO44] a text that comes back stands before what was typed since', async () => {
    const returned = shallowRef<{ text: string } | null>(null)
    const talk = { ...chat([]), cooldown: ref(0), silence: ref('none'), returned, send: vi.fn(() => true), retry: vi.fn(), setReading: vi.fn() }
    const wrapper = mount(RoomTalk, { props: { chat: talk as never, viewers: 1, canSpeak: true, onPhone: 'both', isClear: false } })
    const draft = () => wrapper.findComponent(ChatInput).props('draft')
    returned.value = { text: '坏词' }
    await nextTick()
    expect([draft(), useToast().current?.text, wrapper.emitted('returned')?.length]).toEqual(['坏词', '含有不能发布的内容，请修改后再试。', 1])
    returned.value = { text: '又一个' }
    await nextTick()
    expect(draft()).toBe('又一个 坏词')
  })
})

describe('who was sent away', () => {
  it('[MO43] reads that the anchor did it, and finds the way home, not another try', async () => {
    const state: AudienceState = { status: 'failed', roomId: ROOM, code: 'REMOVED' }
    const wrapper = mount(AudienceOutcome, { props: { state, reminder: useReminder(shallowRef(undefined)) } })
    expect(wrapper.find('.title').text()).toBe('你已被主播请出直播间')
    expect(wrapper.findAll('.app-button').map(one => one.text())).toEqual(['看看别的直播'])
    await wrapper.find('.app-button').trigger('click')
    expect(wrapper.emitted('home')).toHaveLength(1)
  })
})
