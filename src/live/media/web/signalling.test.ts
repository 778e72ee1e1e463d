import { beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '@/src/testing/virtualClock'
import { createFakeBrowser, createFakeVideo, FakePeer } from '../testing/fakeMedia'
import { openLeb } from './rtcPlayWay'
import { openRtcSession } from './rtcSession'
import { whipSignalling } from './whipSignalling'

const TENCENT = `https://webrtcpush.tlivewebrtcpush.com/webrtc/v2/whip?streamurl=${encodeURIComponent('webrtc://push.example.com/live/r1Xu1?txSecret=s&txTime=1')}`
const STREAM = 'webrtc://play.example.com/live/r1Xu1?txSecret=s&txTime=1'
const LEB = `https://webrtc.liveplay.myqcloud.com/webrtc/v1/pullstream?streamurl=${encodeURIComponent(STREAM)}`
let fake: ReturnType<typeof createFakeBrowser>
const report = { opened: vi.fn(), wavered: vi.fn(), failed: vi.fn(), alive: vi.fn() }
const note = vi.fn()

beforeEach(() => {
  fake = createFakeBrowser()
  vi.clearAllMocks()
})

const requests = () => fake.fetch.mock.calls.map(([url, { method }]) => `${method} ${url}`)

describe('wHIP at Tencent', () => {
  function open(peer: FakePeer, onSession = vi.fn()) {
    return openRtcSession({ browser: fake.browser, peer: peer as never, report, onSession, signalling: whipSignalling({ browser: fake.browser, url: TENCENT, after: 'before', note }) })
  }

  it('[TC14] the address stays as it is: no parameter of ours is added', async () => {
    const close = open(new FakePeer())
    await settle()
    expect(requests()).toEqual([`POST ${TENCENT}`])
    close()
  })

  it('[TC14] the offer waits for candidates', async () => {
    const peer = new FakePeer()
    peer.iceGatheringState = 'gathering'
    const close = open(peer)
    await settle()
    expect(fake.fetch).not.toHaveBeenCalled()
    peer.localDescription = { sdp: 'offer with candidates' }
    peer.iceGatheringState = 'complete'
    peer.dispatchEvent(new Event('icegatheringstatechange'))
    await settle()
    expect(fake.fetch.mock.lastCall![1].body).toBe('offer with candidates')
    expect(fake.clock.pending).toBe(0)
    close()
  })

  it('[TC14] but not for longer than a second', async () => {
    const peer = new FakePeer()
    peer.iceGatheringState = 'gathering'
    const close = open(peer)
    await settle()
    await fake.clock.advance(1000)
    expect(fake.fetch).toHaveBeenCalledOnce()
    close()
  })

  it('[TC14] closed while it waits, nothing is sent', async () => {
    const peer = new FakePeer()
    peer.iceGatheringState = 'gathering'
    const close = open(peer)
    await settle()
    close()
    await fake.clock.advance(1000)
    expect(fake.fetch).not.toHaveBeenCalled()
  })

  it('[TC14] an answer without a Location is one, and there is nothing to DELETE', async () => {
    fake.fetch.mockResolvedValueOnce({ status: 201, headers: new Map(), text: async () => 'answer' })
    const peer = new FakePeer()
    const onSession = vi.fn()
    const close = open(peer, onSession)
    await settle()
    peer.moveTo('connected')
    expect([peer.remoteAnswer, report.opened.mock.calls.length, onSession.mock.calls.length]).toEqual(['answer', 1, 0])
    close()
    expect(requests()).toEqual([`POST ${TENCENT}`])
  })
})

describe('low-latency playback at Tencent', () => {
  const answer = (body: object, status = 200) => ({ status, headers: new Map(), json: async () => body })

  function open() {
    return openLeb({ browser: fake.browser, video: createFakeVideo().video, url: LEB, mode: 'lowLatency', play: vi.fn(), note, report })
  }

  it('[TC13] posts the stream\'s address with the offer, takes the answer, and says when it stops', async () => {
    fake.fetch.mockResolvedValueOnce(answer({ errcode: 0, remotesdp: { type: 'answer', sdp: 'their answer' }, svrsig: 'sig' }))
    const way = open()
    await settle()
    const [url, init] = fake.fetch.mock.lastCall!
    expect(url).toBe('https://webrtc.liveplay.myqcloud.com/webrtc/v1/pullstream')
    expect(init).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' } })
    expect(JSON.parse(init.body)).toEqual({ streamurl: STREAM, sessionid: expect.stringMatching(/^\w+$/), clientinfo: 'web', localsdp: { type: 'offer', sdp: 'offer' } })
    expect(fake.peers[0].remoteAnswer).toBe('their answer')
    expect((await way.look()).statistics.transport).toBe('leb')
    way.close()
    expect(fake.fetch.mock.lastCall![0]).toBe('https://webrtc.liveplay.myqcloud.com/webrtc/v1/stopstream')
    expect(fake.fetch.mock.lastCall![1]).toMatchObject({ method: 'POST', keepalive: true, body: JSON.stringify({ streamurl: STREAM, svrsig: 'sig' }) })
  })

  it('[TC13] does not wait for candidates', async () => {
    fake = createFakeBrowser({ createPeer: () => Object.assign(new FakePeer(), { iceGatheringState: 'gathering' }) as never })
    open()
    await settle()
    expect(fake.fetch).toHaveBeenCalledOnce()
  })

  it.each<[string, object, string]>([
    ['a code other than 0', answer({ errcode: -1, errmsg: 'no' }), 'lost'],
    ['no answer in it', answer({ errcode: 0 }), 'lost'],
    ['403', answer({}, 403), 'refused'],
    ['500', answer({}, 500), 'lost'],
    ['no JSON', { status: 200, headers: new Map(), json: () => Promise.reject(new SyntaxError('no')) }, 'lost'],
  ])('[TC13] answered with %s it fails', async (_name, response, failure) => {
    fake.fetch.mockResolvedValueOnce(response)
    open()
    await settle()
    expect(report.failed.mock.calls).toEqual([[failure]])
  })

  it('[TC13] closed while it is answered, the late session is stopped too', async () => {
    let answered = (_: unknown) => {}
    fake.fetch.mockImplementationOnce(() => new Promise(resolve => answered = resolve))
    const way = open()
    await settle()
    way.close()
    answered(answer({ errcode: 0, remotesdp: { type: 'answer', sdp: 'late' }, svrsig: 'sig' }))
    await settle()
    expect(requests().at(-1)).toBe('POST https://webrtc.liveplay.myqcloud.com/webrtc/v1/stopstream')
  })

  it('[TC13] what it tells for diagnostics has no address in it', async () => {
    fake.fetch.mockResolvedValueOnce(answer({ errcode: 5, errmsg: 'no' }))
    open()
    await settle()
    expect(note.mock.calls).toEqual([['pullstream 5']])
  })
})
