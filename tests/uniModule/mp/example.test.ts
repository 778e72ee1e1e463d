/** The example as WeChat would run it: compiled, on WeChat's component framework, with a real server. */
import type { MiniProgram, Page } from '../../mp/support/MiniProgram'
import type { World } from '../../mp/support/world'
import type { Project } from '../support/project'
import type { Encoder } from '@/server/media/embedded/testing/ffmpeg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startEncoder } from '@/server/media/embedded/testing/ffmpeg'
import { readCode } from '../../mp/support/bundle'
import { createMiniProgram } from '../../mp/support/MiniProgram'
import { find, findAll, fire, propsOf, soon, tap, textOf, type } from '../../mp/support/screen'
import { createWorld } from '../../mp/support/world'
import { copyExample } from '../support/project'

const HANDSHAKE_DONE = 1002 // live-pusher's code for a stream on its way
const PLAYING = 2004 // live-player's

let project: Project
let files: ReturnType<typeof readCode>
let world: World
let phone: MiniProgram
/** What a native live-pusher would send, sent by ffmpeg to the address in the tag. */
let camera: Encoder | undefined

beforeAll(async () => {
  project = await copyExample()
  files = readCode(await project.build('mp-weixin'))
  world = await createWorld()
})
beforeEach(async () => {
  phone = createMiniProgram(files)
  await come(phone.launch(), '小鹿')
})
afterEach(async () => {
  await camera?.stop()
  camera = undefined
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(async () => {
  await world?.close()
  project?.remove()
})

const labelled = (page: Page, label: string) => find(page, `[aria-label="${label}"]`)
const button = (page: Page, text: string) => findAll(page, '[role="button"]').find(element => element.textContent?.trim() === text) ?? expect.fail(`no ${text}: ${textOf(page)}`)

async function come(home: Page, nickname: string) {
  type(labelled(home, '服务器'), world.url)
  type(labelled(home, '昵称'), nickname)
  tap(button(home, '进入'))
  await soon(() => button(home, '开始直播'))
}

async function openRoom() {
  await soon(() => expect(phone.page().route).toBe('pages/room/index'))
  return phone.page()
}

it('[UM10] somebody comes from the list into a room, gets an address that plays, hears others and is heard', async () => {
  const other = await world.createPerson('蓝鲸')
  const visit = await other.enter('rdemo')
  const { room: { title } } = await world.getRoom('rdemo')
  tap(await soon(() => labelled(phone.page(), title)))
  const room = await openRoom()

  const { src, mode } = await soon(() => {
    expect(phone.wx.calls.map(([name]) => name)).toContain('LivePlayerContext.play')
    return propsOf(find(room, 'live-player'))
  })
  expect(mode).toBe('live')
  const { value } = await (await fetch(src as string)).body!.getReader().read()
  expect(new TextDecoder().decode(value!.slice(0, 3))).toBe('FLV')
  fire(find(room, 'live-player'), 'statechange', { code: PLAYING })

  await soon(async () => expect((await world.getRoom('rdemo')).room.viewers).toBe(2))
  visit.say('大家好')
  await soon(() => expect(textOf(room, '.lines')).toContain('大家好'))
  const input = labelled(room, '说点什么')
  type(input, '从小程序来')
  fire(input, 'confirm', { value: '从小程序来' })
  await soon(() => expect(visit.heard).toContainEqual(expect.objectContaining({ type: 'chat', text: '从小程序来' })))

  tap(labelled(room, '返回'))
  await soon(() => expect(phone.page().route).toBe('pages/index/index'))
  expect(phone.wx.calls.map(([name]) => name)).toContain('LivePlayerContext.stop')
  await soon(async () => expect((await world.getRoom('rdemo')).room.viewers).toBe(1))
})

it('[UM10] an anchor gets an address, what is sent there makes the room live, and leaving ends it', async () => {
  type(labelled(phone.page(), '直播标题'), '湖边的黄昏')
  tap(button(phone.page(), '开始直播'))
  const room = await openRoom()
  const { url } = await soon(() => {
    expect(phone.wx.calls.map(([name]) => name)).toContain('LivePusherContext.start')
    return propsOf(find(room, 'live-pusher'))
  })
  expect(url).toMatch(/^rtmp:\/\/127\.0\.0\.1:\d+\/live\/r\w+-u\w+\?txSecret=/)
  camera = startEncoder(url as string)
  fire(find(room, 'live-pusher'), 'statechange', { code: HANDSHAKE_DONE })
  const roomId = /live\/(\w+)-/.exec(url as string)![1]
  await soon(async () => expect((await world.getRoom(roomId)).room).toMatchObject({ title: '湖边的黄昏', status: 'live' }))
  expect(phone.wx.calls).toContainEqual(['showToast', expect.objectContaining({ title: '开播了' })])

  phone.wx.api.navigateBack({})
  await soon(async () => expect((await world.getRoom(roomId)).room.status).toBe('ended'))
})
