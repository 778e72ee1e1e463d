/** Order in a room on the compiled mini-program: whom it concerns, and who keeps it. */
import type { Person } from '../support/person'
import type { MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { find, findAll, findTap, fire, propsOf, soon, tap, textOf, type } from './support/screen'
import { createWorld } from './support/world'

const HANDSHAKE_DONE = 1002 // live-pusher's code for a stream on its way

let world: World
let phone: MiniProgram
let encoder: Encoder | undefined

beforeAll(async () => world = await createWorld({ MIX: 'off' }))
beforeEach(() => phone = world.createPhone())
afterEach(async () => {
  await encoder?.stop()
  encoder = undefined
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

/** A room of somebody with another client, on air. */
async function openRoom(anchor: Person): Promise<string> {
  const { publish, room } = await anchor.createRoom('安静一点')
  encoder = startEncoder(publish.rtmp)
  await soon(async () => expect((await world.getRoom(room.id)).room.status).toBe('live'))
  return room.id
}
const fields = (page: Page) => findAll(page, '.chat-input input')

it('[MO42] [MO43] a viewer is silenced, may speak again, and is sent away for good', async () => {
  const anchor = await world.createPerson('海豚')
  const roomId = await openRoom(anchor)
  const desk = await anchor.enter(roomId)
  const page = phone.launch(`src/live/pages/room/index?id=${roomId}`)
  await soon(() => expect(textOf(page, '.viewers')).toBe('1'))
  type(fields(page)[0], '还没说完')
  const me = await soon(() => desk.heard.find(message => message.type === 'joinNotice')?.user ?? expect.fail('nobody came'))

  await anchor.moderate(roomId, { type: 'silence', userId: me.id })
  await soon(() => expect(textOf(page, '.chat-input')).toBe('你已被禁言'))
  expect(fields(page)).toEqual([])
  await anchor.moderate(roomId, { type: 'silenceAll', isOn: true })
  await anchor.moderate(roomId, { type: 'unsilence', userId: me.id })
  await soon(() => expect(textOf(page, '.chat-input')).toBe('全员禁言中'))
  await anchor.moderate(roomId, { type: 'silenceAll', isOn: false })
  await soon(() => expect(propsOf(fields(page)[0]).value).toBe('还没说完'))
  tap(find(page, '.chat-input .send'))
  await soon(() => expect(desk.heard).toContainEqual(expect.objectContaining({ type: 'chat', text: '还没说完' })))

  await anchor.moderate(roomId, { type: 'remove', userId: me.id })
  await soon(() => expect(textOf(page, '.audience-outcome')).toContain('你已被主播请出直播间'))
  expect(phone.wx.calls.map(([name]) => name)).toContain('LivePlayerContext.stop')
  await soon(async () => expect((await world.getRoom(roomId)).room.viewers).toBe(0))
  tap(findTap(page, '看看别的直播'))
  await soon(() => expect(phone.page().route).toBe('src/pages/home/index'))
  phone.wx.api.navigateTo({ url: `/src/live/pages/room/index?id=${roomId}` })
  await soon(() => expect(textOf(phone.page(), '.audience-outcome')).toContain('你已被主播请出直播间'))
})

it('[MO40] [MO41] the anchor taps on what somebody said, silences them, sends them away and lets them in again', async () => {
  phone.launch()
  phone.wx.api.navigateTo({ url: '/src/live/pages/anchor/index' })
  await soon(() => find(phone.page(), '.prepare-panel'))
  const page = phone.page()
  await soon(() => expect(findTap(page, '开始直播').getAttribute('aria-disabled')).toBe('false'))
  tap(findTap(page, '开始直播'))
  const url = await soon(() => String(propsOf(find(page, 'live-pusher')).url || expect.fail('no address yet')))
  encoder = startEncoder(url)
  fire(find(page, 'live-pusher'), 'statechange', { code: HANDSHAKE_DONE })
  await soon(() => find(page, '.room-top-bar'))
  const roomId = /live\/(\w+)-/.exec(url)![1]

  const viewer = await world.createPerson('蓝鲸')
  const visit = await viewer.enter(roomId)
  visit.say('大家好')
  tap(await soon(() => find(page, '.chat-list .person')))
  tap(await soon(() => findTap(page, '禁言')))
  await soon(() => expect(textOf(page, '.person-sheet')).toContain('已禁言'))
  expect(visit.refusals).toEqual([])
  visit.say('听得到吗')
  await soon(() => expect(visit.refusals).toEqual(['SILENCED']))

  tap(findTap(page, '请出直播间'))
  tap(await soon(() => findTap(page, '请出')))
  await soon(() => expect(visit.refusals).toEqual(['SILENCED', 'REMOVED']))
  tap(find(page, '.link-mic-tool'))
  tap(await soon(() => findTap(page, '管理')))
  await soon(() => expect(textOf(page, '.order-panel')).toContain('已请出 1 人'))
  tap(findTap(page, '允许 蓝鲸 再次进入'))
  await soon(() => expect(textOf(page, '.order-panel')).not.toContain('已请出'))
  await viewer.enter(roomId)
})
