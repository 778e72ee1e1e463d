import type { Session } from '../../shared/protocol/rest'
import type { TestServer } from '../testing/startTestServer'
import { once } from 'node:events'
import net from 'node:net'
import * as v from 'valibot'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { QUEUE_MAX } from '../../shared/domain/stage'
import { LinkMicView } from '../../shared/protocol/linkMic'
import { LinkMicAnswer, RoomAudience, RoomDetail } from '../../shared/protocol/rest'
import { Peer } from '../chat/testing/ChatDoor'
import { RATE_LIMITS } from '../http/rateLimit'
import { hello, publishRtmp } from '../media/embedded/testing/rtmpPublisher'
import { startTestServer } from '../testing/startTestServer'

const PLENTY = { perMinute: 100_000 }

describe('link-mic by HTTP, chat and RTMP', () => {
  let server: TestServer
  let anna: Session
  let boris: Session
  let clara: Session
  let roomId: string
  let watchUrls: string
  const peers: Peer[] = []
  const encoders: Awaited<ReturnType<typeof publishRtmp>>[] = []

  beforeAll(async () => {
    server = await startTestServer({ rates: { sessions: PLENTY, rooms: PLENTY, linkMic: PLENTY } });
    [anna, boris, clara] = await Promise.all(['Anna', 'Boris', 'Clara'].map(server.openSession))
  })
  beforeEach(async () => {
    const { room, publish } = await server.createRoom(anna.token)
    roomId = room.id
    watchUrls = `/api/rooms/${roomId}`
    await publishBy(publish.rtmp)
    await expect.poll(async () => (await server.call('GET', watchUrls)).body.room.status).toBe('live')
  })
  afterEach(async () => {
    for (const { ws } of peers.splice(0))
      ws.terminate()
    for (const { socket } of encoders.splice(0))
      socket.destroy()
    await server.call('DELETE', watchUrls, { token: anna.token })
  })
  afterAll(() => server.stop())

  async function publishBy(url: string) {
    const encoder = await publishRtmp(url)
    encoders.push(encoder)
    return encoder
  }
  /** What an encoder is told that may not publish. */
  async function refusalOf(url: string): Promise<string> {
    const { hostname, port, pathname, search } = new URL(url)
    const socket = net.connect(Number(port), hostname)
    let heard = ''
    socket.on('data', bytes => heard += bytes.toString('latin1'))
    socket.write(hello(pathname.replace('/live/', '') + search))
    await once(socket, 'close')
    return heard
  }
  async function enter({ token }: Session): Promise<Peer> {
    const peer = new Peer(`${server.origin.replace('http', 'ws')}/ws?token=${token}`)
    peers.push(peer)
    await once(peer.ws, 'open')
    await peer.join(undefined, roomId)
    return peer
  }
  const ask = ({ token }: Session) => server.call('GET', `${watchUrls}/link-mic`, { token })
  const say = ({ token }: Session, body: unknown) => server.call('POST', `${watchUrls}/link-mic`, { token, body })
  const signalsOf = (peer: Peer) => peer.received.filter(message => message.type === 'linkMic').map(({ view }) => view)
  const statusesOf = (peer: Peer) => signalsOf(peer).map(({ link }) => link.status)

  async function seat(guest: Session, requestId = 'q1') {
    const peer = await enter(guest)
    await say(guest, { type: 'apply', requestId, medium: 'video' })
    expect((await say(anna, { type: 'accept', userId: guest.user.id, requestId })).status).toBe(200)
    const { publish } = (await ask(guest)).as(LinkMicAnswer)
    return { peer, publish: publish! }
  }

  it('[LM41] [LM45] [LM53] from the application to the stream: each is answered and signalled their own part', async () => {
    const [host, guest, viewer] = [await enter(anna), await enter(boris), await enter(clara)]
    const applied = (await say(boris, { type: 'apply', requestId: 'q1', medium: 'video' })).as(LinkMicAnswer)
    expect(applied).toMatchObject({ view: { roomId, link: { status: 'applying', requestId: 'q1' }, position: 1 } })
    expect(applied.publish).toBeUndefined()
    await host.until(() => signalsOf(host).some(({ queue }) => queue?.[0]?.requestId === 'q1'))

    const accepted = (await say(anna, { type: 'accept', userId: boris.user.id, requestId: 'q1' })).as(LinkMicAnswer)
    expect(accepted).toMatchObject({ view: { link: { status: 'idle' }, queue: [] } })
    expect(accepted.publish).toBeUndefined() // the anchor's are with the room
    await guest.until(() => statusesOf(guest).includes('connecting'))
    const { publish } = (await ask(boris)).as(LinkMicAnswer)
    expect(publish?.streamId).toBe(`${roomId}-${boris.user.id}`)
    await publishBy(publish!.rtmp)
    await guest.until(() => statusesOf(guest).includes('linked'))

    const detail = (await server.call('GET', watchUrls)).as(RoomDetail)
    expect(detail.room.stage.guests).toMatchObject([{ user: boris.user, seat: 1, status: 'linked' }])
    expect(detail).toMatchObject({ mixed: null, guests: [{ userId: boris.user.id, play: { flv: expect.stringContaining(`/live/${publish!.streamId}.flv?`) } }] })
    const heard = await viewer.until(() => viewer.received.find(message => message.type === 'roomChanged' && message.room.stage.guests[0]?.status === 'linked'))
    expect(heard).toMatchObject({ room: { stage: detail.room.stage } })
    expect(statusesOf(viewer)).toEqual(['idle'])
    expect(JSON.stringify(signalsOf(viewer))).not.toContain('q1')
    for (const peer of [host, guest, viewer])
      expect(signalsOf(peer).map(({ version }) => version)).toEqual(signalsOf(peer).map(({ version }) => version).toSorted((a, b) => a - b))
  })

  it('[LM40] nobody speaks for another, whatever the body says', async () => {
    await enter(boris)
    await say(boris, { type: 'apply', requestId: 'q1', medium: 'video' })
    expect(await say(clara, { type: 'leave', requestId: 'q1', userId: boris.user.id, user: boris.user })).toMatchObject({ status: 200, body: { view: { link: { status: 'idle' } } } })
    expect((await ask(boris)).body.view.link.status).toBe('applying')
    expect(await say(boris, { type: 'accept', requestId: 'q1', userId: boris.user.id, anchor: boris.user })).toMatchObject({ status: 403, body: { code: 'NOT_ROOM_ANCHOR' } })
    expect(await say(anna, { type: 'apply', requestId: 'q2', medium: 'voice' })).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
    for (const path of ['link-mic', 'audience'])
      expect(await server.call('GET', `${watchUrls}/${path}`)).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } })
    expect(await server.call('POST', `${watchUrls}/link-mic`, { body: { type: 'leave', requestId: 'q1' } })).toMatchObject({ status: 401 })
  })

  it('[LM42] refusals have a code, and WAIT says how long', async () => {
    await enter(boris)
    await say(boris, { type: 'apply', requestId: 'q1', medium: 'video' })
    await say(anna, { type: 'reject', userId: boris.user.id, requestId: 'q1' })
    const wait = await say(boris, { type: 'apply', requestId: 'q2', medium: 'video' })
    expect(wait).toMatchObject({ status: 409, body: { code: 'LINK_MIC_WAIT' } })
    expect(Number(wait.headers.get('retry-after'))).toBeGreaterThan(8)
    expect(await say(anna, { type: 'invite', requestId: 'i', userId: clara.user.id })).toMatchObject({ status: 409, body: { code: 'LINK_MIC_GONE' } })
    expect(await say(boris, { type: 'apply', requestId: 'q3', medium: 'x'.repeat(5000) })).toMatchObject({ status: 413 })
    for (const path of ['/api/rooms/rnone/link-mic', '/api/rooms/..%2f/link-mic', '/api/rooms/rnone/audience'])
      expect(await server.call('GET', path, { token: boris.token })).toMatchObject({ status: 404, body: { code: 'ROOM_NOT_FOUND' } })
  })

  it('[LM43] five applications at once, from two windows, are one', async () => {
    await enter(boris)
    const answers = await Promise.all(Array.from({ length: 5 }, () => say(boris, { type: 'apply', requestId: 'q1', medium: 'video' })))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.view.version} ${body.view.position}`)).size).toBe(1)
    expect((await ask(anna)).body.view.queue).toHaveLength(1)
  })

  it('[LM51] with a seat its URL is good; once removed the stream is cut, and the same URL is refused', async () => {
    const { publish } = await seat(boris)
    const { socket } = await publishBy(publish.rtmp)
    await expect.poll(async () => (await ask(boris)).body.view.link.status).toBe('linked')
    const cut = once(socket, 'close')
    await say(anna, { type: 'kick', userId: boris.user.id, requestId: 'q1' })
    await cut
    expect((await ask(boris)).as(LinkMicAnswer).publish).toBeUndefined()
    expect((await server.call('GET', watchUrls)).body.guests).toEqual([])
    expect(await refusalOf(publish.rtmp)).toMatch(/room does not take this stream/)
  })

  it('[LM50] a killed socket is away at once, and back on its seat', async () => {
    const { peer, publish } = await seat(boris)
    await publishBy(publish.rtmp)
    await expect.poll(async () => (await ask(boris)).body.view.link.status).toBe('linked')
    const host = await enter(anna)
    peer.ws.terminate()
    await host.until(() => host.received.some(message => message.type === 'roomChanged' && message.room.stage.guests[0]?.status === 'dropped'))
    const back = await enter(boris)
    await back.until(() => signalsOf(back).some(({ link, seat }) => link.status === 'linked' && seat === 1))
  })

  it('[LM50] a second window that closes changes nothing; leaving with the last gives up the seat', async () => {
    const { peer, publish } = await seat(boris)
    await publishBy(publish.rtmp)
    const second = await enter(boris)
    second.ws.terminate()
    await second.closed()
    await expect.poll(async () => (await ask(boris)).body.view.link.status).toBe('linked')
    await peer.answerTo(peer.send({ type: 'leave', roomId }))
    await expect.poll(async () => (await ask(boris)).body.view.link).toMatchObject({ status: 'idle', ending: { reason: 'left' } })
  })

  it('[LM44] the end of the room is everybody\'s: streams are cut, and each hears it', async () => {
    const { peer, publish } = await seat(boris)
    const { socket } = await publishBy(publish.rtmp)
    await peer.until(() => statusesOf(peer).includes('linked'))
    const cut = once(socket, 'close')
    await server.call('DELETE', watchUrls, { token: anna.token })
    await cut
    await peer.until(() => peer.received.some(({ type }) => type === 'roomEnded'))
    expect(signalsOf(peer).at(-1)?.link).toMatchObject({ status: 'idle', ending: { reason: 'roomEnded' } })
    expect(await say(boris, { type: 'apply', requestId: 'q9', medium: 'voice' })).toMatchObject({ status: 409, body: { code: 'ROOM_ENDED' } })
    expect((await ask(boris)).status).toBe(200)
  })

  it('[LM54] the audience is for the anchor, with names of now', async () => {
    await enter(anna)
    await enter(boris)
    await enter(clara)
    const audience = async () => (await server.call('GET', `${watchUrls}/audience`, { token: anna.token })).as(RoomAudience)
    expect(await audience()).toEqual({ people: [clara.user, boris.user], total: 2 })
    const { user } = (await server.call('PUT', '/api/me', { token: clara.token, body: { nickname: 'Claire' } })).body
    expect((await audience()).people[0]).toEqual(user)
    await say(anna, { type: 'invite', requestId: 'i', userId: clara.user.id })
    expect((await ask(anna)).body.view.invitations).toMatchObject([{ user }])
    expect(await server.call('GET', `${watchUrls}/audience`, { token: boris.token })).toMatchObject({ status: 403, body: { code: 'NOT_ROOM_ANCHOR' } })
  })

  it('[LM57] a person gives so many commands a minute', async () => {
    const strict = await startTestServer()
    const { token } = await strict.openSession()
    const { room } = await strict.createRoom(token)
    const command = () => strict.call('POST', `/api/rooms/${room.id}/link-mic`, { token, body: { type: 'setAdmission', admission: 'ask' } })
    for (let i = 0; i < RATE_LIMITS.linkMic.perMinute; i++)
      expect((await command()).status).toBe(200)
    const refused = await command()
    expect(refused).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(RATE_LIMITS.linkMic.perMinute).toBe(60)
    expect((await strict.call('GET', `/api/rooms/${room.id}/link-mic`, { token })).status).toBe(200)
    await strict.stop()
  })

  it.each<[unknown]>([
    [undefined],
    ['{{'],
    [[]],
    [{}],
    [{ type: 'dance', requestId: 'q' }],
    [{ type: 'apply', requestId: 'q' }],
    [{ type: 'apply', requestId: '', medium: 'video' }],
    [{ type: 'apply', requestId: 'q'.repeat(37), medium: 'video' }],
    [{ type: 'apply', requestId: 7, medium: 'video' }],
    [{ type: 'apply', requestId: 'q', medium: 'smoke' }],
    [{ type: 'report', requestId: 'q', isMicOn: 'yes', isCameraOn: true }],
    [{ type: 'leave', requestId: { $ne: null } }],
    [[{ type: 'apply', requestId: 'q', medium: 'video' }]],
  ])('[LM42] the command %j does not fit and changes nothing', async (body) => {
    await enter(boris)
    const { at: _, ...before } = (await ask(anna)).body.view
    expect(await server.call('POST', `${watchUrls}/link-mic`, { token: boris.token, body, headers: { 'content-type': 'application/json' } })).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
    expect((await ask(anna)).body.view).toMatchObject(before)
  })

  it.each<[unknown]>([
    [{ type: 'invite', requestId: 'q', userId: '../anna' }],
    [{ type: 'invite', requestId: 'q' }],
    [{ type: 'mute', requestId: 'q', userId: 'uboris', isMicMuted: 1, isCameraMuted: 0 }],
    [{ type: 'setAdmission', admission: 'ajar' }],
  ])('[LM42] the anchor\'s command %j does not fit either', async (body) => {
    expect(await say(anna, body)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  })

  it('[LM59] a crowd that applies fills the queue and no more', async () => {
    const crowd = await Promise.all(Array.from({ length: QUEUE_MAX + 5 }, (_, index) => server.openSession(`Guest ${index}`)))
    const host = await enter(anna)
    const answers = await Promise.all(crowd.map(person => say(person, { type: 'apply', requestId: 'q', medium: 'voice' })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(QUEUE_MAX)
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(new Set(['LINK_MIC_QUEUE_FULL']))
    const full = await host.until(() => signalsOf(host).find(({ queue }) => queue?.length === QUEUE_MAX))
    expect(v.parse(LinkMicView, full).queue?.map(({ user }) => user.id)).toEqual((await ask(anna)).body.view.queue.map(({ user }: { user: { id: string } }) => user.id))
  })
})
