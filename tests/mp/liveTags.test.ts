/** The native tags of the compiled program: what they are told, and what comes of what they say. */
import type { MiniProgram, Page } from './support/MiniProgram'
import type { World } from './support/world'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { playerAttributes } from '@/src/live/media/native/playerAttributes'
import { pusherAttributes } from '@/src/live/media/native/pusherAttributes'
import { find, findTap, fire, propsOf, soon, tap } from './support/screen'
import { createWorld } from './support/world'

let world: World
let phone: MiniProgram

beforeAll(async () => world = await createWorld())
beforeEach(() => phone = world.createPhone())
afterEach(() => {
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(() => world.close())

async function open(url: string, tag: string): Promise<[Page, Element]> {
  const page = phone.launch(url)
  return [page, await soon(() => find(page, tag))]
}

it('[PB30] <live-pusher> is told everything that the definition says', async () => {
  const [, tag] = await open('src/live/pages/anchor/index', 'live-pusher')
  expect(propsOf(tag)).toMatchObject(pusherAttributes({ rtmp: '', whip: '', source: 'camera', quality: 'SD', facing: 'front', cameraId: '', microphoneId: '', isMirrored: true, isMuted: false }))
})

it('[PB30] <live-player> is told everything that the definition says', async () => {
  const [, tag] = await open('src/live/pages/room/index?id=rdemo', 'live-player')
  await soon(() => expect(propsOf(tag).src).not.toBe(''))
  expect(propsOf(tag)).toMatchObject(playerAttributes({ urls: undefined, mode: 'live', isMuted: false, volume: 1, objectFit: 'cover', attributes: { pictureInPictureMode: ['push', 'pop'] } }, propsOf(tag).src as string))
})

it('[PB40] what the tag has said is copied from the statistics, with the phone and the room and without secrets', async () => {
  const [room, tag] = await open('src/live/pages/room/index?id=rdemo', 'live-player')
  await soon(() => expect(propsOf(tag).src).toContain('txSecret='))
  fire(tag, 'statechange', { code: 2027, message: `played ${propsOf(tag).src}` })
  fire(tag, 'castinginterrupt')
  fire(tag, 'enterpictureinpicture')
  fire(tag, 'netstatus', { info: { netSpeed: 800, videoFPS: 24, videoWidth: 360, videoHeight: 640 } })
  tap(findTap(room, '线路数据'))
  tap(await soon(() => findTap(room, '复制诊断信息')))
  const [, { data }] = await soon(() => phone.wx.calls.find(([name]) => name === 'setClipboardData') ?? expect.fail('not copied')) as [string, { data: string }]
  expect(data).toMatch(/^Lianmai \d+\.\d+\.\d+\nWeChat 8\.0\.50, base library 3\.8\.0\nApple iPhone, iOS 17\.0\nnetwork wifi\nroom rdemo\n/)
  expect(data).toMatch(/\nplayer rdemo-\w+: flv, 800 kbit\/s, 24 fps, 360×640\n/)
  expect(data).toMatch(/: statechange 2027 played http:\/\/\S+\.flv \(unknown\)\n/)
  expect(data).toContain(': casting interrupted {}\n')
  expect(data).toContain(': pictureInPicture true')
  expect(data).not.toMatch(/txSecret|token/i)
})
