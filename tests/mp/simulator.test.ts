/** Without WeChat's live tags: the compiled mini-program in DevTools and on a phone that has not been granted them. */
import type { MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { find, findAll, findTap, soon, tap, textOf, type } from './support/screen'
import { createWorld } from './support/world'
import { SYSTEM } from './support/wx/device'

const DEV_TOOLS = { getDeviceInfo: () => ({ ...SYSTEM, platform: 'devtools' }) }

let world: World
let phone: MiniProgram

beforeAll(async () => world = await createWorld())
afterAll(() => world.close())
beforeEach(() => phone = world.createPhone(DEV_TOOLS))
afterEach(() => {
  expect(phone.warnings).toEqual([])
  phone.close()
})

const called = (name: string) => phone.wx.calls.filter(([call]) => call === name).length
const anchorsRoom = async () => (await (await fetch(`${world.url}/api/rooms`)).json()).rooms.find(({ isDemo }: { isDemo: boolean }) => !isDemo) ?? expect.fail('no room is on air')

function openAnchor(): Page {
  phone.launch()
  phone.wx.api.navigateTo({ url: '/src/live/pages/anchor/index' })
  return phone.page()
}

async function goLive(page: Page): Promise<string> {
  await soon(() => expect(findTap(page, '开始直播').getAttribute('aria-disabled')).toBe('false'))
  tap(findTap(page, '开始直播'))
  const { id } = await soon(anchorsRoom)
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
})
