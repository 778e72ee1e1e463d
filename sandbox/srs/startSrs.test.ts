import type { AddressInfo } from 'node:net'
import type { SrsDouble } from './startSrs'
import { once } from 'node:events'
import http from 'node:http'
import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { offerSdp } from '../../server/media/embedded/rtc/testing/offers'
import { play, plays, push } from '../../tests/conformance/mediaClients'
import { startSrs } from './startSrs'

const STREAM = 'anyname'
let srs: SrsDouble
let hooks: http.Server
/** What the hooks said, and what they are answered: a body, or an HTTP status. */
let said: Record<string, string>[]
let answer: string | number
/** Resolves before a hook is answered. */
let gate: Promise<unknown>

beforeEach(async () => {
  said = []
  answer = '{"code":0}'
  gate = Promise.resolve()
  hooks = http.createServer(async (request, response) => {
    let body = ''
    for await (const bytes of request)
      body += bytes
    said.push({ ...JSON.parse(body), path: request.url, type: request.headers['content-type'] })
    await gate
    response.writeHead(typeof answer === 'number' ? answer : 200).end(typeof answer === 'string' ? answer : '{"code":0}')
  })
  await new Promise<void>(resolve => hooks.listen(0, '127.0.0.1', resolve))
  srs = await startSrs({ hookSecret: 'secret-of-the-tests' })
  srs.sendHooksTo(`http://127.0.0.1:${(hooks.address() as AddressInfo).port}`)
})
afterEach(async () => {
  await srs.close()
  hooks.closeAllConnections()
  await new Promise(resolve => hooks.close(resolve))
})

const rtmp = (query = '?a=1&b=2') => `${srs.settings.rtmpUrl}/live/anyname${query}`
const flv = (query = '') => `${srs.settings.httpUrl}/live/anyname.flv${query}`
const api = async (path: string, method = 'GET') => (await fetch(srs.settings.apiUrl + path, { method })).json()
const actions = () => said.map(({ action }) => action)
const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 5000, interval: 10 })

describe('the double of SRS', () => {
  it('[SR10] says in its hooks what SRS says', async () => {
    const publisher = await push(rtmp())
    expect(await plays(flv('?c=3'))).toBe(true)
    await publisher!.stop()
    await until(() => expect(actions().sort()).toEqual(['on_play', 'on_publish', 'on_stop', 'on_unpublish']))
    const [publish, watched] = said
    expect(publish).toEqual({
      path: '/callbacks/srs/publish?secret=secret-of-the-tests',
      type: 'application/json',
      action: 'on_publish',
      server_id: expect.stringMatching(/^vid-/),
      service_id: expect.any(String),
      client_id: expect.stringMatching(/^\w{7}$/),
      ip: '127.0.0.1',
      vhost: '__defaultVhost__',
      app: 'live',
      tcUrl: 'rtmp://127.0.0.1/live',
      stream: STREAM,
      param: '?a=1&b=2',
      stream_url: `/live/${STREAM}`,
      stream_id: expect.stringMatching(/^vid-/),
    })
    expect(watched).toMatchObject({ action: 'on_play', stream: STREAM, param: '?c=3', pageUrl: '' })
    const idsOf = (...names: string[]) => new Set(said.filter(({ action }) => names.includes(action)).map(hook => hook.client_id))
    expect([idsOf('on_publish', 'on_unpublish').size, idsOf('on_play', 'on_stop').size, idsOf('on_publish', 'on_play').size]).toEqual([1, 1, 2])
  })

  it.each<[string, string | number]>([['another code', '{"code":403}'], ['another number', '1'], ['nothing', ''], ['no JSON', 'OK'], ['HTTP 403', 403], ['HTTP 500', 500]])('[SR10] hangs up when a hook is answered with %s, and tells of no end', async (_, given) => {
    answer = given
    expect(await push(rtmp())).toBeUndefined()
    expect(await plays(flv(), 'somebody', 500)).toBe(false)
    await until(() => expect(srs.clients()).toEqual([]))
    expect(actions().filter(action => action !== 'on_stop')).toEqual(['on_publish', 'on_play'])
    answer = '0'
    const publisher = await push(rtmp())
    expect(publisher).toBeDefined()
    await publisher!.stop()
  })

  it('[SR10] lets nothing through before the hook is answered', async () => {
    let open = () => {}
    gate = new Promise<void>(resolve => open = resolve)
    const publishing = push(rtmp())
    await until(() => expect(said).toHaveLength(1))
    expect((await api('/api/v1/streams/')).streams).toEqual([])
    open()
    await (await publishing)!.stop()
  })

  it('[SR10] keeps a second publisher out, and tells of its end', async () => {
    const first = await push(rtmp())
    expect(await push(rtmp())).toBeUndefined()
    await until(() => expect(actions()).toEqual(['on_publish', 'on_publish', 'on_unpublish']))
    expect([said[2].client_id, first!.isClosed()]).toEqual([said[1].client_id, false])
    await first!.stop()
  })

  it('[SR10] lets a player wait for its stream', async () => {
    const player = await play(flv())
    const seen = player.goesOnWith('picture of')
    await until(() => expect(actions()).toEqual(['on_play']))
    await push(rtmp())
    expect(await seen).toBe(true)
    await player.stop()
  })

  it('[SR10] hangs up on publishers that say goodbye and stay', async () => {
    const { hostname, port } = new URL(rtmp())
    const socket = net.connect(Number(port), hostname)
    socket.on('error', () => {})
    const { hello, command } = await import('../../server/media/embedded/testing/rtmpPublisher')
    socket.write(hello(STREAM))
    await until(() => expect(srs.clients()).toHaveLength(1))
    await new Promise(resolve => setTimeout(resolve, 100))
    socket.resume().write(command('deleteStream', 6, null, 1))
    await once(socket, 'close')
    await until(() => expect(actions()).toEqual(['on_publish', 'on_unpublish']))
  })

  it('[SR10] lists clients and streams page by page, and hangs up by its API', async () => {
    const publisher = await push(rtmp())
    const { streams: [stream], code } = await api('/api/v1/streams/?start=0&count=1')
    expect([code, stream]).toMatchObject([0, { name: STREAM, app: 'live', publish: { active: true, cid: said[0].client_id }, clients: 1 }])
    expect((await api('/api/v1/streams/?start=1&count=1')).streams).toEqual([])
    const { clients: [client] } = await api('/api/v1/clients/')
    expect(client).toMatchObject({ id: said[0].client_id, name: STREAM, stream: stream.id, type: 'fmle-publish', publish: true })
    expect(await api('/api/v1/clients/nobody', 'DELETE')).toEqual({ code: 2049 })
    expect(await api(`/api/v1/clients/${client.id}`, 'DELETE')).toMatchObject({ code: 0 })
    await publisher!.closed
    await until(() => expect(actions()).toEqual(['on_publish', 'on_unpublish']))
    expect((await api('/api/v1/streams/')).streams).toMatchObject([{ name: STREAM, publish: { active: false, cid: client.id } }])
    expect(await api('/api/v1/versions')).toMatchObject({ code: 0, data: { major: 6 } })
    expect([(await fetch(`${srs.settings.apiUrl}/api/v1/clients/x`, { method: 'PUT' })).status, (await fetch(`${srs.settings.apiUrl}/api/v9/clients`)).status]).toEqual([405, 404])
  })

  it('[SR10] answers WHIP and WHEP at SRS\'s addresses, and ends their sessions', async () => {
    const post = (way: string, query = '&a=1') => fetch(`${srs.settings.rtcUrl}/rtc/v1/${way}/?app=live&stream=${STREAM}${query}`, { method: 'POST', body: offerSdp(), headers: { 'Content-Type': 'application/sdp' } })
    const answered = await post('whip')
    expect([answered.status, (await answered.text()).slice(0, 3), answered.headers.get('access-control-expose-headers')]).toEqual([201, 'v=0', 'Server,range,Content-Length,Content-Range'])
    expect(said[0]).toMatchObject({ action: 'on_publish', app: 'live', stream: STREAM, param: `app=live&stream=${STREAM}&a=1` })
    const location = answered.headers.get('location')!
    expect(location).toMatch(/^\/rtc\/v1\/whip\/\?action=delete&token=\w+&app=live&stream=anyname&session=\w+$/)
    await expect(fetch(srs.settings.rtcUrl + location.replace(/token=\w/, 'token=-'), { method: 'DELETE' })).rejects.toThrow()
    expect(srs.clients()).toHaveLength(1)
    expect((await fetch(srs.settings.rtcUrl + location, { method: 'DELETE' })).status).toBe(200)
    expect(srs.clients()).toEqual([])
    answer = '1'
    await expect(post('whep')).rejects.toThrow()
    expect(actions()).toEqual(['on_publish', 'on_play'])
  })

  it('[SR10] loses hooks, and does not answer its API, when a test says so', async () => {
    srs.lostHooks.add('unpublish')
    await (await push(rtmp()))!.stop()
    srs.apiFaults.status = 500
    expect((await fetch(`${srs.settings.apiUrl}/api/v1/streams/`)).status).toBe(500)
    srs.apiFaults.isSilent = true
    await expect(fetch(`${srs.settings.apiUrl}/api/v1/streams/`, { signal: AbortSignal.timeout(200) })).rejects.toThrow()
    expect(actions()).toEqual(['on_publish'])
  })
})
