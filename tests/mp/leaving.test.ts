/** What a page has started is ended with it: counted on the compiled program, visit after visit. */
import type { Alive, MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import type { Callbacks } from './support/wx/answer'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { find, findTap, fire, propsOf, soon, tap } from './support/screen'
import { createWorld } from './support/world'
import { fail, succeed } from './support/wx/answer'

const VISITS = 20
const CONNECTED = 1001

let world: World
let phone: MiniProgram

beforeAll(async () => world = await createWorld({ MIX: 'off' }))
beforeEach(() => {
  phone = world.createPhone()
  phone.launch()
})
afterEach(() => {
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

const callsSince = (index: number) => phone.wx.calls.slice(index).map(([name]) => name)

/** Opens a page, does there what is asked, and goes back; answers what is left each time. */
async function visit(url: string, during: (page: Page) => Promise<void>, left: (callsOnLeaving: readonly string[]) => void, visits = VISITS): Promise<Alive[]> {
  const remains: Alive[] = []
  for (let i = 0; i < visits; i++) {
    phone.wx.api.navigateTo({ url })
    await during(phone.page())
    const before = phone.wx.calls.length
    phone.navigateBack()
    await soon(() => left(callsSince(before)))
    await phone.skip(10_000) // the socket may stay for a moment, in case the person comes back
    remains.push(phone.alive())
  }
  return remains
}

/** What the first two leave is used again by those that follow. */
function expectNoGrowth([, second, ...others]: readonly Alive[]) {
  for (const { listeners, sockets, timers } of others) {
    expect(timers).toBeLessThanOrEqual(second.timers)
    expect(listeners).toBeLessThanOrEqual(second.listeners)
    expect(sockets).toBeLessThanOrEqual(1) // the app's one for chat
  }
}

it('[MP40] twenty visits to a room leave no timer, socket or listener behind, and each player is stopped', async () => {
  expectNoGrowth(await visit('/src/live/pages/room/index?id=rdemo', async (page) => {
    const before = phone.wx.calls.length
    await soon(() => find(page, '.chat-input'))
    await soon(() => expect(callsSince(before)).toContain('LivePlayerContext.play'))
  }, calls => expect(calls).toContain('LivePlayerContext.stop')))
})

async function prepare(page: Page) {
  const before = phone.wx.calls.length
  await soon(() => expect(callsSince(before)).toContain('LivePusherContext.startPreview'))
  await soon(() => expect(findTap(page, '开始直播').getAttribute('aria-disabled')).toBe('false'))
}

const expectCameraReleased = (calls: readonly string[]) => expect(calls).toContain('LivePusherContext.stopPreview')

function expectAllReleased(calls: readonly string[]) {
  expectCameraReleased(calls)
  expect(calls).toContain('LivePusherContext.stop')
}

it('[MP40] twenty preparations that come to nothing leave nothing behind, and the camera is released', async () => {
  expectNoGrowth(await visit('/src/live/pages/anchor/index', prepare, expectCameraReleased))
})

it('[MP40] twenty broadcasts that are called off leave nothing behind, and the camera is released', async () => {
  expectNoGrowth(await visit('/src/live/pages/anchor/index', async (page) => {
    await prepare(page)
    tap(findTap(page, '开始直播'))
    await soon(() => find(page, '.countdown-overlay'))
    const before = phone.wx.calls.length
    await phone.skip(4000)
    await soon(() => expect(callsSince(before)).toContain('LivePusherContext.start'))
    fire(find(page, 'live-pusher'), 'statechange', { code: CONNECTED })
    tap(findTap(page, '取消'))
    await soon(() => expect(callsSince(before)).toContain('LivePusherContext.stop'))
  }, expectCameraReleased))
})

it('[MP40] ten guests\' turns on the mic leave nothing behind, and camera and microphone are released', async () => {
  const anchor = await world.createPerson('海豚')
  const { publish, room: { id } } = await anchor.createRoom('聊一聊')
  const encoder = startEncoder(publish.rtmp)
  const desk = await anchor.enter(id)
  await soon(async () => expect((await world.getRoom(id)).room.status).toBe('live'))
  expectNoGrowth(await visit(`/src/live/pages/room/index?id=${id}`, async (page) => {
    const before = phone.wx.calls.length
    tap(await soon(() => find(page, '.link-mic-button')))
    tap(await soon(() => findTap(page, '视频连麦，大家能看到你，也能听到你')))
    const { requestId, user } = await soon(() => desk.views.at(-1)?.queue?.[0] ?? expect.fail('no application'))
    await anchor.linkMic(id, { type: 'accept', requestId, userId: user.id })
    await soon(() => expect(callsSince(before)).toContain('LivePusherContext.start'))
  }, expectAllReleased, 10))
  await encoder.stop()
})

it('[MP41] where WeChat refuses to stop in the background, the microphone is released as soon as the app is shown, though the page is gone', async () => {
  const stops: string[] = []
  let isRefusing = true
  const stop = (name: string) => (options?: Callbacks) => {
    stops.push(isRefusing ? `${name} refused` : name)
    return isRefusing ? fail(name, options, 'in background') : succeed(name, options)
  }
  phone.close()
  phone = world.createPhone({ createLivePusherContext: () => createContext({ stop: stop('stop'), stopPreview: stop('stopPreview') }) })
  phone.launch()
  phone.wx.api.navigateTo({ url: '/src/live/pages/anchor/index' })
  const page = phone.page()
  await soon(() => expect(findTap(page, '开始直播').getAttribute('aria-disabled')).toBe('false'))
  tap(findTap(page, '开始直播'))
  await soon(() => find(page, '.countdown-overlay'))
  await phone.skip(4000)
  await soon(() => expect(String(propsOf(find(page, 'live-pusher')).url)).toMatch(/^rtmp:/))
  phone.hide()
  phone.navigateBack()
  await soon(() => expect(stops).toContain('stop refused'))
  await phone.skip(100) // the answer is heard
  isRefusing = false
  stops.length = 0
  phone.show()
  await soon(() => expect(stops).toEqual(expect.arrayContaining(['stop', 'stopPreview'])))
  expect(phone.alive().listeners).toBeLessThanOrEqual(2) // those of the app itself
})

/** A LivePusherContext whose other methods succeed. */
function createContext(methods: Record<string, unknown>) {
  return new Proxy(methods, { get: (known, name: string) => known[name] ?? ((options?: Callbacks) => succeed(name, options)) })
}
