import type { Session } from '../../shared/protocol/rest'
import type { TestServer } from '../testing/startTestServer'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedStream } from '../../shared/protocol/simulator'
import { Peer } from '../chat/testing/ChatDoor'
import { publishRtmp } from '../media/embedded/testing/rtmpPublisher'
import { startTestServer } from '../testing/startTestServer'

const PLENTY = { perMinute: 100_000 }

describe('a stream that the server lends', () => {
  let server: TestServer
  let anna: Session
  let boris: Session
  let roomId: string
  let publishUrl: string

  beforeAll(async () => {
    server = await startTestServer({ rates: { sessions: PLENTY, rooms: PLENTY, linkMic: PLENTY } })
  })
  beforeEach(async () => {
    [anna, boris] = await Promise.all(['Anna', 'Boris'].map(server.openSession))
    const { room, publish } = await server.createRoom(anna.token)
    roomId = room.id
    publishUrl = publish.rtmp
  })
  afterAll(() => server.stop())

  const simulate = ({ token }: Session, isOn: boolean) => server.call('POST', `/api/rooms/${roomId}/simulated-stream`, { token, body: { isOn } })
  const detail = async () => (await server.call('GET', `/api/rooms/${roomId}`)).body
  const becomes = (status: string) => expect.poll(async () => (await detail()).room.status).toBe(status)

  it('[SM1] the room of its anchor goes live by it, everybody can read its FLV, and given back the anchor is away', async () => {
    expect((await simulate(anna, true)).as(SimulatedStream)).toEqual({ isOn: true })
    await becomes('live')
    expect(await readFlv((await detail()).play.flv)).toMatchObject({ signature: 'FLV', video: true, audio: true })
    expect((await simulate(anna, false)).as(SimulatedStream)).toEqual({ isOn: false })
    await becomes('interrupted')
  })

  it('[SM1] a guest with a seat is linked by it, and leaving the seat ends it', async () => {
    await simulate(anna, true)
    await becomes('live')
    const peer = new Peer(`${server.origin.replace('http', 'ws')}/ws?token=${boris.token}`)
    await once(peer.ws, 'open')
    await peer.join(undefined, roomId)
    const linkMic = (token: string, body: object) => server.call('POST', `/api/rooms/${roomId}/link-mic`, { token, body })
    await linkMic(boris.token, { type: 'apply', requestId: 'one', medium: 'video' })
    expect((await simulate(boris, true)).body.code).toBe('FORBIDDEN') // applying is no seat yet
    await linkMic(anna.token, { type: 'accept', requestId: 'one', userId: boris.user.id })
    expect((await simulate(boris, true)).status).toBe(200)
    await expect.poll(async () => (await detail()).room.stage.guests[0]?.status).toBe('linked')
    const { flv } = (await detail()).guests[0].play
    expect(await readFlv(flv)).toMatchObject({ signature: 'FLV', video: true })
    await linkMic(boris.token, { type: 'leave', requestId: 'one' })
    await expect.poll(async () => (await fetch(flv)).status).toBe(404)
    peer.ws.terminate()
  })

  it('[SM1] the end of the room ends it, and it does not come back', async () => {
    await simulate(anna, true)
    await becomes('live')
    const { flv } = (await detail()).play
    await server.call('DELETE', `/api/rooms/${roomId}`, { token: anna.token })
    expect((await fetch(flv)).status).toBe(404)
    expect(await simulate(anna, true)).toMatchObject({ status: 409, body: { code: 'ROOM_ENDED' } })
  })

  it('[SM1] a stranger is refused, and so is nobody, nonsense and a room that does not exist', async () => {
    expect(await simulate(boris, true)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
    expect(await server.call('POST', `/api/rooms/${roomId}/simulated-stream`, { body: { isOn: true } })).toMatchObject({ status: 401 })
    expect(await server.call('POST', `/api/rooms/${roomId}/simulated-stream`, { token: anna.token, body: { isOn: 'yes' } })).toMatchObject({ status: 400 })
    expect(await server.call('POST', '/api/rooms/rnowhere/simulated-stream', { token: anna.token, body: { isOn: true } })).toMatchObject({ status: 404, body: { code: 'ROOM_NOT_FOUND' } })
    expect((await detail()).room.status).toBe('preparing')
  })

  it('[SM3] an encoder of the same person is left alone, and takes over from the loop', async () => {
    const first = await publishRtmp(publishUrl)
    await becomes('live')
    expect(await simulate(anna, true)).toMatchObject({ status: 409, body: { code: 'REPLACED' } })
    first.socket.destroy()
    await becomes('interrupted')
    await simulate(anna, true)
    await becomes('live')
    const second = await publishRtmp(publishUrl)
    await expect.poll(async () => (await simulate(anna, true)).status).toBe(409)
    expect((await detail()).room.status).toBe('live')
    second.socket.destroy()
  })

  it('[SM5] /healthz says whether streams are lent', async () => {
    expect((await server.call('GET', '/healthz')).body.simulator).toBe(true)
  })
})

const key = () => randomBytes(32).toString('hex')

it.each([
  ['in production', { NODE_ENV: 'production', SIMULATOR: '1', PUSH_KEY: key(), PLAY_KEY: key(), SESSION_SECRET: key() }],
  ['with SIMULATOR=0', { SIMULATOR: '0' }],
])('[SM5] %s there is no such door', async (_, env) => {
  const server = await startTestServer({ env })
  try {
    const { token } = await server.openSession()
    const { room } = await server.createRoom(token)
    expect(await server.call('POST', `/api/rooms/${room.id}/simulated-stream`, { token, body: { isOn: true } })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect((await server.call('GET', '/healthz')).body.simulator).toBe(false)
  }
  finally {
    await server.stop()
  }
})

/** The head of an FLV stream: what tracks it promises. */
async function readFlv(url: string) {
  const aborter = new AbortController()
  const response = await fetch(url, { signal: aborter.signal })
  const { value } = await response.body!.getReader().read()
  aborter.abort()
  return { signature: Buffer.from(value!).toString('latin1', 0, 3), video: (value![4] & 1) === 1, audio: (value![4] & 4) === 4 }
}
