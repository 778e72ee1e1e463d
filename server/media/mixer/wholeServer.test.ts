/** From a guest's application to one stream of both, through the server's real door. */
import type { TestServer } from '../../testing/startTestServer'
import { afterEach, describe, expect, it } from 'vitest'
import { startTestServer } from '../../testing/startTestServer'
import { person, startEncoder, stopAll } from '../embedded/testing/ffmpeg'
import { mixerProcesses } from './testing/processes'
import { loudness, recordStream } from './testing/recordStream'
import { coloursOf, pause } from './testing/stage'

let server: TestServer

afterEach(async () => {
  stopAll()
  await server.stop()
})

/** An anchor on air in red with a guest on stage in lime. */
async function startRoom() {
  const [anchor, guest] = [await server.openSession('Anna'), await server.openSession('Bob')]
  const { room, publish } = await server.createRoom(anchor.token)
  startEncoder(publish.rtmp, person('red', 440, '360x640'))
  const detail = async () => (await server.call('GET', `/api/rooms/${room.id}`)).body
  while ((await detail()).room.status !== 'live')
    await pause(50)
  const path = `/api/rooms/${room.id}/link-mic`
  const requestId = 'request0000001'
  await server.call('POST', path, { token: guest.token, body: { type: 'apply', requestId, medium: 'video' } })
  await server.call('POST', path, { token: anchor.token, body: { type: 'accept', requestId, userId: guest.user.id } })
  const { body } = await server.call('GET', path, { token: guest.token })
  startEncoder(body.publish.rtmp, person('lime', 1000))
  return { detail, room }
}

describe('a server', { timeout: 60_000 }, () => {
  it('[LM80] with ffmpeg offers its audience one stream of everybody on stage, until it closes', async () => {
    server = await startTestServer()
    expect(server.logLines.filter(line => line.includes('stages are mixed by'))).toHaveLength(1)
    const { detail } = await startRoom()
    while (!(await detail()).room.stage.isMixed)
      await pause(50)
    const { mixed } = await detail()
    const recording = await recordStream(mixed.flv, 1500)
    expect(coloursOf(recording, recording.pictures.at(-1)!)).toBe('red green red red')
    expect(Math.max(...loudness(recording.sound, 1000))).toBeGreaterThan(0.02)
    await server.close()
    while (mixerProcesses().length > 0)
      await pause(20)
  })

  it('[LM88] with MIX=off has none', async () => {
    server = await startTestServer({ env: { MIX: 'off' } })
    const { detail } = await startRoom()
    while ((await detail()).guests.length === 0)
      await pause(50)
    await pause(500)
    expect(mixerProcesses()).toEqual([])
    expect(await detail()).toMatchObject({ room: { stage: { isMixed: false } } })
    expect(server.logLines.filter(line => line.includes('MIX=off'))).toHaveLength(1)
  })
})
