/** Both chats as the app sees them: our own hub over real sockets, Tencent IM by its real SDK over a double of the cloud. */
import type { ImWorld } from '../conformance/imClient'
import type { Peer } from '@/server/chat/testing/ChatDoor'
import type { Clock } from '@/src/ports/Clock'
import { NO_LIMITS, openChatDoor } from '@/server/chat/testing/ChatDoor'
import { wsConnect } from '@/server/chat/testing/wsConnect'
import { UNMODERATED } from '@/shared/domain/moderation'
import { createEmbeddedImClient } from '@/src/adapters/socket/EmbeddedImClient'
import { aRoom, aUser } from '@/src/testing/fixtures'
import { describeImClient, ROOM, SELF } from '../conformance/imClient'
import { bob, openTimWorld, server } from './support/timWorld'

describeImClient('EmbeddedImClient', openEmbeddedWorld)
describeImClient('TimImClient', async (clock) => {
  const { client, cloud, login, credential } = openTimWorld(clock)
  const world: ImWorld = {
    client,
    login() {
      cloud.refusals.clear()
      login()
    },
    loginRefused() {
      cloud.refusals.set('wslogin', 70_003)
      client.login(credential('forged'), 'token')
    },
    say: async text => cloud.say(text, bob()),
    repeat: () => cloud.repeat(),
    changeRoom: room => cloud.custom({ type: 'roomChanged', seq: 0, at: 1, room }, server()),
    signal: view => cloud.whisper({ type: 'linkMic', view }, server().from, SELF),
    stand: isSilenced => cloud.whisper({ type: 'standing', standing: { roomId: ROOM, isSilenced } }, server().from, SELF),
    sendAway: () => cloud.whisper({ type: 'removed', roomId: ROOM }, server().from, SELF),
    crowd: online => cloud.custom({ type: 'online', roomId: ROOM, online }, server()),
    heard: () => cloud.texts,
    drop(ms) {
      cloud.isReachable = false
      cloud.drop()
      setTimeout(() => (cloud.isReachable = true), ms)
    },
    openElsewhere: () => cloud.kickOut(1),
    close: async () => cloud.drop(),
  }
  return world
})

async function openEmbeddedWorld(clock: Clock): Promise<ImWorld> {
  const people = new Map([['me', aUser({ id: SELF, nickname: 'me' })], ...['bob', 'c', 'd', 'e'].map(name => [name, aUser({ id: `u${name}00000001`, nickname: name, avatar: 1 })] as const)])
  const door = await openChatDoor({
    verifyToken: async token => people.get(token),
    roomFor: async id => id === ROOM ? aRoom({ id }) : undefined,
    limits: { ...NO_LIMITS, socketsPerUser: 1 },
  })
  await door.chat.im.createRoom(ROOM, 'uanchor00001')
  const bobs = await enter('bob')
  let isReachable = true
  let socket: ReturnType<typeof wsConnect> | undefined
  const client = createEmbeddedImClient({
    url: door.url,
    clock,
    random: () => 0,
    connect: (url, events) => socket = wsConnect(isReachable ? url : 'ws://127.0.0.1:9/', events),
  })
  async function enter(name: string): Promise<Peer> {
    const peer = await door.connect(name)
    await peer.join(undefined, ROOM)
    return peer
  }
  return {
    client,
    login: () => client.login({ kind: 'embedded' }, 'me'),
    loginRefused: () => client.login({ kind: 'embedded' }, 'nobody'),
    say: text => bobs.say(text, ROOM),
    repeat: () => {}, // the hub never does; the numbers in its order are tested beside the client
    changeRoom: room => void door.chat.im.broadcast(ROOM, { type: 'roomChanged', room }),
    signal: view => void door.chat.im.signal(ROOM, SELF, { type: 'linkMic', view }),
    stand: isSilenced => void door.chat.im.signal(ROOM, SELF, { type: 'standing', standing: { roomId: ROOM, isSilenced } }),
    sendAway: () => void door.chat.im.moderate(ROOM, 'uanchor000001', { ...UNMODERATED, removed: [SELF] }),
    crowd: people => void Promise.all(['c', 'd', 'e'].slice(0, people - 2).map(enter)),
    heard: () => bobs.received.flatMap(message => message.type === 'chat' && message.from.id === SELF ? [message.text] : []),
    drop(ms) {
      isReachable = false
      socket?.terminate()
      setTimeout(() => (isReachable = true), ms)
    },
    openElsewhere: () => void enter('me'),
    close: () => door.close(),
  }
}
