import type { RtcTestServer } from './testing/rtcServer'
import { afterEach, describe, expect, it } from 'vitest'
import { publishRtmp } from '../testing/rtmpPublisher'
import { Takeovers } from './takeovers'
import { FakePeers, KEY_PICTURE } from './testing/FakePeers'
import { offerSdp } from './testing/offers'
import { startRtcServer, STREAM } from './testing/rtcServer'

describe('two clients that publish the same stream', () => {
  let server: RtcTestServer
  let peers: FakePeers
  afterEach(() => server.close())

  async function start(options: Parameters<typeof startRtcServer>[0] = {}) {
    peers = new FakePeers()
    server = await startRtcServer({ createPeer: peers.create, ...options })
  }

  const post = (query = '') => fetch(`${server.url}/whip/${STREAM}${query}`, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: offerSdp() })

  /** Answers the session's id. */
  async function offer(query = '') {
    const response = await post(query)
    expect(response.status).toBe(201)
    return response.headers.get('location')!.replace('/rtc/', '')
  }

  async function publish(query = '') {
    const id = await offer(query)
    peers.last.sendPicture(KEY_PICTURE, 0)
    return id
  }

  it('[RT24] who lost the stream to the other is told so when it comes back, and nothing changes', async () => {
    await start()
    const first = await publish()
    await publish()
    const response = await post(`?after=${first}`)
    expect(response.status).toBe(409)
    expect(await response.json()).toEqual({ code: 'REPLACED', message: expect.any(String), requestId: expect.any(String) })
    expect([peers.all.length, peers.last.isClosed, server.events]).toEqual([2, false, ['publish', 'publish', 'unpublish']])
  })

  it('[RT24] also when a third has it by now', async () => {
    await start()
    const first = await publish()
    await publish()
    await publish()
    expect((await post(`?after=${first}`)).status).toBe(409)
  })

  it('[RT24] also when the other came between the offer and its first packet, and from then on', async () => {
    await start()
    const first = await publish()
    const again = await offer(`?after=${first}`)
    const late = peers.last
    await publish()
    late.sendPicture(KEY_PICTURE, 0)
    expect([late.isClosed, peers.last.isClosed, server.events]).toEqual([true, false, ['publish', 'publish', 'unpublish']])
    expect((await post(`?after=${again}`)).status).toBe(409)
  })

  it('[RT24] without `after` the stream is taken back, and it is the other who is told', async () => {
    await start()
    await publish()
    const second = await publish()
    await publish()
    expect((await post(`?after=${second}`)).status).toBe(409)
  })

  it('[RT24] who comes back from a dropped network takes over from its own old session, again and again', async () => {
    await start()
    let session = await publish()
    for (let i = 0; i < 3; i++)
      session = await publish(`?after=${session}`)
    expect(peers.all.map(({ isClosed }) => isClosed)).toEqual([true, true, true, false])
  })

  it('[RT24] a publication that ended by itself, or of which nobody knows, stands in nobody\'s way', async () => {
    await start()
    const first = await publish()
    peers.last.close()
    const second = await publish(`?after=${first}`)
    await publish()
    peers.last.close()
    await publish(`?after=${second}`)
    await publish('?after=before-a-restart')
    expect(peers.last.isClosed).toBe(false)
  })

  it('[RT24] an encoder cannot say what it had before: it takes over, and the browser is told', async () => {
    await start()
    const first = await publish()
    const encoder = await publishRtmp(`${server.rtmpUrl}/${STREAM}`)
    expect((await post(`?after=${first}`)).status).toBe(409)
    encoder.socket.destroy()
  })

  it('[RT24] the signature is judged first', async () => {
    let refusal: 'expired' | undefined
    await start({ authorize: () => refusal })
    const first = await publish()
    await publish()
    refusal = 'expired'
    expect((await post(`?after=${first}`)).status).toBe(403)
  })
})

it('[RT24] the latest 1,000 lost sessions are remembered', () => {
  const takeovers = new Takeovers({ find: () => ({}) as never })
  for (let i = 0; i <= 1000; i++)
    takeovers.remember(`session-${i}`)
  expect(['session-0', 'session-1', 'session-1000'].map(id => takeovers.speakAgainst(STREAM, id))).toEqual([false, true, true])
})
