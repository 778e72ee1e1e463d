/** The compiled pages on a real screen: laid out by Chromium, touched by clicks, measured and photographed. */
import type { Browser } from 'playwright-core'
import type { World } from '../support/world'
import type { Answers } from './contract'
import type { Screen } from './screen'
import type { Stand } from './stand'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '@/server/media/embedded/rtc/testing/chromium'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { soon } from '../support/screen'
import { createWorld } from '../support/world'
import { SYSTEM } from '../support/wx/device'
import { openScreen } from './screen'
import { openStand } from './stand'

const ROOM = 'src/live/pages/room/index'
const ANCHOR = 'src/live/pages/anchor/index'
const TOOLS = 'src/live/pages/tools'
const DEV_TOOLS = { getDeviceInfo: { ...SYSTEM, platform: 'devtools' } }
const RULES = '[MP53] [MP54] [MP55] [MP56] [MP57] [MP58]'
// Of the tags; the meanings are in src/live/media/nativeCodes.ts.
const HANDSHAKE_DONE = 1002
const PLAYING = 2004

let world: World
let stand: Stand
let browser: Browser
let screen: Screen
let encoder: Encoder | undefined

beforeAll(async () => {
  world = await createWorld({ MIX: 'off' })
  ;[stand, browser] = await Promise.all([openStand(world.files), launchChromium()])
})
afterEach(async () => {
  await encoder?.stop()
  encoder = undefined
  const complaints = await screen.complaints()
  await screen.close()
  expect(complaints).toEqual([])
})
afterAll(async () => {
  await browser?.close()
  stand?.close()
  await world?.close()
})

const open = async (url?: string, answers?: Answers) => void (screen = await openScreen(browser, stand.url, url, answers))
const see = (selector: string, text = '') => screen.page.locator(selector).filter({ hasText: text }).first().waitFor()
const inspect = async (name: string) => expect.soft(await screen.inspect(name), name).toEqual([])

async function openRoomOf(nickname: string, title: string) {
  const anchor = await world.createPerson(nickname)
  const { room, publish } = await anchor.createRoom(title)
  encoder = startEncoder(publish.rtmp)
  await soon(async () => expect((await world.getRoom(room.id)).room.status).toBe('live'))
  return { anchor, id: room.id }
}

it(`${RULES} home and oneself: a click on the face leads there`, async () => {
  await openRoomOf('一位名字起得特别特别长的主播小姐姐', '一个很长很长的标题，长到两行也放不下，看看它在卡片上会不会从旁边跑出去')
  await open()
  await expect.poll(() => screen.page.locator('.room-card').count()).toBe(2)
  await inspect('home')
  await screen.tap('我的')
  await see('.nickname-form')
  await inspect('me')
})

it(`${RULES} a room that is watched: its sheets, its interruption and its end`, async () => {
  const { anchor, id } = await openRoomOf('海豚', '海边的晚饭，边吃边聊，一直聊到太阳下山')
  await open()
  await screen.page.locator('.room-card', { hasText: '海边的晚饭' }).click()
  await see('.chat-input')
  expect(await screen.route()).toBe(ROOM)
  await screen.fire('live-player', 'statechange', { code: PLAYING })
  const visit = await anchor.enter(id)
  visit.say('大家好，欢迎来玩')
  visit.say('今天风很大，如果声音听不清楚，请在评论里告诉我一声，我换一个地方再继续给大家直播')
  await see('.chat-list .row', '今天风很大')
  await inspect('room-live')
  await screen.page.locator('.chat-input input').pressSequentially('来了')
  await see('.chat-input .send:not(.disabled)')
  await inspect('room-writing')
  await screen.tap('发送')
  await see('.chat-list .row', '来了')

  await screen.page.locator('.link-mic-button').click()
  await see('.medium-choice')
  await inspect('link-mic')
  await screen.page.locator('.medium-choice .choice').first().click()
  await see('.waiting-turn')
  await inspect('link-mic-waiting')
  await screen.tap('取消申请')
  await screen.tap('关闭')

  await encoder!.stop()
  await see('.interrupted-poster')
  await inspect('room-interrupted')
  await anchor.endRoom(id)
  await see('.end-card')
  await inspect('room-ended')
})

it(`${RULES} sharing a room`, async () => {
  await open(`${ROOM}?id=rdemo`)
  await see('.chat-input')
  await screen.tap('分享')
  await see('.share-choice')
  await inspect('share')
})

it(`${RULES} before and during one's own broadcast`, async () => {
  await open(ANCHOR)
  await see('.app-button.start:not(.disabled)')
  await inspect('anchor-prepare')
  await screen.tap('美化')
  await see('.effects')
  await inspect('effects')
  await screen.tap('关闭')
  await screen.tap('设置')
  await see('.app-sheet .pusher-settings')
  await inspect('settings')
  await screen.tap('关闭')

  await screen.tap('开始直播')
  await see('live-pusher[url^="rtmp:"]')
  encoder = startEncoder((await screen.page.locator('live-pusher').getAttribute('url'))!)
  await screen.fire('live-pusher', 'statechange', { code: HANDSHAKE_DONE })
  await see('.room-top-bar')
  await inspect('anchor-live')

  const id = /live\/(\w+)-/.exec((await screen.page.locator('live-pusher').getAttribute('url'))!)![1]
  const viewer = await world.createPerson('一位名字起得特别特别长的观众')
  const visit = await viewer.enter(id)
  visit.say('大家好')
  await screen.page.locator('.chat-list .person').click()
  await see('.person-sheet')
  await inspect('person')
  await screen.tap('禁言')
  await see('.person-sheet', '已禁言')
  await screen.tap('关闭')
  await screen.page.locator('.link-mic-tool').click()
  await screen.tap('邀请观众')
  await see('.audience-picker .person-row')
  await inspect('audience')
  await screen.tap('管理')
  await see('.order-panel .person-row')
  await inspect('order')
})

it(`${RULES} the privacy guide`, async () => {
  await open(ANCHOR, { getPrivacySetting: { needAuthorization: true, privacyContractName: '《连麦小程序隐私保护指引》' } })
  await see('.privacy-guide')
  await inspect('privacy')
})

it(`${RULES} without the tags, in DevTools`, async () => {
  await open(ANCHOR, DEV_TOOLS)
  await see('.simulated-picture')
  await inspect('simulator')
  await screen.page.locator('.simulator-tab').click()
  await see('.app-sheet')
  await inspect('simulator-panel')
})

it.each(['push', 'play', 'lowLatency'])(`${RULES} the tool %s`, async (name) => {
  await open(`${TOOLS}/${name}/index`)
  await see('.address-field')
  await inspect(`tool-${name}`)
})
