import type { Fetch } from './exchange'
import type { World } from './testing/world'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWeChatAccounts, LOGIN_TIMEOUT_MS } from './login'
import { createWorld, SECRET } from './testing/world'
import { createWeChatClient } from './weChatClient'
import { WeChatError } from './WeChatError'

const TOKEN = '/cgi-bin/stable_token'
const TEMPLATES = '/wxaapi/newtmpl/gettemplate'
const SEND = '/cgi-bin/message/subscribe/send'
const MINUTE_MS = 60_000

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.weChat.close())

const templates = (changes = {}) => world.client.ask({ method: 'GET', path: TEMPLATES, timeoutMs: 3000, isRepeatable: true, ...changes }, v.object({ data: v.array(v.unknown()) }))
const failure = (asked: Promise<unknown>) => asked.then(() => expect.unreachable('it went well'), (error: unknown) => error as WeChatError)
const times = (path: string) => world.weChat.asked.filter(asked => asked === path).length

/** Time passes until it is over. */
async function within<Result>(asked: Promise<Result>): Promise<Result> {
  const answer = asked.then(result => ({ result }))
  for (;;) {
    const ended = await Promise.race([answer, new Promise<void>(resolve => setTimeout(resolve, 5))])
    if (ended)
      return ended.result
    await world.clock.advance(50)
  }
}

describe('the access token', () => {
  it('[WE4] is asked for once by all who need it', async () => {
    await Promise.all(Array.from({ length: 8 }, () => templates()))
    expect([times(TOKEN), times(TEMPLATES)]).toEqual([1, 8])
    await world.clock.advance(115 * MINUTE_MS)
    await templates()
    expect(times(TOKEN)).toBe(1)
  })

  it('[WE4] is renewed four minutes before its end, while the old one is used', async () => {
    await templates()
    await world.clock.advance(116 * MINUTE_MS)
    world.weChat.troubles.set(TOKEN, 'silence') // nobody waits for it
    expect(await templates()).toMatchObject({ data: [] })
    world.weChat.troubles.clear()
    await world.clock.advance(5000)
    await templates()
    await expect.poll(() => times(TOKEN)).toBeGreaterThan(2)
    await world.clock.advance(4 * MINUTE_MS) // the first one has ended
    await templates()
    expect(world.weChat.asked.slice(-1)).toEqual([TEMPLATES])
  })

  it.each([40001, 40014, 42001])('[WE5] after %s it is asked for anew, and the call is repeated once', async (errcode) => {
    await templates()
    world.weChat.troubles.set(TEMPLATES, errcode)
    expect(await failure(within(templates()))).toMatchObject({ trouble: 'token', errcode })
    expect([times(TOKEN), times(TEMPLATES)]).toEqual([2, 3])
    world.weChat.troubles.clear()
    world.weChat.tokens.end()
    expect(await templates()).toMatchObject({ data: [] })
    expect([times(TOKEN), times(TEMPLATES)]).toEqual([3, 5])
  })

  it('[WE5] many calls with one that holds no longer renew it once', async () => {
    await templates()
    world.weChat.tokens.end()
    await Promise.all(Array.from({ length: 8 }, () => templates()))
    expect(times(TOKEN)).toBe(2)
  })

  it('[WE4] that cannot be had is the failure of who asked, and the next one tries again', async () => {
    world.weChat.troubles.set(TOKEN, 40125)
    expect(await failure(templates())).toMatchObject({ trouble: 'settings', errcode: 40125, door: TOKEN })
    world.weChat.troubles.clear()
    expect(await templates()).toMatchObject({ data: [] })
  })
})

describe('time', () => {
  it('[WE6] whatever WeChat does, a call ends in time', async () => {
    world.weChat.troubles.set('*', 'silence')
    const begun = world.clock.now()
    expect(await failure(within(templates()))).toMatchObject({ trouble: 'busy', errcode: null, message: `${TEMPLATES}: no answer in 3000 ms` })
    expect(world.clock.now() - begun).toBe(3000)
  })

  it.each<[-1 | 'break', string, boolean, number]>([
    [-1, TEMPLATES, true, 2],
    [-1, SEND, false, 2],
    ['break', TEMPLATES, true, 2],
    ['break', SEND, false, 1],
  ])('[WE6] after %s, %s (repeatable: %s) is asked %s times', async (trouble, path, isRepeatable, count) => {
    world.weChat.troubles.set(path, trouble)
    const asked = path === SEND ? templates({ path, method: 'POST', body: {}, isRepeatable }) : templates({ isRepeatable })
    expect(await failure(within(asked))).toMatchObject({ trouble: 'busy' })
    expect(times(path)).toBe(count)
  })

  it('[WE6] a second try that goes well is an answer', async () => {
    world.weChat.troubles.set(TEMPLATES, -1)
    const asked = templates()
    await expect.poll(() => times(TEMPLATES)).toBe(1)
    world.weChat.troubles.clear()
    expect(await within(asked)).toMatchObject({ data: [] })
  })

  it('[WE6] nothing is left waiting', async () => {
    await templates()
    expect(world.clock.pending).toBe(0)
  })
})

describe('answers', () => {
  const asked = (answer: () => Response | Promise<Response>) => {
    const client = createWeChatClient({ settings: world.settings, fetch: (async () => answer()) as Fetch, clock: world.clock })
    return failure(within(client.askOpenly({ method: 'GET', path: '/sns/jscode2session', query: { secret: SECRET }, timeoutMs: 1000, isRepeatable: false }, v.object({ openid: v.string() }))))
  }

  it.each<[string, () => Response]>([
    ['a page of somebody else', () => new Response('<html>')],
    ['half of it', () => new Response('{"openid":')],
    ['another shape', () => new Response('{"user":1}')],
    ['an errcode that is none', () => new Response('{"errcode":"no"}')],
    ['an HTTP error', () => new Response('{}', { status: 502 })],
    ['too much', () => new Response(`{"openid":"${'x'.repeat(3 << 20)}"}`)],
  ])('[WE8] %s is no answer', async (_, answer) => {
    expect(await asked(answer)).toMatchObject({ trouble: 'busy', errcode: null })
  })

  it('[WE7] what WeChat says about a refusal is told without secrets, at no length', async () => {
    const error = await asked(() => Response.json({ errcode: 40164, errmsg: `invalid ip 1.2.3.4, not in whitelist, secret=${SECRET} ${'x'.repeat(500)}` }))
    expect(error).toBeInstanceOf(WeChatError)
    expect(error.message).toMatch(/^\/sns\/jscode2session: 40164 invalid ip 1\.2\.3\.4, not in whitelist, secret=… x+$/)
    expect(error.message.length).toBeLessThan(260)
  })

  it('[WE7] an address that cannot be reached is not in its error', async () => {
    const refused = Object.assign(new Error(`connect ${SECRET}`), { code: 'ECONNREFUSED' })
    const error = await asked(() => Promise.reject(new TypeError(`fetch failed: https://api/?secret=${SECRET}`, { cause: refused })))
    expect(String(error)).toBe('WeChatError: /sns/jscode2session: no answer (ECONNREFUSED)')
    expect(JSON.stringify(error) + error.stack).not.toContain(SECRET)
  })
})

describe('logins', () => {
  const identify = (code: string) => createWeChatAccounts(world.client, world.settings).identify(code)

  it('[WE1] a code is who somebody is, and nothing else comes with it', async () => {
    expect(await identify(world.weChat.people.login({ openId: 'anna', unionId: 'union' }))).toEqual({ openId: 'anna', unionId: 'union' })
    expect(await identify(world.weChat.people.login({ openId: 'boris' }))).toEqual({ openId: 'boris' })
    expect(times(TOKEN)).toBe(0)
  })

  it('[WE1] a code that is not good, or was used, is nobody', async () => {
    const code = world.weChat.people.login({ openId: 'anna' })
    await identify(code)
    expect([await identify(code), await identify('of nobody')]).toEqual([undefined, undefined])
  })

  it('[WE1] a code that WeChat may have taken is not shown again', async () => {
    world.weChat.troubles.set('*', 'break')
    expect(await failure(within(identify(world.weChat.people.login({ openId: 'anna' }))))).toMatchObject({ trouble: 'busy' })
    expect(world.weChat.asked).toHaveLength(1)
  })

  it('[WE1] a WeChat that says it is busy is asked once more, in time', async () => {
    world.weChat.troubles.set('*', -1)
    const begun = world.clock.now()
    expect(await failure(within(identify(world.weChat.people.login({ openId: 'anna' }))))).toMatchObject({ trouble: 'busy', errcode: -1 })
    expect([world.weChat.asked.length, world.clock.now() - begun <= LOGIN_TIMEOUT_MS]).toEqual([2, true])
  })

  it('[WE1] whom WeChat keeps out is said so', async () => {
    expect(await failure(identify(world.weChat.people.login({ openId: 'anna', isBlocked: true })))).toMatchObject({ trouble: 'blocked' })
  })
})
