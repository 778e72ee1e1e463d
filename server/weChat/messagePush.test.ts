import { expect, it } from 'vitest'
import { VirtualClock } from '../testing/VirtualClock'
import { createCallerCheck, SIGNATURE_WITHIN_MS, signatureOf } from './messagePush'

/** The example of https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html */
const EXAMPLE = { signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696', timestamp: '1714036504', nonce: '1514711492' }
const SENT_AT = 1_714_036_504_000

it('[WE15] the signature is the one of WeChat\'s own example', () => {
  expect(signatureOf('AAAAA', EXAMPLE.timestamp, EXAMPLE.nonce)).toBe(EXAMPLE.signature)
})

it('[WE15] a signature is good once, for ten minutes', async () => {
  const clock = new VirtualClock(SENT_AT)
  const judge = createCallerCheck({ token: 'AAAAA', clock })
  expect([judge(EXAMPLE), judge(EXAMPLE)]).toEqual(['genuine', 'replayed'])
  await clock.advance(SIGNATURE_WITHIN_MS)
  expect(judge(EXAMPLE)).toBe('replayed')
  await clock.advance(1)
  expect(judge(EXAMPLE)).toBe('stale')
  expect(createCallerCheck({ token: 'AAAAA', clock: new VirtualClock(SENT_AT - SIGNATURE_WITHIN_MS - 1) })(EXAMPLE)).toBe('stale')
})

it('[WE15] one from ahead of our time is remembered for as long as it is good', async () => {
  const clock = new VirtualClock(SENT_AT - SIGNATURE_WITHIN_MS)
  const judge = createCallerCheck({ token: 'AAAAA', clock })
  judge(EXAMPLE)
  await clock.advance(2 * SIGNATURE_WITHIN_MS)
  const other = { timestamp: String(clock.now() / 1000), nonce: 'x' }
  expect(judge({ ...other, signature: signatureOf('AAAAA', other.timestamp, 'x') })).toBe('genuine') // looks what may be forgotten
  expect(judge(EXAMPLE)).toBe('replayed')
})

it.each([
  ['another signature', { signature: EXAMPLE.signature.replace('f', 'e') }],
  ['a short signature', { signature: 'f464' }],
  ['none', { signature: '' }],
  ['another moment', { timestamp: '1714036505' }],
  ['another nonce', { nonce: '1' }],
])('[WE15] %s is forged, and uses nothing up', (_, changes) => {
  const judge = createCallerCheck({ token: 'AAAAA', clock: new VirtualClock(SENT_AT) })
  expect([judge({ ...EXAMPLE, ...changes }), judge(EXAMPLE)]).toEqual(['forged', 'genuine'])
})
