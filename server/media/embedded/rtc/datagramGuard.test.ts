import { describe, expect, it } from 'vitest'
import { Message } from 'werift'
import { guardDatagrams } from './datagramGuard'

const PASSWORD = '0123456789abcdefghijkl'
const BINDING = 1
const RESPONSE = 0x100
const HOME = ['192.0.2.1', 5000] as const
const ELSEWHERE = ['192.0.2.99', 6000] as const

function stun(password = PASSWORD, messageClass = 0) {
  return new Message(BINDING, messageClass).setAttribute('USERNAME', 'a:b').addMessageIntegrity(Buffer.from(password)).addFingerprint().bytes
}
const dtls = Buffer.concat([Buffer.from([22]), Buffer.alloc(40)])
const srtp = Buffer.concat([Buffer.from([0x80]), Buffer.alloc(40)])

function setUp() {
  const delivered: Buffer[] = []
  const moves: string[] = []
  const guarded = guardDatagrams({ password: PASSWORD, deliver: data => void delivered.push(data), onMoved: ([host]) => void moves.push(host) })
  return { delivered, moves, guarded }
}

describe('guardDatagrams', () => {
  it('[RT7] lets a signed request through, and media from where it came', () => {
    const { delivered, guarded } = setUp()
    const sent = [stun(), dtls, srtp]
    sent.forEach(data => guarded(data, HOME))
    expect(delivered).toEqual(sent)
  })

  it.each([
    ['a request signed with another password', stun('another password here!')],
    ['an unsigned request', new Message(BINDING, 0).setAttribute('USERNAME', 'a:b').addFingerprint().bytes],
    ['an answer, for we ask nothing', stun(PASSWORD, RESPONSE)],
    ['DTLS before any request', dtls],
    ['SRTP before any request', srtp],
    ['nothing', Buffer.alloc(0)],
    ['STUN cut short', stun().subarray(0, 30)],
  ])('[RT7] keeps out %s', (_, data) => {
    const { delivered, guarded } = setUp()
    guarded(data, HOME)
    expect(delivered).toEqual([])
  })

  it('[RT7] keeps out media from elsewhere', () => {
    const { delivered, guarded } = setUp()
    guarded(stun(), HOME)
    guarded(srtp, ELSEWHERE)
    guarded(srtp, [HOME[0], HOME[1] + 1])
    expect(delivered).toHaveLength(1)
  })

  it('[RT7] notices that the media come from another of its addresses', () => {
    const { moves, guarded } = setUp()
    guarded(stun(), HOME)
    guarded(stun(), ELSEWHERE)
    for (const address of [HOME, HOME, ELSEWHERE, ELSEWHERE, HOME])
      guarded(srtp, address)
    expect(moves).toEqual([HOME[0], ELSEWHERE[0], HOME[0]])
  })

  it('[RT7] remembers only so many addresses', () => {
    const { delivered, guarded } = setUp()
    for (let port = 1; port <= 1000; port++)
      guarded(stun(), ['192.0.2.1', port])
    expect(delivered).toHaveLength(16)
  })
})
