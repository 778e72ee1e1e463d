import type { ModerationCommand } from '../../shared/protocol/moderation'
import type { Session } from '../../shared/protocol/rest'
import type { TestServer } from '../testing/startTestServer'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ModerationView } from '../../shared/protocol/moderation'
import { LinkMicAnswer, RoomAudience, RoomDetail } from '../../shared/protocol/rest'
import { Peer } from '../chat/testing/ChatDoor'
import { RATE_LIMITS } from '../http/rateLimit'
import { publishRtmp } from '../media/embedded/testing/rtmpPublisher'
import { startTestServer } from '../testing/startTestServer'

const PLENTY = { perMinute: 100_000 }

describe('order in a room by HTTP, chat and RTMP', () => {
  let server: TestServer
  let anna: Session
  let boris: Session
  let clara: Session
  let url: string
  let roomId: string
  const peers: Peer[] = []
  const encoders: Awaited<ReturnType<typeof publishRtmp>>[] = []

  beforeAll(async () => {
    server = await startTestServer({ rates: { sessions: PLENTY, rooms: PLENTY, linkMic: PLENTY, moderation: PLENTY } });
    [anna, boris, clara] = await Promise.all(['Anna', 'Boris', 'Clara'].map(server.openSession))
  })
  beforeEach(async () => {
    const { room, publish } = await server.createRoom(anna.token)
    roomId = room.id
    url = `/api/rooms/${roomId}`
    await publishBy(publish.rtmp)
    await expect.poll(async () => (await server.call('GET', url)).body.room.status).toBe('live')
  })
  afterEach(async () => {
    for (const { ws } of peers.splice(0))
      ws.terminate()
    for (const { socket } of encoders.splice(0))
      socket.destroy()
    await server.call('DELETE', url, { token: anna.token })
  })
  afterAll(() => server.stop())

  async function publishBy(address: string) {
    const encoder = await publishRtmp(address)
    encoders.push(encoder)
    return encoder
  }
  async function open({ token }: Session): Promise<Peer> {
    const peer = new Peer(`${server.origin.replace('http', 'ws')}/ws?token=${token}`)
    peers.push(peer)
    await once(peer.ws, 'open')
    return peer
  }
  async function enter(session: Session): Promise<Peer> {
    const peer = await open(session)
    await peer.join(undefined, roomId)
    return peer
  }
  const order = (command: ModerationCommand, { token }: Session = anna) => server.call('POST', `${url}/moderation`, { token, body: command })
  const ask = ({ token }: Session) => server.call('GET', `${url}/moderation`, { token })
  const standingsOf = (peer: Peer) => peer.received.filter(message => message.type === 'standing').map(({ standing }) => standing.isSilenced)
  const hears = (peer: Peer, text: string) => peer.until(() => peer.texts.some(one => one.text === text), `to hear ${text}`)

  it('[MO11] [MO14] [MO20] a person silenced is told, in every window, and speaks again when allowed to', async () => {
    const [host, guest, window, viewer] = [await enter(anna), await enter(boris), await enter(boris), await enter(clara)]
    expect((await order({ type: 'silence', userId: boris.user.id })).as(ModerationView)).toEqual({ isEveryoneSilenced: false, silenced: [boris.user], removed: [] })
    for (const peer of [guest, window])
      await peer.until(() => standingsOf(peer).at(-1) === true)
    expect(await guest.say('hello?', roomId)).toMatchObject({ type: 'failed', code: 'SILENCED' })
    const late = await enter(boris)
    await late.until(() => standingsOf(late).at(-1) === true)
    expect((await ask(anna)).as(ModerationView)).toMatchObject({ silenced: [boris.user] })

    await order({ type: 'unsilence', userId: boris.user.id })
    await guest.until(() => standingsOf(guest).at(-1) === false)
    await guest.say('hello!', roomId)
    await hears(host, 'hello!')
    expect(standingsOf(viewer)).toEqual([])
    expect(viewer.texts.map(({ text }) => text)).not.toContain('hello?')
  })

  it('[MO15] [MO20] while everybody is silenced the anchor alone is heard', async () => {
    const [host, guest] = [await enter(anna), await enter(boris)]
    await order({ type: 'silenceAll', isOn: true })
    await guest.until(() => guest.received.some(message => message.type === 'roomChanged' && message.room.isSilenced))
    expect(await guest.say('hello?', roomId)).toMatchObject({ code: 'SILENCED' })
    await host.say('quiet, please', roomId)
    await hears(guest, 'quiet, please')
    expect((await server.call('GET', url)).as(RoomDetail).room.isSilenced).toBe(true)
  })

  it('[MO4] [MO16] [MO21] who is sent away is off the mic, out of chat, and sees no more of the room', async () => {
    const [host, guest] = [await enter(anna), await enter(boris)]
    await server.call('POST', `${url}/link-mic`, { token: boris.token, body: { type: 'apply', requestId: 'q1', medium: 'video' } })
    await server.call('POST', `${url}/link-mic`, { token: anna.token, body: { type: 'accept', userId: boris.user.id, requestId: 'q1' } })
    const { publish } = (await server.call('GET', `${url}/link-mic`, { token: boris.token })).as(LinkMicAnswer)
    const encoder = await publishBy(publish!.rtmp)
    await expect.poll(async () => (await server.call('GET', url)).body.room.stage.guests[0]?.status).toBe('linked')
    const cut = once(encoder.socket, 'close')

    expect((await order({ type: 'remove', userId: boris.user.id })).as(ModerationView)).toMatchObject({ removed: [boris.user] })
    await guest.until(() => guest.received.some(message => message.type === 'failed' && message.re === null && message.code === 'REMOVED'))
    await cut
    await host.until(() => host.received.some(message => message.type === 'roomChanged' && message.room.stage.guests.length === 0))
    expect((await server.call('GET', `${url}/audience`, { token: anna.token })).as(RoomAudience)).toEqual({ people: [], total: 0 })
    const again = await open(boris)
    await expect(again.join(undefined, roomId)).rejects.toThrow('REMOVED')
    for (const path of ['', '/link-mic'])
      expect(await server.call('GET', `${url}${path}`, { token: boris.token })).toMatchObject({ status: 403, body: { code: 'REMOVED' } })
    expect(await server.call('POST', `${url}/link-mic`, { token: boris.token, body: { type: 'apply', requestId: 'q2', medium: 'video' } })).toMatchObject({ status: 403, body: { code: 'REMOVED' } })
    expect((await server.call('GET', url)).as(RoomDetail).play).not.toBeNull() // who shows no session cannot be known

    await order({ type: 'readmit', userId: boris.user.id })
    await enter(boris)
    expect((await server.call('GET', url, { token: boris.token })).status).toBe(200)
  })

  it('[MO10] [MO12] it is for the anchor, by the session, and for bodies that fit', async () => {
    for (const method of ['GET', 'POST'])
      expect(await server.call(method, `${url}/moderation`, method === 'POST' ? { body: { type: 'silenceAll', isOn: true } } : {})).toMatchObject({ status: 401 })
    expect(await order({ type: 'silence', userId: clara.user.id }, boris)).toMatchObject({ status: 403, body: { code: 'NOT_ROOM_ANCHOR' } })
    expect(await ask(boris)).toMatchObject({ status: 403, body: { code: 'NOT_ROOM_ANCHOR' } })
    for (const body of [{}, [], { type: 'ban', userId: boris.user.id }, { type: 'silence' }, { type: 'remove', userId: '../../etc' }, { type: 'silenceAll', isOn: 'yes' }, '{"type":'])
      expect(await server.call('POST', `${url}/moderation`, { token: anna.token, body, headers: { 'content-type': 'application/json' } })).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
    expect(await server.call('POST', `${url}/moderation`, { token: anna.token, body: { type: 'silence', userId: 'x'.repeat(5000) } })).toMatchObject({ status: 413 })
    expect(await order({ type: 'silence', userId: 'unobody000001' })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect((await ask(anna)).as(ModerationView)).toEqual({ isEveryoneSilenced: false, silenced: [], removed: [] })
    for (const path of ['/api/rooms/rnone/moderation', '/api/rooms/..%2f/moderation'])
      expect(await server.call('GET', path, { token: anna.token })).toMatchObject({ status: 404, body: { code: 'ROOM_NOT_FOUND' } })
  })

  it('[MO12] a person gives at most 60 commands a minute', async () => {
    expect(RATE_LIMITS.moderation.perMinute).toBe(60)
    const strict = await startTestServer({ rates: { moderation: { perMinute: 2 } } })
    const { token } = await strict.openSession()
    const { room } = await strict.createRoom(token)
    const answers = []
    for (const isOn of [true, false, true])
      answers.push((await strict.call('POST', `/api/rooms/${room.id}/moderation`, { token, body: { type: 'silenceAll', isOn } })).status)
    expect(answers).toEqual([200, 200, 429])
    await strict.stop()
  })
})

describe('words that are not let through', () => {
  let server: TestServer
  const asked: string[][] = []
  beforeAll(async () => {
    const file = path.join((server = await startTestServer()).dataDir, 'words.txt')
    await server.close()
    writeFileSync(file, '广告\nspam\n')
    server = await startTestServer({
      dataDir: server.dataDir,
      env: { BLOCKED_WORDS_FILE: file },
      contentCheck: {
        async isTextFine(text, place, userId) {
          asked.push([text, place, userId])
          return !text.includes('cloudy')
        },
        checkPicture: async () => {},
      },
    })
  })
  afterAll(() => server.stop())

  it('[MO29] a title or a name with such a word is refused, and nothing changes', async () => {
    expect(await server.call('POST', '/api/sessions', { body: { nickname: '广 告 Anna' } })).toMatchObject({ status: 422, body: { code: 'TEXT_BLOCKED' } })
    const { token, user } = await server.openSession('Anna')
    expect(await server.call('PUT', '/api/me', { token, body: { nickname: 'Cloudy cloudy' } })).toMatchObject({ status: 422, body: { code: 'TEXT_BLOCKED' } })
    expect((await server.call('PUT', '/api/me', { token, body: { avatar: 5 } })).body.user.nickname).toBe('Anna')
    expect(await server.call('POST', '/api/rooms', { token, body: { title: 'S.P.A.M' } })).toMatchObject({ status: 422, body: { code: 'TEXT_BLOCKED' } })
    const { room } = await server.createRoom(token, 'Evening')
    expect(await server.call('PUT', `/api/rooms/${room.id}`, { token, body: { title: '广告' } })).toMatchObject({ status: 422 })
    expect((await server.call('GET', `/api/rooms/${room.id}`)).as(RoomDetail).room.title).toBe('Evening')
    expect(asked).toEqual(expect.arrayContaining([['Anna', 'nickname', ''], ['Cloudy cloudy', 'nickname', user.id], ['Evening', 'title', user.id]]))
  })

  it('[MO27] and so is such a text in chat', async () => {
    const { token } = await server.openSession('Boris')
    const { room } = await server.createRoom(token)
    const peer = new Peer(`${server.origin.replace('http', 'ws')}/ws?token=${token}`)
    await once(peer.ws, 'open')
    await peer.join(undefined, room.id)
    expect(await peer.say('看广告', room.id)).toMatchObject({ type: 'failed', code: 'TEXT_BLOCKED' })
    expect(await peer.say('so cloudy', room.id)).toMatchObject({ type: 'failed', code: 'TEXT_BLOCKED' })
    expect(await peer.say('fine', room.id)).toMatchObject({ type: 'said' })
    peer.ws.terminate()
    expect(server.logLines.join('\n')).not.toContain('cloudy')
  })
})
