import type { MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import type { Callbacks } from './support/wx/answer'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { find, findAll, findTap, fire, propsOf, soon, tap, textOf } from './support/screen'
import { createWorld } from './support/world'
import { succeed } from './support/wx/answer'

const HANDSHAKE_DONE = 1002 // live-pusher's code for a stream on its way

let world: World
let phone: MiniProgram
let page: Page
/** The camera of the phone: what a native live-pusher would send, sent by ffmpeg to the address in the tag. */
let camera: Encoder | undefined

beforeAll(async () => world = await createWorld())
beforeEach(async () => {
  phone = world.createPhone()
  phone.launch()
  page = await open()
})
afterEach(async () => {
  await camera?.stop()
  camera = undefined
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

async function open() {
  phone.wx.api.navigateTo({ url: '/src/live/pages/anchor/index' })
  await soon(() => find(phone.page(), '.prepare-panel'))
  return phone.page()
}

const pusher = () => find(page, 'live-pusher')
const called = (name: string) => phone.wx.calls.filter(([call]) => call === `LivePusherContext.${name}`).length
const roomOnAir = () => world.getRoom(/live\/(\w+)-/.exec(String(propsOf(pusher()).url))![1])

async function goLive() {
  await soon(() => expect(called('startPreview')).toBe(1))
  await soon(() => expect(findTap(page, '开始直播').getAttribute('aria-disabled')).toBe('false'))
  tap(findTap(page, '开始直播'))
  await soon(() => find(page, '.countdown-overlay'))
  await soon(() => expect(called('start')).toBe(1))
  camera = startEncoder(String(propsOf(pusher()).url))
  fire(pusher(), 'statechange', { code: HANDSHAKE_DONE })
  await soon(() => find(page, '.room-top-bar'))
}

it('[MP30] preview, countdown and broadcast happen on one and the same live-pusher', async () => {
  const tag = pusher()
  expect(propsOf(tag)).toMatchObject({ url: '', autopush: false, muted: false, devicePosition: 'front' })
  await goLive()
  expect(pusher()).toBe(tag)
  expect(findAll(page, 'live-pusher')).toHaveLength(1)
  expect(propsOf(tag).url).toMatch(/^rtmp:\/\/127\.0\.0\.1:\d+\/live\/r\w+-u\w+\?txSecret=[0-9a-f]{32}&txTime=[0-9A-F]+$/)
})

it('[MP31] the room is live for everybody, with a picture from the camera as its cover', async () => {
  await goLive()
  const { room } = await soon(async () => {
    const detail = await roomOnAir()
    expect(detail.room.status).toBe('live')
    expect(detail.room.cover).toMatch(/^\/covers\//)
    return detail
  })
  const other = world.createPhone().launch()
  await soon(() => expect(textOf(other, '.content')).toContain(room.title))
})

it('[MP32] the buttons drive the tag and its context', async () => {
  await goLive()
  tap(findTap(page, '静音'))
  await soon(() => expect(propsOf(pusher()).muted).toBe(true))
  tap(findTap(page, '切换摄像头'))
  await soon(() => expect(called('switchCamera')).toBe(1))
})

it('[MP33] the anchor hears what the audience says', async () => {
  await goLive()
  const { room } = await roomOnAir()
  const visit = await (await world.createPerson('海豚')).enter(room.id)
  visit.say('看到你了')
  await soon(() => expect(textOf(page, '.chat-list')).toContain('海豚看到你了'))
})

it('[MP34] ending asks first, stops the pusher and shows the figures', async () => {
  await goLive()
  tap(findTap(page, '结束'))
  await soon(() => find(page, '.app-dialog'))
  const { room } = await roomOnAir()
  expect(room.status).toBe('live')
  tap(find(page, '.app-dialog .danger'))
  await soon(() => find(page, '.end-card'))
  expect(called('stop')).toBeGreaterThan(0)
  expect((await world.getRoom(room.id)).room).toMatchObject({ status: 'ended', endReason: 'anchor' })
})

it('[MP35] a refused camera is a card that leads to the settings, not a dead page', async () => {
  const refusing = world.createPhone({ getSetting: (options: Callbacks) => succeed('getSetting', options, { authSetting: { 'scope.camera': false, 'scope.record': false } }) })
  const prepare = refusing.launch('src/live/pages/anchor/index')
  await soon(() => find(prepare, '.permission-card'))
  expect(refusing.wx.calls.map(([name]) => name)).not.toContain('LivePusherContext.start')
})
