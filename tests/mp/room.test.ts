import type { Person, Visit } from '../support/person'
import type { MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { find, findAll, findTap, fire, idOf, propsOf, soon, tap, textOf, type } from './support/screen'
import { countSetData } from './support/setData'
import { createWorld } from './support/world'

const PLAYING = 2004 // live-player's code for a running picture

let world: World
let other: Person
let visit: Visit
let phone: MiniProgram
let room: Page
let encoder: Encoder | undefined

beforeAll(async () => {
  world = await createWorld()
  other = await world.createPerson('蓝鲸')
  visit = await other.enter('rdemo')
})
beforeEach(async () => {
  phone = world.createPhone()
  room = phone.launch('src/live/pages/room/index?id=rdemo')
  await soon(() => find(room, '.chat-input'))
})
afterEach(async () => {
  await encoder?.stop()
  encoder = undefined
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

/** As they are seen: a page of rows stands by its order. */
function rows() {
  return findAll(room, '.chat-list .page')
    .sort((a, b) => orderOf(a) - orderOf(b))
    .flatMap(page => [...page.querySelectorAll('.row')])
    .map(row => row.textContent)
}
const orderOf = (page: Element) => Number(/order: *(\d+)/.exec(page.getAttribute('style') ?? '')![1])

async function speak(text: string) {
  type(find(room, '.chat-input input'), text)
  await soon(() => expect(find(room, '.chat-input .send').getAttribute('aria-disabled')).toBe('false'))
  tap(find(room, '.chat-input .send'))
}

it('[MP20] live-player gets a signed FLV address that really plays', async () => {
  await soon(() => expect(phone.wx.calls.map(([name]) => name)).toContain('LivePlayerContext.play'))
  const { src, mode, autoplay, minCache, maxCache } = propsOf(find(room, 'live-player'))
  expect({ mode, autoplay, minCache, maxCache }).toEqual({ mode: 'live', autoplay: false, minCache: 1, maxCache: 3 })
  const response = await fetch(src as string)
  const { value } = await response.body!.getReader().read()
  expect(new TextDecoder().decode(value!.slice(0, 3))).toBe('FLV')
})

it('[MP20] the native context belongs to the component that holds the tag', async () => {
  const play = await soon(() => phone.wx.calls.find(([name]) => name === 'LivePlayerContext.play') ?? expect.fail('not played'))
  expect(play[2]).toEqual({ id: idOf(find(room, 'live-player')), component: 'src/live/components/MediaPlayerMp' })
})

it('[MP21] the word that the picture is coming goes when the tag says it runs', async () => {
  await soon(() => expect(textOf(room, '.waiting-picture')).toContain('画面'))
  fire(find(room, 'live-player'), 'statechange', { code: PLAYING })
  await soon(() => expect(findAll(room, '.waiting-picture')).toEqual([]))
})

it('[MP22] what others say comes through the socket and is drawn with their name', async () => {
  await soon(() => expect(textOf(room, '.viewers')).toBe('2'))
  visit.say('大家好')
  await soon(() => expect(rows()).toContain('蓝鲸大家好'))
})

it('[MP23] what is said here reaches the others, and is drawn once', async () => {
  await soon(() => expect(textOf(room, '.viewers')).toBe('2'))
  await speak('从小程序来')
  await soon(() => expect(visit.heard).toContainEqual(expect.objectContaining({ type: 'chat', text: '从小程序来' })))
  await soon(() => expect(rows().filter(row => row?.includes('从小程序来'))).toHaveLength(1))
  expect(propsOf(find(room, '.chat-input input')).value).toBe('')
})

it('[MP24] what was said while the network was away comes after', async () => {
  await soon(() => expect(textOf(room, '.viewers')).toBe('2'))
  phone.wx.setNetwork(false)
  await soon(() => find(room, '.room-top-bar .notice'))
  visit.say('你不在的时候')
  await soon(() => expect(visit.heard).toContainEqual(expect.objectContaining({ text: '你不在的时候' })))
  expect(rows().join()).not.toContain('你不在的时候')
  phone.wx.setNetwork(true)
  await soon(() => expect(rows().filter(row => row?.includes('你不在的时候'))).toHaveLength(1))
  await soon(() => expect(findAll(room, '.room-top-bar .notice')).toEqual([]))
})

it('[MP25] leaving the page stops the player and leaves the room', async () => {
  await soon(() => expect(textOf(room, '.viewers')).toBe('2'))
  tap(findTap(room, '离开直播间'))
  await soon(() => expect(phone.page().route).toBe('src/pages/home/index'))
  expect(phone.wx.calls.map(([name]) => name)).toContain('LivePlayerContext.stop')
  await soon(async () => expect((await world.getRoom('rdemo')).room.viewers).toBe(1))
})

it('[MP26] a room that does not exist is a sentence and a way home', async () => {
  const lost = world.createPhone().launch('src/live/pages/room/index?id=rnowhere')
  await soon(() => find(lost, '.empty-state'))
  expect(textOf(lost)).not.toMatch(/[A-Z]{3}_/)
})

it('[MP27] when the room ends, its end card shows', async () => {
  const { room: own, publish } = await other.createRoom('一会儿就结束')
  encoder = startEncoder(publish.rtmp)
  await soon(async () => expect((await world.getRoom(own.id)).room.status).toBe('live'))
  const page = world.createPhone().launch(`src/live/pages/room/index?id=${own.id}`)
  await soon(() => find(page, '.room-top-bar'))
  await other.endRoom(own.id)
  await soon(() => find(page, '.end-card'))
  expect(findAll(page, '.chat-input')).toEqual([])
})

it('[MP28] a hundred messages at 40 a second cost the list ten setData calls and 20 KB, and no node has more than 60 children', async () => {
  const visits = await Promise.all(Array.from({ length: 10 }, async (_, i) => (await world.createPerson(`观众${i}`)).enter('rdemo')))
  await soon(() => expect(textOf(room, '.viewers')).toBe('12'))
  await soon(() => expect(textOf(room, '.arrival')).toBe('')) // nobody's arrival is counted with what is said
  const list = countSetData(room, 'src/live/components/ChatList')
  const all = countSetData(room)
  const startedAt = Date.now()
  for (let i = 0; i < 100; i++) {
    visits[i % visits.length].say(`第 ${i} 句话，不长也不短`)
    await at(startedAt + (i + 1) * 25)
  }
  await soon(() => expect(textOf(room, '.chat-list')).toContain('第 99 句话'))
  all.stop()
  list.stop()
  const bytes = list.calls.reduce((total, bytes) => total + bytes, 0)
  console.log(`100 messages: ${list.calls.length} setData calls, ${bytes} bytes for the list; ${all.calls.length} for the whole page`)
  expect(list.calls.length).toBeLessThanOrEqual(10)
  expect(bytes).toBeLessThanOrEqual(20_000)
  expect(rows().slice(-40).map(text => /第 (\d+) 句话/.exec(text!)?.[1])).toEqual(Array.from({ length: 40 }, (_, i) => String(60 + i)))
  expect(Math.max(...[find(room, '.chat-list'), ...findAll(room, '.chat-list *')].map(({ childElementCount }) => childElementCount))).toBeLessThanOrEqual(60)
})

it('[MP28] nothing is drawn while nobody sees the page, and all of it at once after', async () => {
  await soon(() => expect(textOf(room, '.viewers')).toMatch(/\d/))
  phone.hide()
  const count = countSetData(room, 'src/live/components/ChatList')
  for (let i = 0; i < 8; i++)
    visit.say(`看不见的第 ${i} 句`)
  await soon(() => expect(visit.heard).toContainEqual(expect.objectContaining({ text: '看不见的第 7 句' })))
  await at(Date.now() + 500)
  expect(count.calls).toEqual([])
  phone.show()
  await soon(() => expect(textOf(room, '.chat-list')).toContain('看不见的第 7 句'))
  expect(count.calls).toHaveLength(1)
  count.stop()
})

const at = (time: number) => new Promise(resolve => setTimeout(resolve, time - Date.now()))
