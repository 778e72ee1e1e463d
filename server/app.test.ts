import type { TestServer } from './testing/startTestServer'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import LibSql from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { PROTOCOL_VERSION } from '../shared/protocol/ws'
import { Peer } from './chat/testing/ChatDoor'
import { publishRtmp } from './media/embedded/testing/rtmpPublisher'
import { StartError } from './startError'
import { startTestServer } from './testing/startTestServer'

describe('the server as a whole', () => {
  let dataDir: string
  const running: TestServer[] = []
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'lianmai-app-'))
  })
  afterEach(async () => {
    await Promise.all(running.splice(0).map(server => server.stop()))
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function start(env: Record<string, string> = {}): Promise<TestServer> {
    const server = await startTestServer({ dataDir, env })
    running.push(server)
    return server
  }

  const roomOf = async (server: TestServer, id: string) => (await server.call('GET', `/api/rooms/${id}`)).body.room

  it('[ST1] a second start keeps people, rooms, covers and tokens; a room on air waits for its anchor', async () => {
    const first = await start()
    const { token, user } = await first.openSession()
    const { room, publish } = await first.createRoom(token, 'Before and after')
    const cover = (await first.call('PUT', `/api/rooms/${room.id}/cover`, { token, body: Buffer.concat([Buffer.from([0xFF, 0xD8, 0xFF]), Buffer.alloc(20)]) })).body.room.cover
    await publishRtmp(publish.rtmp)
    await expect.poll(async () => (await roomOf(first, room.id)).status).toBe('live')
    await first.close()

    const second = await start()
    expect((await second.call('POST', '/api/sessions/refresh', { token })).body.user).toEqual(user)
    expect(await roomOf(second, room.id)).toMatchObject({ title: 'Before and after', status: 'interrupted', cover, anchor: user })
    expect((await second.call('GET', cover)).status).toBe(200)
    const again = (await second.call('GET', `/api/rooms/${room.id}`, { token })).body.publish.rtmp
    const { socket } = await publishRtmp(again)
    await expect.poll(async () => (await roomOf(second, room.id)).status).toBe('live')
    socket.destroy()
  })

  it('[RM15] people in the chat hear that the room is live and that it has ended, and its figures count them', async () => {
    const server = await start()
    const [anna, boris] = [await server.openSession('Anna'), await server.openSession('Boris')]
    const { room, publish } = await server.createRoom(anna.token)
    const { socket } = await publishRtmp(publish.rtmp)
    await expect.poll(async () => (await roomOf(server, room.id)).status).toBe('live')

    const heard: { type: string, room?: { status: string } }[] = []
    const chat = new WebSocket(`${server.origin.replace('http', 'ws')}/ws?token=${boris.token}`)
    chat.on('message', frame => heard.push(...JSON.parse(String(frame))))
    chat.on('open', () => chat.send(JSON.stringify([
      { type: 'hello', id: 'h', version: PROTOCOL_VERSION },
      { type: 'join', id: 'j', roomId: room.id },
      { type: 'say', id: 's', roomId: room.id, text: 'Good evening' },
    ])))
    await expect.poll(() => heard.map(({ type }) => type)).toContain('said')
    await expect.poll(() => roomOf(server, room.id)).toMatchObject({ visitors: 1, messages: 1 })
    socket.destroy()
    await expect.poll(() => heard.map(({ room }) => room?.status)).toContain('interrupted')
    await server.call('DELETE', `/api/rooms/${room.id}`, { token: anna.token })
    await expect.poll(() => heard.map(({ type }) => type)).toContain('roomEnded')
    expect((await roomOf(server, room.id))).toMatchObject({ status: 'ended', visitors: 1, messages: 1, viewers: 0 })
    chat.close()
  })

  it('[RM8] nobody notices that the anchor\'s encoder has come back before its old connection was gone', async () => {
    const server = await start()
    const { token } = await server.openSession()
    const { room, publish } = await server.createRoom(token)
    await publishRtmp(publish.rtmp)
    await expect.poll(async () => (await roomOf(server, room.id)).status).toBe('live')
    const { socket } = await publishRtmp(publish.rtmp)
    await server.call('PUT', `/api/rooms/${room.id}`, { token, body: { title: 'Said after the takeover' } })
    const changes = server.logLines.map(line => JSON.parse(line)).filter(({ msg, roomId }) => msg === 'room' && roomId === room.id)
    expect(changes.map(({ to }) => to)).toEqual(['live'])
    socket.destroy()
  })

  it('[OP7] a stop says goodbye, may be asked for twice, and ends what hangs on', async () => {
    const server = await start({ DEMO_ROOM: '1' })
    const { token } = await server.openSession()
    const chat = new WebSocket(`${server.origin.replace('http', 'ws')}/ws?token=${token}`)
    const goodbye = new Promise<number>(resolve => chat.on('close', resolve))
    await new Promise(resolve => chat.on('open', resolve))
    const { play } = (await server.call('GET', '/api/rooms/rdemo')).body
    const reader = (await fetch(play.flv.replace('localhost', '127.0.0.1'))).body!.getReader()
    await reader.read()

    const startedAt = performance.now()
    await Promise.all([server.close(), server.close()])
    expect(performance.now() - startedAt).toBeLessThan(5000)
    expect(await goodbye).toBe(1001)
    await expect(fetch(server.origin)).rejects.toThrow()
  })

  it('[OP7] a stop that cannot write the figures says so, and stops everything else all the same', async () => {
    const server = await startTestServer()
    const { token } = await server.openSession()
    const { room } = await server.createRoom((await server.openSession('Boris')).token)
    const chat = new Peer(`${server.origin.replace('http', 'ws')}/ws?token=${token}`)
    await once(chat.ws, 'open')
    await chat.join(undefined, room.id)
    new LibSql(path.join(server.dataDir, 'lianmai.db')).exec('ALTER TABLE rooms RENAME TO elsewhere')

    await expect(server.close()).rejects.toThrow('no such table: rooms')
    expect(server.logLines.join()).toContain('a part of the server did not stop as it should')
    expect(await chat.closed()).toBe(1001)
    await expect(fetch(server.origin)).rejects.toThrow()
    const rtmp = net.connect(Number(new URL(server.rtmpUrl!).port), '127.0.0.1')
    await expect(once(rtmp, 'connect')).rejects.toThrow('ECONNREFUSED')
    rmSync(server.dataDir, { recursive: true })
  })

  it('[OP7] a browser that publishes while the server stops is told to come again, not that it may not', async () => {
    const server = await start()
    const { token } = await server.openSession()
    const { publish } = await server.createRoom(token)
    const { port, pathname, search } = new URL(publish.whip!)
    const socket = net.connect(Number(port), '127.0.0.1')
    socket.write(`POST ${pathname}${search} HTTP/1.1\r\nHost: localhost\r\n`)
    await server.call('GET', '/healthz') // by its answer the first half has arrived
    const closed = server.close()
    socket.write('Content-Type: application/sdp\r\nContent-Length: 0\r\n\r\n')
    const [answer] = await once(socket, 'data') as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 [\s\S]*"code":"UNAVAILABLE"[\s\S]*"requestId":"/)
    await closed
  })

  it('[OP8] a second start on taken ports says which, and changes nothing in the first', async () => {
    const first = await start({ DEMO_ROOM: '1' })
    await expect.poll(async () => (await roomOf(first, 'rdemo')).status).toBe('live')
    const { port } = new URL(first.origin)
    const rtmpPort = new URL(first.rtmpUrl!).port
    await expect(startTestServer({ dataDir, env: { PORT: port } })).rejects.toThrow(`Port ${port} is taken: stop the program that uses it, or set PORT to another port.`)
    await expect(startTestServer({ dataDir, env: { RTMP_PORT: rtmpPort } })).rejects.toThrow(`Port ${rtmpPort} is taken: stop the program that uses it, or set RTMP_PORT to another port.`)
    expect((await first.call('GET', '/api/rooms')).body.rooms).toMatchObject([{ id: 'rdemo', status: 'live' }])
  })

  it.each(['999.1.1.1', '192.0.2.1'])('[OP5] HOST=%s is one sentence', async (HOST) => {
    await expect(start({ HOST })).rejects.toThrow(new StartError('HOST is no address of this machine: leave it unset to listen on all of them.'))
  })

  it('[OP5] a file that is no database is one sentence', async () => {
    writeFileSync(path.join(dataDir, 'lianmai.db'), 'This is not a database, and long enough to be looked at. '.repeat(20))
    const refusal = await start().catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(StartError)
    expect((refusal as StartError).message).toBe(`The database ${path.join(dataDir, 'lianmai.db')} cannot be opened: file is not a database`)
  })

  it('[OP10] the demo room plays from the start, with a cover, under the same id after a restart', async () => {
    for (let run = 0; run < 2; run++) {
      const server = await start({ DEMO_ROOM: '1' })
      await expect.poll(() => roomOf(server, 'rdemo')).toMatchObject({ status: 'live', isDemo: true })
      const { room, play } = (await server.call('GET', '/api/rooms/rdemo')).body
      expect((await server.call('GET', room.cover)).status).toBe(200)
      const flv = await fetch(play.flv)
      const { value } = await flv.body!.getReader().read()
      expect(Buffer.from(value!.subarray(0, 3)).toString()).toBe('FLV')
      await server.close()
    }
  })

  it('[OP10] DEMO_ROOM=0 takes a demo of an earlier start off the list', async () => {
    const first = await start({ DEMO_ROOM: '1' })
    await expect.poll(async () => (await roomOf(first, 'rdemo')).status).toBe('live')
    await first.close()
    const second = await start({ DEMO_ROOM: '0' })
    expect(await roomOf(second, 'rdemo')).toMatchObject({ status: 'ended', endReason: 'operator' })
    await second.close()
    const third = await start({ DEMO_ROOM: '1' })
    await expect.poll(() => roomOf(third, 'rdemo')).toMatchObject({ status: 'live', endedAt: null })
  })

  it('[OP11] what is pushed to the printed address shows up on the home page', async () => {
    const server = await start()
    const listed = async () => (await server.call('GET', '/api/rooms')).body.rooms as { id: string, status: string }[]
    expect(await listed()).toEqual([])
    const { socket } = await publishRtmp(server.testPushUrl!.replace('localhost', '127.0.0.1'))
    await expect.poll(listed).toMatchObject([{ id: 'rlocal', status: 'live' }])
    socket.destroy()
    await expect.poll(listed).toMatchObject([{ id: 'rlocal', status: 'interrupted' }])
  })

  it('[OP11] production prints no such address and has no house rooms', async () => {
    const server = await start({ NODE_ENV: 'production', PUSH_KEY: 'push-key-of-this-test', PLAY_KEY: 'play-key-of-this-test', SESSION_SECRET: 'x'.repeat(32), DEMO_ROOM: '1' })
    expect(server.testPushUrl).toBeNull()
    expect((await server.call('GET', '/api/rooms')).body.rooms).toEqual([])
  })

  it('[OP9] HTTPS=1 speaks https and WebSocket on the same port, and sends plain http there', async () => {
    const server = await start({ HTTPS: '1' })
    expect(server.url).toMatch(/^https:/)
    const port = Number(new URL(server.url).port)
    const health = await new Promise<number | undefined>((resolve, reject) => {
      https.get({ host: '127.0.0.1', port, path: '/healthz', rejectUnauthorized: false }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on('error', reject)
    })
    expect(health).toBe(200)
    const redirect = await fetch(`http://127.0.0.1:${port}/r/rdemo?a=b`, { redirect: 'manual' })
    expect(redirect.status).toBe(308)
    expect(redirect.headers.get('location')).toBe(`https://127.0.0.1:${port}/r/rdemo?a=b`)
    const chat = new WebSocket(`wss://127.0.0.1:${port}/ws?token=wrong`, { rejectUnauthorized: false })
    expect(await new Promise(resolve => chat.on('unexpected-response', (_request, response) => resolve(response.statusCode)))).toBe(401)
  })
})
