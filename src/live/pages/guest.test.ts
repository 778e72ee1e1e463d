/** A viewer of a room, on the way to its stage and on it. */
import type { VueWrapper } from '@vue/test-utils'
import type { Medium } from '@/shared/domain/linkMic'
import type { StageEvent } from '@/shared/domain/stage'
import type { User } from '@/shared/protocol/rest'
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { streamIdOf } from '@/shared/domain/ids'
import { useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser } from '@/src/testing/fixtures'
import { onH5 } from '@/src/testing/platform'
import { callHook } from '@/src/testing/uniAppStub'
import { settle } from '@/src/testing/virtualClock'
import { useDialog } from '../stores/dialog'
import Room from './room/index.vue'

const roomId = 'rroom0000001'
const main = { start: vi.fn(), stop: vi.fn(), unmuteByGesture: vi.fn(), canPictureInPicture: vi.fn(() => false) }
const pusher = { start: vi.fn(), stop: vi.fn(), switchCamera: vi.fn() }
enableAutoUnmount(afterEach)

/** Stands where the media would be; events come from the test. */
function standIn(name: string, handle: object, props: string[]) {
  return defineComponent({
    name,
    inheritAttrs: false,
    props,
    emits: ['status', 'problem', 'statistics', 'size', 'autoplayMuted'],
    setup(_, { expose }) {
      expose(handle)
      return () => h('div')
    },
  })
}
const stubs = {
  MediaPlayer: standIn('MediaPlayer', main, ['urls', 'mode', 'isMuted', 'volume', 'objectFit']),
  MediaPusher: standIn('MediaPusher', pusher, ['rtmp', 'whip', 'source', 'quality', 'isMuted', 'isMirrored']),
}

const stage = () => fakes().roomApi.stageOf(roomId)
const me = () => fakes().roomApi.session.user
const at = () => fakes().clock.now()
const requestOf = (userId: string) => stage().stage.guests.find(({ user }) => user.id === userId)!.link.requestId
const players = (page: VueWrapper<any>) => page.findAllComponents({ name: 'MediaPlayer' })
const button = (page: VueWrapper<any>, label: string) => page.find(`[aria-label="${label}"]`)
const uidOf = (wrapper: VueWrapper<any>) => wrapper.vm.$.uid
let seq = 0

/** Something happens on the server's stage; it tells everybody, and us. */
async function happen(event: StageEvent<User>) {
  expect(stage().take(event).refusal).toBeUndefined()
  fakes().imClient.receive({ type: 'roomChanged', seq: ++seq, at: at(), room: { ...fakes().roomApi.rooms[0], stage: stage().public } })
  fakes().imClient.tellLinkMic(stage().viewFor(me().id))
  await settle()
}

async function seat(user: User, medium: Medium = 'video') {
  await happen({ type: 'apply', user, requestId: `of-${user.id}`, medium, isHere: true, at: at() })
  await happen({ type: 'accept', userId: user.id, requestId: `of-${user.id}`, at: at() })
  await happen({ type: 'published', userId: user.id, sessionId: 's', at: at() })
}

async function open() {
  const page = mount(Room, { global: { stubs } }) as VueWrapper<any>
  callHook(page, 'onLoad', { id: roomId })
  callHook(page, 'onShow')
  await settle()
  players(page)[0].vm.$emit('status', 'live')
  players(page)[0].vm.$emit('size', { width: 720, height: 1280 })
  await nextTick()
  return page
}

/** The room as the server has it when the page is opened. */
function given(part: Partial<ReturnType<typeof aRoom>> = {}) {
  const room = aRoom(part)
  fakes().roomApi.rooms = [room]
  fakes().imClient.joined = { ...fakes().imClient.joined, room }
}

/** By a tap on the button, taken by the anchor, and with the stream there. */
async function getOnMic(page: VueWrapper<any>, medium: 0 | 1 = 0) {
  await button(page, '连麦').trigger('click')
  await page.findAll('.choice')[medium].trigger('click')
  await settle()
  await happen({ type: 'accept', userId: me().id, requestId: requestOf(me().id), at: at() })
  await happen({ type: 'published', userId: me().id, sessionId: 'mine', at: at() })
}

const anna = aUser({ id: 'uanna0000001', nickname: '安娜' })
const bert = aUser({ id: 'ubert0000001', nickname: '伯特' })

beforeEach(() => {
  vi.clearAllMocks()
  seq = 0
  given()
  fakes().sessionKeeper.keep(fakes().roomApi.session)
})

describe('watching a stage', () => {
  it('[LM145] names who is on the mic, and the chat keeps clear of them', async () => {
    const page = await open()
    expect(page.find('.talk').classes()).not.toContain('narrow')
    await seat(anna)
    await seat(bert, 'voice')
    expect(page.find('.talk').classes()).toContain('narrow')
    expect(page.find('.on-mic').text()).toBe('连麦中：安娜、伯特')
    players(page)[0].vm.$emit('size', { width: 1280, height: 720 })
    await nextTick()
    expect(page.find('.talk').classes()).not.toContain('narrow')
  })

  it('[LM131] the main player and who is there already stay when others come and go', async () => {
    const page = await open()
    const mainUid = uidOf(players(page)[0])
    await seat(anna)
    const annaUid = uidOf(players(page)[1])
    await seat(bert)
    await happen({ type: 'unpublished', userId: anna.id, sessionId: 's', at: at() })
    await happen({ type: 'leave', userId: bert.id, requestId: requestOf(bert.id), at: at() })
    expect(players(page).map(uidOf)).toEqual([mainUid, annaUid])
    expect(main.stop).not.toHaveBeenCalled()
  })

  it('[LM134] a composed picture is shown whole, with names upon it', async () => {
    const page = await open()
    expect(players(page)[0].props('objectFit')).toBe('cover')
    stage().isMixed = true
    await seat(anna)
    await fakes().clock.advance(1000)
    expect(players(page)).toHaveLength(1)
    expect(players(page)[0].props('objectFit')).toBe('contain')
    expect(players(page)[0].props('urls').flv).toContain('umix')
    expect(page.find('.guest-tile .name').text()).toBe('安娜')
  })

  it('[LM132] a guest\'s player that gave up starts with fresh addresses', async () => {
    const page = await open()
    await seat(anna)
    await fakes().clock.advance(1000)
    const asked = fakes().roomApi.countOf('getRoom')
    main.start.mockClear()
    players(page)[1].vm.$emit('status', 'failed')
    await fakes().clock.advance(1000)
    expect([fakes().roomApi.countOf('getRoom') - asked, main.start.mock.calls.length]).toEqual([1, 1])
  })

  it('[LM135] a guest without sound is given it by the same tap as the main picture', async () => {
    const page = await open()
    await seat(anna)
    players(page)[1].vm.$emit('autoplayMuted')
    await nextTick()
    await page.find('.sound-pill .app-button').trigger('click')
    expect(main.unmuteByGesture).toHaveBeenCalledTimes(2)
    expect(page.find('.sound-pill').exists()).toBe(false)
  })

  it.each([
    ['the demo\'s', { isDemo: true }],
    ['one\'s own', { anchor: aUser({ id: 'ume000000001' }) }],
  ])('[LM136] no way onto the stage of %s room', async (_, part) => {
    given(part)
    expect((await open()).find('.link-mic-button').exists()).toBe(false)
  })
})

describe('onto the stage', () => {
  it('[LM136] the choice, the wait, and the sheet goes when the seat is there', async () => {
    const page = await open()
    await button(page, '连麦').trigger('click')
    await page.findAll('.choice')[0].trigger('click')
    await settle()
    expect(page.find('#link-mic-sheet').text()).toContain('排在第 1 位')
    expect(page.find('.link-mic-button .count').text()).toBe('1')
    await happen({ type: 'accept', userId: me().id, requestId: requestOf(me().id), at: at() })
    expect(page.find('#link-mic-sheet').exists()).toBe(false)
    expect(page.find('.link-mic-button').exists()).toBe(false)
    expect(page.find('.guest-tile').attributes('aria-label')).toContain('连接中')
  })

  onH5('[UI5] the keyboard stays in the sheet when the choice gives way to the wait', async () => {
    const page = mount(Room, { global: { stubs }, attachTo: document.body }) as VueWrapper<any>
    callHook(page, 'onLoad', { id: roomId })
    await settle()
    await button(page, '连麦').trigger('click')
    page.find<HTMLElement>('.choice').element.focus()
    await page.find('.choice').trigger('click')
    await settle()
    expect(page.find('#link-mic-sheet .waiting-turn').exists()).toBe(true)
    expect(page.find('#link-mic-sheet').element.contains(document.activeElement)).toBe(true)
  })

  it('[LM138] while nobody can answer the sheet says so', async () => {
    given({ status: 'interrupted', interruptedAt: at(), graceEndsAt: at() + 60_000 })
    const page = await open()
    await button(page, '连麦').trigger('click')
    expect(page.find('#link-mic-sheet').text()).toContain('主播现在不在')
  })

  it('[LM139] an invitation takes the place of an open sheet', async () => {
    const page = await open()
    await button(page, '连麦').trigger('click')
    await happen({ type: 'invite', user: me(), requestId: 'i1', at: at() })
    expect(page.find('#link-mic-sheet').exists()).toBe(false)
    expect(page.find('.link-mic-button').exists()).toBe(false)
    await page.find('.invitation-card .choice').trigger('click')
    await settle()
    expect(fakes().roomApi.calls.at(-1)!.args[1]).toMatchObject({ type: 'acceptInvitation', requestId: 'i1', medium: 'video' })
  })

  onH5('[LM139] who is writing goes on writing; Tab leads into the invitation', async () => {
    const page = mount(Room, { global: { stubs }, attachTo: document.body }) as VueWrapper<any>
    callHook(page, 'onLoad', { id: roomId })
    await settle()
    const field = page.find<HTMLInputElement>('input').element
    const press = (key: string) => document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    field.focus()
    await happen({ type: 'invite', user: me(), requestId: 'i2', at: at() })
    expect(document.activeElement).toBe(field)
    press('Escape')
    await settle()
    expect(page.find('.invitation-card').exists()).toBe(true)
    press('Tab')
    expect(page.find('.invitation-card').element.contains(document.activeElement)).toBe(true)
    press('Escape')
    await settle()
    expect(page.find('.invitation-card').exists()).toBe(false)
    expect(document.activeElement).toBe(field)
  })

  it('[LM141] the own pusher comes with the addresses and stays, whatever others do', async () => {
    const page = await open()
    await seat(anna)
    await getOnMic(page)
    const own = page.findComponent({ name: 'MediaPusher' })
    expect(own.props('rtmp')).toContain(streamIdOf(roomId, me().id))
    expect(pusher.start).toHaveBeenCalled()
    const uid = uidOf(own)
    const others = players(page).map(uidOf)
    await seat(bert)
    await happen({ type: 'leave', userId: anna.id, requestId: requestOf(anna.id), at: at() })
    await happen({ type: 'unpublished', userId: me().id, sessionId: 'mine', at: at() })
    await happen({ type: 'published', userId: me().id, sessionId: 'again', at: at() })
    expect(uidOf(page.findComponent({ name: 'MediaPusher' }))).toBe(uid)
    expect(uidOf(players(page)[0])).toBe(others[0])
    await happen({ type: 'kick', userId: me().id, requestId: requestOf(me().id), at: at() })
    expect(page.findComponent({ name: 'MediaPusher' }).exists()).toBe(false)
    expect(page.find('.link-mic-button .count').text()).toBe('60')
  })

  it('[LM141] what is switched off is not sent', async () => {
    const page = await open()
    await getOnMic(page)
    const own = page.findComponent({ name: 'MediaPusher' })
    expect(own.props()).toMatchObject({ source: 'camera', isMuted: false })
    await button(page, '关闭麦克风').trigger('click')
    await button(page, '关闭摄像头').trigger('click')
    await settle()
    expect(own.props()).toMatchObject({ source: 'none', isMuted: true })
    expect(page.find('.room-top-bar .notice').text()).toBe('麦克风已关闭')
  })

  it('[LM143] says that one is on the mic, and what the anchor switches', async () => {
    const page = await open()
    await getOnMic(page)
    expect(useToast().current?.text).toBe('你已上麦')
    expect(page.find('.room-top-bar .notice').text()).toBe('连麦中')
    await happen({ type: 'mute', userId: me().id, requestId: requestOf(me().id), isMicMuted: true, isCameraMuted: false })
    expect(useToast().current?.text).toBe('主播关闭了你的麦克风')
    expect(page.find('.room-top-bar .notice').text()).toBe('已被主播静音')
    expect(page.find('.guest-tile').attributes('aria-label')).toContain('麦克风已被主播关闭')
  })

  it('[LM142] leaving the mic asks first', async () => {
    const page = await open()
    await getOnMic(page)
    await button(page, '下麦').trigger('click')
    useDialog().answer(false)
    await settle()
    expect(page.find('.guest-controls').exists()).toBe(true)
    await button(page, '下麦').trigger('click')
    useDialog().answer(true)
    await settle()
    expect(page.find('.guest-controls').exists()).toBe(false)
    expect(stage().public.guests).toEqual([])
  })

  it('[LM142] leaving the room asks on the mic, and only there', async () => {
    vi.stubGlobal('getCurrentPages', () => [1, 2])
    const page = await open()
    await button(page, '离开直播间').trigger('click')
    await settle()
    expect(uni.navigateBack).toHaveBeenCalledTimes(1)
    await getOnMic(page)
    await button(page, '离开直播间').trigger('click')
    useDialog().answer(false)
    await settle()
    expect(uni.navigateBack).toHaveBeenCalledTimes(1)
    await button(page, '离开直播间').trigger('click')
    useDialog().answer(true)
    await settle()
    expect(uni.navigateBack).toHaveBeenCalledTimes(2)
  })

  onH5('[LM142] closing the tab asks on the mic, and only there', async () => {
    const closes = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
    const page = await open()
    expect(closes()).toBe(true)
    await getOnMic(page)
    expect(closes()).toBe(false)
    await happen({ type: 'kick', userId: me().id, requestId: requestOf(me().id), at: at() })
    expect(closes()).toBe(true)
  })

  it('[UI59] leaving the page stops everything', async () => {
    const page = await open()
    await seat(anna)
    await getOnMic(page)
    useToast().hide()
    callHook(page, 'onUnload')
    await settle()
    expect(pusher.stop).toHaveBeenCalled()
    expect(fakes().clock.pending).toBe(0)
    expect(fakes().imClient.listenerCount).toBe(0)
  })
})
