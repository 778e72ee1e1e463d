import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PLAY_KEY, PUSH_KEY, SETTINGS, SrsWorld, STREAM } from './testing/SrsWorld'

let world: SrsWorld
beforeEach(async () => {
  world = await new SrsWorld().open()
})
afterEach(() => world.close())

describe('hooks of SRS', () => {
  it.each(['', 'wrong', `${SETTINGS.hookSecret}!`])('[SR2] with the secret "%s" are answered 403 and change nothing; the log does not have it', async (secret) => {
    expect(await world.hook('publish', {}, { secret })).toBe(403)
    expect(await world.hook('unpublish', {}, { secret })).toBe(403)
    expect(world.events).toEqual([])
    const log = world.logLines.join()
    expect(log).toContain('SRS_HOOK_SECRET')
    expect(log).not.toContain(SETTINGS.hookSecret)
    if (secret !== '')
      expect(log).not.toContain(secret)
  })

  it('[SR2] that carry the secret twice are answered 403', async () => {
    expect(await world.hook('publish', {}, { secret: `${SETTINGS.hookSecret}&secret=again` })).toBe(403)
  })

  it.each<[string, object]>([
    ['another action', { action: 'on_play' }],
    ['no client', { client_id: undefined }],
    ['a client that is a path', { client_id: '../streams' }],
    ['a number for a stream', { stream: 7 }],
    ['an endless parameter', { param: `?${'x'.repeat(4097)}` }],
  ])('[SR2] with %s are answered 400', async (_, fields) => {
    expect(await world.hook('publish', fields)).toBe(400)
    expect(world.events).toEqual([])
  })

  it('[SR2] that are no JSON, or endless, are answered as such', async () => {
    expect(await world.hook('publish', {}, { body: '{"action":' })).toBe(400)
    expect(await world.hook('publish', {}, { body: JSON.stringify({ text: 'x'.repeat(256 * 1024) }) })).toBe(413)
  })

  it('[SR3] of a good publisher are answered 0, and told once', async () => {
    expect(await world.hook('publish', { client_id: 'a1' })).toBe(0)
    expect(await world.hook('publish', { client_id: 'a1' })).toBe(0)
    expect(world.events).toEqual([{ type: 'publish', streamId: STREAM, sessionId: 'a1', at: world.clock.now() }])
    expect(await world.hook('unpublish', { client_id: 'another' })).toBe(0)
    expect(await world.hook('unpublish', { client_id: 'a1' })).toBe(0)
    expect(await world.hook('unpublish', { client_id: 'a1' })).toBe(0)
    expect(world.told()).toEqual(['publish a1', 'unpublish a1'])
  })

  it('[SR3] know the signature behind WHIP\'s own parameters, too', async () => {
    expect(await world.hook('publish', { param: `app=live&stream=${STREAM}&${world.signed(PUSH_KEY).slice(1)}` })).toBe(0)
  })

  it.each<[string, (world: SrsWorld) => object]>([
    ['no signature', () => ({ param: '' })],
    ['nothing at all', () => ({ param: undefined })],
    ['the play key\'s', () => ({ param: world.signed(PLAY_KEY) })],
    ['another stream\'s', () => ({ param: world.signed(PUSH_KEY, 'r23456-u99999') })],
    ['an expired one', () => ({ param: world.signed(PUSH_KEY, STREAM, -1000) })],
    ['another app', () => ({ app: 'other' })],
    ['a name that is none of ours', () => ({ stream: 'livestream', param: world.signed(PUSH_KEY, 'livestream') })],
  ])('[SR3] of a publisher with %s are answered with another code than 0', async (_, fields) => {
    expect(await world.hook('publish', fields(world))).toBe(403)
    expect(world.events).toEqual([])
    expect(world.logLines.join()).not.toContain('txSecret')
  })

  it('[SR3] of a publisher that no room takes are answered so, too', async () => {
    world.refused.add(STREAM)
    expect(await world.hook('publish')).toBe(403)
    expect(world.events).toEqual([])
  })

  it('[SR3] of players are answered by the play key; their end is taken note of', async () => {
    expect(await world.hook('play')).toBe(0)
    expect(await world.hook('play', { param: world.signed(PUSH_KEY) })).toBe(403)
    expect(await world.hook('play', { app: 'other' })).toBe(403)
    expect(await world.hook('stop')).toBe(0)
    expect(world.events).toEqual([])
  })
})
