/** Recovery of an anchor on the compiled mini-program: the tag's numbers are scripted; screen, calls and server are real. */
import type { TroubledPhone } from './support/troubledPhone'
import type { World } from './support/world'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { find, findAll, findTap, fire, propsOf, soon, tap, textOf } from './support/screen'
import { atOnce, openTroubled } from './support/troubledPhone'
import { createWorld } from './support/world'

// Of live-pusher; the meanings are in src/live/media/nativeCodes.ts.
const SENDING = 1002
const WEAK = 1101
const RECONNECTING = 1102
const GAVE_UP = -1307
const SUSPENDED = 5000
const PHONE_CALL = 5001

const NOTICE = '.on-air-notice'
const TOAST = '.app-toast'

let world: World
let anchor: TroubledPhone
let pusher: Element

beforeAll(async () => world = await createWorld({ MIX: 'off' }))
beforeEach(async () => {
  anchor = await openTroubled(world, '/src/live/pages/anchor/index')
  const { called, isClear, page, phone, send } = anchor
  await soon(() => expect(findTap(page, '开始直播').getAttribute('aria-disabled')).toBe('false'))
  tap(findTap(page, '开始直播'))
  await soon(() => find(page, '.countdown-overlay'))
  await phone.skip(4000)
  await soon(() => expect(called('start')).toBe(1))
  pusher = anchor.tag('live-pusher')
  await send(/live\/(\w+)-/.exec(String(propsOf(pusher).url))![1])
  say(SENDING)
  await soon(() => find(page, '.room-top-bar'))
  await isClear(NOTICE)
})
afterEach(() => {
  const { phone, tag } = anchor
  expect(tag('live-pusher')).toBe(pusher)
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

const say = (...codes: number[]) => anchor.say('live-pusher', ...codes)
const counted = (...methods: string[]) => methods.map(anchor.called)
const change = (networkType: string) => anchor.phone.wx.emit('NetworkStatusChange', { isConnected: true, networkType })
const deny = (errCode: number) => fire(pusher, 'error', { errCode })
const hasNotice = () => findAll(anchor.page, NOTICE).length > 0

it('[MP45] a weak network is a notice; each number of a lost connection is a word, until the number that it sends again', async () => {
  say(WEAK, WEAK)
  await anchor.reads(TOAST, '网络不稳定')
  expect(hasNotice()).toBe(false)
  for (const number of [RECONNECTING, 3001, 3002, 3003, 3004, 3005]) {
    say(number)
    await anchor.reads(NOTICE, '正在重新连接')
    say(SENDING)
    await anchor.isClear(NOTICE)
  }
  expect(counted('start', 'stop')).toEqual([1, 0])
})

it('[MP45] numbers that nobody documents change nothing', async () => {
  say(10005, 2027, 4999, -99)
  deny(10_099)
  fire(pusher, 'statechange', {})
  await anchor.phone.skip(5000)
  expect([hasNotice(), textOf(anchor.page, TOAST), ...counted('start', 'stop', 'pause')]).toEqual([false, '', 1, 0, 0])
})

it('[MP46] after −1307 it waits 1, 2, 4, 8, 15 and 30 s; then it asks for fresh addresses once, and then a button tries at once', async () => {
  const { called, expectWaits, isClear, page, phone, reads } = anchor
  await phone.skip(11_000)
  await expectWaits(NOTICE, [1, 2, 4, 8, 15, 30])
  const [starts] = counted('start')
  say(GAVE_UP)
  await atOnce(() => expect(called('start')).toBe(starts + 1)) // with fresh addresses
  await expectWaits(NOTICE, [1, 2, 4, 8, 15, 30])
  say(GAVE_UP)
  await reads(NOTICE, '还没能连上')
  const [tries] = counted('start')
  tap(findTap(page, '立即重试'))
  await atOnce(() => expect(called('start')).toBe(tries + 1))
  say(SENDING)
  await isClear(NOTICE)
})

it.each([[PHONE_CALL, '正在通话'], [SUSPENDED, '被系统占用']])('[MP47] %i pauses the stream; back in the app it goes on over the same connection', async (number, words) => {
  say(number)
  await anchor.reads(NOTICE, words)
  expect(counted('pause', 'resume')).toEqual([1, 0])
  anchor.phone.hide()
  anchor.phone.show()
  await anchor.isClear(NOTICE)
  expect(counted('pause', 'resume', 'start', 'stop')).toEqual([1, 1, 1, 0])
})

it('[MP48] a stop that WeChat refuses in the background is said again in the foreground, and then it starts again', async () => {
  const { phone } = anchor
  phone.wx.refused.add('LivePusherContext.stop')
  phone.hide()
  say(GAVE_UP)
  await phone.skip(90_000)
  expect(counted('stop', 'start')).toEqual([1, 1])
  phone.wx.refused.clear()
  phone.show()
  await soon(() => expect(counted('stop', 'start')).toEqual([2, 2]))
  say(SENDING)
  await anchor.isClear(NOTICE)
})

it('[MP49] from wifi to 4G: told once; what gives no sign of life within 8 s is opened anew', async () => {
  const { page, phone, reads } = anchor
  change('4g')
  await reads(TOAST, '正在使用移动网络')
  fire(pusher, 'netstatus', { info: { videoBitrate: 600, videoFPS: 15, videoWidth: 360, videoHeight: 640 } })
  await phone.skip(9000)
  expect([...counted('start'), textOf(page, TOAST)]).toEqual([1, ''])
  change('wifi')
  change('4g')
  await phone.skip(5000)
  expect([...counted('start'), textOf(page, TOAST)]).toEqual([1, ''])
  await phone.skip(3000)
  await reads(NOTICE, '正在重新连接')
  await soon(() => expect(counted('stop', 'start')).toEqual([1, 2]))
})

it('[MP49] without a network nothing is tried until it is back', async () => {
  const { phone } = anchor
  phone.wx.setNetwork(false)
  say(GAVE_UP)
  await anchor.reads(NOTICE, '网络已断开')
  await phone.skip(90_000)
  expect(counted('start')).toEqual([1])
  phone.wx.setNetwork(true)
  await soon(() => expect(counted('start')).toEqual([2]))
})

it.each([[10_001, '摄像头'], [10_002, '麦克风']])('[MP50] %i is told at once; when nothing flows for want of it, a card leads to the settings and on from there', async (number, device) => {
  const { page, phone, reads } = anchor
  deny(number)
  await reads(TOAST, device)
  expect(hasNotice()).toBe(false)
  say(GAVE_UP)
  await phone.skip(1000)
  await soon(() => expect(counted('start')).toEqual([2]))
  deny(number)
  say(GAVE_UP)
  await reads(NOTICE, device)
  await phone.skip(90_000)
  expect(counted('start')).toEqual([2])
  tap(findTap(page, '去设置'))
  await soon(() => expect(phone.wx.calls.map(([name]) => name)).toContain('openSetting'))
  await soon(() => expect(counted('start')).toEqual([3]))
})

const TROUBLES: Record<string, () => void> = {
  'a weak network': () => say(WEAK, WEAK),
  'a try of WeChat\'s own': () => say(RECONNECTING),
  'a wait': () => say(GAVE_UP),
  'a call': () => say(PHONE_CALL),
  'what the system took': () => say(SUSPENDED),
  'a change of the network': () => change('4g'),
  'a denied camera': () => deny(10_001),
  'no network': () => {
    anchor.phone.wx.setNetwork(false)
    say(GAVE_UP)
  },
}

it.each(Object.keys(TROUBLES))('[MP52] left during %s', async (trouble) => {
  TROUBLES[trouble]()
  await anchor.phone.skip(300)
  await anchor.leave('live-pusher')
})
