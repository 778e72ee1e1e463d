/** A server without guests: what the compiled program shows to whom WeChat does not vouch for, and how they get in after all. */
import type { MiniProgram } from './support/MiniProgram'
import type { World } from './support/world'
import type { Callbacks } from './support/wx/answer'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { FakeWeChat } from '@/server/testing/FakeWeChat'
import { find, findAll, soon, tap, textOf } from './support/screen'
import { createWorld } from './support/world'
import { succeed } from './support/wx/answer'

const weChat = new FakeWeChat()
let world: World
let phone: MiniProgram
beforeAll(async () => {
  world = await createWorld({ GUESTS: '0', WECHAT_APPID: 'wx0123456789abcdef', WECHAT_SECRET: '0123456789abcdef0123456789abcdef' }, { weChat })
})
afterEach(() => {
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

const createPhone = (code: () => string) => world.createPhone({ login: (options: Callbacks) => succeed('login', options, { code: code() }) })

it('[AC9] whom WeChat vouches for is let in, and notices nothing', async () => {
  phone = createPhone(() => weChat.login('open-anna'))
  const room = phone.launch('src/live/pages/room/index?id=rdemo')
  await soon(() => expect(textOf(room)).toContain('欢迎来到直播间'))
  expect(findAll(room, '.account-wall')).toEqual([])
})

it('[AC12] who is not gets an explanation in place of the page; tried again, it starts over', async () => {
  let isKnown = false
  phone = createPhone(() => isKnown ? weChat.login('open-boris') : 'of nobody')
  phone.launch('src/live/pages/room/index?id=rdemo')
  await soon(() => find(phone.page(), '.account-wall'))
  expect(textOf(phone.page())).toContain('登录后才能进入')
  expect(findAll(phone.page(), 'live-player')).toEqual([])

  tap(find(phone.page(), '.account-wall .app-tap'))
  await soon(() => expect(findAll(phone.page(), '.account-wall .spinner')).toEqual([]))
  expect(findAll(phone.page(), '.account-wall')).toHaveLength(1)

  isKnown = true
  tap(find(phone.page(), '.account-wall .app-tap'))
  await soon(() => expect(textOf(phone.page())).toContain('欢迎来到直播间'))
  expect(phone.page()).toMatchObject({ route: 'src/live/pages/room/index', query: { id: 'rdemo' } })
  expect(findAll(phone.page(), '.account-wall')).toEqual([])
})
