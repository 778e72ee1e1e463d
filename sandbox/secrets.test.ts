/** No secret reaches logs, answers or error bodies: the whole server with marked secrets goes through everything that uses them. */
import type { Answer } from '../server/testing/startTestServer'
import type { SandboxPerson } from './testing/sandboxWorld'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Environment } from '../server/environment'
import { startEncoder, stopAll } from '../server/media/embedded/testing/ffmpeg'
import { makeSecrets } from './secrets'
import { createMarks } from './testing/marks'
import { openSandboxWorld } from './testing/sandboxWorld'

/** Named like secrets, and not set here: a path, and what belongs to other providers. */
const NOT_HERE = ['TENCENT_SDK_PRIVATE_KEY_FILE', 'SRS_HOOK_SECRET']
const OWN_SECRETS = ['PUSH_KEY_BACKUP', 'PLAY_KEY_BACKUP', 'SESSION_SECRET', 'METRICS_TOKEN', 'ADMIN_TOKEN', 'ACCOUNT_JWT_SECRET']

const marks = createMarks()
const secrets = makeSecrets(marks.make)
const own = Object.fromEntries(OWN_SECRETS.map(name => [name, marks.make(48)]))
const answers: string[] = []

let world: Awaited<ReturnType<typeof openSandboxWorld>>

/** Everything that the server answers anybody is kept. */
function listen(): void {
  const plainFetch = globalThis.fetch
  vi.stubGlobal('fetch', async (...args: Parameters<typeof fetch>) => {
    const response = await plainFetch(...args)
    if (response.url.startsWith(world?.server.origin ?? ' '))
      answers.push(`${[...response.headers].join('\n')}\n${await response.clone().text()}`)
    return response
  })
}

beforeAll(async () => {
  listen()
  world = await openSandboxWorld({ secrets, isMixing: false, env: own })
})
afterAll(async () => {
  stopAll()
  await world.close()
  vi.unstubAllGlobals()
})

const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 8000, interval: 50 })
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> => world.server.call('POST', path, { body, headers })

describe('marks', () => {
  it('[SB20] a mark is found as it is, in hex, in base64 at any place, and in a URL', () => {
    const { made: [secret] } = marks
    for (const text of [secret!, Buffer.from(secret!).toString('hex'), ...['', 'a', 'ab', 'abc'].map(before => btoa(`${before}${secret}after`)), Buffer.from(`x${secret}`).toString('base64url'), encodeURIComponent(secret!), new URLSearchParams({ secret: secret! }).toString()])
      expect(marks.findIn(`before ${text} after`), text).not.toEqual([])
    expect(marks.findIn(createHash('sha256').update(secret!).digest('hex'))).toEqual([])
  })

  it('[SB20] every setting that is a secret is marked', () => {
    const named = Object.keys(Environment.entries).filter(name => /KEY|SECRET|TOKEN/.test(name) && !NOT_HERE.includes(name))
    const env: Record<string, string> = { ...world.clouds.env, ...own }
    expect(named.filter(name => !marks.made.includes(env[name]!))).toEqual([])
  })
})

describe('the whole server', () => {
  it('[SB20] says nothing secret in a life with rooms, link-mic, moderation, callbacks good and bad, and clouds that fail', { timeout: 60_000 }, async () => {
    const anchor = await world.person('anchor')
    const guest = await world.person('guest')
    const created = await anchor.createRoom()
    const { id: roomId } = created.room
    await anchor.enter(roomId)
    startEncoder(created.publish.rtmp)
    await soon(async () => expect((await world.roomOf(roomId)).status).toBe('live'))
    await guest.enter(roomId)
    await guest.say(roomId, 'hello')
    await bringOnStage(anchor, guest, roomId)
    await anchor.moderate(roomId, { type: 'silence', userId: guest.user.id })
    await anchor.moderate(roomId, { type: 'remove', userId: guest.user.id })
    await logins()
    await callbacks()
    await doors(roomId)
    await cloudsFail(anchor)
    await anchor.endRoom(roomId)
    await soon(() => expect(world.clouds.im.cloud.groups.has(roomId)).toBe(false))

    expect(answers.length).toBeGreaterThan(40)
    expect(world.server.logLines.length).toBeGreaterThan(60)
    expect(marks.findIn(world.server.logLines.join('\n'))).toEqual([])
    expect(marks.findIn(answers.join('\n'))).toEqual([])
    expect(world.server.logLines.filter(line => /txSecret=|usersig=|eJw[\w*-]{60}|Bearer /i.test(line))).toEqual([])
  })
})

async function bringOnStage(anchor: SandboxPerson, guest: SandboxPerson, roomId: string): Promise<void> {
  await guest.linkMic(roomId, { type: 'apply', requestId: 'r', medium: 'voice' })
  await anchor.linkMic(roomId, { type: 'accept', requestId: 'r', userId: guest.user.id })
  const { body } = await guest.call('GET', `/rooms/${roomId}/link-mic`)
  startEncoder(body.publish.rtmp)
  await soon(async () => expect((await world.roomOf(roomId)).stage.guests[0]?.status).toBe('linked'))
}

/** WeChat's people, with good codes and bad ones, tokens of another system, and no token at all. */
async function logins(): Promise<void> {
  const { weChat } = world.clouds
  expect((await post('/api/sessions/wechat', { code: weChat.people.login({ openId: 'oAnna' }), nickname: 'Anna' })).status).toBe(201)
  expect((await post('/api/sessions/wechat', { code: 'never', nickname: 'Anna' })).status).toBeGreaterThanOrEqual(400)
  expect((await post('/api/sessions/external', { token: 'a.b.c' })).status).toBeGreaterThanOrEqual(400)
  expect((await post('/api/sessions', {})).status).toBeGreaterThanOrEqual(400)
  expect((await world.server.call('GET', '/api/me', { token: 'forged' })).status).toBeGreaterThanOrEqual(400)
}

/** Signed by somebody else, signed and nonsense, signed and replayed. */
async function callbacks(): Promise<void> {
  const now = Math.floor(Date.now() / 1000)
  const { origin } = world.server
  const sign = (token: string) => createHash('sha256').update(token + now).digest('hex')
  const imDoor = (token: string, body: unknown) => post(`/callbacks/im?${new URLSearchParams({ SdkAppid: world.clouds.env.TENCENT_SDK_APP_ID!, CallbackCommand: 'State.StateChange', Sign: sign(token), RequestTime: String(now) })}`, body)
  const change = { CallbackCommand: 'State.StateChange', Info: { Action: 'Login', To_Account: 'ux' } }
  expect((await imDoor('wrong', change)).status).toBe(403)
  expect((await imDoor(secrets.imCallbackToken, change)).status).toBe(200)
  expect((await imDoor(secrets.imCallbackToken, change)).status).toBe(403)
  expect((await imDoor(secrets.imCallbackToken, 'nonsense')).status).toBeGreaterThanOrEqual(400)
  const t = now + 60
  for (const key of ['wrong', secrets.callbackKey])
    expect((await post('/callbacks/live', { t, sign: createHash('md5').update(key + t).digest('hex'), event_type: 1, stream_id: 'x' })).status).toBeGreaterThanOrEqual(400)
  expect((await post('/callbacks/live', '{')).status).toBeGreaterThanOrEqual(400)
  expect((await fetch(`${origin}/callbacks/wechat?signature=x&timestamp=${now}&nonce=1&echostr=2`)).status).toBe(403)
  await world.clouds.weChat.pushes.send({ Event: 'wxa_media_check' })
}

/** Doors with tokens of their own, pages and files. */
async function doors(roomId: string): Promise<void> {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  for (const path of ['/', '/docs', '/healthz', '/api/openapi.json', '/api/rooms', `/r/${roomId}`, `/api/rooms/${roomId}/code`, '/nowhere', '/metrics'])
    await world.server.call('GET', path)
  expect((await world.server.call('GET', '/metrics', { headers: bearer(own.METRICS_TOKEN!) })).status).toBe(200)
  expect((await world.server.call('GET', '/api/admin/doctor', { headers: bearer('wrong') })).status).toBeGreaterThanOrEqual(400)
  await world.server.call('GET', '/api/admin/doctor', { headers: bearer(own.ADMIN_TOKEN!) })
}

/** Each cloud is down, refuses, or answers nonsense. */
async function cloudsFail(anchor: SandboxPerson): Promise<void> {
  const { im, live, weChat } = world.clouds
  const tryAll = async () => {
    await anchor.call('POST', '/rooms', { title: 'Evening' })
    await post('/api/sessions/wechat', { code: weChat.people.login({ openId: 'oBen' }), nickname: 'Ben' })
  }
  im.trouble.isDown = live.faults.api.isDown = true
  weChat.troubles.set('*', 'break')
  await tryAll()
  im.trouble.isDown = live.faults.api.isDown = false
  im.trouble.refusals.set('create_group', 70_003)
  live.faults.api.code = 'AuthFailure.SignatureFailure'
  weChat.troubles.set('*', 40_125)
  await tryAll()
  im.trouble.refusals.clear()
  live.faults.api.code = undefined
  weChat.troubles.clear()
}
