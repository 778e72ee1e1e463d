/** Tencent's SDK as it lies in the build, in what WeChat gives a script to see, over a double of its cloud. */
import type { loadTim } from '@/src/live/adapters/tim/loadTim'
import type { createTimImClient } from '@/src/live/adapters/tim/TimImClient'
import { expect, it, vi } from 'vitest'
import { NOT_LINKED } from '@/shared/domain/linkMic'
import { aRoom, aSession, aView } from '@/src/testing/fixtures'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { createFakeWx } from '../im/support/fakeWx'
import { TencentCloud } from '../im/support/TencentCloud'
import { readCode, subPackageRoots } from './support/bundle'
import { createModules } from './support/modules'

const ROOM = 'rroom0000001'

it('[TI3] the SDK of the build logs in, joins and speaks', async () => {
  const files = readCode()
  const cloud = new TencentCloud()
  cloud.groups.add(ROOM)
  const load = createModules(files, subPackageRoots(JSON.parse(files['app.json'])), {
    wx: createFakeWx(() => cloud),
    getApp: () => ({}),
    getCurrentPages: () => [],
    __wxConfig: {},
    console: { ...console, log: () => {}, info: () => {} }, // the SDK tells of its start
    Page: () => {},
    Component: () => {},
    Behavior: () => {},
    App: () => {},
  })
  const tim = load('src/live/adapters/tim/loadTim.js') as { loadTim: typeof loadTim }
  const client = load('src/live/adapters/tim/TimImClient.js') as { createTimImClient: typeof createTimImClient }
  const im = client.createTimImClient({
    loadSdk: tim.loadTim,
    clock: createVirtualClock(),
    random: () => 0,
    session: { current: aSession() },
    api: {
      getRoom: async id => ({ room: aRoom({ id }), play: null, mixed: null, guests: [] }),
      getLinkMic: async roomId => ({ view: aView(1, NOT_LINKED, { roomId }) }),
      refreshSession: async () => aSession(),
    },
  })
  const heard: string[] = []
  im.listen({ messages: messages => heard.push(...messages.map(message => message.type === 'chat' ? message.text : message.type)) })
  im.login({ kind: 'tencent', sdkAppId: 1_400_000_000, userId: 'ume000000001', userSig: 'sig' }, 'token')
  expect((await im.join(ROOM)).room.id).toBe(ROOM)
  await im.sendText('从手机')
  expect(cloud.texts).toEqual(['从手机'])
  cloud.say('你好 🎤', { from: 'ubob00000001', groupId: ROOM, nick: 'bob' })
  await vi.waitFor(() => expect(heard).toEqual(['你好 🎤']), { timeout: 10_000 })
  im.logout()
  cloud.drop()
})
