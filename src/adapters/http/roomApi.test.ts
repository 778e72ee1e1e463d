import type { HttpCall } from './httpRequest'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { AccountToken } from '@/src/ports/AccountToken'
import type { LoginCode } from '@/src/ports/LoginCode'
import type { RoomApi } from '@/src/ports/RoomApi'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NOT_LINKED } from '@/shared/domain/linkMic'
import { ApiFailure } from '@/src/ports/RoomApi'
import { MemorySessionKeeper } from '@/src/testing/fakeServices'
import { aCreatedRoom, aRoom, aRoomDetail, aSession, aUser, aView, publishUrls } from '@/src/testing/fixtures'
import { createRoomApi } from './createRoomApi'

const NEW_PROFILE = { nickname: '爱笑的海豚', avatar: 5 }

/** Answers by method and path; a function answers anew each time. */
function setUp(answers: Record<string, unknown>, loginCode: LoginCode = async () => undefined, accountToken?: AccountToken) {
  const calls: HttpCall[] = []
  const keeper = new MemorySessionKeeper()
  const request = async (call: HttpCall) => {
    calls.push(call)
    const answer = answers[`${call.method} ${call.path}`]
    const value = typeof answer === 'function' ? answer(call) : answer
    if (value === undefined)
      throw new ApiFailure('NOT_FOUND', call.path)
    return value
  }
  return { api: createRoomApi({ request, keeper, loginCode, accountToken, newProfile: () => NEW_PROFILE }), calls, keeper, routes: () => calls.map(call => `${call.method} ${call.path}`) }
}

function unauthorized() {
  throw new ApiFailure('UNAUTHORIZED', 'expired')
}

describe('who is calling', () => {
  it('[UI20] a first call that needs a person makes a guest, and calls at the same time share it', async () => {
    const { api, keeper, routes } = setUp({
      'POST /api/sessions': aSession({ token: 'guest' }),
      'POST /api/rooms': (call: HttpCall) => call.token === 'guest' ? aCreatedRoom() : unauthorized(),
    })
    await Promise.all([api.createRoom({ title: 'a' }), api.createRoom({ title: 'b' }), api.createSession(NEW_PROFILE)])
    expect(routes().filter(route => route === 'POST /api/sessions')).toHaveLength(1)
    expect(keeper.current?.token).toBe('guest')
  })

  it('[WX43] WeChat\'s code goes with every new session, and with nothing else', async () => {
    let codes = 0
    const { api, calls, keeper } = setUp({
      'POST /api/sessions': aSession(),
      'POST /api/sessions/refresh': unauthorized,
      'DELETE /api/rooms/rroom0000001': (call: HttpCall) => call.token === 'token-1' ? { room: aRoom() } : unauthorized(),
    }, async () => `code-${++codes}`)
    await api.createSession(NEW_PROFILE)
    keeper.keep(aSession({ token: 'old' }))
    await api.endRoom('rroom0000001')
    expect(calls.filter(({ path }) => path === '/api/sessions').map(({ body }) => body)).toMatchObject([{ wechatCode: 'code-1' }, { wechatCode: 'code-2' }])
    expect(JSON.stringify(calls.filter(({ path }) => path !== '/api/sessions'))).not.toContain('code-')
  })

  it('[UI21] reading the list and a room needs no person, and makes none', async () => {
    const { api, calls, keeper } = setUp({
      'GET /api/rooms': { rooms: [aRoom()], nextCursor: 'c 2' },
      'GET /api/rooms?cursor=c%202': { rooms: [], nextCursor: null },
      'GET /api/rooms/rroom0000001': aRoomDetail(),
    })
    expect((await api.listRooms(null)).rooms).toHaveLength(1)
    await api.listRooms('c 2')
    await api.getRoom('rroom0000001')
    expect(calls.map(call => call.token)).toEqual([undefined, undefined, undefined])
    expect(keeper.current).toBeUndefined()
  })

  it('[UI22] an expired token is renewed once for all calls that met it, and each is sent again', async () => {
    const { api, keeper, routes } = setUp({
      'POST /api/sessions/refresh': aSession({ token: 'fresh' }),
      'GET /api/rooms': (call: HttpCall) => call.token === 'fresh' ? { rooms: [], nextCursor: null } : unauthorized(),
    })
    keeper.keep(aSession({ token: 'old' }))
    await Promise.all([api.listRooms(null), api.listRooms(null), api.listRooms(null)])
    expect(routes().filter(route => route.includes('refresh'))).toHaveLength(1)
    expect(keeper.current?.token).toBe('fresh')
  })

  it('[UI23] a session beyond renewal becomes a new guest with the same name and face', async () => {
    const opened: unknown[] = []
    const { api, keeper } = setUp({
      'POST /api/sessions/refresh': unauthorized,
      'POST /api/sessions': (call: HttpCall) => opened.push(call.body) && aSession({ token: 'again' }),
      'DELETE /api/rooms/rroom0000001': (call: HttpCall) => call.token === 'again' ? { room: aRoom({ status: 'ended' }) } : unauthorized(),
    })
    keeper.keep(aSession({ token: 'old' }))
    expect((await api.endRoom('rroom0000001')).status).toBe('ended')
    expect(opened).toEqual([{ nickname: '小海豚', avatar: 3 }])
  })

  it('[UI24] a refusal that stays is told, not tried for ever; a failing renewal is told as it is', async () => {
    const { api, keeper, routes } = setUp({
      'POST /api/sessions/refresh': aSession({ token: 'fresh' }),
      'POST /api/rooms': unauthorized,
    })
    keeper.keep(aSession({ token: 'old' }))
    await expect(api.createRoom({ title: 'a' })).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    expect(routes()).toEqual(['POST /api/rooms', 'POST /api/sessions/refresh', 'POST /api/rooms'])

    const broken = setUp({ 'POST /api/rooms': unauthorized, 'POST /api/sessions/refresh': () => {
      throw new ApiFailure('NETWORK', 'gone')
    } })
    broken.keeper.keep(aSession())
    await expect(broken.api.createRoom({ title: 'a' })).rejects.toMatchObject({ code: 'NETWORK' })
  })

  it('[UI25] a new name holds at once', async () => {
    const { api, keeper } = setUp({ 'PUT /api/me': aSession({ token: 'named' }) })
    keeper.keep(aSession())
    await api.updateMe({ nickname: '新名字' })
    expect(keeper.current?.token).toBe('named')
  })
})

describe('people of another account system', () => {
  const refuse = (code: ErrorCode) => () => {
    throw new ApiFailure(code, 'no')
  }

  it('[AC11] the token goes where sessions are opened, and nowhere else', async () => {
    const { api, calls, keeper } = setUp({
      'POST /api/sessions/external': aSession({ token: 'anna' }),
      'POST /api/rooms': aCreatedRoom(),
    }, undefined, async () => 'theirs')
    await api.createRoom({ title: 'a' })
    expect(calls.map(({ path, body, token }) => ({ path, body, token }))).toEqual([
      { path: '/api/sessions/external', body: { ...NEW_PROFILE, token: 'theirs' }, token: undefined },
      { path: '/api/rooms', body: { title: 'a' }, token: 'anna' },
    ])
    expect(keeper.current?.token).toBe('anna')
  })

  it('[AC11] when a session is beyond renewal, the account system is asked again', async () => {
    let asked = 0
    const { api, calls, keeper } = setUp({
      'POST /api/sessions/refresh': unauthorized,
      'POST /api/sessions/external': aSession({ token: 'anew' }),
      'DELETE /api/rooms/rroom0000001': (call: HttpCall) => call.token === 'anew' ? { room: aRoom() } : unauthorized(),
    }, undefined, async () => `theirs-${++asked}`)
    keeper.keep(aSession({ token: 'old' }))
    await api.endRoom('rroom0000001')
    expect(calls.find(({ path }) => path.endsWith('external'))?.body).toMatchObject({ token: 'theirs-1' })
  })

  it('[AC11] without a token, or with one that is refused, one is a guest; an account system that does not answer makes none', async () => {
    const guest = { 'POST /api/sessions': aSession({ token: 'guest' }) }
    const without = setUp(guest, undefined, async () => undefined)
    expect((await without.api.createSession(NEW_PROFILE)).token).toBe('guest')
    const refused = setUp({ ...guest, 'POST /api/sessions/external': refuse('TOKEN_REFUSED') }, undefined, async () => 'theirs')
    expect((await refused.api.createSession(NEW_PROFILE)).token).toBe('guest')
    const down = setUp({ ...guest, 'POST /api/sessions/external': refuse('CLOUD_UNAVAILABLE') }, undefined, async () => 'theirs')
    await expect(down.api.createSession(NEW_PROFILE)).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE' })
    expect(down.routes()).toEqual(['POST /api/sessions/external'])
  })

  it('[AC12] without guests nobody is there until an account is shown, also who was a guest before', async () => {
    const { api, keeper } = setUp({
      'POST /api/sessions/refresh': unauthorized,
      'POST /api/sessions': refuse('GUESTS_OFF'),
      'POST /api/rooms': unauthorized,
      'GET /api/rooms': { rooms: [], nextCursor: null },
    })
    const heard: unknown[] = []
    keeper.keep(aSession({ token: 'guest' }))
    keeper.listen(session => heard.push(session))
    await expect(api.createRoom({ title: 'a' })).rejects.toMatchObject({ code: 'GUESTS_OFF' })
    expect([keeper.current, heard]).toEqual([undefined, [undefined]])
    expect((await api.listRooms(null)).rooms).toEqual([])
  })
})

describe('answers', () => {
  it('[UI26] an answer that does not fit is BAD_RESPONSE', async () => {
    const { api } = setUp({ 'GET /api/rooms': { rooms: [{ id: 'nonsense' }], nextCursor: null } })
    await expect(api.listRooms(null)).rejects.toMatchObject({ code: 'BAD_RESPONSE' })
  })

  it('rooms are created, changed and ended where the server has them', async () => {
    const { api, keeper, calls } = setUp({
      'POST /api/rooms': aCreatedRoom(),
      'PUT /api/rooms/rroom0000001': { room: aRoom({ title: '新标题' }) },
      'DELETE /api/rooms/rroom0000001': { room: aRoom({ status: 'ended' }) },
    })
    keeper.keep(aSession())
    await api.createRoom({ title: '弹唱' })
    expect((await api.updateRoom('rroom0000001', { title: '新标题' })).title).toBe('新标题')
    await api.endRoom('rroom0000001')
    expect(calls.map(call => call.body)).toEqual([{ title: '弹唱' }, { title: '新标题' }, undefined])
    expect(calls.every(call => call.token === 'token-1')).toBe(true)
  })
})

describe('link-mic', () => {
  const answer = { view: aView(3, NOT_LINKED), publish: publishUrls() }

  it('[LM123] asks, commands and looks at the audience with a token, as a guest who is made for it', async () => {
    const { api, calls } = setUp({
      'POST /api/sessions': aSession(),
      'GET /api/rooms/rroom0000001/link-mic': { view: answer.view },
      'POST /api/rooms/rroom0000001/link-mic': answer,
      'GET /api/rooms/rroom0000001/audience': { people: [aUser()], total: 1 },
    })
    const command = { type: 'apply', requestId: 'q1', medium: 'voice' } as const
    expect(await api.getLinkMic('rroom0000001')).toEqual({ view: answer.view })
    expect(await api.linkMic('rroom0000001', command)).toEqual(answer)
    expect(await api.getAudience('rroom0000001')).toEqual({ people: [aUser()], total: 1 })
    expect(calls.slice(1).map(call => [call.token, call.body])).toEqual([['token-1', undefined], ['token-1', command], ['token-1', undefined]])
  })

  it('[LM123] [UI26] a view that does not fit is BAD_RESPONSE', async () => {
    const { api, keeper } = setUp({ 'GET /api/rooms/rroom0000001/link-mic': { view: { ...answer.view, seat: 4 } } })
    keeper.keep(aSession())
    await expect(api.getLinkMic('rroom0000001')).rejects.toMatchObject({ code: 'BAD_RESPONSE' })
  })
})

describe('covers', () => {
  let api: RoomApi
  let calls: HttpCall[]

  beforeEach(() => {
    const set = setUp({ 'PUT /api/rooms/rroom0000001/cover': { room: aRoom({ cover: '/covers/a.jpg' }) } })
    set.keeper.keep(aSession())
    ;({ api, calls } = set)
  })

  it('[UI27] a picture is sent as its bytes, from a Blob', async () => {
    const room = await api.uploadCover('rroom0000001', { blob: new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' }) })
    expect(room.cover).toBe('/covers/a.jpg')
    expect(calls[0].contentType).toBe('image/png')
    expect([...new Uint8Array(calls[0].body as ArrayBuffer)]).toEqual([1, 2, 3])
  })

  it('[UI27] a picture is sent as its bytes, from a file', async () => {
    const bytes = new Uint8Array([9, 8]).buffer
    vi.mocked(uni.getFileSystemManager).mockReturnValue({ readFile: ({ success }: { success: (result: unknown) => void }) => success({ data: bytes }) } as never)
    await api.uploadCover('rroom0000001', { filePath: 'wxfile://tmp/shot.JPG' })
    expect(calls[0]).toMatchObject({ body: bytes, contentType: 'image/jpeg' })
  })

  it('[UI27] a file that cannot be read is told as such', async () => {
    vi.mocked(uni.getFileSystemManager).mockReturnValue({ readFile: ({ fail }: { fail: (result: unknown) => void }) => fail({ errMsg: 'no such file' }) } as never)
    await expect(api.uploadCover('rroom0000001', { filePath: 'wxfile://gone.png' })).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' })
    expect(calls).toEqual([])
  })
})
