/** The whole server with IM=tencent, over the double of the cloud. */
import type { TestServer } from '../../testing/startTestServer'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startImCloud } from '../../../sandbox/tencent/im/startImCloud'
import { openPeer } from '../../../sandbox/tencent/im/testing/peer'
import { PresenceAnswer } from '../../../shared/protocol/presence'
import { RoomsPage } from '../../../shared/protocol/rest'
import { startTestServer } from '../../testing/startTestServer'

const SECRET = 'the secret key of this test, long enough'
const TOKEN = 'a-callback-token-of-this-test'
const SDK_APP_ID = 1_400_000_900
let cloud: Awaited<ReturnType<typeof startImCloud>>
let server: TestServer

function start(dataDir?: string, more: Record<string, string> = {}) {
  return startTestServer({ dataDir, env: {
    ...more,
    IM: 'tencent',
    TENCENT_SDK_APP_ID: String(SDK_APP_ID),
    TENCENT_SDK_SECRET_KEY: SECRET,
    TENCENT_IM_CALLBACK_TOKEN: TOKEN,
    TENCENT_IM_ADMIN: 'lianmai-server',
    TENCENT_IM_API_URL: cloud.apiUrl,
    TENCENT_IM_SOCKET_URL: cloud.socketUrl,
    MIX: 'off',
  } })
}

beforeEach(async () => {
  cloud = await startImCloud({ sdkAppId: SDK_APP_ID, key: { kind: 'secret', secretKey: SECRET }, admin: 'lianmai-server' })
  server = await start()
  cloud.callBack({ url: `${server.origin}/callbacks/im`, token: TOKEN })
})
afterEach(async () => {
  cloud.trouble.isDown = false
  await server.stop()
  await cloud.close()
})

/** Somebody with a session, at the cloud's socket. */
async function person(nickname: string) {
  const session = await server.openSession(nickname)
  if (session.im.kind !== 'tencent')
    throw new Error('expected a credential for Tencent IM')
  const { userId, userSig, socketUrl } = session.im
  const peer = await openPeer({ socketUrl: socketUrl!, sdkAppId: SDK_APP_ID, login: { userId, userSig } })
  return { ...session, peer, call: (method: string, path: string, body?: object) => server.call(method, path, { token: session.token, body }) }
}
const news = (peer: { messages: readonly Record<string, any>[] }) => peer.messages.flatMap(({ From_Account, MsgBody }) => From_Account === 'lianmai-server' && Array.isArray(MsgBody) ? [JSON.parse(MsgBody[0].MsgContent.Data)] : [])

describe('a cloud that works', () => {
  it('[IS16] a session names the application, the server\'s account and the socket, and none of the secrets', async () => {
    const { im } = await server.openSession('Anna')
    expect(im).toEqual({ kind: 'tencent', sdkAppId: SDK_APP_ID, userId: expect.any(String), userSig: expect.any(String), serverAccount: 'lianmai-server', socketUrl: cloud.socketUrl })
    expect(JSON.stringify(im)).not.toContain(SECRET)
  })

  it('[IS12] people are known there by name and face', async () => {
    const anna = await person('Anna')
    await expect.poll(() => cloud.cloud.account(anna.user.id)).toMatchObject({ nick: 'Anna', face: String(anna.user.avatar) })
    await anna.call('PUT', '/api/me', { nickname: 'Anne' })
    await expect.poll(() => cloud.cloud.account(anna.user.id).nick).toBe('Anne')
  })

  it('[IS8] [IS10] [IS15] a room lives: people are there by beats, speak, are counted, and hear its end', async () => {
    const [anchor, anna] = [await person('Anchor'), await person('Anna')]
    const { room } = await server.createRoom(anchor.token)
    expect(cloud.cloud.groups.get(room.id)).toMatchObject({ owner: 'lianmai-server' })
    await anna.peer.join(room.id)
    const beat = await anna.call('PUT', `/api/rooms/${room.id}/presence?visit=v1&fresh=1`)
    expect([beat.status, beat.as(PresenceAnswer)]).toEqual([200, { againInMs: 20_000 }])
    await anna.peer.say(room.id, 'hello')
    const figures = async () => (await server.call('GET', `/api/rooms/${room.id}`)).body.room
    await expect.poll(figures).toMatchObject({ viewers: 1, visitors: 1, messages: 1 })
    expect((await anchor.call('GET', `/api/rooms/${room.id}/audience`)).body).toMatchObject({ people: [{ nickname: 'Anna' }], total: 1 })
    await anna.call('DELETE', `/api/rooms/${room.id}/presence?visit=v1`)
    await expect.poll(async () => (await anchor.call('GET', `/api/rooms/${room.id}/audience`)).body.people).toEqual([])
    await anchor.call('DELETE', `/api/rooms/${room.id}`)
    await expect.poll(() => news(anna.peer).at(-1)).toMatchObject({ type: 'roomEnded', room: { id: room.id, status: 'ended' } })
    expect((await anna.call('PUT', `/api/rooms/${room.id}/presence?visit=v1`)).body.code).toBe('ROOM_ENDED')
    expect((await server.call('GET', '/metrics')).text).toContain('lianmai_chat_messages_total 1')
  })

  it('[IS9] a beat is for who has a session, in a room that is there, with the id of a stay', async () => {
    const anna = await person('Anna')
    const { room } = await server.createRoom(anna.token)
    expect((await server.call('PUT', `/api/rooms/${room.id}/presence?visit=v1`)).status).toBe(401)
    expect((await anna.call('PUT', '/api/rooms/rnowhere/presence?visit=v1')).body.code).toBe('ROOM_NOT_FOUND')
    expect((await anna.call('PUT', `/api/rooms/${room.id}/presence`)).body.code).toBe('BAD_REQUEST')
    expect((await anna.call('PUT', `/api/rooms/${room.id}/presence?visit=${'x'.repeat(37)}`)).body.code).toBe('BAD_REQUEST')
  })

  it('[IS11] [IS14] the anchor keeps order: silences, and sends away', async () => {
    const [anchor, anna] = [await person('Anchor'), await person('Anna')]
    const { room } = await server.createRoom(anchor.token)
    await anna.peer.join(room.id)
    await anna.call('PUT', `/api/rooms/${room.id}/presence?visit=v1`)
    await anchor.call('POST', `/api/rooms/${room.id}/moderation`, { type: 'silenceAll', isOn: true })
    expect((await anna.peer.say(room.id, 'may I')).ErrorCode).toBe(10_101)
    await anchor.call('POST', `/api/rooms/${room.id}/moderation`, { type: 'silenceAll', isOn: false })
    expect((await anna.peer.say(room.id, 'I may')).ErrorCode).toBe(0)
    await anchor.call('POST', `/api/rooms/${room.id}/moderation`, { type: 'remove', userId: anna.user.id })
    await expect.poll(() => news(anna.peer).at(-1)).toEqual({ type: 'removed', roomId: room.id })
    expect((await anna.call('PUT', `/api/rooms/${room.id}/presence?visit=v1`)).body.code).toBe('REMOVED')
    await expect.poll(() => cloud.cloud.groups.get(room.id)!.banned.has(anna.user.id)).toBe(true)
  })
})

it('[AC9] [IS14] where guests are over, one from before is not heard either', async () => {
  const [anchor, anna] = [await person('Anchor'), await person('Anna')]
  const { room } = await server.createRoom(anchor.token)
  await anna.peer.join(room.id)
  expect((await anna.peer.say(room.id, 'still here')).ErrorCode).toBe(0)
  await server.close()
  server = await start(server.dataDir, { GUESTS: '0', ACCOUNT_JWT_SECRET: 'the secret that both systems share, long enough' })
  cloud.callBack({ url: `${server.origin}/callbacks/im`, token: TOKEN })
  expect((await anna.peer.say(room.id, 'and now')).ErrorCode).toBe(10_104)
})

describe('a cloud in trouble', () => {
  const open = async () => (await server.call('GET', '/metrics')).text.split('\n').filter(line => line.startsWith('lianmai_rooms{'))

  it.each([
    ['hangs', () => void (cloud.trouble.delayMs = 60_000)],
    ['is down', () => void (cloud.trouble.isDown = true)],
    ['has too much to do', () => void cloud.trouble.refusals.set('create_group', 60_007)],
    ['does not know us', () => void cloud.trouble.refusals.set('create_group', 70_003)],
  ])('[IS3] that %s: a room is refused within 3 s, and none is left behind', async (_, trouble) => {
    const { token, user } = await server.openSession()
    trouble()
    const asked = performance.now()
    const answer = await server.call('POST', '/api/rooms', { token, body: { title: 'Evening' } })
    expect(performance.now() - asked).toBeLessThan(3000)
    expect(answer).toMatchObject({ status: 503, body: { code: 'CLOUD_UNAVAILABLE' } })
    expect(await open()).toEqual(['lianmai_rooms{status="preparing"} 0', 'lianmai_rooms{status="live"} 0', 'lianmai_rooms{status="interrupted"} 0'])
    expect((await server.call('GET', '/api/rooms')).as(RoomsPage).rooms.filter(({ anchor }) => anchor.id === user.id)).toEqual([])
    expect(server.logLines.join()).not.toContain('usersig')
    cloud.trouble.isDown = false
    cloud.trouble.delayMs = 0
    cloud.trouble.refusals.clear()
    await server.createRoom(token)
  })

  it('[IS3] [IS4] rooms go on: they change at once, and are told when the cloud is back', async () => {
    const [anchor, anna] = [await person('Anchor'), await person('Anna')]
    const { room } = await server.createRoom(anchor.token)
    await anna.peer.join(room.id)
    cloud.trouble.refusals.set('send_group_msg', 10_002)
    const asked = performance.now()
    expect((await anchor.call('PUT', `/api/rooms/${room.id}`, { title: 'Meanwhile' })).body.room.title).toBe('Meanwhile')
    expect(performance.now() - asked).toBeLessThan(1000)
    await anna.call('PUT', `/api/rooms/${room.id}/presence?visit=v1`)
    cloud.trouble.refusals.clear()
    await expect.poll(() => news(anna.peer).find(({ type }) => type === 'roomChanged'), { timeout: 5000 }).toMatchObject({ room: { title: 'Meanwhile' } })
  })

  it('[IS3] rooms of the last run go on when the cloud is down at the start; their groups are made with their next news', async () => {
    const anchor = await server.openSession('Anchor')
    const { room } = await server.createRoom(anchor.token)
    await server.close()
    cloud.cloud.destroyGroup(room.id)
    cloud.trouble.isDown = true
    server = await start(server.dataDir)
    expect((await server.call('GET', `/api/rooms/${room.id}`)).body.room.status).toBe('preparing')
    cloud.trouble.isDown = false
    await server.call('PUT', `/api/rooms/${room.id}`, { token: anchor.token, body: { title: 'Back' } })
    await expect.poll(() => cloud.cloud.groups.has(room.id), { timeout: 5000 }).toBe(true)
  })
})

it('[IS9] where our own hub carries the chat there is no door for beats', async () => {
  const embedded = await startTestServer()
  const { token } = await embedded.openSession()
  const { room } = await embedded.createRoom(token)
  expect((await embedded.call('PUT', `/api/rooms/${room.id}/presence?visit=v1`, { token })).body.code).toBe('NOT_FOUND')
  expect((await embedded.call('POST', '/callbacks/im', { body: {} })).status).toBe(404)
  await embedded.stop()
})
