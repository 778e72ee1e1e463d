/** Without WeChat's live tags: the compiled mini-program in DevTools and on a phone that has not been granted them. */
import type { MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import type { Callbacks } from './support/wx/answer'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import type { Room } from '@/shared/protocol/rest'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { find, findAll, findTap, soon, tap, textOf, type } from './support/screen'
import { countSetData } from './support/setData'
import { createWorld } from './support/world'
import { SYSTEM } from './support/wx/device'

const DEV_TOOLS = { getDeviceInfo: () => ({ ...SYSTEM, platform: 'devtools' }) }

let world: World
let phone: MiniProgram
let encoder: Encoder | undefined

beforeAll(async () => world = await createWorld())
beforeEach(() => phone = world.createPhone(DEV_TOOLS))
afterEach(async () => {
  await encoder?.stop()
  encoder = undefined
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

const called = (name: string) => phone.wx.calls.filter(([call]) => call === name).length
const roomsOnAir = async (): Promise<Room[]> => (await (await fetch(`${world.url}/api/rooms`)).json()).rooms

function openAnchor(): Page {
  phone.launch()
  phone.wx.api.navigateTo({ url: '/src/live/pages/anchor/index' })
  return phone.page()
}

async function goLive(page: Page): Promise<string> {
  await soon(() => expect(findTap(page, '开始直播').getAttribute('aria-disabled')).toBe('false'))
  const before = (await roomsOnAir()).map(({ id }) => id)
  tap(findTap(page, '开始直播'))
  const { id } = await soon(async () => (await roomsOnAir()).find(({ id }) => !before.includes(id)) ?? expect.fail('the room is not on air'))
  await soon(() => find(page, '.room-top-bar'))
  return id
}

async function speak(page: Page, text: string) {
  type(find(page, '.chat-input input'), text)
  await soon(() => expect(find(page, '.chat-input .send').getAttribute('aria-disabled')).toBe('false'))
  tap(find(page, '.chat-input .send'))
}

describe('in DevTools', () => {
  it('[SM11] from the preparations to a room that is live for everybody, and to its end, without a tag', async () => {
    const page = openAnchor()
    await soon(() => expect(textOf(page, '.simulated-picture')).toContain('模拟画面'))
    const id = await goLive(page)
    expect(findAll(page, 'live-pusher')).toEqual([])
    expect(called('LivePusherContext.start')).toBe(0)
    const { play } = await world.getRoom(id)
    const { value } = await (await fetch(play!.flv!)).body!.getReader().read()
    expect(new TextDecoder().decode(value!.slice(0, 3))).toBe('FLV')

    tap(findTap(page, '结束'))
    await soon(() => find(page, '.app-dialog'))
    tap(find(page, '.app-dialog .danger'))
    await soon(() => find(page, '.end-card'))
    expect((await fetch(play!.flv!)).status).toBe(404)
  })

  it('[SM13] a viewer sees whose picture it is, both hear each other, and a guest comes on the mic', async () => {
    const page = openAnchor()
    const id = await goLive(page)
    const viewer = world.createPhone(DEV_TOOLS)
    const room = viewer.launch(`src/live/pages/room/index?id=${id}`)
    const { anchor } = (await world.getRoom(id)).room
    await soon(() => expect(textOf(room, '.simulated-picture')).toContain(anchor.nickname))
    expect(findAll(room, '.waiting-picture')).toEqual([])

    await soon(() => expect(textOf(room, '.viewers')).toBe('1'))
    await speak(room, '看到了')
    await soon(() => expect(textOf(page, '.chat-list')).toContain('看到了'))
    tap(findTap(page, '聊天'))
    await soon(() => find(page, '.chat-input'))
    await speak(page, '听到了')
    await soon(() => expect(textOf(room, '.chat-list')).toContain('听到了'))

    tap(find(room, '.link-mic-button'))
    await soon(() => find(room, '.medium-choice'))
    tap(findAll(room, '.medium-choice .choice')[0])
    await soon(() => expect(textOf(page, '.link-mic-tool .count').trim()).toBe('1'))
    tap(find(page, '.link-mic-tool'))
    tap(await soon(() => find(page, '.application-list .primary')))
    await soon(async () => expect((await world.getRoom(id)).room.stage.guests.map(({ seat, status }) => `${seat} ${status}`)).toEqual(['1 linked']))
    const [guest] = (await world.getRoom(id)).room.stage.guests
    await soon(() => expect(textOf(page, '.guest-tile .simulated-picture')).toContain(guest.user.nickname))
    const { flv } = (await world.getRoom(id)).guests[0].play
    expect((await fetch(flv!)).status).toBe(200)

    viewer.close()
    await soon(async () => expect((await fetch(flv!)).status).toBe(404))
  })

  it('[SM14] a lost connection is lost for the whole room, and comes back', async () => {
    const page = openAnchor()
    const id = await goLive(page)
    async function suffer(incident: string) {
      tap(find(page, '.simulator-tab'))
      tap(await soon(() => findTap(page, incident)))
      tap(findTap(page, '关闭'))
    }
    await suffer('断线')
    await soon(async () => expect((await world.getRoom(id)).room.status).toBe('interrupted'))
    await soon(() => find(page, '.on-air-notice'))
    await suffer('恢复')
    await soon(async () => expect((await world.getRoom(id)).room.status).toBe('live'))
    await soon(() => expect(findAll(page, '.on-air-notice')).toEqual([]))
    await suffer('来电')
    await soon(async () => expect((await world.getRoom(id)).room.status).toBe('interrupted'))
    await suffer('恢复')
    await soon(async () => expect((await world.getRoom(id)).room.status).toBe('live'))
  })

  it('[SM16] the moving picture costs the screen one small update a second', async () => {
    const page = openAnchor()
    await soon(() => expect(findTap(page, '开始直播').getAttribute('aria-disabled')).toBe('false'))
    await new Promise(resolve => setTimeout(resolve, 1000))
    const count = countSetData(page)
    await new Promise(resolve => setTimeout(resolve, 2500))
    count.stop()
    expect(count.calls.length).toBeLessThanOrEqual(4)
    expect(Math.max(...count.calls)).toBeLessThan(100)
  })

  it('[SM10] turned off, the card stands in the picture\'s place at once, and leads back', async () => {
    const page = openAnchor()
    tap(await soon(() => find(page, '.simulator-tab')))
    tap(await soon(() => findTap(page, '关闭模拟')))
    await soon(() => expect(textOf(phone.page(), '.tag-card')).toContain('开发者工具里没有'))
    expect(findAll(phone.page(), '.simulated-picture')).toEqual([])
    tap(await soon(() => findTap(phone.page(), '用模拟画面继续')))
    await soon(() => find(phone.page(), '.simulated-picture'))
    expect(phone.page().route).toBe('src/live/pages/anchor/index')
  })
})

describe('on a phone without the grant', () => {
  const silent = new Proxy({}, { get: () => () => {} })
  const refusing = new Proxy({}, { get: (_, method: string) => ({ fail }: Callbacks = {}) => queueMicrotask(() => fail?.({ errMsg: `${method}:fail:access denied` })) })
  const without = (tag: object) => world.createPhone({ createLivePusherContext: () => tag, createLivePlayerContext: () => tag })

  it('[SM8] a tag that never answers is explained after five seconds, before the broadcast', async () => {
    phone = without(silent)
    const page = openAnchor()
    expect(findAll(page, '.simulator')).toEqual([])
    await soon(() => expect(textOf(page, '.tag-card')).toContain('live-pusher'))
    await soon(() => findTap(page, '用模拟画面继续'))
  })

  it('[SM8] one that refuses is explained at once, to viewers too, who come on the mic with a drawn picture', async () => {
    const anchor = await world.createPerson('海豚')
    const { room, publish } = await anchor.createRoom('晚饭')
    encoder = startEncoder(publish.rtmp)
    await soon(async () => expect((await world.getRoom(room.id)).room.status).toBe('live'))
    phone = without(refusing)
    phone.launch(`src/live/pages/room/index?id=${room.id}`)
    await soon(() => find(phone.page(), '.stage .tag-card'))
    tap(await soon(() => find(phone.page(), '.link-mic-button')))
    await soon(() => find(phone.page(), '.medium-choice'))
    tap(findAll(phone.page(), '.medium-choice .choice')[0])
    await soon(() => find(phone.page(), '.preflight-note .tag-card'))
    expect((await world.getRoom(room.id)).room.stage.guests).toEqual([])

    tap(await soon(() => findTap(phone.page(), '用模拟画面继续')))
    await soon(() => expect(textOf(phone.page(), '.simulated-picture')).toContain('海豚'))
    tap(await soon(() => find(phone.page(), '.link-mic-button')))
    await soon(() => find(phone.page(), '.medium-choice'))
    tap(findAll(phone.page(), '.medium-choice .choice')[0])
    const { requestId, user } = await soon(async () => (await anchor.getLinkMic(room.id)).view.queue?.[0] ?? expect.fail('nobody applies'))
    await anchor.linkMic(room.id, { type: 'accept', requestId, userId: user.id })
    await soon(async () => expect((await world.getRoom(room.id)).room.stage.guests.map(({ status }) => status)).toEqual(['linked']))
  })

  it('[SM9] a server that lends nothing is said', async () => {
    const strict = await createWorld({ SIMULATOR: '0' })
    try {
      const other = strict.createPhone({ ...DEV_TOOLS, getStorageSync: (key: string) => key === 'lianmai.simulator' ? 'false' : '' })
      const page = other.launch('src/live/pages/anchor/index')
      await soon(() => expect(textOf(page, '.tag-card')).toContain('不提供模拟画面'))
      expect(textOf(page, '.tag-card')).not.toContain('用模拟画面继续')
    }
    finally {
      await strict.close()
    }
  })
})
