import type { Arrival, ChatRow } from '../stores/useChat'
import type { MediaStatistics } from './media'
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { nextTick, ref, shallowRef } from 'vue'
import { TEXT_MAX } from '@/shared/protocol/ws'
import { aRoom, NOW } from '@/src/testing/fixtures'
import { onH5, onMp } from '@/src/testing/platform'
import { useReminder } from '../stores/useReminder'
import ChatInput from './ChatInput.vue'
import ChatList from './ChatList.vue'
import { connectionWord } from './connectionWord'
import EndCard from './EndCard.vue'
import { niceCeiling, statisticsGraph } from './graph'
import InterruptedPoster from './InterruptedPoster.vue'
import PlayerControls from './PlayerControls.vue'
import RoomTopBar from './RoomTopBar.vue'
import StatisticsSheet from './StatisticsSheet.vue'
import WaitingPicture from './WaitingPicture.vue'

const row = (part: Partial<ChatRow>): ChatRow => ({ key: 'k', name: '小红', tone: 2, text: '你好', mark: 'said', ...part })
const sample = (part: Partial<MediaStatistics> = {}): MediaStatistics => ({ at: NOW, transport: 'whip', bitrateKbps: 1480, fps: 25, width: 1280, height: 720, ...part })

describe('the list of what is said', () => {
  const list = (rows: ChatRow[], { unread = 0, arrival = null as Arrival | null } = {}) =>
    mount(ChatList, { props: { chat: { pages: shallowRef([{ number: 0, rows }]), unread: ref(unread), arrival: shallowRef(arrival) } } })

  it('[UI74] shows who said what, the anchor by a badge, and what was not sent with a way to send it', async () => {
    const wrapper = list([row({ key: 'safety', name: '', mark: 'safety' }), row({ key: 'a', mark: 'anchor' }), row({ key: 'b', mark: 'failed' }), row({ key: 'c', mark: 'pending' })])
    expect(wrapper.findAll('.row').map(found => found.text())).toEqual([expect.stringContaining('诈骗'), '主播小红你好', expect.stringContaining('没发出去'), '小红你好 …'])
    expect(wrapper.findAll('.row')[1].classes()).toContain('tone-2')
    await wrapper.find('.again').trigger('click')
    expect(wrapper.emitted('retry')).toEqual([['b']])
  })

  it('[UI70] says how many were skipped', () => {
    expect(list([row({ mark: 'gap', text: '15', name: '' })]).text()).toContain('略过了 15 条')
  })

  it('[UI74] draws words whose speaker has no name yet', () => {
    expect(list([row({ mark: 'pending', text: '还没有名字', name: '' })]).text()).toContain('还没有名字')
  })

  it('[UI72] more than 60 px above the newest line somebody reads; at the end they do not', async () => {
    const wrapper = list([row({})])
    const scroll = (scrollTop: number) => wrapper.find('scroll-view').trigger('scroll', { detail: { scrollTop } })
    await scroll(500)
    await scroll(445)
    expect(wrapper.emitted('reading')).toBeUndefined()
    await scroll(430)
    expect(wrapper.emitted('reading')).toEqual([[true]])
    await wrapper.find('scroll-view').trigger('scrolltolower')
    expect(wrapper.emitted('reading')?.at(-1)).toEqual([false])
  })

  it('[UI72] a list that was cut is not read further up', async () => {
    const pages = shallowRef([{ number: 0, rows: [row({})] }])
    const wrapper = mount(ChatList, { props: { chat: { pages, unread: ref(0), arrival: shallowRef(null) } } })
    await wrapper.find('scroll-view').trigger('scroll', { detail: { scrollTop: 900 } })
    pages.value = [{ number: 1, rows: [row({ key: 'new' })] }]
    await nextTick()
    await wrapper.find('scroll-view').trigger('scroll', { detail: { scrollTop: 600 } })
    expect(wrapper.emitted('reading')).toBeUndefined()
  })

  it('[UI72] a pill counts what came and leads back down', async () => {
    const wrapper = list([row({})], { unread: 7 })
    const before = wrapper.find('scroll-view').attributes('scroll-top')
    expect(wrapper.find('.unread').text()).toBe('7 条新消息')
    await wrapper.find('.unread').trigger('click')
    expect(wrapper.emitted('reading')).toEqual([[false]])
    expect(wrapper.find('scroll-view').attributes('scroll-top')).not.toBe(before)
  })

  onMp('[MP28] follows the newest line by the context of the scroll-view, without data for it', async () => {
    const scrollTo = vi.fn()
    let answer = () => {}
    const node = (found: (result: object) => void) => {
      answer = () => found({ node: { scrollTo } })
      return query
    }
    const query = { in: () => query, select: () => ({ node }), exec: () => answer() }
    vi.mocked(uni.createSelectorQuery).mockReturnValue(query as never)
    const pages = shallowRef([{ number: 0, rows: [row({})] }])
    const wrapper = mount(ChatList, { props: { chat: { pages, unread: ref(0), arrival: shallowRef(null) } } })
    const before = wrapper.find('scroll-view').attributes('scroll-top')
    pages.value = [{ number: 0, rows: [row({}), row({ key: 'new' })] }]
    await nextTick()
    await nextTick()
    expect(scrollTo).toHaveBeenCalledWith({ top: Number(before), animated: false })
    expect(wrapper.find('scroll-view').attributes('scroll-top')).toBe(before)
  })

  it('[UI73] one line for those who came', () => {
    expect(list([], { arrival: { name: '甲', others: 0 } }).find('.arrival').text()).toBe('甲 来了')
    expect(list([], { arrival: { name: '甲', others: 2 } }).find('.arrival').text()).toBe('甲 等 3 人来了')
  })
})

describe('where one speaks', () => {
  const field = (part = {}) => mount(ChatInput, { props: { draft: '你好', cooldown: 0, silence: 'none' as const, ...part } })

  it('[UI76] the button is there once there is something to send', () => {
    expect(field({ draft: '' }).find('.send').exists()).toBe(false)
  })

  it('[UI76] the button sends what may be said', async () => {
    const wrapper = field()
    await wrapper.find('.send').trigger('click')
    expect(wrapper.emitted('send')).toHaveLength(1)
  })

  it.each([
    ['[UI76] blank', { draft: '  ' }],
    ['[UI76] too long', { draft: '字'.repeat(TEXT_MAX + 1) }],
    ['[UI75] too soon', { cooldown: 2 }],
  ])('%s is not sent, by button or key', async (_, part) => {
    const wrapper = field(part)
    await wrapper.find('.send').trigger('click')
    await wrapper.findComponent({ name: 'AppField' }).vm.$emit('enter')
    expect(wrapper.emitted('send')).toBeUndefined()
  })

  it('[UI75] names the seconds to wait', () => {
    expect(field({ cooldown: 3 }).find('.hint').text()).toBe('3 秒后再说')
  })

  it('[UI76] names how much is too much', () => {
    expect(field({ draft: '字'.repeat(TEXT_MAX + 5) }).find('.hint').text()).toBe('超出 5 字')
  })

  onH5('[UI76] Enter that ends a composition does not send', async () => {
    const wrapper = field()
    await wrapper.find('input').trigger('keydown', { key: 'Enter', isComposing: true })
    expect(wrapper.emitted('send')).toBeUndefined()
    await wrapper.find('input').trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('send')).toHaveLength(1)
  })
})

describe('over the picture', () => {
  it('[UI60] nothing, then a word, then another try', async () => {
    const wrapper = mount(WaitingPicture, { props: { patience: 'fresh', trouble: null } })
    expect(wrapper.text()).toBe('')
    await wrapper.setProps({ patience: 'slow' })
    expect(wrapper.text()).toBe('画面马上就来')
    await wrapper.setProps({ patience: 'spent' })
    await wrapper.find('.app-button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })

  it('[RC32] what is the matter takes the word\'s place, with another try as soon as one could help', async () => {
    const wrapper = mount(WaitingPicture, { props: { patience: 'fresh', trouble: { kind: 'offline' } } })
    expect(wrapper.text()).toBe('')
    await wrapper.setProps({ patience: 'slow' })
    expect(wrapper.text()).toContain('网络已断开')
    await wrapper.find('.app-button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
    await wrapper.setProps({ trouble: { kind: 'reconnecting', attempt: 2 } })
    expect(wrapper.text()).toBe('正在重新连接（第 2 次）')
    expect(wrapper.find('.app-button').exists()).toBe(false)
    await wrapper.setProps({ trouble: { kind: 'stuck', attempt: 20, until: NOW } })
    expect(wrapper.text()).toContain('还没能连上')
  })

  it('[UI62] the anchor is away, and for how long the room waits', async () => {
    const wrapper = mount(InterruptedPoster, { props: { status: 'interrupted', graceMs: 57_000, reminder: useReminder(ref(undefined)) } })
    expect(wrapper.text()).toContain('主播暂时离开')
    expect(wrapper.text()).toContain('0:57')
    await wrapper.setProps({ graceMs: 0 })
    expect(wrapper.text()).not.toContain('0:00')
    await wrapper.setProps({ status: 'preparing' })
    expect(wrapper.text()).toContain('主播正在准备')
  })

  it('[UI79] whose room it is, since when, how many watch, and what is wrong', async () => {
    const wrapper = mount(RoomTopBar, { props: { room: aRoom(), viewers: 12_345, liveMs: 3_723_000, grade: 'good', notice: '' } })
    expect(wrapper.text()).toContain('阿青')
    expect(wrapper.find('.viewers').text()).toBe('1.2万')
    expect(wrapper.find('.timer').text()).toBe('1:02:03')
    expect(wrapper.find('.notice').exists()).toBe(false)
    await wrapper.setProps({ room: aRoom({ status: 'interrupted' }), notice: '聊天重连中' })
    expect(wrapper.text()).toContain('暂时离开')
    expect(wrapper.find('.notice').text()).toBe('聊天重连中')
    await wrapper.find('.close').trigger('click')
    expect(wrapper.emitted('close')).toHaveLength(1)
  })

  it('[UI83] the grade says itself to a screen reader and asks for the statistics; an unknown one is not there', async () => {
    const wrapper = mount(RoomTopBar, { props: { room: aRoom(), viewers: 1, liveMs: 0, grade: 'weak', notice: '' } })
    const chip = wrapper.find('.network-chip')
    expect(chip.text()).toBe('网络较弱')
    await chip.trigger('click')
    expect(wrapper.emitted('statistics')).toHaveLength(1)
    await wrapper.setProps({ grade: 'unknown' })
    expect(wrapper.find('.network-chip').exists()).toBe(false)
  })

  it.each([
    [{ status: 'online' }, true, undefined],
    [{ status: 'connecting', attempt: 0 }, true, undefined],
    [{ status: 'connecting', attempt: 2 }, true, 'live.chat.connecting'],
    [{ status: 'refused', code: 'PROTOCOL_VERSION' }, true, 'live.chat.refused'],
    [{ status: 'online' }, false, 'live.chat.offline'],
  ] as const)('[UI77] a connection that is %o, with a network: %s', (connection, hasNetwork, word) => {
    expect(connectionWord(connection, hasNetwork)).toBe(word)
  })

  it('[UI55] the end and its figures', () => {
    const wrapper = mount(EndCard, { props: { room: aRoom({ status: 'ended', startedAt: NOW, endedAt: NOW + 754_000, endReason: 'interrupted', peakViewers: 20, visitors: 34, messages: 56 }) } })
    expect(wrapper.findAll('.value').map(value => value.text())).toEqual(['12:34', '20', '34', '56'])
    expect(wrapper.find('.reason').text()).toContain('自动结束')
  })

  it('[UI55] a broadcast that never began lasted no time', () => {
    const wrapper = mount(EndCard, { props: { room: aRoom({ status: 'ended', startedAt: null, endedAt: NOW, endReason: 'expired' }) } })
    expect(wrapper.find('.value').text()).toBe('0:00')
  })
})

describe('what the audience can do', () => {
  it('every tool has a name and does what it says', async () => {
    const wrapper = mount(PlayerControls, { props: { isMuted: true, volume: 0.5, canPictureInPicture: true, isLandscape: true } })
    const tools = wrapper.findAll('.tool-button')
    expect(tools.map(tool => tool.attributes('aria-label'))).toEqual(['打开声音', '线路数据', '画中画', '全屏', '分享'])
    for (const tool of tools)
      await tool.trigger('click')
    expect(Object.keys(wrapper.emitted()).filter(name => name !== 'click')).toEqual(['mute', 'statistics', 'pictureInPicture', 'fullscreen', 'share'])
  })

  it('no picture in picture where there is none', () => {
    expect(mount(PlayerControls, { props: { isMuted: false, volume: 1, canPictureInPicture: false, isLandscape: true } }).text()).not.toContain('画中画')
  })

  onH5('the volume is a slider', async () => {
    const wrapper = mount(PlayerControls, { props: { isMuted: false, volume: 0.5, canPictureInPicture: false, isLandscape: true } })
    const slider = wrapper.find<HTMLInputElement>('input[type=range]')
    slider.element.value = '0.25'
    await slider.trigger('input')
    expect(wrapper.emitted('update:volume')).toEqual([[0.25]])
  })
})

describe('statistics', () => {
  it('shows what the platform says and leaves out the rest', () => {
    const wrapper = mount(StatisticsSheet, { props: { isOpen: true, samples: [sample({ rttMs: 20, lossPercent: 0.5 })] } })
    expect(wrapper.text()).toContain('1480 kbps')
    expect(wrapper.text()).toContain('1280 × 720')
    expect(wrapper.text()).toContain('0.5 %')
    expect(wrapper.text()).not.toContain('缓冲')
  })

  it('says so while there are none', () => {
    expect(mount(StatisticsSheet, { props: { isOpen: true, samples: [] } }).text()).toContain('还没有数据')
  })

  it('draws the last minute, the newest at the right edge', () => {
    const drawn = decodeURIComponent(statisticsGraph([sample(), sample({ bitrateKbps: 0 })]))
    expect(drawn).toContain('2000 kbps')
    expect(drawn).toContain(`d='M314.6 37L320 114' fill='none'`)
  })

  it.each([[1, 1], [90, 100], [101, 200], [480, 500], [1480, 2000], [5001, 10_000]])('the scale for %i is %i', (value, ceiling) => {
    expect(niceCeiling(value)).toBe(ceiling)
  })
})
