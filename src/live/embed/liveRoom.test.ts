import type { TimSdk } from './embeddedServices'
import type { LiveRoom } from './liveRoom'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { Room } from '@/shared/protocol/rest'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { aRoom, aSession, aUser } from '@/src/testing/fixtures'
import { isH5, onMp } from '@/src/testing/platform'
import { createLiveRoom, LiveRoomError } from './liveRoom'

const server = 'https://live.example.com'

interface Call { url: string, method: string, data?: any, header: Record<string, string> }
const calls: Call[] = []
let refusal: { statusCode: number, code: ErrorCode } | undefined
let rooms: Room[] = []
let liveRoom: LiveRoom

/** A server with people and rooms, at the end of uni.request. */
function answer({ data, method, url }: Call): unknown {
  const path = url.slice(server.length)
  if (path === '/api/sessions/refresh')
    return aSession({ token: 'fresh' })
  if (method === 'PUT' && path === '/api/me')
    return aSession({ user: aUser({ ...aSession().user, ...data }) })
  if (path.startsWith('/api/sessions'))
    return aSession({ user: aUser({ id: 'ume000000001', nickname: data.nickname, avatar: data.avatar }) })
  if (path.startsWith('/api/rooms/'))
    return { room: rooms.find(({ id }) => path.endsWith(id)), play: null, mixed: null, guests: [] }
  const from = Number(/cursor=(\d+)/.exec(path)?.[1] ?? 0)
  return { rooms: rooms.slice(from, from + 2), nextCursor: from + 2 < rooms.length ? String(from + 2) : null }
}

beforeEach(() => {
  calls.length = 0
  refusal = undefined
  rooms = []
  liveRoom = createLiveRoom()
  vi.stubGlobal('wx', { login: ({ complete }: { complete: (result: { code: string }) => void }) => complete({ code: 'code-1' }) })
  vi.mocked(uni.request).mockImplementation(((call: Call & { success: (answer: object) => void }) => {
    call.data = call.data && JSON.parse(JSON.stringify(call.data)) // what is undefined is not sent
    calls.push(call)
    call.success(refusal ? { statusCode: refusal.statusCode, data: { code: refusal.code, message: 'no', requestId: 'q' } } : { statusCode: 200, data: answer(call) })
  }) as never)
})

const paths = () => calls.map(({ method, url }) => `${method} ${url.replace(server, '')}`)

describe('login', () => {
  it('[CO18] with a nickname makes a guest at that server', async () => {
    const info = await liveRoom.login({ server: `${server}/`, nickname: '小明', avatar: 4 })
    expect(info).toEqual({ userID: 'ume000000001', userName: '小明', userAvatar: expect.stringContaining('data:image') })
    expect(liveRoom.getAccountInfo()).toEqual(info)
    expect(paths()).toEqual(['POST /api/sessions'])
    expect(calls[0].data).toMatchObject({ nickname: '小明', avatar: 4 })
  })

  onMp('[CO18] shows WeChat\'s code, so that a person is the same one again', async () => {
    await liveRoom.login({ server, nickname: '小明' })
    expect(calls[0].data.wechatCode).toBe('code-1')
  })

  it('[CO18] a guest of this server is who they were, under the name they have now', async () => {
    await liveRoom.login({ server, nickname: '小明' })
    calls.length = 0
    const again = createLiveRoom()
    await again.login({ server })
    expect(paths()).toEqual(['POST /api/sessions/refresh'])
    calls.length = 0
    expect(await again.login({ server, nickname: '小红' })).toMatchObject({ userName: '小红' })
    expect(paths()).toEqual(['POST /api/sessions/refresh', 'PUT /api/me'])
  })

  it('[CO18] without a name they get one', async () => {
    expect((await liveRoom.login({ server })).userName.length).toBeGreaterThan(1)
  })

  it('[CO18] with a token of another account system it is that person, not remembered', async () => {
    await liveRoom.login({ server, token: async () => 'jwt-1' })
    await createLiveRoom().login({ server, token: 'jwt-2' })
    expect(paths()).toEqual(['POST /api/sessions/external', 'POST /api/sessions/external'])
    expect(calls.map(({ data }) => data.token)).toEqual(['jwt-1', 'jwt-2'])
  })

  it('[CO22] a server whose chat Tencent IM carries needs its SDK, and says so', async () => {
    const im = { kind: 'tencent', sdkAppId: 1400000000, userId: 'ume000000001', userSig: 'sig' }
    vi.mocked(uni.request).mockImplementation(((call: Call & { success: (answer: object) => void }) => call.success({ statusCode: 200, data: { ...aSession(), im } })) as never)
    await expect(liveRoom.login({ server })).rejects.toMatchObject({ errCode: -9, errMsg: expect.stringContaining('TIM SDK') })
    const tim = { create: vi.fn(), EVENT: {} } as unknown as TimSdk
    expect(await liveRoom.login({ server, tim })).toMatchObject({ userID: 'ume000000001' })
    const { services, session } = liveRoom.account.value!
    const chat = services.createImClient()
    chat.login((await session(false)).im, 'token')
    await vi.waitFor(() => expect(tim.create).toHaveBeenCalledWith(expect.objectContaining({ SDKAppID: 1400000000 })))
    chat.logout()
  })

  it.each(['', 'live.example.com', 'wss://live.example.com'])('[CO18] "%s" is no server', async (address) => {
    await expect(liveRoom.login({ server: address })).rejects.toMatchObject({ errCode: -9, errMsg: expect.stringContaining('https://live.example.com') })
    expect(calls).toEqual([])
  })

  it('[CO18] a refusal has the old number, the server\'s own code and words', async () => {
    refusal = { statusCode: 403, code: 'GUESTS_OFF' }
    const failure = await liveRoom.login({ server }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(LiveRoomError)
    expect(failure).toMatchObject({ errCode: -2, reason: 'GUESTS_OFF', errMsg: expect.stringMatching(isH5 ? /account/ : /账号/) })
    expect(liveRoom.getAccountInfo()).toBeUndefined()
  })

  it('[CO18] answers by callbacks, too, and then nobody has to catch it', async () => {
    const success = vi.fn()
    const fail = vi.fn()
    await liveRoom.login({ server, nickname: '小明', success, fail })
    refusal = { statusCode: 503, code: 'UNAVAILABLE' }
    void liveRoom.login({ server, success, fail })
    await vi.waitFor(() => expect(fail).toHaveBeenCalledOnce())
    expect(success.mock.calls).toEqual([[expect.objectContaining({ userName: '小明' })]])
    expect(fail.mock.calls).toEqual([[expect.objectContaining({ errCode: -2 })]])
  })

  it('[CO18] the latest of two wins', async () => {
    const late: (() => void)[] = []
    vi.mocked(uni.request).mockImplementation(((call: Call & { success: (answer: object) => void }) => {
      late.push(() => call.success({ statusCode: 200, data: answer(call) }))
    }) as never)
    const first = liveRoom.login({ server, token: 'jwt-1', nickname: '小明' })
    const second = liveRoom.login({ server, token: 'jwt-2', nickname: '小红' })
    await vi.waitFor(() => expect(late).toHaveLength(2))
    late[1]()
    await second
    late[0]()
    await first
    expect(liveRoom.getAccountInfo()).toMatchObject({ userName: '小红' })
  })
})

describe('logout', () => {
  it('[CO19] forgets the person on this device', async () => {
    await liveRoom.login({ server, nickname: '小明' })
    await liveRoom.logout()
    expect(liveRoom.getAccountInfo()).toBeUndefined()
    calls.length = 0
    await liveRoom.login({ server, nickname: '小明' })
    expect(paths()).toEqual(['POST /api/sessions'])
  })
})

describe('rooms', () => {
  it('[CO20] come by index and number, across the server\'s pages', async () => {
    rooms = [1, 2, 3, 4, 5].map(number => aRoom({ id: `rroom000000${number}`, title: `第${number}间`, cover: number === 2 ? '/covers/a.jpg' : null }))
    await liveRoom.login({ server })
    const listed = await liveRoom.getRoomList({ index: 1, cnt: 2 })
    expect(listed.map(({ roomID }) => roomID)).toEqual(['rroom0000002', 'rroom0000003'])
    expect(listed[0]).toEqual({
      roomID: 'rroom0000002',
      roomInfo: '第2间',
      roomName: '第2间',
      roomCreator: 'uanchor00001',
      pushers: [{ userID: 'uanchor00001', userName: '阿青', userAvatar: expect.stringContaining('data:image') }],
      audienceCount: 12,
      cover: `${server}/covers/a.jpg`,
      status: 'live',
    })
    expect(await liveRoom.getRoomList()).toHaveLength(5)
    expect(await liveRoom.getRoomList({ index: 9, cnt: 1 })).toEqual([])
  })

  it('[CO20] one of them, with the anchor first', async () => {
    rooms = [aRoom()]
    await liveRoom.login({ server })
    expect(await liveRoom.getRoom({ roomID: 'rroom0000001' })).toMatchObject({ roomID: 'rroom0000001', pushers: [{ userName: '阿青' }] })
    refusal = { statusCode: 404, code: 'ROOM_NOT_FOUND' }
    await expect(liveRoom.getRoom({ roomID: 'rnowhere0001' })).rejects.toMatchObject({ errCode: -1, reason: 'ROOM_NOT_FOUND' })
  })

  it('[CO20] need a login', async () => {
    const fail = vi.fn()
    await expect(liveRoom.getRoomList({ fail })).rejects.toMatchObject({ errCode: -2, errMsg: expect.stringContaining('login()') })
    expect(fail).toHaveBeenCalledOnce()
    expect(calls).toEqual([])
  })
})
