/** Being told when an anchor is live again: WeChat's subscribe message, from the tap in the compiled program to what is sent. */
import type { MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import type { Callbacks } from './support/wx/answer'
import type { Room } from '@/shared/protocol/rest'
import type { Person } from '@/tests/support/person'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FakeReminderSender } from '@/server/testing/FakeReminderSender'
import { FakeWeChat } from '@/server/testing/FakeWeChat'
import { createMiniProgram } from './support/MiniProgram'
import { findAll, findTap, soon, tap, textOf } from './support/screen'
import { createWorld } from './support/world'
import { fail, succeed } from './support/wx/answer'

const TEMPLATE = 'zun-LzcQyW-edafCVvzPkK4de2Rllr1fFpw2A_x0oXE'
/** What a build without VITE_WX_TEMPLATE_LIVE holds in its place. */
const NO_TEMPLATE = 'no-template'
const OPEN_ID = 'oGZUI0egBJY1zhBYw2KhdUfwVJJE'
const ASK = '开播提醒我'

const weChat = new FakeWeChat()
let sender: FakeReminderSender
let world: World
let phone: MiniProgram
let anna: Person
let room: Room
/** What WeChat answers, or the number of its error. */
let answer: string | number
let asked: number
/** Whether the server was asked what it can do. */
let wasHealthAsked: boolean

beforeAll(async () => {
  sender = new FakeReminderSender()
  world = await createWorld({}, { weChat, reminderSender: sender })
})
beforeEach(async () => {
  answer = 'accept'
  asked = 0
  wasHealthAsked = false
  sender.sent.length = 0
  anna = await world.createPerson('Anna')
  room = (await anna.createRoom('晚上好')).room
})
afterEach(() => {
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

/** A person of WeChat, in Anna's room. */
function enter({ template = TEMPLATE, openId = OPEN_ID as string | null, on = world } = {}): Page {
  const files = Object.fromEntries(Object.entries(on.files).map(([file, text]) => [file, text.replaceAll(NO_TEMPLATE, template)]))
  phone = createMiniProgram(files, {
    login: (options: Callbacks) => succeed('login', options, { code: openId === null ? 'of nobody' : weChat.login(openId) }),
    requestSubscribeMessage(options: Callbacks & { tmplIds: string[] }) {
      asked++
      expect(options.tmplIds).toEqual([TEMPLATE])
      if (answer === 'accept')
        sender.allow(OPEN_ID)
      if (typeof answer === 'string')
        return succeed('requestSubscribeMessage', options, { [TEMPLATE]: answer })
      const { fail: refuse } = options
      return fail('requestSubscribeMessage', { ...options, fail: error => refuse?.({ ...error, errCode: answer } as never) }, 'refused')
    },
  })
  const { request } = phone.wx.api
  phone.wx.api.request = (options: { url: string }) => {
    wasHealthAsked ||= options.url.endsWith('/healthz')
    return request(options)
  }
  return phone.launch(`src/live/pages/room/index?id=${room.id}`)
}
async function stream(isOn: boolean) {
  return fetch(`${world.url}/api/rooms/${room.id}/simulated-stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'authorization': `Bearer ${anna.session.token}` },
    body: JSON.stringify({ isOn }),
  })
}
const reminder = (page: Page) => textOf(page, '.reminder')

describe('the button', () => {
  it('[WX49] [WX50] is over a room that has not begun; after a yes the message is sent when it does, once', async () => {
    const page = enter()
    tap(await soon(() => findTap(page, ASK)))
    await soon(() => expect(reminder(page)).toBe('下次开播会提醒你'))
    expect(sender.sent).toEqual([])
    await stream(true)
    await soon(() => expect(sender.sent).toMatchObject([{ openId: OPEN_ID, roomId: room.id, title: '晚上好', anchorName: 'Anna' }]))
    await soon(() => expect(findAll(page, '.reminder')).toEqual([]))
    await anna.endRoom(room.id)
    tap(await soon(() => findTap(page, ASK))) // used up: on the end card it is there again
    await soon(() => expect(textOf(page, '.end-card')).toContain('下次开播会提醒你'))
    expect([sender.sent.length, asked]).toEqual([1, 2])
  })

  it('[WX49] is not in a build without a template, and the server is not asked', async () => {
    await anna.endRoom(room.id)
    const page = enter({ template: NO_TEMPLATE })
    await soon(() => expect(textOf(page, '.end-card')).toContain('直播已结束'))
    await phone.skip(1000)
    expect(findAll(page, '.reminder')).toEqual([])
    expect(wasHealthAsked).toBe(false)
  })

  it('[WX49] is not there when the server cannot send', async () => {
    const plain = await createWorld()
    const other = await plain.createPerson('Boris')
    room = (await other.createRoom('早上好')).room
    const page = enter({ on: plain })
    await soon(() => expect(textOf(page, '.interrupted-poster')).not.toBe(''))
    await soon(() => expect(wasHealthAsked).toBe(true))
    await phone.skip(1000)
    expect(findAll(page, '.reminder')).toEqual([])
    await plain.close()
  })

  it.each([
    ['reject', '没有打开提醒'],
    [20004, '订阅消息'],
    ['ban', '停用了'],
    [10002, '请检查网络'],
  ])('[WX51] %s is a sentence that helps, and a tap asks again', async (refusal, words) => {
    answer = refusal
    await anna.endRoom(room.id)
    const page = enter()
    tap(await soon(() => findTap(page, ASK)))
    await soon(() => expect(reminder(page)).toContain(words))
    answer = 'accept'
    tap(findTap(page, ASK))
    await soon(() => expect(reminder(page)).toBe('下次开播会提醒你'))
    expect(asked).toBe(2)
  })

  it('[WX47] [WX52] who is not known to WeChat is told so, and not asked by it again', async () => {
    const page = enter({ openId: null })
    tap(await soon(() => findTap(page, ASK)))
    await soon(() => expect(reminder(page)).toContain('没有关联微信'))
    tap(findTap(page, ASK))
    await soon(() => expect(findTap(page, ASK).getAttribute('aria-disabled')).toBe('false'))
    expect(asked).toBe(1)
  })
})
