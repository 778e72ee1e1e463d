import type { Session } from '../../shared/protocol/rest'
import type { TestServer } from '../testing/startTestServer'
import { Buffer } from 'node:buffer'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COVER_MAX_BYTES, RoomOnly } from '../../shared/protocol/rest'
import { startTestServer } from '../testing/startTestServer'

const PLENTY = { perMinute: 10_000 }
const JPEG = Buffer.concat([Buffer.from([0xFF, 0xD8, 0xFF, 0xE0]), Buffer.alloc(100, 1)])
const PNG = Buffer.concat([Buffer.from('89504E470D0A1A0A', 'hex'), Buffer.alloc(100, 2)])
const WEBP = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'), Buffer.alloc(100, 3)])

describe('covers', () => {
  let server: TestServer
  let anna: Session
  beforeAll(async () => {
    server = await startTestServer({ rates: { sessions: PLENTY, rooms: PLENTY, covers: PLENTY } })
    anna = await server.openSession('Anna')
  })
  afterAll(() => server.stop())

  const put = async (roomId: string, body: Buffer, token = anna.token, type = 'image/jpeg') =>
    server.call('PUT', `/api/rooms/${roomId}/cover`, { token, body, headers: { 'content-type': type } })

  it.each([['jpg', JPEG], ['png', PNG], ['webp', WEBP]])('[AP9] a %s picture becomes the cover, whatever the client calls it', async (type, picture) => {
    const { room } = await server.createRoom(anna.token)
    const { cover } = (await put(room.id, picture, anna.token, 'application/octet-stream')).as(RoomOnly).room
    expect(cover).toMatch(new RegExp(`^/covers/${room.id}-[\\da-f]{16}\\.${type}$`))
    const answer = await fetch(server.origin + cover)
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(picture)
    expect(answer.headers.get('content-type')).toBe(`image/${type === 'jpg' ? 'jpeg' : type}`)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toBe('default-src \'none\'')
    expect((await server.call('GET', `/api/rooms/${room.id}`)).body.room.cover).toBe(cover)
  })

  it('[AP9] a new cover takes the place of the old one', async () => {
    const { room } = await server.createRoom(anna.token)
    const first = (await put(room.id, JPEG)).body.room.cover
    const second = (await put(room.id, PNG)).body.room.cover
    expect(second).not.toBe(first)
    expect((await fetch(server.origin + first)).status).toBe(404)
    expect((await put(room.id, PNG)).body.room.cover).toBe(second) // the same again stays
    expect((await fetch(server.origin + second)).status).toBe(200)
    expect(readdirSync(path.join(server.dataDir, 'covers')).filter(file => file.startsWith('.'))).toEqual([])
  })

  it('[AP9] the same cover sent several times at once is one cover', async () => {
    const { room } = await server.createRoom(anna.token)
    const answers = await Promise.all(Array.from({ length: 8 }, () => put(room.id, JPEG)))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect((await fetch(server.origin + answers[0].body.room.cover)).status).toBe(200)
  })

  it('[AP9] of covers sent at once the last one counts, and it alone is kept', async () => {
    const { room } = await server.createRoom(anna.token)
    await put(room.id, JPEG)
    await Promise.all([JPEG, PNG, WEBP, JPEG, PNG, WEBP, JPEG].map(picture => put(room.id, picture)))
    const { cover } = (await server.call('GET', `/api/rooms/${room.id}`)).body.room
    expect(readdirSync(path.join(server.dataDir, 'covers')).filter(file => file.includes(room.id))).toEqual([path.basename(cover)])
  })

  it.each([
    ['text', Buffer.from('<svg onload="alert(1)"></svg>')],
    ['a short file', Buffer.from([0xFF, 0xD8, 0xFF])],
    ['nothing', Buffer.alloc(0)],
    ['a GIF', Buffer.from('GIF89a..............')],
  ])('[AP9] %s is refused', async (_, body) => {
    const { room } = await server.createRoom(anna.token)
    expect(await put(room.id, body)).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } })
  })

  it('[AP9] a picture may have 512 KB and not a byte more', async () => {
    const { room } = await server.createRoom(anna.token)
    const largest = Buffer.concat([JPEG, Buffer.alloc(COVER_MAX_BYTES - JPEG.length)])
    expect((await put(room.id, largest)).status).toBe(200)
    expect(await put(room.id, Buffer.concat([largest, Buffer.alloc(1)]))).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } })
  })

  it('[RM11] only the anchor sets the cover, and only while the room is open', async () => {
    const { room } = await server.createRoom(anna.token)
    const boris = await server.openSession('Boris')
    expect(await put(room.id, JPEG, boris.token)).toMatchObject({ status: 403, body: { code: 'NOT_ROOM_ANCHOR' } })
    await server.call('DELETE', `/api/rooms/${room.id}`, { token: anna.token })
    expect(await put(room.id, JPEG)).toMatchObject({ status: 409, body: { code: 'ROOM_ENDED' } })
    expect(readdirSync(path.join(server.dataDir, 'covers')).filter(file => file.startsWith(room.id))).toEqual([])
  })

  it.each(['/covers/../lianmai.db', '/covers/..%2flianmai.db', '/covers/..%2fsecrets%2fpush-key', '/covers/', '/covers/nothing.jpg'])('[AP9] %s shows nothing', async (file) => {
    expect(existsSync(path.join(server.dataDir, 'lianmai.db'))).toBe(true)
    const answer = await server.call('GET', file)
    expect([400, 403, 404]).toContain(answer.status)
    expect(answer.text).not.toMatch(/SQLite/)
  })
})
