import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Verdict } from './judgeMessage'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import express from 'express'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { errorHandler } from '../../../http/errorHandler'
import { createLog } from '../../../log'
import { VirtualClock } from '../../../testing/VirtualClock'
import { CALLBACK_WINDOW_MS } from '../limits'
import { createCallbackRouter } from './callbackRouter'
import { isCallbackSigned } from './callbackSignature'
import { FINE } from './judgeMessage'

const TOKEN = 'a token of this test'
const SDK_APP_ID = 1_400_000_000
const AFTER = { CallbackCommand: 'Group.CallbackAfterSendMsg', GroupId: 'rone', From_Account: 'uanna', MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hi' } }] }
const BEFORE = { ...AFTER, CallbackCommand: 'Group.CallbackBeforeSendMsg' }
const clock = new VirtualClock()
const now = Math.floor(clock.now() / 1000)

let server: Server
let log: string[]
let heard: object[]
let verdict: Verdict
let count = 0

beforeAll(async () => {
  const logger = createLog({ level: 'info', isProduction: true, destination: { write: line => void log.push(line) } })
  const app = express()
  app.use(createCallbackRouter({ sdkAppId: SDK_APP_ID, token: TOKEN, clock, log: logger, events: async (callback) => {
    heard.push(callback)
    return verdict
  } }))
  app.use(errorHandler(logger))
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
beforeEach(() => {
  log = []
  heard = []
  verdict = FINE
})
afterAll(() => void server.close())

const sign = (time: string, token = TOKEN) => createHash('sha256').update(token + time).digest('hex')
async function call(body: object | string, query: Record<string, string> = {}, time = String(now)) {
  const text = typeof body === 'string' ? body : JSON.stringify({ ...body, EventTime: ++count })
  const params = new URLSearchParams({ SdkAppid: String(SDK_APP_ID), CallbackCommand: 'x', contenttype: 'json', ClientIP: '127.0.0.1', OptPlatform: 'Web', Sign: sign(time), RequestTime: time, ...query })
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks/im?${params}`, { method: 'POST', body: text })
  return { status: response.status, body: await response.json() as Record<string, unknown> }
}
const OK = { status: 200, body: { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 } }

describe('a callback', () => {
  it('[IS13] is signed as the documents have it', () => {
    const Sign = '17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061'
    expect(isCallbackSigned('xxxxyyyy', { Sign, RequestTime: '1669872112' }, 1_669_872_112_000)).toBe(true)
    expect(isCallbackSigned('xxxxyyyz', { Sign, RequestTime: '1669872112' }, 1_669_872_112_000)).toBe(false)
    expect(isCallbackSigned('xxxxyyyy', { Sign, RequestTime: '1669872113' }, 1_669_872_112_000)).toBe(false)
  })

  it('[IS13] that is signed is taken', async () => {
    expect(await call(AFTER)).toEqual(OK)
    expect(heard).toEqual([AFTER])
  })

  it.each([
    ['with another token', { Sign: sign(String(now), 'guessed') }, now],
    ['without a signature', { Sign: '' }, now],
    ['for another application', { SdkAppid: '1400000001' }, now],
    ['too long ago', {}, now - CALLBACK_WINDOW_MS / 1000 - 1],
    ['for the future', {}, now + CALLBACK_WINDOW_MS / 1000 + 1],
    ['without a time', { RequestTime: '', Sign: sign('') }, now],
  ])('[IS13] signed %s is refused, logged without the token, and changes nothing', async (_, query, time) => {
    expect(await call(AFTER, query, String(time))).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
    expect(heard).toEqual([])
    expect(log.join()).toContain('a callback of Tencent IM was refused')
    expect(log.join()).not.toContain(TOKEN)
  })

  it('[IS13] the same bytes are taken once, under whatever signature', async () => {
    const bytes = JSON.stringify({ ...AFTER, MsgSeq: 77 })
    expect(await call(bytes)).toEqual(OK)
    expect(await call(bytes)).toMatchObject({ status: 403 })
    expect(await call(bytes, {}, String(now + 1))).toMatchObject({ status: 403 })
    expect(heard).toHaveLength(1)
  })

  it('[IS13] that is too long, or no JSON, is refused', async () => {
    expect(await call('x'.repeat(256 * 1024 + 1))).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } })
    expect(await call('{')).toMatchObject({ status: 400 })
    expect(await call('[]')).toMatchObject({ status: 400 })
    expect(heard).toEqual([])
  })

  it.each([['SILENCED', 10_101], ['TEXT_BLOCKED', 10_102], ['REMOVED', 10_103], ['FORBIDDEN', 10_104]] as const)('[IS14] a message is refused as %s with %i', async (code, number) => {
    verdict = { type: 'refused', code }
    expect(await call(BEFORE)).toEqual({ status: 200, body: { ActionStatus: 'OK', ErrorInfo: code, ErrorCode: number } })
  })

  it('[IS14] a message that cannot be understood is refused', async () => {
    expect((await call({ CallbackCommand: 'Group.CallbackBeforeSendMsg', GroupId: 'rone' })).body).toMatchObject({ ErrorCode: 10_104 })
    expect(heard).toEqual([])
  })

  it('[OI12] [OI15] a message is swallowed with 2, and is let through with what is put beside it', async () => {
    verdict = { type: 'swallowed' }
    const toOne = { CallbackCommand: 'C2C.CallbackBeforeSendMsg', From_Account: 'viewer_1', To_Account: 'anchor_1', MsgSeq: 1, MsgRandom: 2, MsgBody: BEFORE.MsgBody }
    expect((await call(toOne)).body).toEqual({ ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 2 })
    expect(heard).toEqual([toOne])
    verdict = { type: 'fine', cloudCustomData: '{"sender":{}}' }
    expect((await call(BEFORE)).body).toEqual({ ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0, CloudCustomData: '{"sender":{}}' })
  })

  it('[OI12] to one person that cannot be understood is let through', async () => {
    expect(await call({ CallbackCommand: 'C2C.CallbackBeforeSendMsg', From_Account: 'viewer_1' })).toEqual(OK)
    expect(heard).toEqual([])
  })

  it('[IS15] that means nothing here is answered with OK', async () => {
    expect(await call({ CallbackCommand: 'Group.CallbackAfterGroupDestroyed', GroupId: 'rone' })).toEqual(OK)
    expect(await call({ CallbackCommand: 'State.StateChange' })).toEqual(OK)
    expect(heard).toEqual([])
  })
})
