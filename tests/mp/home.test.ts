import type { World } from './support/world'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { find, findAll, soon, tap, textOf } from './support/screen'
import { createWorld } from './support/world'

let world: World
let encoder: Encoder | undefined

beforeAll(async () => world = await createWorld())
afterEach(() => encoder?.stop())
afterAll(() => world.close())

const card = '.room-card'

it('[MP10] home draws the rooms of the API, the demo among them', async () => {
  const home = world.createPhone().launch()
  await soon(() => expect(findAll(home, card)).toHaveLength(1))
  expect(textOf(home, card)).toContain('欢迎来到连麦')
})

it('[MP10] a room that goes live appears with its title and its anchor', async () => {
  const anchor = await world.createPerson('蓝鲸')
  const { room, publish } = await anchor.createRoom('海边的晚饭')
  const home = world.createPhone().launch()
  await soon(() => expect(findAll(home, card)).toHaveLength(1))
  encoder = startEncoder(publish.rtmp)
  await soon(async () => {
    await home.instance.onPullDownRefresh()
    expect(findAll(home, card)).toHaveLength(2)
  })
  expect(textOf(home)).toContain('海边的晚饭')
  expect(textOf(home)).toContain('蓝鲸')
  await anchor.endRoom(room.id)
})

it('[MP11] a tap opens the room\'s page in the subpackage', async () => {
  const phone = world.createPhone()
  const home = phone.launch()
  await soon(() => find(home, card))
  tap(find(home, card))
  await soon(() => expect(phone.page().route).toBe('src/live/pages/room/index'))
  expect(phone.page().query).toEqual({ id: 'rdemo' })
})

it('[MP12] without a network home says so, and draws the rooms once it is back', async () => {
  const phone = world.createPhone()
  phone.wx.setNetwork(false)
  const home = phone.launch()
  await soon(() => find(home, '.empty-state'))
  expect(findAll(home, card)).toEqual([])
  phone.wx.setNetwork(true)
  tap(find(home, '.empty-state .app-tap'))
  await soon(() => expect(findAll(home, card)).toHaveLength(1))
})
