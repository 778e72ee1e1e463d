import type { Served } from '../../testing/serve'
import type { Caller, RoomShape, WeappPerson, WeappRooms, WeappSessions } from '../types'
import type { WeappRates } from './rates'
import express, { Router } from 'express'
import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { RoomNotFound } from '../../errors'
import { serve } from '../../testing/serve'
import { VirtualClock } from '../../testing/VirtualClock'
import { WeappCode, WeappError } from '../WeappError'
import { createLimit } from './rates'
import { createWeappRouter } from './weappRouter'

const TOKEN = `${'0a'.repeat(16)}*1400000001`
const ANNA: WeappPerson = { user: { id: 'ul23456789abcd', nickname: 'Anna', avatar: 0 }, sdkAppId: 1_400_000_001, account: 'anna' }
const ROOM: RoomShape = { roomID: 'r1', roomInfo: 'Evening', roomName: 'Evening', roomCreator: 'anna', mixedPlayURL: 'http://x/live/1.flv', roomStatusCode: 0, custom: { likes: 3 }, audienceCount: 2, pushers: [{ userID: 'anna', userName: 'Anna', userAvatar: '', accelerateURL: 'rtmp://x/live/1' }] }

let served: Served
afterEach(() => served.close())

/** Rooms that take everything and keep who asked what. */
async function open({ fail, rates, isRunning = true }: { fail?: Error, rates?: Partial<WeappRates>, isRunning?: boolean } = {}) {
  const asked: unknown[][] = []
  const rooms = new Proxy({}, { get: (_, name: string) => async (caller: Caller, ...rest: unknown[]) => {
    asked.push([name, ...rest])
    expect(caller.person ?? caller).toEqual(ANNA)
    if (fail)
      throw fail
    return { pushUrl: { pushURL: 'rtmp://push', accelerateURL: 'rtmp://play' }, list: [ROOM], get: ROOM, heartbeat: ROOM, create: 'r1', addAnchor: 'r1', setCustomField: ROOM.custom, customInfo: ROOM.custom, audiences: { audiences: [], audienceCount: 2 } }[name]
  } }) as WeappRooms
  const loggedOut: string[] = []
  const sessions = {
    async login(sdkAppId: number, account: string, userSig: string) {
      asked.push(['login', sdkAppId, account, userSig])
      return { person: ANNA, token: TOKEN }
    },
    authenticate(account: string, token: string) {
      if (account !== 'anna' || token !== TOKEN)
        throw new WeappError(WeappCode.tokenRefused, 'The token is not good.')
      return ANNA
    },
    logout: ({ account }: WeappPerson) => void loggedOut.push(account),
  } as unknown as WeappSessions
  const clock = new VirtualClock()
  const lines: string[] = []
  const unlimited = { requests: 1e6, perMs: 1000 }
  const app = express().set('query parser', 'simple').use('/weapp', createWeappRouter({
    sessions,
    rooms,
    helpers: Router(),
    limitAddress: createLimit(rates?.address ?? unlimited, clock),
    originOf: () => ({ http: 'http://x', rtmp: 'rtmp://x' }),
    rates: { application: unlimited, person: unlimited, rooms: unlimited, ...rates },
    clock,
    log: pino({ level: 'trace' }, { write: line => void lines.push(line) }),
    isRunning: () => isRunning,
  }))
  served = await serve(app)
  const ask = async (path: string, body: RequestInit['body'] = '{}', init: RequestInit = {}) => {
    const response = await fetch(`${served.url}/weapp/${path}`, { method: 'POST', body, ...init })
    const answer = await response.json() as Record<string, unknown>
    return { status: response.status, headers: response.headers, answer, code: answer.code }
  }
  const act = (action: string, body: object = {}, query = `userID=anna&token=${TOKEN}`) => ask(`live_room/${action}?${query}`, JSON.stringify(body))
  return { ask, act, asked, loggedOut, lines, clock }
}

describe('actions', () => {
  it.each([
    ['get_anchor_url', 'get_push_url', {}, ['pushUrl']],
    ['get_room_list', 'get_room_list', { cnt: 20, index: 0 }, ['list', { cnt: 20, index: 0 }]],
    ['get_anchors', 'get_pushers', { roomID: 'r1' }, ['get', 'r1']],
    ['create_room', 'create_room', { userID: 'anna', roomInfo: 'Evening' }, ['create', { roomInfo: 'Evening', roomID: '' }]],
    ['destroy_room', 'destroy_room', { roomID: 'r1', userID: 'anna' }, ['destroy', 'r1']],
    ['add_anchor', 'add_pusher', { roomID: 'r1', userName: 'Anna', userAvatar: '', pushURL: 'rtmp://push' }, ['addAnchor', { roomID: 'r1', userName: 'Anna', userAvatar: '', pushURL: 'rtmp://push' }]],
    ['delete_anchor', 'delete_pusher', { roomID: 'r1' }, ['deleteAnchor', 'r1']],
    ['anchor_heartbeat', 'pusher_heartbeat', { roomID: 'r1', roomStatusCode: 1 }, ['heartbeat', { roomID: 'r1', roomStatusCode: 1 }]],
    ['merge_stream', 'merge_stream', { roomID: 'r1', mergeParams: { interface: { para: { input_stream_list: [{ input_stream_id: 'main' }] } } } }, ['merge', 'r1', ['main']]],
    ['set_custom_field', 'set_custom_field', { roomID: 'r1', fieldName: 'likes', operation: 'inc' }, ['setCustomField', 'r1', { operation: 'inc', fieldName: 'likes', by: 1 }]],
    ['get_custom_info', 'get_custom_Info', { roomID: 'r1' }, ['customInfo', 'r1']],
    ['add_audience', 'add_audience', { roomID: 'r1', userInfo: '{}' }, ['addAudience', 'r1', '{}']],
    ['delete_audience', 'delete_audience', { roomID: 'r1' }, ['deleteAudience', 'r1']],
    ['get_audiences', 'get_audiences', { roomID: 'r1' }, ['audiences', 'r1']],
  ])('[RS1] %s, also called %s', async (name, alias, body, expected) => {
    const { act, asked } = await open()
    for (const one of [name, alias, name.toUpperCase()])
      expect(await act(one, body)).toMatchObject({ status: 200, code: 0 })
    const [call] = asked
    expect(call.map(part => JSON.parse(JSON.stringify(part)) as unknown)).toEqual(expected)
    expect(asked).toEqual([call, call, call])
  })

  it('[RS1] one in each type of room', async () => {
    const { ask, asked } = await open()
    for (const type of ['live_room', 'double_room', 'multi_room'])
      expect((await ask(`${type}/get_anchors?userID=anna&token=${TOKEN}`, '{"roomID":"r1"}')).code).toBe(0)
    expect(asked).toHaveLength(3)
  })

  it('[RS2] [RS10] what there is not, and a server that is not running, is a code', async () => {
    const { ask, act, asked } = await open()
    expect((await act('fly')).code).toBe(207_005)
    expect((await act('constructor')).code).toBe(207_005)
    expect((await ask('live_room')).code).toBe(207_005)
    expect((await ask('live_room/get_anchors/more')).code).toBe(207_005)
    expect((await ask('dead_room/login')).code).toBe(207_006)
    expect((await ask('live_room/%zz')).code).toBe(200_100)
    expect((await ask('live_room/login', null, { method: 'GET' })).code).toBe(200_100)
    expect((await ask('live_room/login', '{}', { method: 'PUT' })).code).toBe(200_100)
    expect(asked).toEqual([])
    await served.close()
    expect((await (await open({ isRunning: false })).act('get_anchors', { roomID: 'r1' }))).toMatchObject({ status: 200, code: 207_001 })
  })

  it('[RS2] an answer has the time in milliseconds', async () => {
    const { act, clock } = await open()
    expect((await act('get_anchors', { roomID: 'r1' })).answer).toMatchObject({ code: 0, message: '', timestamp: clock.now() })
    expect((await act('get_anchors')).answer).toMatchObject({ code: 201_004, message: expect.any(String) as string, timestamp: clock.now() })
  })
})

describe('bodies', () => {
  const QUERY = `live_room/get_anchor_url?userID=anna&token=${TOKEN}`

  it.each([undefined, 'application/json; charset=utf-8', 'text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=gbk', 'nonsense'])('[RS3] may be of the type %s, or empty', async (type) => {
    const { ask } = await open()
    const init = type === undefined ? {} : { headers: { 'content-type': type } }
    for (const body of ['{}', '', null, '{"userID":"anna"}', '\uFEFF{"userID":"anna"}'])
      expect((await ask(QUERY, body === null ? null : new TextEncoder().encode(body), init)).code).toBe(0)
  })

  it('[RS3] are 64 KB long, and JSON', async () => {
    const { ask } = await open()
    expect((await ask(QUERY, JSON.stringify({ x: 'x'.repeat(60_000) }))).code).toBe(0)
    expect((await ask(QUERY, JSON.stringify({ x: 'x'.repeat(66_000) }))).code).toBe(200_100)
    expect((await ask(QUERY, '{"userID":')).code).toBe(200_101)
    expect((await ask(QUERY, '{}', { headers: { 'content-encoding': 'gzip' } })).code).toBe(200_100)
  })
})

describe('who asks', () => {
  it('[RS5] the star in a token may be encoded', async () => {
    const { act } = await open()
    for (const token of [TOKEN, TOKEN.replace('*', '%2A'), TOKEN.replace('*', '%2a')])
      expect((await act('get_anchor_url', {}, `userID=anna&token=${token}`)).code).toBe(0)
  })

  it('[RS5] nobody, or somebody else, is refused and changes nothing', async () => {
    const { act, asked } = await open()
    expect((await act('destroy_room', { roomID: 'r1' }, '')).code).toBe(201_002)
    expect((await act('destroy_room', { roomID: 'r1' }, 'userID=anna')).code).toBe(201_002)
    expect((await act('destroy_room', { roomID: 'r1' }, `token=${TOKEN}`)).code).toBe(201_002)
    expect((await act('destroy_room', { roomID: 'r1' }, `userID=boris&token=${TOKEN}`)).code).toBe(202_001)
    expect((await act('destroy_room', { roomID: 'r1', userID: 'boris' })).code).toBe(201_003)
    expect((await act('destroy_room', { roomID: 'r1', userID: { toString: 'anna' } })).code).toBe(201_003)
    expect(asked).toEqual([])
    for (const userID of ['anna', '', null])
      expect((await act('destroy_room', { roomID: 'r1', userID })).code).toBe(0)
  })

  it('[RS11] logs in by the query, whatever else comes along', async () => {
    const { ask, asked } = await open()
    const { answer } = await ask('live_room/login?sdkAppID=1400000001&userID=anna&userSig=eJx*-_&accountType=0&platform=WeChat&userID=old&token=old*1', '')
    expect(answer).toMatchObject({ code: 0, userID: 'anna', token: TOKEN, timestamp: expect.any(Number) as number })
    expect(asked).toEqual([['login', 1_400_000_001, 'anna', 'eJx*-_']])
  })

  it.each([
    ['sdkAppID=1&userSig=x', 201_002],
    ['sdkAppID=1&userID=&userSig=x', 201_002],
    ['userID=anna&userSig=x', 201_001],
    ['sdkAppID=1&userID=anna', 201_001],
    ['sdkAppID=x&userID=anna&userSig=x', 201_001],
    ['sdkAppID=12345678901&userID=anna&userSig=x', 201_001],
  ])('[RS11] a login by %s is %d', async (query, code) => {
    const { ask, asked } = await open()
    expect((await ask(`live_room/login?${query}`)).code).toBe(code)
    expect(asked).toEqual([])
  })

  it('[RS14] logs out, and out of rooms', async () => {
    const { ask, asked, loggedOut } = await open()
    expect((await ask(`live_room/logout?userID=anna&token=${TOKEN}`, '')).code).toBe(0)
    expect([loggedOut, asked]).toEqual([['anna'], [['loggedOut']]])
  })
})

describe('answers', () => {
  it('[RS6] have the keys of both generations', async () => {
    const { act, clock } = await open()
    const room = { ...ROOM, customInfo: '{"likes":3}' }
    const merge = { interface: { para: { input_stream_list: [{ input_stream_id: 'main' }] } } }
    const anchor = { roomID: 'r1', userName: 'Anna', userAvatar: '', pushURL: 'x' }
    expect((await act('get_push_url')).answer).toMatchObject({ pushURL: 'rtmp://push', accelerateURL: 'rtmp://play' })
    expect((await act('get_room_list', { cnt: 1 })).answer.rooms).toEqual([room])
    expect((await act('get_pushers', { roomID: 'r1' })).answer).toMatchObject(room)
    expect((await act('pusher_heartbeat', { roomID: 'r1' })).answer).toMatchObject(room)
    expect((await act('create_room', { roomInfo: '' })).answer).toMatchObject({ roomID: 'r1' })
    expect((await act('add_pusher', anchor)).answer).toMatchObject({ roomID: 'r1' })
    expect((await act('set_custom_field', { roomID: 'r1', fieldName: 'likes', operation: 'inc' })).answer).toMatchObject({ custom: { likes: 3 }, customInfo: '{"likes":3}' })
    expect((await act('get_custom_info', { roomID: 'r1' })).answer).toMatchObject({ custom: { likes: 3 }, customInfo: '{"likes":3}' })
    expect((await act('get_audiences', { roomID: 'r1' })).answer).toMatchObject({ audiences: [], audienceCount: 2 })
    expect((await act('merge_stream', { roomID: 'r1', mergeParams: merge })).answer).toMatchObject({ code: 0, merge_code: 0, merge_msg: '', merge_message: '', result: { code: 0, message: '', timestamp: clock.now() } })
  })

  it('[RS6] a mix that fails says so under every key', async () => {
    const { act } = await open()
    const { answer } = await act('merge_stream', { roomID: 'r1' })
    expect([answer.code, answer.merge_code, (answer.result as { code: number }).code]).toEqual([201_006, 201_006, 201_006])
  })

  it('[RS4] an anchor who names no room says what is to be opened', async () => {
    const { act, asked } = await open()
    const anchor = { userName: 'Anna', userAvatar: '', pushURL: 'x' }
    expect((await act('add_anchor', anchor)).code).toBe(201_004)
    expect((await act('add_anchor', { ...anchor, roomInfo: 'Evening' })).code).toBe(0)
    expect(asked).toEqual([['addAnchor', { ...anchor, roomID: '', roomInfo: 'Evening' }]])
  })

  it('[RS7] what rooms refuse has the code of the action', async () => {
    const { act } = await open({ fail: RoomNotFound('r1') })
    const codes = []
    for (const [action, body] of [['get_anchors', {}], ['delete_anchor', {}], ['anchor_heartbeat', {}], ['get_room_list', { cnt: 1 }], ['create_room', { roomInfo: '' }], ['get_audiences', {}], ['get_custom_info', {}]] as const)
      codes.push((await act(action, { roomID: 'r1', ...body })).code)
    expect(codes).toEqual([204_002, 204_003, 206_000, 203_004, 203_002, 205_004, 207_004])
  })

  it('[RS7] [RS8] what nobody meant is 207001; the log has it without the query', async () => {
    const { act, lines } = await open({ fail: new TypeError('x is undefined') })
    expect(await act('get_anchors', { roomID: 'r1' })).toMatchObject({ status: 200, code: 207_001, answer: { message: 'Something went wrong.' } })
    const failure = lines.find(line => line.includes('"level":50'))!
    expect(JSON.parse(failure)).toMatchObject({ part: 'weapp', action: 'get_anchors', err: { message: 'x is undefined' } })
    expect(lines.join('')).not.toContain(TOKEN)
    expect(lines.join('')).not.toContain('userID=')
  })

  it('[RS8] each is one line in the log, without a token', async () => {
    const { act, ask, lines } = await open()
    await ask('live_room/login?sdkAppID=1400000001&userID=anna&userSig=eJxsecret', '')
    const { headers } = await act('anchor_heartbeat', { roomID: 'r1' })
    await act('get_anchor_url')
    expect(lines.map(line => JSON.parse(line) as unknown)).toMatchObject([
      { part: 'weapp', action: 'login', code: 0 },
      { part: 'weapp', action: 'anchor_heartbeat', code: 0, userId: ANNA.user.id, ms: expect.any(Number) as number, requestId: headers.get('x-request-id') },
      { part: 'weapp', action: 'get_anchor_url', code: 0, userId: ANNA.user.id },
    ])
    for (const secret of [TOKEN, 'eJxsecret', 'rtmp://'])
      expect(lines.join('')).not.toContain(secret)
  })

  it('[RS9] are for any page, not for caches, and have a name', async () => {
    const { act } = await open()
    const { headers } = await act('get_anchors', { roomID: 'r1' })
    expect(Object.fromEntries(headers)).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*', 'x-request-id': expect.stringMatching(/^[\w-]{36}$/) as string, 'content-type': 'application/json; charset=utf-8' })
    const preflight = await fetch(`${served.url}/weapp/live_room/get_anchors`, { method: 'OPTIONS', headers: { 'origin': 'https://a.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } })
    expect(preflight.status).toBe(204)
    expect(Object.fromEntries(preflight.headers)).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type', 'access-control-allow-methods': expect.stringContaining('POST') as string })
  })
})

describe('rates', () => {
  const few = { requests: 2, perMs: 1000 }
  it('[RS18] of one person and of one application', async () => {
    for (const rates of [{ person: few }, { application: few }]) {
      const { act, clock } = await open({ rates })
      const codes = async () => [(await act('get_anchor_url')).code, (await act('get_anchor_url')).code, (await act('get_anchor_url')).code]
      expect(await codes()).toEqual([0, 0, 202_006])
      await clock.advance(1000)
      expect((await act('get_anchor_url')).code).toBe(0)
      await served.close()
    }
    await open()
  })

  it('[RS18] who asks too often is not counted on everybody else of the application', async () => {
    const { ask, act } = await open({ rates: { person: few, application: { requests: 3, perMs: 1000 } } })
    const codes = []
    for (let request = 0; request < 4; request++)
      codes.push((await act('get_anchor_url')).code)
    expect(codes).toEqual([0, 0, 202_006, 202_006])
    expect((await ask('live_room/login?sdkAppID=1400000001&userID=boris&userSig=x')).code).toBe(0)
  })

  it('[RS18] of the rooms that one person makes or joins', async () => {
    const { act, asked } = await open({ rates: { rooms: few } })
    const join = () => act('add_anchor', { roomID: '', roomInfo: '', userName: '', userAvatar: '', pushURL: '' })
    expect([(await act('create_room', { roomInfo: '' })).code, (await join()).code, (await join()).code]).toEqual([0, 0, 202_006])
    expect((await act('create_room', { roomInfo: '' })).code).toBe(202_006)
    expect(asked.map(([name]) => name)).toEqual(['create', 'addAnchor'])
    expect((await act('delete_anchor', { roomID: 'r1' })).code).toBe(0)
  })

  it('[RS18] of logins from one address, good or not; without a token nobody else is counted', async () => {
    const { ask, act, asked } = await open({ rates: { address: few } })
    for (const expected of [201_001, 201_001, 202_006])
      expect((await ask('live_room/login?userID=anna')).code).toBe(expected)
    expect((await ask('live_room/login?sdkAppID=1400000001&userID=anna&userSig=x')).code).toBe(202_006)
    expect(asked).toEqual([])
    expect((await act('get_anchor_url')).code).toBe(0)
  })
})
