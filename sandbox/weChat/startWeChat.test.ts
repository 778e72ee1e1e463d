import type { WeChatDouble } from './startWeChat'
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pictureType } from '@/server/covers/pictureType'
import { startWeChat } from './startWeChat'

const OWNER = { appId: 'wx0123456789abcdef', secret: 'secret-of-the-mini-program' }
const TEMPLATE = { id: 'template', content: '直播标题:{{thing1.DATA}}\n开播时间:{{time3.DATA}}\n状态:{{phrase4.DATA}}\n主播:{{name5.DATA}}\n' }
const DATA = { thing1: { value: '晚上好' }, time3: { value: '2026年1月31日 20:05' }, phrase4: { value: '直播中' }, name5: { value: '小海豚' } }

let now: number
let weChat: WeChatDouble
beforeEach(async () => {
  now = 1_790_000_000_000
  weChat = await startWeChat({ ...OWNER, templates: [TEMPLATE], now: () => now })
})
afterEach(() => weChat.close())

const get = async (path: string) => (await fetch(weChat.url + path)).json()
const post = async (path: string, body: unknown) => (await fetch(weChat.url + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })).json()
const login = (changes: Record<string, string> = {}) => get(`/sns/jscode2session?${new URLSearchParams({ appid: OWNER.appId, secret: OWNER.secret, grant_type: 'authorization_code', ...changes })}`)
const askToken = (changes: object = {}) => post('/cgi-bin/stable_token', { grant_type: 'client_credential', appid: OWNER.appId, secret: OWNER.secret, ...changes })
async function withToken(path: string): Promise<string> {
  return `${path}?access_token=${(await askToken()).access_token}`
}
const is = (errcode: number) => ({ errcode, errmsg: expect.stringContaining('rid: ') })

describe('logins', () => {
  it('[WE40] a code is good once, and for five minutes', async () => {
    const code = weChat.people.login({ openId: 'anna', unionId: 'union' })
    expect(await login({ js_code: code })).toEqual({ openid: 'anna', unionid: 'union', session_key: expect.any(String) })
    expect(await login({ js_code: code })).toEqual(is(40163))
    const late = weChat.people.login({ openId: 'anna' })
    now += 5 * 60_000
    expect(await login({ js_code: late })).toEqual(is(40029))
  })

  it.each([
    ['another AppID', { appid: 'wxffffffffffffffff' }, 40013],
    ['another secret', { secret: 'wrong' }, 40125],
    ['no code', { js_code: '' }, 41008],
    ['a code of nobody', { js_code: 'never given out' }, 40029],
    ['a field that is none', { scope: 'all' }, 40035],
    ['another grant', { grant_type: 'password' }, 40002],
  ])('[WE40] %s is refused', async (_, changes, errcode) => {
    expect(await login({ js_code: weChat.people.login({ openId: 'anna' }), ...changes as object })).toEqual(is(errcode))
  })

  it('[WE40] whom WeChat keeps out is refused', async () => {
    expect(await login({ js_code: weChat.people.login({ openId: 'anna', isBlocked: true }) })).toEqual(is(40226))
  })
})

describe('access tokens', () => {
  it('[WE40] the same one is given until five minutes before its end, and then both hold', async () => {
    const first = await askToken()
    now += 100_000
    expect(await askToken()).toEqual({ access_token: first.access_token, expires_in: first.expires_in - 100 })
    now += 7_200_000 - 100_000 - 5 * 60_000
    const second = await askToken()
    expect(second.access_token).not.toBe(first.access_token)
    for (const { access_token: token } of [first, second])
      expect(await get(`/wxaapi/newtmpl/gettemplate?access_token=${token}`)).toMatchObject({ errcode: 0 })
    now += 5 * 60_000
    expect(await get(`/wxaapi/newtmpl/gettemplate?access_token=${first.access_token}`)).toEqual(is(42001))
  })

  it('[WE40] without one, with a wrong one and after a forced renewal nothing is answered', async () => {
    const { access_token: old } = await askToken()
    await askToken({ force_refresh: true })
    expect(await get('/wxaapi/newtmpl/gettemplate')).toEqual(is(41001))
    expect(await get(`/wxaapi/newtmpl/gettemplate?access_token=${old}`)).toEqual(is(40001))
    expect(await askToken({ extra: 1 })).toEqual(is(47001))
    expect(await askToken({ secret: 'wrong' })).toEqual(is(40125))
  })
})

describe('content security', () => {
  const text = { version: 2, openid: 'anna', scene: 2, content: '你好' }

  it('[WE40] judges texts of people who were here in the last two hours', async () => {
    const door = await withToken('/wxa/msg_sec_check')
    expect(await post(door, text)).toEqual(is(40003))
    weChat.people.login({ openId: 'anna' })
    weChat.dislikeText('坏话')
    expect(await post(door, text)).toMatchObject({ errcode: 0, result: { suggest: 'pass', label: 100 } })
    expect(await post(door, { ...text, content: '一句坏话。' })).toMatchObject({ errcode: 0, result: { suggest: 'risky' } })
    expect(weChat.texts).toEqual([{ content: '你好', scene: 2, suggest: 'pass' }, { content: '一句坏话。', scene: 2, suggest: 'risky' }])
    now += 2 * 60 * 60_000 + 1
    expect(await post(await withToken('/wxa/msg_sec_check'), text)).toEqual(is(61010))
  })

  it.each([
    ['version 1', { ...text, version: 1 }, 47001],
    ['a scene that is none', { ...text, scene: 5 }, 47001],
    ['an unknown field', { ...text, access_token: 'here' }, 47001],
    ['no JSON', 'hello', 47001],
    ['nothing', '', 44002],
  ])('[WE40] %s is refused', async (_, body, errcode) => {
    expect(await post(await withToken('/wxa/msg_sec_check'), body)).toEqual(is(errcode))
  })

  it('[WE40] fetches a picture and pushes its verdict, signed', async () => {
    const picture = Buffer.from('a picture')
    const heard: { url: string, body: string }[] = []
    const operator = createServer((request, response) => {
      if (request.method === 'GET')
        return void response.end(request.url === '/covers/a.png' ? picture : '')
      let body = ''
      request.on('data', chunk => body += chunk).on('end', () => {
        heard.push({ url: request.url!, body })
        response.end('success')
      })
    })
    await new Promise<void>(resolve => operator.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(operator.address() as { port: number }).port}`
    weChat.pushes.target = { url: `${origin}/callbacks/wechat`, token: 'AAAAA' }
    weChat.people.login({ openId: 'anna' })
    weChat.dislikePicture(picture)
    const { trace_id: trace } = await post(await withToken('/wxa/media_check_async'), { media_url: `${origin}/covers/a.png`, media_type: 2, version: 2, scene: 1, openid: 'anna' })
    await expect.poll(() => heard).toHaveLength(1)
    expect(JSON.parse(heard[0].body)).toMatchObject({ MsgType: 'event', Event: 'wxa_media_check', appid: OWNER.appId, trace_id: trace, version: 2, result: { suggest: 'risky' } })
    const { signature, timestamp, nonce } = Object.fromEntries(new URL(heard[0].url, origin).searchParams)
    expect(signature).toBe(createHash('sha1').update([timestamp, nonce, 'AAAAA'].sort().join('')).digest('hex'))
    expect(await weChat.pushes.checkAddress()).toBe(false)
    operator.close()
    operator.closeAllConnections()
  })
})

describe('codes and messages', () => {
  it('[WE40] a code is a PNG for a scene of at most 32 visible characters', async () => {
    const door = weChat.url + await withToken('/wxa/getwxacodeunlimit')
    const answer = await fetch(door, { method: 'POST', body: JSON.stringify({ scene: 'r'.padEnd(32, 'x'), page: 'src/live/pages/room/index' }) })
    const png = Buffer.from(await answer.arrayBuffer())
    expect([pictureType(png), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['png', 430, 430])
    expect(weChat.codes).toEqual([{ scene: 'r'.padEnd(32, 'x'), page: 'src/live/pages/room/index', version: 'release' }])
  })

  it.each([
    ['a long scene', { scene: 'x'.repeat(33) }, 47001],
    ['a scene in Chinese', { scene: '房间' }, 47001],
    ['a page with a slash before it', { scene: 'a', page: '/index' }, 47001],
    ['a page that is not published', { scene: 'a', page: 'pages/new/index' }, 41030],
  ])('[WE40] %s is refused', async (_, body, errcode) => {
    expect(await post(await withToken('/wxa/getwxacodeunlimit'), body)).toEqual(is(errcode))
  })

  const message = { touser: 'anna', template_id: 'template', page: 'src/live/pages/room/index?id=rone', data: DATA, miniprogram_state: 'formal', lang: 'zh_CN' }

  it('[WE40] a message goes to who allowed it, once for each time', async () => {
    const door = await withToken('/cgi-bin/message/subscribe/send')
    expect(await post(door, message)).toEqual(is(40003))
    weChat.people.login({ openId: 'anna' })
    expect(await post(door, message)).toEqual(is(43101))
    weChat.people.allow('anna')
    expect(await post(door, message)).toMatchObject({ errcode: 0 })
    expect(await post(door, message)).toEqual(is(43101))
    expect(weChat.messages).toEqual([message])
  })

  it.each([
    ['a long title', { thing1: { value: 'x'.repeat(21) } }, 47003],
    ['an empty title', { thing1: { value: '' } }, 47003],
    ['a time in other words', { time3: { value: '2026/1/31 20:05' } }, 47003],
    ['a phrase with a letter', { phrase4: { value: '直播A' } }, 47003],
    ['a name with a digit', { name5: { value: '小海豚7' } }, 47003],
    ['a keyword that the template has not', { thing9: { value: 'x' } }, 47003],
  ])('[WE40] %s is refused', async (_, data, errcode) => {
    weChat.people.login({ openId: 'anna' })
    weChat.people.allow('anna')
    expect(await post(await withToken('/cgi-bin/message/subscribe/send'), { ...message, data: { ...DATA, ...data } })).toEqual(is(errcode))
    expect(weChat.messages).toEqual([])
  })

  it('[WE40] another template, another page and a wrong method are refused, an unknown door is none', async () => {
    const door = await withToken('/cgi-bin/message/subscribe/send')
    expect(await post(door, { ...message, template_id: 'other' })).toEqual(is(40037))
    expect(await post(door, { ...message, page: 'pages/nowhere/index' })).toEqual(is(41030))
    expect(await get(door)).toEqual(is(43002))
    expect((await fetch(`${weChat.url}/cgi-bin/other`)).status).toBe(404)
  })
})
