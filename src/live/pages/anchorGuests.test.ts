import type { VueWrapper } from '@vue/test-utils'
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { useToast } from '@/src/stores/toast'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser } from '@/src/testing/fixtures'
import { callHook } from '@/src/testing/uniAppStub'
import { settle } from '@/src/testing/virtualClock'
import { useDialog } from '../stores/dialog'
import Anchor from './anchor/index.vue'

const player = { start: vi.fn(), stop: vi.fn(), unmuteByGesture: vi.fn() }
const pusher = { startPreview: vi.fn(async () => {}), start: vi.fn(), stop: vi.fn(), switchCamera: vi.fn(), snapshot: vi.fn(async () => undefined), listDevices: vi.fn(async () => ({ cameras: [], microphones: [], canShareScreen: false })) }

/** Stands where the media would be, with its props in sight. */
function standIn(name: string, handle: object) {
  return defineComponent({
    name,
    inheritAttrs: false,
    emits: ['status', 'problem', 'statistics', 'size', 'autoplayMuted', 'preview', 'sourceEnded', 'devices'],
    setup(_, { attrs, expose }) {
      expose(handle)
      return () => h('div', { 'data-props': JSON.stringify(attrs) })
    },
  })
}
const stubs = { MediaPusher: standIn('MediaPusher', pusher), MediaPlayer: standIn('MediaPlayer', player) }
enableAutoUnmount(afterEach)

const ROOM = 'rmine0000001'
const anna = aUser({ id: 'uanna0000001', nickname: '阿安' })
const ben = aUser({ id: 'uben00000001', nickname: '小北' })

let page: VueWrapper<any>
let seq = 0

const stage = () => fakes().roomApi.stageOf(ROOM)
const now = () => fakes().clock.now()
const button = (label: string) => page.find(`[aria-label="${label}"]`)
const mediaOf = (name: string) => page.findAllComponents({ name })
const propsOf = (name: string) => mediaOf(name).map(({ element }) => JSON.parse(element.getAttribute('data-props')!))
const commands = () => fakes().roomApi.calls.filter(({ method }) => method === 'linkMic').map(({ args }) => args[1])

/** The server tells what has become of the stage. */
async function tell() {
  const { imClient, roomApi } = fakes()
  imClient.tellLinkMic(stage().viewFor(roomApi.session.user.id, true))
  imClient.receive({ type: 'roomChanged', seq: ++seq, at: now(), room: { ...roomApi.rooms[0], stage: stage().public } })
  await settle()
}
async function applies(user: typeof anna, requestId = `q-${user.nickname}`) {
  stage().take({ type: 'apply', user, requestId, medium: 'video', isHere: true, at: now() })
  await tell()
}
async function joins(user: typeof anna) {
  await applies(user)
  stage().take({ type: 'accept', userId: user.id, requestId: `q-${user.nickname}`, at: now() })
  stage().take({ type: 'published', userId: user.id, sessionId: `s-${user.nickname}`, at: now() })
  await tell()
}
async function leaves(user: typeof anna) {
  stage().take({ type: 'leave', userId: user.id, requestId: `q-${user.nickname}`, at: now() })
  await tell()
}

async function open(by: 'device' | 'encoder' = 'device') {
  const { roomApi } = fakes()
  roomApi.rooms = [aRoom({ id: ROOM, anchor: roomApi.session.user, viewers: 4 })]
  fakes().imClient.joined = { room: roomApi.rooms[0], online: 4, messages: [] }
  page = mount(Anchor, { global: { stubs } })
  callHook(page, 'onLoad', { id: ROOM, by })
  await settle()
}

beforeEach(() => {
  vi.clearAllMocks()
})

describe('guests on the anchor\'s page', () => {
  it('[LM150] [LM151] who applies is counted and announced, and let in with one tap', async () => {
    await open()
    await applies(anna)
    expect(button('连麦，1 人在等').exists()).toBe(true)
    expect(page.find('.application-notice').text()).toContain('阿安')
    await button('接受阿安的申请').trigger('click')
    await settle()
    expect(commands()).toEqual([{ type: 'accept', userId: anna.id, requestId: 'q-阿安' }])
    await tell()
    expect(page.find('.application-notice').text()).toBe('')
    expect(button('连麦').exists()).toBe(true)
  })

  it('[LM152] the desk opens from the tool', async () => {
    await open()
    await applies(anna)
    await button('连麦，1 人在等').trigger('click')
    expect(page.find('.link-mic-desk').text()).toContain('阿安')
    expect(page.find('.application-notice').text()).toBe('')
  })

  it('[LM152] the desk closes with the broadcast', async () => {
    await open()
    await button('连麦').trigger('click')
    expect(page.find('.link-mic-desk').exists()).toBe(true)
    const ended = { ...fakes().roomApi.rooms[0], status: 'ended' as const, endReason: 'operator' as const, endedAt: now() }
    fakes().imClient.receive({ type: 'roomEnded', seq: ++seq, at: now(), room: ended })
    await settle()
    expect(page.find('.link-mic-desk').exists()).toBe(false)
    await page.find('.end-card .primary').trigger('click')
    await settle()
    await page.find('.start').trigger('click')
    await fakes().clock.advance(3000)
    fakes().imClient.receive({ type: 'roomChanged', seq: ++seq, at: now(), room: { ...fakes().roomApi.rooms[0], status: 'live', startedAt: now() } })
    await settle()
    expect(button('连麦').exists()).toBe(true)
    expect(page.find('.link-mic-desk').exists()).toBe(false)
  })

  it('[LM155] who is gone is told as that, and leaves the list', async () => {
    await open()
    await applies(anna)
    await applies(ben)
    await button('连麦，2 人在等').trigger('click')
    for (const user of [anna, ben]) {
      stage().take({ type: 'leave', userId: user.id, requestId: `q-${user.nickname}`, at: now() })
      await button(`接受${user.nickname}的申请`).trigger('click')
      await settle()
      expect(useToast().current?.text).toBe('这次连麦请求已经结束了。')
      expect(button(`接受${user.nickname}的申请`).exists()).toBe(false)
      useToast().hide()
    }
  })

  it('[LM125] who does not take an invitation is named', async () => {
    await open()
    stage().take({ type: 'invite', user: anna, requestId: 'i1', at: now() })
    await tell()
    stage().take({ type: 'leave', userId: anna.id, requestId: 'i1', at: now() })
    await tell()
    await fakes().clock.advance(1000)
    expect(useToast().current?.text).toBe('阿安 没有接受邀请')
  })

  it('[LM160] a guest\'s menu mutes them, and closes with their time on stage', async () => {
    await open()
    await joins(anna)
    await button('管理 阿安').trigger('click')
    await button('静音麦克风').trigger('click')
    await settle()
    expect(commands()).toEqual([{ type: 'mute', userId: anna.id, requestId: 'q-阿安', isMicMuted: true, isCameraMuted: false }])
    await tell()
    expect(button('恢复麦克风').exists()).toBe(true)
    await leaves(anna)
    expect(page.find('.guest-menu').exists()).toBe(false)
    await applies(anna, 'q-again')
    stage().take({ type: 'accept', userId: anna.id, requestId: 'q-again', at: now() })
    await tell()
    expect(page.find('.guest-menu').exists()).toBe(false)
    expect(button('管理 阿安').exists()).toBe(true)
  })

  it('[LM161] removing asks first', async () => {
    await open()
    await joins(anna)
    for (const isSure of [false, true]) {
      await button('管理 阿安').trigger('click')
      await button('移出连麦').trigger('click')
      await settle()
      expect(useDialog().question).toMatchObject({ title: '把阿安移出连麦？', body: expect.stringContaining('60 秒'), isDanger: true })
      expect(page.find('.guest-menu').exists()).toBe(false)
      expect(commands()).toEqual([])
      useDialog().answer(isSure)
      await settle()
    }
    expect(commands()).toEqual([{ type: 'kick', userId: anna.id, requestId: 'q-阿安' }])
  })

  it('[LM162] who dropped is shown with the seconds the seat waits', async () => {
    await open()
    await joins(anna)
    stage().take({ type: 'unpublished', userId: anna.id, sessionId: 's-阿安', at: now() })
    await tell()
    await fakes().clock.advance(6000)
    expect(page.find('.guest-tile').text()).toContain('还等 14 秒')
    await button('管理 阿安').trigger('click')
    expect(page.find('.guest-menu').text()).toContain('连接中断，还等 14 秒')
  })

  it('[LM163] the anchor\'s pusher does not notice who comes and goes', async () => {
    await open()
    const [before] = mediaOf('MediaPusher')
    const node = before.element
    const props = propsOf('MediaPusher')
    await joins(anna)
    await joins(ben)
    const players = mediaOf('MediaPlayer').map(({ element }) => element)
    expect(propsOf('MediaPlayer')).toEqual(expect.arrayContaining([expect.objectContaining({ 'mode': 'lowLatency', 'is-muted': false })]))
    expect(players).toHaveLength(2)
    await leaves(anna)
    expect(mediaOf('MediaPlayer').map(({ element }) => element)).toEqual([players[1]])
    await leaves(ben)
    expect(mediaOf('MediaPlayer')).toHaveLength(0)
    expect(mediaOf('MediaPusher').map(({ element }) => element)).toEqual([node])
    expect(propsOf('MediaPusher')).toEqual(props)
    expect(pusher.stop).not.toHaveBeenCalled()
  })

  it('[LM163] nor does an encoder\'s picture, which stays silent', async () => {
    await open('encoder')
    const [node] = mediaOf('MediaPlayer').map(({ element }) => element)
    const [props] = propsOf('MediaPlayer')
    await joins(anna)
    expect(mediaOf('MediaPlayer')).toHaveLength(2)
    expect(mediaOf('MediaPlayer')[0].element).toBe(node)
    expect(propsOf('MediaPlayer')[0]).toEqual(props)
    expect(props['is-muted']).toBe('')
    await leaves(anna)
    expect(mediaOf('MediaPlayer').map(({ element }) => element)).toEqual([node])
    expect(player.stop).not.toHaveBeenCalled()
  })

  it('[LM132] a guest\'s player that gave up starts with fresh addresses', async () => {
    await open()
    await joins(anna)
    await fakes().clock.advance(0)
    const asked = fakes().roomApi.countOf('getRoom')
    player.start.mockClear()
    mediaOf('MediaPlayer')[0].vm.$emit('status', 'failed')
    await fakes().clock.advance(0)
    expect([fakes().roomApi.countOf('getRoom') - asked, player.start.mock.calls.length]).toEqual([1, 1])
  })

  it('[LM163] sound that the browser took from guests comes back at a tap', async () => {
    await open()
    await joins(anna)
    mediaOf('MediaPlayer')[0].vm.$emit('autoplayMuted')
    await settle()
    await page.find('.sound-pill .app-button').trigger('click')
    expect(player.unmuteByGesture).toHaveBeenCalledTimes(1)
    expect(page.find('.sound-pill').exists()).toBe(false)
  })

  it('[LM164] the end is asked for with those on the mic in mind', async () => {
    await open()
    await button('结束').trigger('click')
    expect(useDialog().question?.body).toBe('4 人正在观看，结束后无法恢复。')
    useDialog().answer(false)
    await joins(anna)
    await joins(ben)
    await button('结束').trigger('click')
    expect(useDialog().question?.body).toBe('2 位嘉宾还在麦上。\n4 人正在观看，结束后无法恢复。')
  })
})
