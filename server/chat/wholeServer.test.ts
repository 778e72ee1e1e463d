import type { TestServer } from '../testing/startTestServer'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RoomDetail } from '../../shared/protocol/rest'
import { CloseCode } from '../../shared/protocol/ws'
import { startTestServer } from '../testing/startTestServer'
import { Peer } from './testing/ChatDoor'

describe('chat in the whole server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  async function enter(token: string, roomId: string): Promise<Peer> {
    const peer = new Peer(`${server.origin.replace('http', 'ws')}/ws?token=${token}`)
    await once(peer.ws, 'open')
    await peer.join(undefined, roomId)
    return peer
  }

  it('[CH4] [CH13] people who came by the API hear each other, are counted, and hear the end', async () => {
    const [anna, ben] = [await server.openSession('Anna'), await server.openSession('Ben')]
    const { room } = await server.createRoom(anna.token, 'Songs')
    const [host, guest] = [await enter(anna.token, room.id), await enter(ben.token, room.id)]
    await guest.say('hello', room.id)
    const heard = await host.until(() => host.received.find(message => message.type === 'chat'))
    expect(heard).toMatchObject({ text: 'hello', from: ben.user })
    await expect.poll(async () => {
      const detail = (await server.call('GET', `/api/rooms/${room.id}`)).as(RoomDetail)
      return [detail.room.viewers, detail.room.messages]
    }).toEqual([1, 1])

    await server.call('PUT', `/api/rooms/${room.id}`, { token: anna.token, body: { title: 'More songs' } })
    await guest.until(() => guest.received.some(message => message.type === 'roomChanged' && message.room.title === 'More songs'))
    await server.call('DELETE', `/api/rooms/${room.id}`, { token: anna.token })
    const ended = await guest.until(() => guest.received.find(message => message.type === 'roomEnded'))
    expect(ended).toMatchObject({ room: { id: room.id, status: 'ended', endReason: 'anchor' } })
    expect(await guest.say('too late', room.id)).toMatchObject({ code: 'ROOM_ENDED' })
    host.ws.terminate()
    guest.ws.terminate()
  })

  it('[SE3] a new nickname holds for what is said next on a socket that is open', async () => {
    const anna = await server.openSession('Anna')
    const { room } = await server.createRoom(anna.token)
    const peer = await enter(anna.token, room.id)
    await server.call('PUT', '/api/me', { token: anna.token, body: { nickname: 'Anne' } })
    await peer.say('it is me', room.id)
    const heard = await peer.until(() => peer.received.find(message => message.type === 'chat'))
    expect(heard).toMatchObject({ from: { id: anna.user.id, nickname: 'Anne' } })
    peer.ws.terminate()
  })

  it('[CH19] no token is ever logged', async () => {
    const anna = await server.openSession('Anna')
    const { room } = await server.createRoom(anna.token)
    const peer = await enter(anna.token, room.id)
    peer.ws.send('nonsense')
    expect(await peer.closed()).toBe(CloseCode.badFrame)
    expect(server.logLines.join('\n')).not.toContain(anna.token.split('.')[2])
  })
})
