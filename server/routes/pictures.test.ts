import type { Session } from '../../shared/protocol/rest'
import type { TestServer } from '../testing/startTestServer'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PICTURE_MAX_BYTES, Session as SessionSchema } from '../../shared/protocol/rest'
import { Peer } from '../chat/testing/ChatDoor'
import { startTestServer } from '../testing/startTestServer'

const PLENTY = { perMinute: 10_000 }
const JPEG = Buffer.concat([Buffer.from([0xFF, 0xD8, 0xFF, 0xE0]), Buffer.alloc(100, 1)])
const PNG = Buffer.concat([Buffer.from('89504E470D0A1A0A', 'hex'), Buffer.alloc(100, 2)])

describe('pictures of people', () => {
  let server: TestServer
  let anna: Session
  beforeAll(async () => {
    server = await startTestServer({ rates: { sessions: PLENTY, rooms: PLENTY, covers: PLENTY } })
  })
  beforeEach(async () => {
    anna = await server.openSession('Anna')
  })
  afterAll(() => server.stop())

  const put = (body: Buffer, token = anna.token) => server.call('PUT', '/api/me/picture', { token, body, headers: { 'content-type': 'text/plain' } })
  const files = () => readdirSync(path.join(server.dataDir, 'pictures')).filter(file => file.includes(anna.user.id))

  it('[WX30] a picture becomes the face, whatever the client calls it, and may be cached for ever', async () => {
    const { user } = (await put(JPEG)).as(SessionSchema)
    expect(user).toEqual({ ...anna.user, picture: expect.stringMatching(new RegExp(`^/pictures/${anna.user.id}-[\\da-f]{16}\\.jpg$`)) })
    const answer = await fetch(server.origin + user.picture)
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(JPEG)
    expect([answer.headers.get('content-type'), answer.headers.get('cache-control'), answer.headers.get('content-security-policy')]).toEqual(['image/jpeg', 'public, max-age=31536000, immutable', 'default-src \'none\''])
    expect((await server.call('POST', '/api/sessions/refresh', { token: anna.token })).as(SessionSchema).user).toEqual(user)
  })

  it('[WX30] a new picture takes the place of the old one', async () => {
    const first = (await put(JPEG)).body.user.picture
    const second = (await put(PNG)).body.user.picture
    expect((await fetch(server.origin + first)).status).toBe(404)
    expect([(await fetch(server.origin + second)).status, files()]).toEqual([200, [path.basename(second)]])
    expect((await put(PNG)).body.user.picture).toBe(second) // the same again stays
    expect(files()).toEqual([path.basename(second)])
  })

  it('[WX30] of pictures sent at once one counts, and it alone is kept', async () => {
    const answers = await Promise.all([JPEG, PNG, JPEG, PNG, JPEG].map(picture => put(picture)))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    const { user } = (await server.call('POST', '/api/sessions/refresh', { token: anna.token })).as(SessionSchema)
    expect(files()).toEqual([path.basename(user.picture!)])
  })

  it.each([
    ['text', Buffer.from('<svg onload="alert(1)"></svg>'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['nothing', Buffer.alloc(0), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a GIF', Buffer.from('GIF89a..............'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a byte more than 200 KB', Buffer.concat([JPEG, Buffer.alloc(PICTURE_MAX_BYTES + 1 - JPEG.length)]), 413, 'PAYLOAD_TOO_LARGE'],
  ])('[WX30] %s is refused', async (_, body, status, code) => {
    expect(await put(body)).toMatchObject({ status, body: { code } })
  })

  it('[WX30] 200 KB are taken', async () => {
    expect((await put(Buffer.concat([JPEG, Buffer.alloc(PICTURE_MAX_BYTES - JPEG.length)]))).status).toBe(200)
  })

  it('[WX31] taken away, or an avatar chosen, the drawing is back and the file is gone', async () => {
    await put(JPEG)
    expect((await server.call('DELETE', '/api/me/picture', { token: anna.token })).as(SessionSchema).user).toEqual(anna.user)
    expect(files()).toEqual([])
    await put(PNG)
    expect((await server.call('PUT', '/api/me', { token: anna.token, body: { avatar: 7 } })).as(SessionSchema).user).toEqual({ ...anna.user, avatar: 7 })
    expect(files()).toEqual([])
  })

  it('[WX31] a new name keeps the picture', async () => {
    const { picture } = (await put(JPEG)).body.user
    expect((await server.call('PUT', '/api/me', { token: anna.token, body: { nickname: 'Anne' } })).body.user).toMatchObject({ nickname: 'Anne', picture })
  })

  it('[WX32] the open room shows it, and chat carries none', async () => {
    const { room } = await server.createRoom(anna.token)
    const { picture } = (await put(JPEG)).body.user
    expect((await server.call('GET', `/api/rooms/${room.id}`)).body.room.anchor.picture).toBe(picture)
    const peer = new Peer(`${server.origin.replace('http', 'ws')}/ws?token=${anna.token}`)
    await once(peer.ws, 'open')
    await peer.join(undefined, room.id)
    await peer.say('大家好', room.id)
    expect(await peer.until(() => peer.received.find(message => message.type === 'chat'))).toMatchObject({ from: anna.user })
    expect(JSON.stringify(peer.received.filter(({ type }) => type === 'chat'))).not.toContain('/pictures/')
    peer.ws.terminate()
  })
})
