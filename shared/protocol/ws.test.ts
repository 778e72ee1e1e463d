import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CLIENT_FRAME_MAX_MESSAGES, ClientFrame, CloseCode, isFinalCloseCode } from './ws'

const ping = { type: 'ping' }

describe('frames from a client', () => {
  it.each([
    [[ping]],
    [[{ type: 'hello', id: '1', version: 1 }, { type: 'join', id: '2', roomId: 'rabc', since: 4 }]],
    [[{ type: 'say', id: '3', roomId: 'rabc', text: '你好' }]],
  ])('%j is one', (frame) => {
    expect(v.parse(ClientFrame, frame)).toEqual(frame)
  })

  it.each([
    ping,
    [],
    'ping',
    null,
    Array.from({ length: CLIENT_FRAME_MAX_MESSAGES + 1 }, () => ping),
    [{ type: 'nonsense' }],
    [{ type: 'join', id: '1', roomId: '../etc' }],
    [{ type: 'join', id: '', roomId: 'rabc' }],
    [{ type: 'join', id: '1', roomId: 'rabc', since: -1 }],
    [{ type: 'say', id: 'x'.repeat(37), roomId: 'rabc', text: 'a' }],
    [{ type: 'say', id: '1', roomId: 'rabc', text: 'a'.repeat(4001) }],
  ])('%j is none', (frame) => {
    expect(v.safeParse(ClientFrame, frame).success).toBe(false)
  })
})

it('a client knows from the close code whether to come back', () => {
  expect([CloseCode.goingAway, CloseCode.tooSlow, CloseCode.silent, 1006].map(isFinalCloseCode)).toEqual([false, false, false, false])
  expect([CloseCode.badFrame, CloseCode.unauthorized, CloseCode.protocolVersion, CloseCode.replaced].map(isFinalCloseCode)).toEqual([true, true, true, true])
})
