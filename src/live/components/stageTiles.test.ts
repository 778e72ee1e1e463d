import type { StageTile } from '../stores/linkMicStores'
import type { MediaStatistics } from './media'
import type { Size } from './stageBox'
import type { SeatNumber } from '@/shared/domain/layout'
import type { StageGuest } from '@/shared/protocol/linkMic'
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { aUser, NOW, playUrls } from '@/src/testing/fixtures'
import { onH5 } from '@/src/testing/platform'
import { canvasIn } from './stageBox'
import StageTiles from './StageTiles.vue'

const player = { start: vi.fn(), stop: vi.fn(), unmuteByGesture: vi.fn() }
const MediaPlayer = defineComponent({
  name: 'MediaPlayer',
  inheritAttrs: false,
  props: ['urls', 'mode', 'isMuted', 'volume', 'objectFit'],
  emits: ['status', 'statistics', 'autoplayMuted'],
  setup(_, { expose }) {
    expose(player)
    return () => h('i', { class: 'player' })
  },
})

const track = (isOn = true, isMuted = false) => ({ isOn, isMuted })

function tile(seat: SeatNumber, part: Partial<StageGuest> = {}, { isMe = false, hasPlay = true } = {}): StageTile {
  const user = aUser({ id: `uguest00000${seat}`, nickname: `嘉宾${seat}` })
  return { seat, isMe, play: hasPlay && !isMe ? playUrls(`rroom0000001-${user.id}`) : undefined, guest: { user, seat, requestId: `q${seat}`, status: 'linked', deadline: null, medium: 'video', streamId: `rroom0000001-${user.id}`, sound: track(), picture: track(), ...part } }
}

function stage(tiles: StageTile[], part: { picture?: Size, fit?: 'cover' | 'contain', isMixed?: boolean, canManage?: boolean, ownGrade?: 'bad', isOwnHere?: boolean, isOwnBroken?: boolean } = {}) {
  return mount(StageTiles, {
    props: { tiles, picture: { width: 720, height: 1280 }, fit: 'cover' as const, mode: 'live' as const, isMuted: false, volume: 1, ...part },
    slots: { default: '<b class="own" />' },
    global: { stubs: { MediaPlayer } },
  })
}
type Stage = ReturnType<typeof stage>

const players = (wrapper: Stage) => wrapper.findAllComponents({ name: 'MediaPlayer' })
const sample = (part: Partial<MediaStatistics> = {}): MediaStatistics => ({ at: NOW, transport: 'wsFlv', bitrateKbps: 250, fps: 15, width: 180, height: 320, ...part })

/** A phone's window; happy-dom has no layout and a wide window. */
function onPhone() {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(375)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(812)
}

beforeEach(() => {
  vi.restoreAllMocks()
  vi.clearAllMocks()
  onPhone()
})

describe('places', () => {
  it.each<[string, Size, Size | undefined, boolean, Size]>([
    ['an upright picture on a wide window', { width: 1000, height: 800 }, { width: 720, height: 1280 }, false, { width: 450, height: 800 }],
    ['a lying picture on a wide window', { width: 1000, height: 800 }, { width: 1280, height: 720 }, false, { width: 1000, height: 563 }],
    ['a picture with a shape of its own', { width: 1000, height: 800 }, { width: 640, height: 480 }, false, { width: 1000, height: 750 }],
    ['a lying picture on a phone', { width: 375, height: 520 }, { width: 1280, height: 720 }, false, { width: 375, height: 211 }],
    ['a picture cropped by a tall phone', { width: 375, height: 812 }, { width: 720, height: 1280 }, true, { width: 375, height: 667 }],
    ['a picture cropped by a short phone', { width: 375, height: 560 }, { width: 720, height: 1280 }, true, { width: 315, height: 560 }],
    ['a picture that is not there yet', { width: 375, height: 812 }, undefined, true, { width: 375, height: 667 }],
  ])('[LM130] the canvas in %s', (_, frame, picture, isCropped, canvas) => {
    expect(canvasIn(frame, picture, isCropped, picture && picture.width > picture.height ? 'landscape' : 'portrait')).toEqual(canvas)
  })

  it('[LM130] each tile is at its seat; the own pusher below the own tile', async () => {
    const wrapper = stage([tile(1), tile(3, {}, { isMe: true })])
    await nextTick()
    expect(wrapper.find('.canvas').attributes('style')).toContain('height: 667px')
    const [own, first, third] = wrapper.findAll('.place').map(place => place.attributes('style')!.replace(/\s/g, ''))
    expect(first).toMatch(/left:66\.66\d*%;top:62\.5%;width:33\.33\d*%;height:28\.125%/)
    expect(third).toContain('top:6.25%')
    expect(own).toBe(third)
  })

  it('[LM130] in a lying picture the tiles are smaller, in its own edges', async () => {
    const wrapper = stage([tile(1)], { picture: { width: 1280, height: 720 }, fit: 'contain' })
    await nextTick()
    expect(wrapper.find('.canvas').classes()).toContain('whole')
    expect(wrapper.find('.canvas').attributes('style')).toContain('height: 211px')
    expect(wrapper.findAll('.place')[1].attributes('style')).toContain('width: 20%')
    expect(wrapper.find('.guest-tile').classes()).toContain('small')
  })

  onH5('[LM130] a wide window shows the picture whole, whatever a phone would do', () => {
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }))
    expect(stage([tile(1)]).find('.canvas').classes()).toContain('whole')
  })

  it('[LM131] coming, going, dropping and switching leaves every other node where it is', async () => {
    const wrapper = stage([tile(2)])
    const node = players(wrapper)[0].element
    const own = wrapper.find('.own').element
    const place = wrapper.findAll('.place')[1].attributes('style')
    for (const tiles of [[tile(1), tile(2)], [tile(1), tile(2), tile(3)], [tile(1, { status: 'dropped' }), tile(2, { sound: track(false) }), tile(3)], [tile(2), tile(3)], [tile(2)]]) {
      await wrapper.setProps({ tiles })
      const at = tiles.findIndex(({ seat }) => seat === 2)
      expect(players(wrapper)[at].element).toBe(node)
      expect(wrapper.findAll('.place')[at + 1].attributes('style')).toBe(place)
      expect(wrapper.find('.own').element).toBe(own)
    }
    expect(player.stop).not.toHaveBeenCalled()
    expect(player.start).toHaveBeenCalledTimes(3)
  })

  it('[LM131] the own pusher stays when one\'s tile comes and goes', async () => {
    const wrapper = stage([])
    const own = wrapper.find('.own').element
    await wrapper.setProps({ tiles: [tile(1, {}, { isMe: true })] })
    await wrapper.setProps({ tiles: [] })
    expect(wrapper.find('.own').element).toBe(own)
  })
})

describe('players', () => {
  it('[LM132] starts with the stream, not before it', async () => {
    const wrapper = stage([tile(1, { status: 'connecting' })])
    await nextTick()
    expect(player.start).not.toHaveBeenCalled()
    await wrapper.setProps({ tiles: [tile(1)] })
    expect(player.start).toHaveBeenCalledTimes(1)
  })

  it('[LM132] waits for addresses', async () => {
    const wrapper = stage([tile(1, {}, { hasPlay: false })])
    await nextTick()
    expect(player.start).not.toHaveBeenCalled()
    await wrapper.setProps({ tiles: [tile(1)] })
    expect(player.start).toHaveBeenCalledTimes(1)
  })

  it('[LM132] a drop leaves the player, its end starts it at once', async () => {
    const wrapper = stage([tile(1)])
    await nextTick()
    await wrapper.setProps({ tiles: [tile(1, { status: 'dropped' })] })
    expect(player.stop).not.toHaveBeenCalled()
    await wrapper.setProps({ tiles: [tile(1)] })
    expect(player.start).toHaveBeenCalledTimes(2)
  })

  it('[LM132] another guest on the seat is another stream', async () => {
    const wrapper = stage([tile(1)])
    await nextTick()
    await wrapper.setProps({ tiles: [tile(1, { requestId: 'other' })] })
    expect(player.stop).toHaveBeenCalledTimes(1)
    expect(player.start).toHaveBeenCalledTimes(2)
    expect(player.stop.mock.invocationCallOrder[0]).toBeLessThan(player.start.mock.invocationCallOrder[1])
  })

  it('[LM132] one that gave up asks for fresh addresses once, then at a tap, and starts with them', async () => {
    const [fresh, forgotten] = [tile(1), tile(1, {}, { hasPlay: false })]
    const wrapper = stage([fresh])
    const report = async (status: string) => {
      players(wrapper)[0].vm.$emit('status', status)
      await nextTick()
    }
    const isTapWanted = () => wrapper.find('.again').exists()
    await report('failed')
    expect(wrapper.emitted('renew')).toEqual([[fresh]])
    await wrapper.setProps({ tiles: [forgotten] })
    expect(isTapWanted()).toBe(false)
    await wrapper.setProps({ tiles: [fresh] })
    expect(player.start).toHaveBeenCalledTimes(2)
    await report('failed')
    expect([isTapWanted(), wrapper.emitted('renew')]).toEqual([true, [[fresh]]])
    await wrapper.find('.again').trigger('click')
    expect(wrapper.emitted('renew')).toHaveLength(2)
    await report('live')
    expect(isTapWanted()).toBe(false)
    await report('failed')
    expect(wrapper.emitted('renew')).toHaveLength(3)
  })

  it('[LM135] sound that the browser took is asked for once, and given back to all', async () => {
    const wrapper = stage([tile(1), tile(2)])
    await players(wrapper)[1].vm.$emit('autoplayMuted')
    expect(wrapper.emitted('autoplayMuted')).toHaveLength(1)
    wrapper.vm.unmuteByGesture()
    expect(player.unmuteByGesture).toHaveBeenCalledTimes(2)
  })

  it('[LM135] guests are as loud as the page', () => {
    const wrapper = mount(StageTiles, { props: { tiles: [tile(1)], picture: undefined, fit: 'cover', mode: 'lowLatency', isMuted: true, volume: 0.4 }, global: { stubs: { MediaPlayer } } })
    expect(players(wrapper)[0].props()).toMatchObject({ isMuted: true, volume: 0.4, mode: 'lowLatency' })
  })

  it('[LM134] in a composed picture tiles are names without players, with the face of who has no picture', async () => {
    const wrapper = stage([tile(1), tile(2, { medium: 'voice' })], { isMixed: true })
    expect(players(wrapper)).toHaveLength(0)
    expect(wrapper.findAll('.guest-tile').map(guest => guest.find('.card').exists())).toEqual([false, true])
    expect(wrapper.find('.veil').exists()).toBe(false)
    expect(wrapper.findAll('.name').map(name => name.text())).toEqual(['嘉宾1', '嘉宾2'])
    await wrapper.setProps({ isMixed: false })
    expect(player.start).toHaveBeenCalledTimes(2)
  })
})

describe('what a tile says', () => {
  const label = async (part: Partial<StageGuest>, status: string | undefined = 'live') => {
    const wrapper = stage([tile(1, part)])
    if (status)
      await players(wrapper)[0].vm.$emit('status', status)
    await nextTick()
    return { label: wrapper.find('.guest-tile').attributes('aria-label'), hasFace: wrapper.find('.card').exists(), text: wrapper.find('.guest-tile').text() }
  }

  it.each<[string, Partial<StageGuest>, string, boolean]>([
    ['all is well', {}, '嘉宾1', false],
    ['the guest has switched the microphone off', { sound: track(false) }, '嘉宾1 · 麦克风已关闭', false],
    ['the anchor has', { sound: track(true, true) }, '嘉宾1 · 麦克风已被主播关闭', false],
    ['the camera is off', { picture: track(false) }, '嘉宾1 · 摄像头已关闭', true],
    ['the anchor has switched the picture off', { picture: track(true, true) }, '嘉宾1 · 画面已被主播关闭', true],
    ['voice has no camera to speak of', { medium: 'voice', picture: track(false) }, '嘉宾1', true],
    ['on the way', { status: 'connecting' }, '嘉宾1 · 连接中', true],
    ['dropped', { status: 'dropped' }, '嘉宾1 · 连接中断，正在恢复', false],
  ])('[LM133] %s', async (_, part, words, hasFace) => {
    expect(await label(part)).toMatchObject({ label: words, hasFace })
  })

  it('[LM133] this screen alone has lost the guest\'s picture', async () => {
    expect((await label({}, 'interrupted')).label).toBe('嘉宾1 · 连接中断，正在恢复')
  })

  it('[LM133] a weak connection is told, from what the player measures', async () => {
    const wrapper = stage([tile(1)])
    for (let second = 0; second < 6; second++)
      players(wrapper)[0].vm.$emit('statistics', sample({ at: NOW + second * 1000, lossPercent: 20 }))
    await nextTick()
    expect(wrapper.find('.guest-tile').attributes('aria-label')).toBe('嘉宾1 · 网络很差')
    expect(wrapper.find('.network-bars').classes()).toContain('bad')
  })

  it('[LM133] one\'s own tile says so, has no player, and the grade of one\'s own stream', () => {
    const wrapper = stage([tile(1, {}, { isMe: true })], { ownGrade: 'bad' })
    expect(players(wrapper)).toHaveLength(0)
    expect(wrapper.find('.guest-tile').attributes('aria-label')).toBe('嘉宾1 · 我 · 网络很差')
  })

  it('[RC31] one\'s own tile says that the stream does not arrive', () => {
    const mine = tile(1, {}, { isMe: true })
    expect(stage([mine], { isOwnHere: true }).find('.veil').exists()).toBe(false)
    expect(stage([mine], { isOwnHere: true, isOwnBroken: true }).find('.veil').text()).toBe('连接中断，正在恢复')
    expect(stage([tile(1)], { isOwnBroken: true }).find('.veil').text()).not.toContain('正在恢复')
  })

  it.each([[true, false], [false, true]])('[LM144] one\'s own picture is sent from this window: %s; its face is shown: %s', (isOwnHere, hasFace) => {
    expect(stage([tile(1, {}, { isMe: true })], { isOwnHere }).find('.card').exists()).toBe(hasFace)
  })

  it('a tile asks for what can be done with its guest, where somebody can do it', async () => {
    const tiles = [tile(1), tile(2)]
    const wrapper = stage(tiles, { canManage: true })
    await wrapper.find('[aria-label="管理 嘉宾2"]').trigger('click')
    expect(wrapper.emitted('manage')).toEqual([[tiles[1]]])
    expect(stage(tiles).find('.tap').exists()).toBe(false)
  })
})
