import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signCallback, verifyCallback } from './callbackSign'
import { CALLBACK_KEY, LiveWorld } from './testing/LiveWorld'

const STREAM = 'r23456-u23456'
let world: LiveWorld

beforeEach(async () => {
  world = await new LiveWorld().open()
})
afterEach(() => world.close())

describe('what Cloud Live tells', () => {
  it('[TC5] is signed by md5(key + t)', () => {
    // Computed with md5sum: printf %s "${key}${t}" | md5sum
    expect(signCallback('callbackkeyofthetest', 1_703_731_478)).toBe('b589eced71bc95b62a2a86d1d289c998')
    const message = { t: 1_703_731_478, sign: 'b589eced71bc95b62a2a86d1d289c998' }
    expect(verifyCallback('callbackkeyofthetest', message, 1_703_731_000_000)).toBeUndefined()
    expect(verifyCallback('callbackkeyofthetest', { ...message, sign: message.sign.toUpperCase() }, 1_703_731_000_000)).toBeUndefined()
    expect(verifyCallback('another key', message, 1_703_731_000_000)).toBe('unsigned')
  })

  it('[TC5] is answered with code 0, and told to rooms', async () => {
    expect(await world.begin(STREAM, '7')).toEqual({ status: 200, body: { code: 0 } })
    expect(world.events).toEqual([{ type: 'publish', streamId: STREAM, sessionId: '7', at: world.clock.now() }])
  })

  it.each<[string, (world: LiveWorld) => Promise<{ status: number }>]>([
    ['another key', world => world.tell({ event_type: 1, stream_id: 'r23456Xu23456', app: 'push.example.com', appname: 'live', sequence: '7', event_time: 1 }, { key: 'another key' })],
    ['a time that is over', world => world.tell({ event_type: 1, stream_id: 'r23456Xu23456', app: 'push.example.com', appname: 'live', sequence: '7', event_time: 1 }, { t: Math.floor(world.clock.now() / 1000) - 61 })],
    ['a time far ahead', world => world.tell({ event_type: 1, stream_id: 'r23456Xu23456', app: 'push.example.com', appname: 'live', sequence: '7', event_time: 1 }, { t: Math.floor(world.clock.now() / 1000) + 3600 })],
    ['no signature', world => world.post({ event_type: 1, stream_id: 'r23456Xu23456' })],
    ['a signature that is no text', world => world.post({ event_type: 1, t: 1, sign: ['a'] })],
    ['no object', world => world.post('[]')],
  ])('[TC5] with %s it is refused, logged without the key, and changes nothing', async (_name, post) => {
    expect(await post(world)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
    expect(world.events).toEqual([])
    const line = world.logLines.find(line => line.includes('was refused'))
    expect(line).toBeDefined()
    expect(world.logLines.join()).not.toContain(CALLBACK_KEY)
    expect(line).not.toContain('sign":')
  })

  it('[TC5] the same message later is no longer good', async () => {
    const t = Math.floor(world.clock.now() / 1000) + 600
    const message = { event_type: 0, stream_id: 'r23456Xu23456', app: 'push.example.com', appname: 'live', sequence: '8', event_time: 1, errcode: 1, errmsg: '' }
    expect((await world.tell(message, { t })).status).toBe(200)
    await world.pass(700_000)
    expect((await world.tell(message, { t })).status).toBe(403)
  })

  it.each([
    ['no sequence', { event_type: 1, stream_id: 'r23456Xu23456', app: 'push.example.com', appname: 'live', event_time: 1 }],
    ['a number for a name', { event_type: 1, stream_id: 5, app: 'push.example.com', appname: 'live', sequence: '7', event_time: 1 }],
    ['events that are no list', { event_type: 321, stream_id: 'r23456Xu23456', abnormal_event: 'all' }],
  ])('[TC5] signed, but with %s, it is refused', async (_name, message) => {
    expect(await world.tell(message)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
    expect(world.events).toEqual([])
  })

  it('[TC5] more than a quarter of a megabyte is refused', async () => {
    expect((await world.post({ event_type: 1, filler: 'x'.repeat(300_000) })).status).toBe(413)
  })

  it('[TC5] what broken JSON says is refused', async () => {
    expect((await world.post('{')).status).toBe(400)
  })

  it('[TC5] of streams that are not ours, or of another push domain, nothing follows', async () => {
    const message = { event_type: 1, app: 'push.example.com', appname: 'live', sequence: '7', event_time: 1 }
    for (const other of [{ stream_id: 'somebody' }, { stream_id: 'r23456Xu23456', app: 'other.example.com' }, { stream_id: 'r23456Xu23456', appname: 'other' }])
      expect(await world.tell({ ...message, ...other })).toEqual({ status: 200, body: { code: 0 } })
    expect(world.events).toEqual([])
    expect(world.asked('DropLiveStream')).toEqual([])
  })

  it('[TC5] before rooms listen it is asked to be told again', async () => {
    const early = await new LiveWorld().open({ isListening: false })
    expect((await early.begin(STREAM, '7')).status).toBe(503)
    await early.listen()
    expect((await early.begin(STREAM, '7')).status).toBe(200)
    expect(early.told(STREAM)).toEqual(['publish 7'])
    await early.close()
  })

  it.each<[string, object, RegExp]>([
    ['a recording', { event_type: 100, stream_id: 'r23456Xu23456', file_id: 'file1', file_format: 'mp4', duration: 33, video_url: 'http://vod.example.com/f.mp4?sign=secret' }, /"file":"file1".*a recording is there/],
    ['a screenshot', { event_type: 200, stream_id: 'r23456Xu23456', pic_url: '/shot.jpg', pic_full_url: 'http://cos.example.com/shot.jpg?sign=secret' }, /"picture":"\/shot.jpg".*a screenshot is there/],
    ['push errors', { event_type: 321, stream_id: 'r23456Xu23456', abnormal_event: [{ type: 1, count: 2, type_desc_cn: '视频时间戳回退' }] }, /"events":\[\{"type":1,"count":2\}\].*has faults/],
    ['the state of a recording', { event_type: 332, stream_id: 'r23456Xu23456', record_event: 'record_start_succeeded' }, /"state":"record_start_succeeded"/],
    ['something else', { event_type: 328, stream_id: 'r23456Xu23456' }, /"event":328/],
  ])('[TC12] %s is logged by name and answered with code 0', async (_name, message, line) => {
    expect(await world.tell(message)).toEqual({ status: 200, body: { code: 0 } })
    expect(world.logLines.filter(text => line.test(text))).toHaveLength(1)
    expect(world.logLines.join()).not.toContain('secret')
    expect(world.events).toEqual([])
  })

  it('[TC5] what publishers signed their address with is not logged', async () => {
    await world.begin(STREAM, '7')
    await world.end(STREAM, '7')
    await world.pass(2000)
    expect(world.logLines.join()).not.toContain('0123456789abcdef0123456789abcdef')
  })
})
