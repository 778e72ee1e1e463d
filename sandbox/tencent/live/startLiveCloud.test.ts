import type { LiveCloud } from './startLiveCloud'
import { createHash } from 'node:crypto'
import http from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { offerSdp } from '../../../server/media/embedded/rtc/testing/offers'
import { until } from '../../../server/media/embedded/testing/until'
import { signStream } from '../../../server/media/urlAuth'
import { signTc3 } from '../../../server/tencent/tc3'
import { startTestServer } from '../../../server/testing/startTestServer'
import { plays, push } from '../../../tests/conformance/mediaClients'
import { startLiveCloud } from './startLiveCloud'

const NAME = 'r23456Xu23456'
let cloud: LiveCloud
const stops: (() => unknown)[] = []

beforeEach(async () => {
  cloud = await startLiveCloud({ callbackRetryMs: 100 })
})
afterEach(async () => {
  for (const stop of stops.splice(0).reverse())
    await stop()
  await cloud.close()
})

const signed = (kind: 'push' | 'play', name = NAME) => signStream(kind === 'push' ? cloud.pushKey : cloud.playKey, name, Date.now() + 60_000)
const pushUrl = (name = NAME) => `rtmp://${cloud.settings.pushDomain}/live/${name}?${signed('push', name)}`
const place = (name = NAME) => ({ DomainName: cloud.settings.pushDomain, AppName: 'live', StreamName: name })

interface CallChange {
  readonly headers?: Record<string, string>
  readonly secretKey?: string
  readonly secretId?: string
  readonly ago?: number
  readonly sent?: string
}

/** A call of the API, right but for the change. */
async function call(action: string, parameters: unknown, { headers = {}, secretKey = cloud.settings.secretKey, secretId = cloud.settings.secretId, ago = 0, sent }: CallChange = {}) {
  const timestamp = Math.floor(Date.now() / 1000) - ago
  const payload = JSON.stringify(parameters)
  const { host } = new URL(cloud.settings.apiUrl)
  const authorization = signTc3({ secretId, secretKey, service: 'live', timestamp, payload, headers: { 'content-type': 'application/json', host, 'x-tc-action': action } })
  const response = await fetch(`${cloud.settings.apiUrl}/`, {
    method: 'POST',
    headers: { 'authorization': authorization, 'content-type': 'application/json', 'x-tc-action': action, 'x-tc-version': '2018-08-01', 'x-tc-timestamp': String(timestamp), ...headers },
    body: sent ?? payload,
  })
  const { Response } = await response.json() as { Response: Record<string, any> }
  return { status: response.status, code: Response.Error?.Code as string | undefined, ...Response }
}

/** Hears callbacks and answers them with these statuses, the last one for ever. */
async function listener(...statuses: number[]) {
  const heard: Record<string, any>[] = []
  const server = http.createServer((request, response) => {
    let text = ''
    request.on('data', chunk => text += chunk)
    request.on('end', () => {
      heard.push(JSON.parse(text))
      response.writeHead(statuses[Math.min(heard.length, statuses.length) - 1]).end('{"code":0}')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close())
  cloud.sendCallbacksTo(`http://127.0.0.1:${(server.address() as { port: number }).port}`)
  return heard
}

async function publish(name = NAME, mark = name) {
  const publisher = (await push(pushUrl(name), mark))!
  stops.push(() => publisher.stop())
  return publisher
}

describe('the double of Cloud Live', () => {
  it('[TC20] lets a right call in and says 200 to it', async () => {
    expect(await call('DescribeLiveStreamState', place())).toMatchObject({ status: 200, code: undefined, StreamState: 'inactive', RequestId: expect.any(String) })
    expect(cloud.calls).toEqual([{ action: 'DescribeLiveStreamState', parameters: place() }])
  })

  it.each<[string, CallChange, string]>([
    ['another key', { secretKey: 'another' }, 'AuthFailure.SignatureFailure'],
    ['another SecretId', { secretId: 'AKIDother' }, 'AuthFailure.SecretIdNotFound'],
    ['an old timestamp', { ago: 400 }, 'AuthFailure.SignatureExpire'],
    ['another body than was signed', { sent: '{"StreamName":"other"}' }, 'AuthFailure.SignatureFailure'],
    ['another action than was signed', { headers: { 'x-tc-action': 'ForbidLiveStream' } }, 'AuthFailure.SignatureFailure'],
    ['another version', { headers: { 'x-tc-version': '2017-01-01' } }, 'NoSuchVersion'],
    ['another kind of body', { headers: { 'content-type': 'text/plain' } }, 'AuthFailure.SignatureFailure'],
    ['no signature', { headers: { authorization: 'none' } }, 'AuthFailure.InvalidAuthorization'],
  ])('[TC20] refuses a call with %s', async (_name, change, code) => {
    expect(await call('DropLiveStream', place(), change)).toMatchObject({ status: 200, code })
    expect(cloud.calls).toEqual([])
  })

  it.each<[string, string, (good: Record<string, any>) => unknown, string]>([
    ['an action it does not know', 'DescribeEverything', good => good, 'InvalidAction'],
    ['a field that there is none of', 'DropLiveStream', good => ({ ...good, Region: 'x' }), 'UnknownParameter'],
    ['a field that is missing', 'DropLiveStream', ({ StreamName, ...rest }) => rest, 'MissingParameter'],
    ['a field of another type', 'DropLiveStream', good => ({ ...good, StreamName: 5 }), 'InvalidParameterValue'],
    ['another domain', 'DropLiveStream', good => ({ ...good, DomainName: 'push.example.com' }), 'ResourceNotFound.DomainNotExist'],
    ['another application', 'DropLiveStream', good => ({ ...good, AppName: 'other' }), 'InvalidParameterValue'],
    ['a time that is over', 'ForbidLiveStream', good => ({ ...good, ResumeTime: '2018-11-29T19:00:00Z' }), 'InvalidParameterValue'],
  ])('[TC20] refuses %s', async (_name, action, change, code) => {
    expect((await call(action, change(place()))).code).toBe(code)
  })

  it('[TC20] refuses too many calls of one action in a second', async () => {
    const codes = await Promise.all(Array.from({ length: 250 }, async () => (await call('DescribeLiveStreamState', place())).code))
    expect(codes.filter(code => code === 'RequestLimitExceeded').length).toBeGreaterThan(40)
  })

  it('[TC21] carries what is published, and tells of it as the cloud does', async () => {
    const heard = await listener(200)
    const publisher = await publish()
    await until(() => heard.length === 1)
    expect(await plays(`http://${cloud.settings.playDomain}/live/${NAME}.flv?${signed('play')}`, NAME)).toBe(true)
    expect(await plays(`rtmp://${cloud.settings.playDomain}/live/${NAME}?${signed('play')}`, NAME)).toBe(true)
    expect(await call('DescribeLiveStreamState', place())).toMatchObject({ StreamState: 'active' })
    expect(await call('DescribeLiveStreamOnlineList', { PageNum: 1, PageSize: 100 })).toMatchObject({ TotalNum: 1, OnlineInfo: [{ StreamName: NAME, DomainName: cloud.settings.pushDomain, AppName: 'live' }] })
    await publisher.stop()
    await until(() => heard.length === 2)
    const [begun, ended] = heard
    expect(begun).toMatchObject({ event_type: 1, app: cloud.settings.pushDomain, appname: 'live', stream_id: NAME, channel_id: NAME, errcode: 0 })
    expect(ended).toMatchObject({ event_type: 0, stream_id: NAME, sequence: begun.sequence, push_duration: expect.stringMatching(/^\d+$/) })
    for (const { t, sign } of heard) {
      expect(sign).toBe(createHash('md5').update(`${cloud.settings.callbackKey}${t}`).digest('hex'))
      expect(Math.abs(t - Date.now() / 1000 - 600)).toBeLessThan(5)
    }
  })

  it('[TC21] tells again what nobody answered', async () => {
    const heard = await listener(500, 503, 200)
    await publish()
    await until(() => heard.length === 3)
    expect(new Set(heard.map(({ sequence, event_type }) => `${sequence} ${event_type}`)).size).toBe(1)
    expect(cloud.callbackAnswers).toEqual([500, 503, 200])
  })

  it('[TC21] drops, forbids and resumes', async () => {
    const first = await publish()
    expect((await call('DropLiveStream', place())).code).toBeUndefined()
    await first.closed
    const second = await publish()
    await call('ForbidLiveStream', { ...place(), Reason: 'test' })
    await second.closed
    expect(await push(pushUrl())).toBeUndefined()
    expect(await call('DescribeLiveStreamState', place())).toMatchObject({ StreamState: 'forbid' })
    await call('ResumeLiveStream', place())
    await publish()
    expect(await call('DescribeLiveStreamState', place())).toMatchObject({ StreamState: 'active' })
  })

  const input = (name: string, layer: number, more: object = {}) => ({ InputStreamName: name, LayoutParams: { ImageLayer: layer, InputType: 0, ...(layer > 1 && { ImageWidth: 0.3, ImageHeight: 0.3, LocationX: 0.6, LocationY: 0.6 }), ...more } })
  const mix = (inputs: object[], output: object = {}) => ({ MixStreamSessionId: 's1', InputStreamList: inputs, OutputParams: { OutputStreamName: 'r23456Xumix', OutputStreamType: 1, ...output } })

  it.each<[string, () => object, string]>([
    ['a stream that is not live', () => mix([input(NAME, 1), input('r23456Xu99999', 2)]), 'FailedOperation.StreamNotExist'],
    ['the same layer twice', () => mix([input(NAME, 1), input('r23456Xu34567', 1)]), 'InvalidParameter.InvalidLayerParam'],
    ['no background', () => mix([input(NAME, 2)]), 'InvalidParameter.InvalidLayerParam'],
    ['a picture outside of the background', () => mix([input(NAME, 1), input('r23456Xu34567', 2, { LocationX: 0.9 })]), 'InvalidParameter.InvalidLayerParam'],
    ['pixels on a background of unknown size', () => mix([input(NAME, 1), input('r23456Xu34567', 2, { ImageWidth: 120, ImageHeight: 180, LocationX: 240, LocationY: 400 })]), 'InvalidParameter.InvalidLayerParam'],
    ['an input as the new stream', () => mix([input(NAME, 1)], { OutputStreamName: NAME }), 'InvalidParameter.InvalidOutputType'],
    ['a stream of that name', () => mix([input(NAME, 1)], { OutputStreamName: 'r23456Xu34567' }), 'InvalidParameter.InvalidOutputStreamID'],
    ['a name with "-"', () => mix([input('r23456-u23456', 1)]), 'InvalidParameterValue'],
    ['a session with "-"', () => ({ ...mix([input(NAME, 1)]), MixStreamSessionId: 's-1' }), 'InvalidParameterValue'],
    ['a field that there is none of', () => mix([input(NAME, 1, { Round: 1 })]), 'UnknownParameter'],
    ['no inputs', () => mix([]), 'InvalidParameterValue'],
  ])('[TC22] mixes nothing of %s', async (_name, parameters, code) => {
    await publish()
    await publish('r23456Xu34567')
    expect((await call('CreateCommonMixStream', parameters())).code).toBe(code)
  })

  it('[TC22] ends no session that is not there', async () => {
    expect((await call('CancelCommonMixStream', { MixStreamSessionId: 's1' })).code).toBe('InvalidParameter.CancelSessionNotExist')
  })

  const whip = (url: string, options: RequestInit) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: offerSdp(), ...options })
  const streamUrl = (kind: 'push' | 'play') => `webrtc://${kind === 'push' ? cloud.settings.pushDomain : cloud.settings.playDomain}/live/${NAME}?${signed(kind)}`

  it('[TC23] answers WHIP with the stream\'s address in the query or as a bearer token, and tells no Location', async () => {
    const byQuery = await whip(`${cloud.settings.whipUrl}?streamurl=${encodeURIComponent(streamUrl('push'))}`, {})
    expect([byQuery.status, byQuery.headers.get('location')]).toEqual([201, null])
    expect(await byQuery.text()).toMatch(/^v=0/)
    const byToken = await whip(cloud.settings.whipUrl, { headers: { 'content-type': 'application/sdp', 'authorization': `Bearer ${streamUrl('push')}` } })
    expect(byToken.status).toBe(201)
  })

  it.each<[string, () => string, RequestInit, number]>([
    ['no stream', () => '', {}, 400],
    ['another parameter', () => `?streamurl=${encodeURIComponent(streamUrl('push'))}&after=1`, {}, 400],
    ['a stream of the play domain', () => `?streamurl=${encodeURIComponent(streamUrl('play'))}`, {}, 400],
    ['a forged signature', () => `?streamurl=${encodeURIComponent(streamUrl('push').replace(/txSecret=./, 'txSecret=x'))}`, {}, 403],
    ['an offer without candidates', () => `?streamurl=${encodeURIComponent(streamUrl('push'))}`, { body: offerSdp().replace(/a=candidate:.*\r\n/g, '') }, 400],
  ])('[TC23] refuses WHIP with %s', async (_name, query, options, status) => {
    expect((await whip(cloud.settings.whipUrl + query(), options)).status).toBe(status)
  })

  it('[TC23] lets pages send a content type and nothing else', async () => {
    const preflight = await fetch(cloud.settings.whipUrl, { method: 'OPTIONS' })
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'Content-Type'])
  })

  const signalling = async (name: 'pullstream' | 'stopstream', body: object) =>
    (await fetch(`${cloud.settings.lebUrl}/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json() as Promise<Record<string, any>>
  const pull = (streamurl: string) => signalling('pullstream', { streamurl, sessionid: 's', clientinfo: 'c', localsdp: { type: 'offer', sdp: offerSdp() } })

  it('[TC24] answers pullstream with an answer and a signature that stopstream takes once', async () => {
    await publish()
    const answer = await pull(streamUrl('play'))
    expect(answer).toMatchObject({ errcode: 0, remotesdp: { type: 'answer', sdp: expect.stringMatching(/^v=0/) }, svrsig: expect.any(String) })
    const stop = { streamurl: streamUrl('play'), svrsig: answer.svrsig }
    expect(await signalling('stopstream', stop)).toMatchObject({ errcode: 0 })
    expect((await signalling('stopstream', stop)).errcode).not.toBe(0)
  })

  it('[TC24] refuses pullstream for streams that are not there, of the push domain, forged, or with other fields', async () => {
    expect((await pull(streamUrl('play'))).errcode).toBe(404)
    await publish()
    expect((await pull(streamUrl('push'))).errcode).toBe(400)
    expect((await pull(streamUrl('play').replace(/txSecret=./, 'txSecret=x'))).errcode).toBe(403)
    expect((await signalling('pullstream', { streamurl: streamUrl('play'), localsdp: { type: 'offer', sdp: offerSdp() } })).errcode).toBe(400)
  })
})

describe('the application on Cloud Live', () => {
  async function startApp() {
    const server = await startTestServer({ env: cloud.env })
    stops.push(() => server.stop())
    cloud.sendCallbacksTo(server.origin)
    return server
  }
  const statusOf = async (server: Awaited<ReturnType<typeof startApp>>, roomId: string) => (await server.call('GET', `/api/rooms/${roomId}`)).body.room.status as string
  const becomes = (server: Awaited<ReturnType<typeof startApp>>, roomId: string, status: string) => expect.poll(() => statusOf(server, roomId), { timeout: 10_000 }).toBe(status)

  it('[TC9] a room goes live, is interrupted and ends by what the cloud tells', async () => {
    const server = await startApp()
    const { token } = await server.openSession()
    const { room, publish: { rtmp } } = await server.createRoom(token)
    const publisher = (await push(rtmp, room.streamId))!
    await becomes(server, room.id, 'live')
    const { play: urls } = (await server.call('GET', `/api/rooms/${room.id}`)).body
    expect(await plays(urls.flv, room.streamId)).toBe(true)
    await publisher.stop()
    await becomes(server, room.id, 'interrupted')
    const again = (await push(rtmp, room.streamId))!
    await becomes(server, room.id, 'live')
    await server.call('DELETE', `/api/rooms/${room.id}`, { token })
    await again.closed
    expect(cloud.calls.filter(({ action }) => action === 'DropLiveStream')).toHaveLength(1)
    const late = await push(rtmp, room.streamId)
    await late?.closed
    expect(await statusOf(server, room.id)).toBe('ended')
  })

  it('[TC8] a room that was live is live again after a restart of the server', async () => {
    const first = await startApp()
    const { token } = await first.openSession()
    const { room, publish: { rtmp } } = await first.createRoom(token)
    const publisher = (await push(rtmp, room.streamId))!
    stops.push(() => publisher.stop())
    await becomes(first, room.id, 'live')
    await first.close()
    const second = await startTestServer({ env: cloud.env, dataDir: first.dataDir })
    stops.push(() => second.stop())
    cloud.sendCallbacksTo(second.origin)
    await becomes(second, room.id, 'live')
  })

  it.each([
    ['is down', () => (cloud.faults.api.isDown = true)],
    ['is slow', () => (cloud.faults.api.delayMs = 5000)],
    ['has too much to do', () => (cloud.faults.api.code = 'RequestLimitExceeded')],
  ])('[TC9] while the cloud\'s API %s, rooms are made, go live and end, each within 3 s', async (_name, break_) => {
    const server = await startApp()
    const { token } = await server.openSession()
    break_()
    const timed = async <Result>(work: Promise<Result>) => {
      const before = Date.now()
      const result = await work
      expect(Date.now() - before).toBeLessThan(3000)
      return result
    }
    const { room, publish: { rtmp } } = await timed(server.createRoom(token))
    const publisher = (await push(rtmp, room.streamId))!
    stops.push(() => publisher.stop())
    await becomes(server, room.id, 'live')
    const ended = await timed(server.call('DELETE', `/api/rooms/${room.id}`, { token }))
    expect(ended.body.room.status).toBe('ended')
  })
})
