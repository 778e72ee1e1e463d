import { beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '@/src/testing/virtualClock'
import { createFakeBrowser, FakePeer } from '../testing/fakeMedia'
import { openRtcSession } from './rtcSession'
import { whipSignalling } from './whipSignalling'

const URL = 'http://media.test/whip/r1-u1?txSecret=s'
let fake: ReturnType<typeof createFakeBrowser>
let peer: FakePeer
const report = { opened: vi.fn(), wavered: vi.fn(), failed: vi.fn(), alive: vi.fn() }

function open() {
  return openRtcSession({ browser: fake.browser, peer: peer as never, report, signalling: whipSignalling({ browser: fake.browser, url: URL, note: () => {} }) })
}

beforeEach(() => {
  fake = createFakeBrowser()
  peer = new FakePeer()
  vi.clearAllMocks()
})

const requests = () => fake.fetch.mock.calls.map(([url, { method }]) => `${method} ${url}`)

describe('sessions of WHIP and WHEP', () => {
  it('[PB7] one POST with the whole offer, one DELETE of its Location that outlives the page', async () => {
    const close = open()
    await settle()
    expect(fake.fetch).toHaveBeenCalledWith(URL, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: 'offer' })
    expect(peer.remoteAnswer).toBe('answer')
    close()
    close()
    expect(peer.isClosed).toBe(true)
    expect(requests()).toEqual([`POST ${URL}`, 'DELETE http://media.test/rtc/1'])
    expect(fake.fetch.mock.lastCall![1]).toMatchObject({ keepalive: true })
    expect(fake.clock.pending).toBe(0)
  })

  it('[PB7] closed while the server answers, the session that comes late is ended too', async () => {
    const close = open()
    await Promise.resolve()
    let answer = (_: unknown) => {}
    fake.fetch.mockImplementationOnce(() => new Promise(resolve => answer = resolve))
    await settle()
    close()
    answer({ status: 201, headers: new Map([['location', '/rtc/late']]) })
    await settle()
    expect(requests()).toEqual([`POST ${URL}`, 'DELETE http://media.test/rtc/late'])
    expect(report.failed).not.toHaveBeenCalled()
  })

  it('[PB7] the offer does not wait for candidates', async () => {
    peer.iceGatheringState = 'gathering'
    open()
    await settle()
    expect(fake.fetch).toHaveBeenCalledOnce()
  })

  it.each([[403, 'refused'], [404, 'gone'], [415, 'unsupported'], [503, 'lost']] as const)('[PB8] an answer of %i fails as %s', async (status, failure) => {
    fake.answerWith(status)
    open()
    await settle()
    expect(report.failed).toHaveBeenCalledWith(failure)
  })

  it.each([['REPLACED', 'replaced'], ['STREAM_BUSY', 'lost']] as const)('[PB26] a conflict named %s fails as %s', async (code, failure) => {
    fake.answerWith(409, code)
    open()
    await settle()
    expect(report.failed).toHaveBeenCalledWith(failure)
  })

  it('[PB26] a conflict without a word of ours is a loss', async () => {
    fake.fetch.mockResolvedValueOnce({ status: 409, headers: new Map(), json: () => Promise.reject(new SyntaxError('no JSON')) })
    open()
    await settle()
    expect(report.failed).toHaveBeenCalledWith('lost')
  })

  it('[PB8] no server at all is a loss', async () => {
    fake.fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    open()
    await settle()
    expect(report.failed).toHaveBeenCalledWith('lost')
  })

  it('[PB9] a broken connection has three seconds to find its way back', async () => {
    open()
    peer.moveTo('connected')
    peer.moveTo('disconnected')
    expect(report.wavered).toHaveBeenCalledOnce()
    await fake.clock.advance(2999)
    peer.moveTo('connected')
    await fake.clock.advance(10_000)
    expect(report.opened).toHaveBeenCalledTimes(2)
    expect(report.failed).not.toHaveBeenCalled()
    peer.moveTo('disconnected')
    await fake.clock.advance(3000)
    expect(report.failed).toHaveBeenCalledWith('lost')
  })

  it('[PB9] the server\'s goodbye is heard at once, and not after the end', async () => {
    const close = open()
    await settle()
    peer.moveTo('connected')
    peer.hearGoodbye()
    expect(report.failed.mock.calls).toEqual([['lost']])
    close()
    peer.hearGoodbye()
    expect(report.failed).toHaveBeenCalledOnce()
  })

  it.each(['failed', 'closed'] as const)('[PB9] a connection that is %s is lost at once', (state) => {
    open()
    peer.moveTo(state)
    expect(report.failed).toHaveBeenCalledWith('lost')
  })
})
