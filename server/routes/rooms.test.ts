import type { Socket } from 'node:net'
import type { Session } from '../../shared/protocol/rest'
import type { TestServer } from '../testing/startTestServer'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CreatedRoom, RoomDetail, RoomOnly, RoomsPage } from '../../shared/protocol/rest'
import { publishRtmp } from '../media/embedded/testing/rtmpPublisher'
import { startTestServer } from '../testing/startTestServer'

const PLENTY = { perMinute: 10_000 }

describe('rooms by HTTP', () => {
  let server: TestServer
  let anna: Session
  let boris: Session
  beforeAll(async () => {
    server = await startTestServer({ rates: { sessions: PLENTY, rooms: PLENTY, covers: PLENTY } })
    anna = await server.openSession('Anna')
    boris = await server.openSession('Boris')
  })
  afterAll(() => server.stop())

  it('[RM1] a new room is preparing, and only its anchor learns where to publish', async () => {
    const answer = await server.call('POST', '/api/rooms', { token: anna.token, body: { title: ' An  evening ' } })
    expect(answer.status).toBe(201)
    const { room, publish } = answer.as(CreatedRoom)
    expect(room).toMatchObject({ status: 'preparing', title: 'An evening', anchor: anna.user, streamId: `${room.id}-${anna.user.id}` })
    expect(publish.rtmp).toMatch(new RegExp(`^rtmp://127\\.0\\.0\\.1:\\d+/live/${room.streamId}\\?txSecret=[\\da-f]{32}&txTime=[\\dA-F]+$`))
    expect(publish.rtmp).toBe(`${publish.rtmpServer}/${publish.rtmpKey}`)
    expect(publish.whip).toContain(`${server.origin}/whip/${room.streamId}?txSecret=`)

    const seenBy = async (token?: string) => (await server.call('GET', `/api/rooms/${room.id}`, { token })).as(RoomDetail)
    expect((await seenBy(anna.token)).publish?.rtmpServer).toBe(publish.rtmpServer)
    for (const token of [boris.token, undefined]) {
      const { play, ...rest } = await seenBy(token)
      expect(rest).toEqual({ room, mixed: null, guests: [] })
      expect(play).toMatchObject({ flv: expect.stringContaining(`${server.origin}/live/${room.streamId}.flv?txSecret=`) })
      expect(play?.wsFlv).toMatch(/^ws:\/\/127/)
    }
  })

  it.each([undefined, {}, { title: ' ' }, { title: 'x'.repeat(41) }, { title: 7 }])('[AP2] the title of %j is a BAD_REQUEST', async (body) => {
    expect(await server.call('POST', '/api/rooms', { token: anna.token, body })).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  })

  it('[RM11] the anchor changes the title and ends the room; nobody else may', async () => {
    const { room } = await server.createRoom(anna.token)
    const path = `/api/rooms/${room.id}`
    for (const [method, body] of [['PUT', { title: 'Mine' }], ['DELETE', undefined]] as const)
      expect(await server.call(method, path, { token: boris.token, body })).toMatchObject({ status: 403, body: { code: 'NOT_ROOM_ANCHOR' } })

    expect((await server.call('PUT', path, { token: anna.token, body: { title: 'Night' } })).as(RoomOnly).room.title).toBe('Night')
    const ended = await server.call('DELETE', path, { token: anna.token })
    expect(ended.as(RoomOnly).room).toMatchObject({ status: 'ended', endReason: 'anchor' })
    expect((await server.call('DELETE', path, { token: anna.token })).body).toEqual(ended.body)
    expect(await server.call('PUT', path, { token: anna.token, body: { title: 'Late' } })).toMatchObject({ status: 409, body: { code: 'ROOM_ENDED' } })
    expect((await server.call('GET', path, { token: anna.token })).body).toEqual({ room: ended.body.room, play: null, mixed: null, guests: [] })
  })

  it.each(['rnone', 'nonsense', '..%2f..%2fetc', 'r%00', 'x'.repeat(500)])('[RM11] room %j is not found', async (id) => {
    expect(await server.call('GET', `/api/rooms/${id}`)).toMatchObject({ status: 404, body: { code: 'ROOM_NOT_FOUND' } })
    expect(await server.call('DELETE', `/api/rooms/${id}`, { token: anna.token })).toMatchObject({ status: 404, body: { code: 'ROOM_NOT_FOUND' } })
  })

  it('[RM17] a stream makes the room live and listed; ending it cuts the stream', async () => {
    const { room, publish } = await server.createRoom(anna.token, 'With a stream')
    const { socket } = await publishRtmp(publish.rtmp)
    const cut = once(socket, 'close')
    await expect.poll(async () => (await server.call('GET', `/api/rooms/${room.id}`)).body.room.status).toBe('live')
    const page = (await server.call('GET', '/api/rooms')).as(RoomsPage)
    expect(page.rooms.map(({ id }) => id)).toEqual([room.id])
    await server.call('DELETE', `/api/rooms/${room.id}`, { token: anna.token })
    await cut
    expect((await server.call('GET', '/api/rooms')).as(RoomsPage).rooms).toEqual([])
  })

  it('[RM14] the list is paged by cursor', async () => {
    const sockets: Socket[] = []
    const ids: string[] = []
    for (const nickname of ['One', 'Two', 'Three']) {
      const { token } = await server.openSession(nickname)
      const { room, publish } = await server.createRoom(token, nickname)
      sockets.push((await publishRtmp(publish.rtmp)).socket)
      await expect.poll(async () => (await server.call('GET', `/api/rooms/${room.id}`)).body.room.status).toBe('live')
      ids.unshift(room.id)
    }
    const first = (await server.call('GET', '/api/rooms?limit=2')).as(RoomsPage)
    expect(first.rooms.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    const second = (await server.call('GET', `/api/rooms?limit=2&cursor=${first.nextCursor}`)).as(RoomsPage)
    expect(second.rooms.map(({ id }) => id)).toEqual(ids.slice(2))
    expect(second.nextCursor).toBeNull()
    sockets.forEach(socket => socket.destroy())
  })

  it.each(['limit=0', 'limit=51', 'limit=ten', 'limit=-1', 'limit=1&limit=2', 'cursor=nonsense', `cursor=${'x'.repeat(300)}`])('[AP2] the list refuses ?%s', async (query) => {
    expect(await server.call('GET', `/api/rooms?${query}`)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  })

  it('[AP8] URLs carry the name the client used, or PUBLIC_URL', async () => {
    const { room } = await server.createRoom(anna.token)
    const named = await startTestServer({ env: { PUBLIC_URL: 'https://live.example.com' } })
    const { token } = await named.openSession()
    const { publish, room: other } = await named.createRoom(token)
    expect(publish.whip).toMatch(/^https:\/\/live\.example\.com\/whip\//)
    expect(publish.rtmp).toMatch(/^rtmp:\/\/live\.example\.com:\d+\/live\//)
    expect((await named.call('GET', `/api/rooms/${other.id}`)).body.play.wsFlv).toMatch(/^wss:\/\/live\.example\.com\/live\//)
    await named.stop()

    const { play } = (await server.call('GET', `/api/rooms/${room.id}`, { headers: { 'x-forwarded-host': 'evil.example.com', 'x-forwarded-proto': 'https' } })).body
    expect(play.flv).toMatch(/^http:\/\/127\.0\.0\.1:/) // no proxy is trusted by default
  })

  it('[AP8] a trusted proxy says which name was used', async () => {
    const proxied = await startTestServer({ env: { TRUST_PROXY: '1' } })
    const { token } = await proxied.openSession()
    const { room } = await proxied.createRoom(token)
    const { play } = (await proxied.call('GET', `/api/rooms/${room.id}`, { headers: { 'x-forwarded-host': 'live.example.com', 'x-forwarded-proto': 'https' } })).body
    expect(play.flv).toMatch(/^https:\/\/live\.example\.com\/live\//)
    expect(await proxied.call('GET', `/api/rooms/${room.id}`, { headers: { 'x-forwarded-host': 'a"b/c' } })).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
    await proxied.stop()
  })
})
