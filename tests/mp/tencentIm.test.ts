/** Tencent's SDK as it lies in the build, in what WeChat gives a script to see, over a double of its cloud. */
import type { World } from './support/world'
import type { Callbacks } from './support/wx/answer'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createFakeWx } from '../im/support/fakeWx'
import { TencentCloud } from '../im/support/TencentCloud'
import { find, findAll, soon, tap, type } from './support/screen'
import { createWorld } from './support/world'
import { fail } from './support/wx/answer'
import { createNetwork } from './support/wx/network'
import { createRequest } from './support/wx/request'

const ROOM = 'rdemo'

let world: World
beforeAll(async () => world = await createWorld())
afterAll(() => world.close())

/** Our server's answers, with a session whose chat is Tencent's. Nobody else is asked anything. */
function createTencentRequest() {
  const request = createRequest(createNetwork())
  return (options: Callbacks & { url: string }) => options.url.startsWith(world.url)
    ? request({ ...options, success: answer => options.success?.({ ...answer, data: withTencent(answer.data) }) })
    : fail('request', options, 'url not in domain list')
}

function withTencent(data: any) {
  return data?.im ? { ...data, im: { kind: 'tencent', sdkAppId: 1_400_000_000, userId: data.user.id, userSig: 'sig' } } : data
}

it('[TI3] the SDK of the build logs in, joins and speaks', async () => {
  const silenced = [vi.spyOn(console, 'log'), vi.spyOn(console, 'info')].map(spy => spy.mockImplementation(() => {})) // the SDK tells of its start
  const cloud = new TencentCloud()
  cloud.groups.add(ROOM)
  const { connectSocket } = createFakeWx(() => cloud)
  const phone = world.createPhone({ request: createTencentRequest(), connectSocket })
  const room = phone.launch(`src/live/pages/room/index?id=${ROOM}`)
  const input = await soon(() => find(room, '.chat-input input'))
  await soon(() => expect(cloud.joined).toContain(ROOM))
  type(input, '从手机')
  await soon(() => expect(find(room, '.chat-input .send').getAttribute('aria-disabled')).toBe('false'))
  tap(find(room, '.chat-input .send'))
  await soon(() => expect(cloud.texts).toEqual(['从手机']))
  cloud.say('你好 🎤', { from: 'ubob00000001', groupId: ROOM, nick: 'bob' })
  await soon(() => expect(findAll(room, '.chat-list .row').map(row => row.textContent)).toContain('bob你好 🎤'))
  expect(phone.warnings).toEqual([])
  phone.close()
  cloud.drop()
  silenced.forEach(spy => spy.mockRestore())
})
