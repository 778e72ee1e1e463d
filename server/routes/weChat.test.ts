import type { TestServer } from '../testing/startTestServer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Session } from '../../shared/protocol/rest'
import { FakeWeChat } from '../testing/FakeWeChat'
import { startTestServer } from '../testing/startTestServer'

const OPEN_ID = 'oGZUI0egBJY1zhBYw2KhdUfwVJJE'

describe('people of WeChat', () => {
  const weChat = new FakeWeChat()
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ weChat, rates: { sessions: { perMinute: 10_000 } } })
  })
  afterAll(() => server.stop())

  const open = async (wechatCode: string | undefined, nickname = '小海豚') => (await server.call('POST', '/api/sessions', { body: { nickname, wechatCode } })).as(Session)

  it('[WX40] the same WeChat user is the same person, with the name and face they had', async () => {
    const first = await open(weChat.login(OPEN_ID), '阿青')
    await server.call('PUT', '/api/me', { token: first.token, body: { nickname: '阿青青', avatar: 7 } })
    const again = await open(weChat.login(OPEN_ID), '别的名字')
    expect(again.user).toEqual({ ...first.user, nickname: '阿青青', avatar: 7 })
    expect((await open(weChat.login('somebody else'))).user.id).not.toBe(first.user.id)
  })

  it('[WX40] several phones signing in at once are one person', async () => {
    const sessions = await Promise.all(Array.from({ length: 8 }, () => open(weChat.login('oneperson'))))
    expect(new Set(sessions.map(({ user }) => user.id)).size).toBe(1)
  })

  it('[WX41] a code is good once; with one that is not, or without, they are a new guest', async () => {
    const code = weChat.login(OPEN_ID)
    const { user } = await open(code)
    const others = [await open(code), await open('never given out'), await open(undefined)]
    expect(new Set([user, ...others.map(other => other.user)].map(({ id }) => id)).size).toBe(4)
  })

  it('[WX41] nobody waits for a WeChat that does not answer', async () => {
    weChat.isDown = true
    expect((await open(weChat.login(OPEN_ID))).user.nickname).toBe('小海豚')
    weChat.isDown = false
  })

  it.each(['', 'x'.repeat(129), 7])('[AP2] %s is no code', async (wechatCode) => {
    expect(await server.call('POST', '/api/sessions', { body: { nickname: 'A', wechatCode } })).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  })

  it('[WX42] neither code nor openid is told or logged', async () => {
    const code = weChat.login(OPEN_ID)
    const answer = await server.call('POST', '/api/sessions', { body: { nickname: 'A', wechatCode: code } })
    weChat.isDown = true
    await server.call('POST', '/api/sessions', { body: { nickname: 'A', wechatCode: code } })
    weChat.isDown = false
    expect(answer.text).not.toContain(OPEN_ID)
    expect(server.logLines.length).toBeGreaterThan(0)
    expect(server.logLines.filter(line => line.includes(OPEN_ID) || line.includes(code))).toEqual([])
  })

  it('[WX41] a server that knows nothing of WeChat ignores codes', async () => {
    const plain = await startTestServer()
    const answer = await plain.call('POST', '/api/sessions', { body: { nickname: 'A', wechatCode: 'any' } })
    expect(answer.status).toBe(201)
    await plain.stop()
  })
})
