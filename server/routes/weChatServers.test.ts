/** Our server and WeChat's: the whole server by its doors, against a double of WeChat's API. */
import type { AddressInfo } from 'node:net'
import type { WeChatDouble } from '../../sandbox/weChat/startWeChat'
import type { Session as SessionType } from '../../shared/protocol/rest'
import type { TestServer } from '../testing/startTestServer'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startWeChat } from '../../sandbox/weChat/startWeChat'
import { LiveReminder } from '../../shared/protocol/reminder'
import { CreatedRoom, Session } from '../../shared/protocol/rest'
import { NAMELESS } from '../auth/fineName'
import { Peer } from '../chat/testing/ChatDoor'
import { pictureType } from '../covers/pictureType'
import { startTestServer } from '../testing/startTestServer'
import { signatureOf } from '../weChat/messagePush'

const APP_ID = 'wx0123456789abcdef'
const SECRET = 'secret-of-the-mini-program'
const TOKEN = 'token-of-the-message-push'
const OPEN_ID = 'oGZUI0egBJY1zhBYw2KhdUfwVJJE'
const TEMPLATE = { id: 'zun-LzcQyW-edafCVvzPkK4de2Rllr1fFpw2A_x0oXE', content: '直播标题:{{thing1.DATA}}\n主播名称:{{thing2.DATA}}\n开播时间:{{time3.DATA}}\n' }
const PLENTY = { perMinute: 10_000 }
const PNG = (seed: number) => Buffer.concat([Buffer.from('89504E470D0A1A0A', 'hex'), Buffer.alloc(100, seed)])

let weChat: WeChatDouble
let server: TestServer
const env = () => ({ WECHAT_APPID: APP_ID, WECHAT_SECRET: SECRET, WECHAT_API_URL: weChat.url })

beforeAll(async () => {
  weChat = await startWeChat({ appId: APP_ID, secret: SECRET, templates: [TEMPLATE] })
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  server = await startTestServer({
    env: { ...env(), PORT: String(port), PUBLIC_URL: publicUrl, WECHAT_CONTENT_CHECK: '1', WECHAT_MESSAGE_TOKEN: TOKEN, VITE_WX_TEMPLATE_LIVE: TEMPLATE.id },
    rates: { sessions: PLENTY, rooms: PLENTY, covers: PLENTY },
  })
  weChat.pushes.target = { url: `${publicUrl}/callbacks/wechat`, token: TOKEN }
})
afterEach(() => {
  weChat.troubles.clear()
  const lines = server.logLines.filter(line => [SECRET, TOKEN, OPEN_ID, 'access_token'].some(secret => line.includes(secret)))
  expect(lines).toEqual([])
})
afterAll(async () => {
  await server.stop()
  await weChat.close()
})

const signIn = (body: object) => server.call('POST', '/api/sessions/wechat', { body })
const open = async (openId = OPEN_ID, nickname?: string) => (await signIn({ code: weChat.people.login({ openId }), nickname })).as(Session)
const logged = (words: string) => server.logLines.filter(line => line.includes(words))

describe('people of WeChat by their own door', () => {
  it('[WE2] the same person is the same account, on another phone and by the other door too', async () => {
    const first = await open(OPEN_ID, '阿青')
    expect(first.user.nickname).toBe('阿青')
    const again = await signIn({ code: weChat.people.login({ openId: OPEN_ID }), nickname: '别的名字', avatar: 3 })
    expect([again.status, again.as(Session).user]).toEqual([201, first.user])
    const soft = await server.call('POST', '/api/sessions', { body: { nickname: 'A', wechatCode: weChat.people.login({ openId: OPEN_ID }) } })
    expect(soft.as(Session).user).toEqual(first.user)
    expect((await open('somebody-else')).user).toMatchObject({ nickname: NAMELESS })
    expect(JSON.stringify([first, again.body])).not.toContain(OPEN_ID)
  })

  it('[WE2] in another mini-program of the same owner they are who they were', async () => {
    const { user } = (await signIn({ code: weChat.people.login({ openId: 'open-in-this', unionId: 'union' }) })).as(Session)
    const elsewhere = (await signIn({ code: weChat.people.login({ openId: 'open-in-other', unionId: 'union' }) })).as(Session)
    expect(elsewhere.user.id).toBe(user.id)
  })

  it('[WE2] a code that is not good is said so', async () => {
    const code = weChat.people.login({ openId: OPEN_ID })
    await signIn({ code })
    for (const bad of [code, 'never given out'])
      expect(await signIn({ code: bad })).toMatchObject({ status: 401, body: { code: 'TOKEN_REFUSED' } })
    expect(await signIn({ code: weChat.people.login({ openId: 'bad', isBlocked: true }) })).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
    expect(await signIn({ code: '' })).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  })

  it.each(['silence', 'break', -1, 45011, 40125] as const)('[WE2] with %s from WeChat the answer is CLOUD_UNAVAILABLE, within three seconds', async (trouble) => {
    weChat.troubles.set('/sns/jscode2session', trouble)
    const begun = Date.now()
    expect(await signIn({ code: weChat.people.login({ openId: OPEN_ID }) })).toMatchObject({ status: 503, body: { code: 'CLOUD_UNAVAILABLE' } })
    expect(Date.now() - begun).toBeLessThan(3000)
  })

  it('[WE2] whoever comes too often is told when to come again', async () => {
    weChat.troubles.set('/sns/jscode2session', 45011)
    expect((await signIn({ code: weChat.people.login({ openId: OPEN_ID }) })).headers.get('retry-after')).toBe('60')
  })

  it('[WE3] a name that WeChat refuses keeps nobody out', async () => {
    weChat.dislikeText('坏名字')
    expect((await open('named-badly', '坏名字')).user.nickname).toBe(NAMELESS)
    const soft = await server.call('POST', '/api/sessions', { body: { nickname: '坏名字', wechatCode: weChat.people.login({ openId: 'softly' }) } })
    expect(soft.as(Session).user.nickname).toBe(NAMELESS)
    const { token } = await open('renamed')
    expect(await server.call('PUT', '/api/me', { token, body: { nickname: '坏名字' } })).toMatchObject({ status: 422, body: { code: 'TEXT_BLOCKED' } })
  })

  it('[WE2] a server that knows nothing of WeChat has no such doors', async () => {
    const plain = await startTestServer()
    const { token } = await plain.openSession()
    const { room } = await plain.createRoom(token)
    const doors = [['POST', '/api/sessions/wechat'], ['GET', `/api/rooms/${room.id}/code`], ['GET', '/callbacks/wechat'], ['POST', '/callbacks/wechat']] as const
    for (const [method, path] of doors)
      expect(await plain.call(method, path), path).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    await plain.stop()
  })
})

describe('texts', () => {
  it('[WE10] what WeChat refuses is not said, nor a title', async () => {
    weChat.dislikeText('坏话')
    const { token } = await open()
    expect(await server.call('POST', '/api/rooms', { token, body: { title: '一个坏话' } })).toMatchObject({ status: 422, body: { code: 'TEXT_BLOCKED' } })
    const { room } = await server.createRoom(token)
    const peer = new Peer(`${server.origin.replace('http', 'ws')}/ws?token=${token}`)
    await once(peer.ws, 'open')
    await peer.join(undefined, room.id)
    expect(await peer.say('说一句坏话', room.id)).toMatchObject({ type: 'failed', code: 'TEXT_BLOCKED' })
    await peer.say('你好', room.id)
    expect(peer.texts.map(({ text }) => text)).toEqual(['你好'])
    peer.ws.terminate()
  })

  it('[WE11] a WeChat that says nothing keeps nobody from speaking for long', async () => {
    weChat.troubles.set('/wxa/msg_sec_check', 'silence')
    const { token } = await open('talker')
    const begun = Date.now()
    await server.createRoom(token)
    await server.createRoom(token)
    expect(Date.now() - begun).toBeLessThan(2000)
  })
})

describe('pictures', () => {
  let anna: SessionType
  const putCover = (roomId: string, picture: Buffer) => server.call('PUT', `/api/rooms/${roomId}/cover`, { token: anna.token, body: picture })
  const coverOf = async (roomId: string) => (await server.call('GET', `/api/rooms/${roomId}`)).body.room.cover
  const statusOf = async (path: string) => (await fetch(server.origin + path)).status
  const settled = async (count: number) => expect.poll(() => weChat.pushes.answers.length).toBe(count)

  it('[WE12] a cover that WeChat refuses is taken away, and one that it likes stays', async () => {
    anna = await open('anna')
    const { room } = await server.createRoom(anna.token)
    const before = weChat.pushes.answers.length
    const good = (await putCover(room.id, PNG(1))).body.room.cover
    await settled(before + 1)
    expect([await coverOf(room.id), await statusOf(good)]).toEqual([good, 200])
    weChat.dislikePicture(PNG(2))
    const bad = (await putCover(room.id, PNG(2))).body.room.cover
    await settled(before + 2)
    await expect.poll(() => coverOf(room.id)).toBeNull()
    expect([await statusOf(bad), weChat.pushes.answers.at(-1)]).toEqual([404, expect.objectContaining({ status: 200, text: 'success' })])
  })

  it('[WE12] a person\'s picture that WeChat refuses is taken away, as if they had done it', async () => {
    anna = await open('anna')
    weChat.dislikePicture(PNG(3))
    const { room } = await server.createRoom(anna.token)
    const { picture } = (await server.call('PUT', '/api/me/picture', { token: anna.token, body: PNG(3) })).as(Session).user
    const me = async () => (await server.call('POST', '/api/sessions/refresh', { token: anna.token })).as(Session).user
    await expect.poll(async () => (await me()).picture).toBeUndefined()
    await expect.poll(async () => (await server.call('GET', `/api/rooms/${room.id}`)).body.room.anchor).toEqual(await me())
    expect(await statusOf(picture!)).toBe(404)
  })

  it('[WE12] one that has taken its place meanwhile stays', async () => {
    anna = await open('anna')
    const { room } = await server.createRoom(anna.token)
    weChat.dislikePicture(PNG(4))
    const before = weChat.pushes.answers.length
    const [, { body }] = [await putCover(room.id, PNG(4)), await putCover(room.id, PNG(5))]
    await settled(before + 2)
    expect(await coverOf(room.id)).toBe(body.room.cover)
  })

  it('[WE12] what cannot be shown to WeChat is said at the start, and shown to people', async () => {
    const without = await startTestServer({ env: { ...env(), WECHAT_CONTENT_CHECK: '1' } })
    expect(without.logLines.filter(line => line.includes('pictures are not'))).toHaveLength(1)
    expect(server.logLines.filter(line => line.includes('pictures are not'))).toEqual([])
    const asked = weChat.asked.length
    const { token } = (await without.call('POST', '/api/sessions/wechat', { body: { code: weChat.people.login({ openId: 'anna' }) } })).as(Session)
    expect((await without.call('PUT', '/api/me/picture', { token, body: PNG(3) })).status).toBe(200)
    expect(weChat.asked.slice(asked)).not.toContain('/wxa/media_check_async')
    await without.stop()
  })

  it('[WE12] a WeChat that cannot be asked lets them through, and the log says so', async () => {
    anna = await open('anna')
    weChat.troubles.set('/wxa/media_check_async', 45009)
    expect((await server.call('PUT', '/api/me/picture', { token: anna.token, body: PNG(6) })).status).toBe(200)
    await expect.poll(() => logged('a picture was let through')).toHaveLength(1)
  })
})

describe('the message push', () => {
  const now = () => String(Math.floor(Date.now() / 1000))
  const query = (changes: Record<string, string> = {}) => {
    const [timestamp, nonce] = [now(), Math.random().toString(36).slice(2)]
    return new URLSearchParams({ timestamp, nonce, signature: signatureOf(TOKEN, timestamp, nonce), ...changes })
  }
  const push = (search: URLSearchParams, body: unknown = { MsgType: 'event', Event: 'user_enter_tempsession' }, headers = {}) => server.call('POST', `/callbacks/wechat?${search}`, { body, headers })

  it('[WE14] the address that the console has is proved by an echo', async () => {
    expect(await weChat.pushes.checkAddress()).toBe(true)
    const answer = await server.call('GET', `/callbacks/wechat?${query({ echostr: '4375120948345356249' })}`)
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([200, '4375120948345356249', 'text/plain; charset=utf-8'])
    expect((await server.call('GET', `/callbacks/wechat?${query({ echostr: '<script>' })}`)).status).toBe(403)
    expect((await server.call('GET', `/callbacks/wechat?${query()}`)).status).toBe(400)
  })

  it.each([
    ['a wrong signature', { signature: 'a'.repeat(40) }],
    ['no signature', { signature: '' }],
    ['an old one', { timestamp: '1714036504', nonce: 'n', signature: signatureOf(TOKEN, '1714036504', 'n') }],
    ['a timestamp that is none', { timestamp: 'now' }],
  ])('[WE15] with %s nothing is done', async (_, changes) => {
    const said = logged('was refused').length
    expect(await push(query(changes as Record<string, string>))).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
    expect(logged('was refused')).toHaveLength(said + 1)
    expect((await server.call('GET', `/callbacks/wechat?${query({ ...changes as Record<string, string>, echostr: '1' })}`)).status).toBe(403)
  })

  it('[WE15] the same again is refused, before anything is read', async () => {
    const search = query()
    expect(await push(search)).toMatchObject({ status: 200, text: 'success' })
    expect((await push(search)).status).toBe(403)
  })

  it('[WE13] a replayed, forged or foreign verdict takes nothing away', async () => {
    const anna = await open('anna')
    const { room } = await server.createRoom(anna.token)
    const before = weChat.pushes.answers.length
    const { cover } = (await server.call('PUT', `/api/rooms/${room.id}/cover`, { token: anna.token, body: PNG(9) })).body.room
    const verdict = { MsgType: 'event', Event: 'wxa_media_check', appid: 'wxffffffffffffffff', trace_id: 'any', result: { suggest: 'risky', label: '20002' } }
    expect((await push(query(), verdict)).status).toBe(200)
    expect((await push(query({ signature: 'b'.repeat(40) }), { ...verdict, appid: APP_ID })).status).toBe(403)
    await expect.poll(() => weChat.pushes.answers.length).toBe(before + 1)
    expect((await server.call('GET', `/api/rooms/${room.id}`)).body.room.cover).toBe(cover)
  })

  it.each([
    ['XML', '<xml><MsgType>event</MsgType></xml>', 400],
    ['something sealed', { ToUserName: 'gh', Encrypt: 'AAAA' }, 400],
    ['a list', [], 400],
    ['more than 256 KB', 'x'.repeat(257 * 1024), 413],
  ])('[WE15] %s is refused', async (_, body, status) => {
    expect((await push(query(), body)).status).toBe(status)
  })
})

describe('mini-program codes', () => {
  it('[WE20] a room\'s code leads into the room, in the published version', async () => {
    const { token } = await open()
    const { room } = await server.createRoom(token)
    const answer = await fetch(`${server.origin}/api/rooms/${room.id}/code`)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, 'image/png', 'public, max-age=86400'])
    expect(pictureType(Buffer.from(await answer.arrayBuffer()))).toBe('png')
    expect(weChat.codes.at(-1)).toEqual({ scene: room.id, page: 'src/live/pages/room/index', version: 'release' })
  })

  it('[WE20] it is asked for once, however many want it', async () => {
    const { token } = await open()
    const { room } = await server.createRoom(token)
    const before = weChat.codes.length
    await Promise.all(Array.from({ length: 5 }, () => server.call('GET', `/api/rooms/${room.id}/code`)))
    await server.call('GET', `/api/rooms/${room.id}/code`)
    expect(weChat.codes.length - before).toBe(1)
  })

  it('[WE20] a failure is not kept', async () => {
    const { token } = await open()
    const { room } = await server.createRoom(token)
    weChat.troubles.set('/wxa/getwxacodeunlimit', 'silence')
    const begun = Date.now()
    expect(await server.call('GET', `/api/rooms/${room.id}/code`)).toMatchObject({ status: 503, body: { code: 'CLOUD_UNAVAILABLE' } })
    expect(Date.now() - begun).toBeLessThan(3000)
    weChat.troubles.clear()
    expect((await server.call('GET', `/api/rooms/${room.id}/code`)).status).toBe(200)
    expect(await server.call('GET', '/api/rooms/rnowhere/code')).toMatchObject({ status: 404, body: { code: 'ROOM_NOT_FOUND' } })
  })

  it('[WE20] WECHAT_VERSION says which version they open', async () => {
    const trial = await startTestServer({ env: { ...env(), WECHAT_VERSION: 'trial' } })
    const { token } = await trial.openSession()
    const { room } = await trial.createRoom(token)
    await trial.call('GET', `/api/rooms/${room.id}/code`)
    expect(weChat.codes.at(-1)).toMatchObject({ scene: room.id, version: 'trial' })
    await trial.stop()
  })
})

describe('reminders', () => {
  let onAir = ''
  async function goLive(token: string, title: string) {
    if (onAir)
      await server.call('DELETE', `/api/rooms/${onAir}`, { token })
    const { room } = (await server.call('POST', '/api/rooms', { token, body: { title } })).as(CreatedRoom)
    await server.call('POST', `/api/rooms/${room.id}/simulated-stream`, { token, body: { isOn: true } })
    onAir = room.id
    return room
  }
  async function remind(openId: string, roomId: string) {
    const { token } = await open(openId)
    return (await server.call('POST', `/api/rooms/${roomId}/reminders`, { token })).as(LiveReminder)
  }

  it('[WE31] who asked gets WeChat\'s message, and the tap leads into the room', async () => {
    expect((await server.call('GET', '/healthz')).body.reminders).toBe(true)
    const anchor = await open('anchor', '小海豚')
    const past = (await server.createRoom(anchor.token)).room
    weChat.people.allow('viewer')
    await remind('viewer', past.id)
    await server.call('DELETE', `/api/rooms/${past.id}`, { token: anchor.token })
    const room = await goLive(anchor.token, '晚上好')
    await expect.poll(() => weChat.messages).toEqual([{
      touser: 'viewer',
      template_id: TEMPLATE.id,
      page: `src/live/pages/room/index?id=${room.id}`,
      data: { thing1: { value: '晚上好' }, thing2: { value: '小海豚' }, time3: { value: expect.stringMatching(/^\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d$/) } },
      miniprogram_state: 'formal',
      lang: 'zh_CN',
    }])
  })

  it('[WE31] who declined is not tried again, and a template that was changed is read anew', async () => {
    const anchor = await open('anchor')
    const past = (await server.createRoom(anchor.token)).room
    await remind('declined', past.id)
    weChat.people.allow('willing')
    weChat.templates[0] = { ...TEMPLATE, content: '主题:{{thing9.DATA}}\n' }
    const asked = () => weChat.asked.filter(path => path.endsWith('/send')).length
    const before = asked()
    await goLive(anchor.token, '一')
    await expect.poll(() => logged('a reminder could not be sent').length).toBe(1) // 47003
    await remind('declined', past.id)
    await goLive(anchor.token, '二')
    await expect.poll(() => logged('43101')).toHaveLength(1)
    expect(asked() - before).toBe(2)
    await remind('willing', past.id)
    await goLive(anchor.token, '三')
    await expect.poll(() => weChat.messages.at(-1)?.data).toEqual({ thing9: { value: '三' } })
  })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  return port
}
