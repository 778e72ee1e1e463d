/** The phone in these tests is our own work: it is tested on a mini-program of a few lines. */
import type { MiniProgram } from './MiniProgram'
import { once } from 'node:events'
import http from 'node:http'
import { afterEach, expect, it, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { createMiniProgram } from './MiniProgram'
import { find, findAll, fire, propsOf, tap, textOf } from './screen'

const FILES = {
  'app.json': JSON.stringify({ pages: ['home/index'], subPackages: [{ root: 'live', pages: ['room'] }] }),
  'app.js': 'App({ onLaunch({ query }) { this.launchedWith = query } })',
  'home/index.json': '{ "usingComponents": { "counter-row": "../parts/counter" } }',
  'home/index.wxml': '<view class="count" bindtap="add">{{count}}</view><counter-row wx:for="{{rows}}" wx:key="*this" name="{{item}}"/><live-player class="player" muted autoplay="{{false}}" min-cache="0.2" src="{{src}}" bindstatechange="note"/>',
  'home/index.js': `Component({
    data: { count: 0, rows: ['a', 'b'], src: '' },
    methods: {
      onLoad(query) { this.setData({ src: query.src }) },
      add() { this.setData({ count: this.data.count + 1 }) },
      note(event) { this.code = event.detail.code },
      open(url) { return wx.navigateTo({ url }) },
      reach() { return require('../live/room.js') },
      tick(name, ms) { setTimeout(() => this.ring(name), ms) },
      repeat(name, ms) { setInterval(() => this.ring(name), ms) },
      ring(name) { this.rung = [...this.rung ?? [], name] },
      time() { return Date.now() },
      listen() { wx.onNetworkStatusChange(() => {}) },
      browser() { return [typeof window, typeof document, typeof fetch, typeof process, typeof globalThis] },
    },
  })`,
  'parts/counter.json': '{ "component": true }',
  'parts/counter.wxml': '<view class="row">{{name}}</view>',
  'parts/counter.js': 'Component({ properties: { name: String } })',
  'live/room.json': '{}',
  'live/room.wxml': '<view class="room">{{id}}</view>',
  'live/room.js': 'Component({ data: { id: "" }, methods: { onLoad({ id }) { this.setData({ id }) }, onUnload() { getApp().left = true } } })',
}

let app: MiniProgram
const stops: (() => void)[] = []
afterEach(() => {
  app?.close()
  stops.splice(0).forEach(stop => stop())
})

function launch(url?: string) {
  app = createMiniProgram(FILES)
  return app.launch(url)
}

it('draws templates, components and what taps change', () => {
  const home = launch()
  expect(app.templateWarnings).toEqual([])
  expect(findAll(home, '.row').map(row => row.textContent)).toEqual(['a', 'b'])
  tap(find(home, '.count'))
  tap(find(home, '.count'))
  expect(textOf(home, '.count')).toBe('2')
})

it('gives native tags their properties by type, and their events to handlers', () => {
  const home = launch('home/index?src=http%3A%2F%2Fa%2Fb.flv')
  const player = find(home, '.player')
  expect(propsOf(player)).toMatchObject({ muted: true, autoplay: false, minCache: 0.2, src: 'http://a/b.flv' })
  fire(player, 'statechange', { code: 2004 })
  expect(home.instance.code).toBe(2004)
})

it('keeps a page stack', async () => {
  const home = launch()
  await home.instance.open('/live/room?id=7')
  expect([app.page().route, textOf(app.page(), '.room')]).toEqual(['live/room', '7'])
  app.navigateBack()
  expect(app.page()).toBe(home)
  await expect(home.instance.open('/no/where')).rejects.toEqual({ errMsg: 'navigateTo:fail page "no/where" is not found' })
})

it('refuses what WeChat refuses: code of another subpackage, globals of a browser', () => {
  const home = launch()
  expect(() => home.instance.reach()).toThrow('another subpackage')
  expect(home.instance.browser()).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'undefined'])
})

it('sets the phone\'s time forward: what is due rings in its order, and the rest stays', async () => {
  const home = launch()
  home.instance.tick('c', 30_000)
  home.instance.tick('a', 1000)
  home.instance.repeat('b', 4000)
  const before = home.instance.time()
  expect(app.alive()).toEqual({ timers: 3, sockets: 0, listeners: 0 })
  await app.skip(9000)
  expect(home.instance.time() - before).toBeGreaterThanOrEqual(9000)
  expect(home.instance.rung).toEqual(['a', 'b', 'b'])
  expect(app.alive().timers).toBe(2)
  home.instance.listen()
  expect(app.alive().listeners).toBe(1)
})

it('sends real requests and reads answers as WeChat does', async () => {
  const server = http.createServer((request, response) => response.writeHead(201, { 'x-name': 'v' }).end(JSON.stringify({ method: request.method, url: request.url })))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  stops.push(() => server.close())
  launch()
  const { port } = server.address() as { port: number }
  const ask = (options: object) => new Promise<any>((success, fail) => app.wx.api.request({ url: `http://127.0.0.1:${port}/x`, ...options, success, fail }))
  expect(await ask({ data: { a: '1 2' } })).toMatchObject({ statusCode: 201, header: { 'x-name': 'v' }, data: { method: 'GET', url: '/x?a=1%202' } })
  await expect(ask({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({ errMsg: expect.stringContaining('request:fail') })
})

it('opens real sockets, five at most, and ends them with the app', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  stops.push(() => server.close())
  await once(server, 'listening')
  server.on('connection', socket => socket.on('message', data => socket.send(`echo ${data}`)))
  launch()
  const { port } = server.address() as { port: number }
  const connect = (options = {}) => app.wx.api.connectSocket({ url: `ws://127.0.0.1:${port}`, ...options })
  const task = connect()
  const heard: unknown[] = []
  task.onOpen(() => task.send({ data: 'hi' }))
  task.onMessage(({ data }: { data: unknown }) => heard.push(data))
  await vi.waitFor(() => expect(heard).toEqual(['echo hi']))
  for (let i = 0; i < 4; i++)
    connect()
  const refused = vi.fn()
  expect(connect({ fail: refused })).toBeUndefined()
  await vi.waitFor(() => expect(refused).toHaveBeenCalledWith({ errMsg: 'connectSocket:fail exceed max task count' }))
  await vi.waitFor(() => expect(server.clients.size).toBe(5))
  app.close()
  await vi.waitFor(() => expect(server.clients.size).toBe(0))
})
