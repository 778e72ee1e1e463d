import type { TestServer } from '../../server/testing/startTestServer'
import type { Room } from '../../shared/protocol/rest'
import type { SrsDouble } from './startSrs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { probe, startEncoder, stopAll } from '../../server/media/embedded/testing/ffmpeg'
import { startTestServer } from '../../server/testing/startTestServer'
import { LinkMicAnswer, RoomDetail } from '../../shared/protocol/rest'
import { plays, push } from '../../tests/conformance/mediaClients'
import { startSrs } from './startSrs'

let srs: SrsDouble
let server: TestServer
beforeEach(async () => {
  srs = await startSrs()
  server = await startTestServer({ env: srs.env })
  srs.sendHooksTo(server.origin)
})
afterEach(async () => {
  stopAll()
  await server.stop()
  await srs.close()
})

const until = (assertion: () => Promise<void>) => vi.waitFor(assertion, { timeout: 15_000, interval: 50 })
const detail = async (id: string, token?: string) => (await server.call('GET', `/api/rooms/${id}`, { token })).as(RoomDetail)
const toBe = (id: string, status: Room['status']) => until(async () => expect((await detail(id)).room.status).toBe(status))

describe('a room on SRS', () => {
  it('[SR8] goes live with its stream, shows it, and its end hangs up on the publisher for good', async () => {
    const { token } = await server.openSession()
    const { room, publish } = await server.createRoom(token)
    expect(publish.rtmp.startsWith(`${srs.settings.rtmpUrl}/live/${room.streamId}?txSecret=`)).toBe(true)
    const encoder = startEncoder(publish.rtmp)
    await toBe(room.id, 'live')
    const { play } = await detail(room.id)
    const { streams, packets } = await probe(play!.flv!)
    expect(streams.map(stream => stream.codec_name).sort()).toEqual(['aac', 'h264'])
    expect(packets.length).toBeGreaterThan(20)
    expect(await plays(play!.flv!.replace(/txSecret=./, 'txSecret=x'), 'somebody', 500)).toBe(false)

    expect((await server.call('DELETE', `/api/rooms/${room.id}`, { token })).status).toBe(200)
    await encoder.exited
    expect(await push(publish.rtmp)).toBeUndefined()
    await toBe(room.id, 'ended')
    expect(srs.clients()).toEqual([])
    expect(server.logLines.join()).not.toContain(srs.settings.hookSecret)
  })

  it('[SR8] goes on after a restart of the server, with the stream that is still there', async () => {
    const { token } = await server.openSession()
    const { room, publish } = await server.createRoom(token)
    const publisher = await push(publish.rtmp, room.id)
    await toBe(room.id, 'live')
    const { dataDir } = server
    await server.close()
    server = await startTestServer({ env: srs.env, dataDir })
    srs.sendHooksTo(server.origin)
    await toBe(room.id, 'live')
    const { play } = await detail(room.id)
    expect([publisher!.isClosed(), await plays(play!.flv!, room.id)]).toEqual([false, true])
    await publisher!.stop()
    await toBe(room.id, 'interrupted')
  })

  it('[SR8] has a guest, who is on stage after a restart too, and whom a kick cuts off for good', async () => {
    const [anchor, guest] = [await server.openSession('Anna'), await server.openSession('Bob')]
    const { room, publish } = await server.createRoom(anchor.token)
    await push(publish.rtmp, 'anchor')
    await toBe(room.id, 'live')
    const say = (token: string, body: object) => server.call('POST', `/api/rooms/${room.id}/link-mic`, { token, body })
    const requestId = 'request0000001'
    await say(guest.token, { type: 'apply', requestId, medium: 'video' })
    expect((await say(anchor.token, { type: 'accept', requestId, userId: guest.user.id })).status).toBe(200)
    const { publish: guestPublish } = (await server.call('GET', `/api/rooms/${room.id}/link-mic`, { token: guest.token })).as(LinkMicAnswer)
    const publisher = await push(guestPublish!.rtmp, 'guest')
    const seats = async () => (await detail(room.id)).guests.length
    await until(async () => expect(await seats()).toBe(1))

    const { dataDir } = server
    await server.close()
    server = await startTestServer({ env: srs.env, dataDir })
    srs.sendHooksTo(server.origin)
    await toBe(room.id, 'live')
    await until(async () => expect(await seats()).toBe(1))
    const { guests: [{ play }], mixed } = await detail(room.id)
    expect([publisher!.isClosed(), await plays(play.flv!, 'guest'), mixed]).toEqual([false, true, null])

    expect((await say(anchor.token, { type: 'kick', requestId, userId: guest.user.id })).status).toBe(200)
    await publisher!.closed
    expect(await push(guestPublish!.rtmp, 'guest')).toBeUndefined()
    expect(await seats()).toBe(0)
  })

  it('[SR8] is made and ended while SRS does not answer, and its publisher is hung up on when it does', async () => {
    const { token } = await server.openSession()
    const { room, publish } = await server.createRoom(token)
    const publisher = await push(publish.rtmp)
    await toBe(room.id, 'live')
    srs.apiFaults.isSilent = true
    const began = Date.now()
    expect((await server.call('DELETE', `/api/rooms/${room.id}`, { token })).status).toBe(200)
    await server.createRoom(token)
    expect(Date.now() - began).toBeLessThan(3000)
    expect(publisher!.isClosed()).toBe(false)
    srs.apiFaults.isSilent = false
    await publisher!.closed
  })

  it('[SR9] waits for an SRS that cannot be reached when the server starts', async () => {
    const { dataDir } = server
    await server.close()
    srs.apiFaults.status = 502
    server = await startTestServer({ env: srs.env, dataDir })
    srs.sendHooksTo(server.origin)
    const { token } = await server.openSession()
    const { room, publish } = await server.createRoom(token)
    await push(publish.rtmp)
    await toBe(room.id, 'live')
    expect(server.logLines.join()).toContain('SRS does not answer at SRS_API_URL')
    expect([server.rtmpUrl, server.testPushUrl]).toEqual([null, null])
  })
})
