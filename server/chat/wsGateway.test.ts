import type { Peer } from './testing/ChatDoor'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { CLIENT_FRAME_MAX_BYTES, CloseCode } from '../../shared/protocol/ws'
import { seededRandom } from '../testing/seededRandom'
import { NO_LIMITS, openChatDoor } from './testing/ChatDoor'
import { person, roomNamed } from './testing/ChatWorld'

let door: Awaited<ReturnType<typeof openChatDoor>>

beforeEach(async () => {
  door = await openChatDoor()
})
afterEach(() => door.close())

describe('the door', () => {
  it('[CH19] answers 401 before the upgrade to a program with a bad token, or none', async () => {
    for (const query of ['?token=Bad.Token', '?token=', '']) {
      const ws = new WebSocket(`${door.url}${query}`)
      const [request, response] = await once(ws, 'unexpected-response')
      expect(response.statusCode).toBe(401)
      expect(JSON.parse((await response.toArray()).join(''))).toMatchObject({ code: 'UNAUTHORIZED' })
      request.destroy()
    }
  })

  it('[CH19] closes with 4401 the socket of a page, which is not shown a status', async () => {
    const ws = new WebSocket(`${door.url}?token=Bad`, { origin: 'https://anywhere.example' })
    const [code] = await once(ws, 'close')
    expect(code).toBe(CloseCode.unauthorized)
  })

  it('[CH19] lets pages of any origin in with a good token, and leaves other paths alone', async () => {
    const ws = new WebSocket(`${door.url}?token=anna`, { origin: 'https://anywhere.example' })
    await once(ws, 'open')
    expect(ws.extensions).toBe('') // no compression: it costs ten times a delivery
    ws.terminate()
    const [error] = await once(new WebSocket(door.url.replace('/ws', '/wsx?token=anna')), 'error')
    expect(error.message).toMatch(/hang up/)
  })

  it('[CH17] counts sockets by address and in all', async () => {
    const small = await openChatDoor({ limits: { ...NO_LIMITS, sockets: 3, socketsPerAddress: 2 }, addressOf: request => String(request.headers['x-address']) })
    const open = async (address: string) => {
      const ws = new WebSocket(`${small.url}?token=anna`, { headers: { 'x-address': address } })
      return Promise.race([once(ws, 'open').then(() => ws), once(ws, 'unexpected-response').then(([, response]) => response.statusCode as number)])
    }
    const first = await open('a') as WebSocket
    const second = await open('a') as WebSocket
    expect(await open('a')).toBe(429)
    const third = await open('b') as WebSocket
    expect(await open('c')).toBe(503)
    first.terminate()
    await expect.poll(async () => typeof await open('c')).toBe('object')
    for (const ws of [second, third])
      ws.terminate()
    await small.close()
  })

  it('[AP18] counts the sockets of one IPv6 subscriber, and of one IPv4 address however written, together', async () => {
    const small = await openChatDoor({ limits: { ...NO_LIMITS, socketsPerAddress: 1 }, addressOf: request => String(request.headers['x-address']) })
    const open = (address: string) => {
      const ws = new WebSocket(`${small.url}?token=anna`, { headers: { 'x-address': address } })
      return Promise.race([once(ws, 'open').then(() => 'open'), once(ws, 'unexpected-response').then(([, response]) => response.statusCode as number)])
    }
    expect([await open('2001:db8:1:2::1'), await open('2001:db8:1:2::2'), await open('2001:db8:9:2::1')]).toEqual(['open', 429, 'open'])
    expect([await open('::ffff:192.0.2.1'), await open('192.0.2.1'), await open('::ffff:192.0.2.2')]).toEqual(['open', 429, 'open'])
    await small.close()
  })

  it('[CH17] slows down who connects again and again', async () => {
    const small = await openChatDoor({ limits: { ...NO_LIMITS, connectsPerAddress: { perSecond: 0.01, burst: 2 } } })
    await small.connect('anna')
    await small.connect('anna')
    const [, response] = await once(new WebSocket(`${small.url}?token=anna`), 'unexpected-response')
    expect([response.statusCode, Number(response.headers['retry-after']) > 1]).toEqual([429, true])
    await small.close()
  })

  it('[CH2] ends with 1009 on a frame over the limit and 4400 on a binary one', async () => {
    const [big, binary] = [await door.connect('anna'), await door.connect('ben')]
    big.ws.send('x'.repeat(CLIENT_FRAME_MAX_BYTES + 1))
    binary.ws.send(Buffer.from('[{"type":"ping"}]'), { binary: true })
    expect(await big.closed()).toBe(CloseCode.tooBig)
    expect(await binary.closed()).toBe(CloseCode.badFrame)
  })

  it('[CH3] answers pings of the WebSocket protocol too', async () => {
    const anna = await door.connect('anna')
    anna.ws.ping('still there?')
    const [data] = await once(anna.ws, 'pong')
    expect(String(data)).toBe('still there?')
  })

  it('[CH21] takes nobody whose token is still being looked at when the server stops', async () => {
    const slow = await openChatDoor({
      async verifyToken(token) {
        slow.chat.close()
        return person(token)
      },
    })
    const refused = once(new WebSocket(`${slow.url}?token=anna`), 'unexpected-response')
    const [, response] = await refused
    expect(response.statusCode).toBe(503)
    await slow.close()
  })

  it('[CH21] says goodbye with 1001 and takes nobody any more', async () => {
    const anna = await door.member('anna')
    door.chat.close()
    expect(await anna.closed()).toBe(CloseCode.goingAway)
    const [, response] = await once(new WebSocket(`${door.url}?token=anna`), 'unexpected-response')
    expect(response.statusCode).toBe(503)
  })
})

describe('a room through the door', () => {
  it('[CH4] two people hear each other, and a third is told what was said', async () => {
    const [anna, ben] = [await door.member('anna'), await door.member('ben')]
    expect(await anna.say('你好 👋')).toMatchObject({ type: 'said' })
    await ben.until(() => ben.texts.length === 1)
    await ben.say('hello')
    await anna.until(() => anna.texts.length === 2)
    const cat = await door.member('cat')
    for (const one of [anna, ben, cat])
      expect(one.texts.map(({ text }) => text)).toEqual(['你好 👋', 'hello'])
    await anna.until(() => anna.received.some(message => message.type === 'online' && message.online === 3))
    expect(await door.chat.im.onlineCount('rone')).toBe(3)
  })

  it('[CH13] the end of a room reaches everyone in it', async () => {
    const [anna, ben] = [await door.member('anna'), await door.member('ben')]
    await door.chat.im.broadcast('rone', { type: 'roomEnded', room: roomNamed('rone', { status: 'ended' }) })
    await door.chat.im.closeRoom('rone')
    for (const one of [anna, ben])
      await one.until(() => one.received.at(-1)?.type === 'roomEnded')
    expect(await ben.say('too late')).toMatchObject({ type: 'failed', code: 'ROOM_ENDED' })
    const late = await door.connect('cat')
    await expect(late.join()).rejects.toThrow('ROOM_ENDED')
  })

  it.each([1, 2, 3])('[CH8] sockets that break at random lose nothing and hear nothing twice (seed %i)', async (seed) => {
    const random = seededRandom(seed)
    const speaker = await door.member('speaker')
    const names = ['anna', 'ben', 'cat', 'dan']
    const heard = new Map(names.map(name => [name, new Map<number, string>()]))
    const peers = new Map(await Promise.all(names.map(async name => [name, await door.member(name)] as const)))
    const repeats: number[] = []
    let seen = 0

    function note(name: string): void {
      const texts = heard.get(name)!
      for (const { seq, text } of peers.get(name)!.texts) {
        if (texts.has(seq))
          repeats.push(seq)
        texts.set(seq, text)
      }
    }
    for (let i = 0; i < 200; i++) {
      speaker.send({ type: 'say', roomId: 'rone', text: `text ${i}` })
      if (random() < 0.15) {
        const name = names[Math.floor(random() * names.length)]
        peers.get(name)!.ws.terminate()
        note(name)
        const last = Math.max(0, ...peers.get(name)!.received.map(message => 'seq' in message ? message.seq : 0))
        const peer = await door.connect(name)
        peers.set(name, peer)
        const joined = await peer.join(last)
        expect(joined.isGap).toBe(false)
        seen++
      }
      if (random() < 0.2)
        await new Promise(resolve => setTimeout(resolve, random() * 20))
    }
    const expected = Array.from({ length: 200 }, (_, index) => `text ${index}`)
    for (const name of names) {
      const peer = peers.get(name)!
      await peer.until(() => peer.texts.at(-1)?.text === 'text 199')
      note(name)
      const inOrder = [...heard.get(name)!].sort(([a], [b]) => a - b).map(([, text]) => text)
      expect(inOrder).toEqual(expected)
    }
    expect(repeats).toEqual([])
    expect(seen).toBeGreaterThan(10)
  })

  it('[CH15] a reader that never reads is hung up on; the others get everything', async () => {
    const good = await Promise.all(['anna', 'ben', 'cat'].map(name => door.member(name)))
    const stuck = await door.member('stuck')
    stuck.ws.pause()
    const title = 'x'.repeat(20_000)
    const total = 500 // 10 MB: the kernel alone takes about four
    for (let i = 0; i < total; i++) {
      await door.chat.im.broadcast('rone', { type: 'roomChanged', room: roomNamed('rone', { title: `${title}${i}` }) })
      if (i % 20 === 0)
        await new Promise(resolve => setTimeout(resolve, 5))
    }
    for (const one of good) {
      await one.until(() => one.received.some(message => message.type === 'roomChanged' && message.room.title.endsWith(`x${total - 1}`)))
      expect(one.received.filter(({ type }) => type === 'roomChanged')).toHaveLength(total)
    }
    await expect.poll(() => door.chat.figures().sockets, { timeout: 10_000 }).toBe(3)
    stuck.ws.resume()
    await stuck.closed()
    expect(stuck.received.length).toBeLessThan(total)
  })
})

describe('nonsense', () => {
  const VALID = [
    { type: 'hello', id: 'h', version: 1 },
    { type: 'join', id: 'j', roomId: 'rone', since: 0 },
    { type: 'say', id: 's', roomId: 'rone', text: 'hi' },
    { type: 'leave', id: 'l', roomId: 'rone' },
    { type: 'ping', seq: 1 },
  ]
  const STRANGE: unknown[] = [null, -1, 1e308, '', '\u0000', [], {}, true, 'x'.repeat(5000), { __proto__: 1, constructor: 2 }, '../..', '\uD800', [[[[[]]]]]]

  function nonsense(random: () => number): string | Buffer {
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]
    const message: Record<string, unknown> = { ...pick(VALID) }
    switch (Math.floor(random() * 6)) {
      case 0: return Buffer.from(Array.from({ length: Math.floor(random() * 300) }, () => Math.floor(random() * 256)))
      case 1: return JSON.stringify([message]).slice(0, Math.floor(random() * 40))
      case 2: return '['.repeat(Math.floor(random() * 8000))
      case 3: return JSON.stringify(pick(STRANGE))
      default: {
        message[pick(Object.keys(message))] = pick(STRANGE)
        return JSON.stringify(Array.from({ length: Math.floor(random() * 20) }, () => random() < 0.8 ? message : pick(STRANGE)))
      }
    }
  }

  it.each([11, 12])('[CH2] 400 malformed frames are answered or end their socket, and disturb nobody (seed %i)', async (seed) => {
    const random = seededRandom(seed)
    const [anna, ben] = [await door.member('anna'), await door.member('ben')]
    let closed = 0
    let answered = 0
    let peer: Peer | undefined
    for (let i = 0; i < 400; i++) {
      if (!peer || peer.closedWith !== undefined) {
        peer = await door.connect('mallory')
        if (random() < 0.5)
          peer.send({ type: 'hello', version: 1 })
      }
      const frame = nonsense(random)
      const before = peer.received.length
      peer.ws.send(frame, { binary: random() < 0.1 })
      peer.ws.send('[{"type":"ping"}]') // answered or refused by whoever is still there
      const current = peer
      await current.until(() => current.closedWith !== undefined || current.received.length > before, `something after ${String(frame).slice(0, 60)}`)
      if (current.closedWith === undefined)
        answered++
      else
        closed++
      if (i % 100 === 0)
        await anna.say(`still here ${i}`)
    }
    await ben.until(() => ben.texts.some(({ text }) => text === 'still here 300'))
    expect(Math.min(closed, answered)).toBeGreaterThan(50)
    expect([anna.closedWith, ben.closedWith]).toEqual([undefined, undefined])
  })

  it('[CH2] broken WebSocket frames and upgrades end only their own connection', async () => {
    const random = seededRandom(5)
    const anna = await door.member('anna')
    const upgrade = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
    const paths = ['/ws?token=mallory', '/ws?token=%E0%A4%A', '//', '/ws?', '/ws?token=mallory&token=x', '/ws#x?token=mallory']
    for (let i = 0; i < 120; i++) {
      const socket = connect(door.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(upgrade(paths[i % paths.length]))
      const noise = Buffer.from(Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)))
      if (random() < 0.7)
        socket.write(noise)
      if (random() < 0.3)
        socket.destroy()
      else
        setTimeout(() => socket.destroy(), random() * 50)
    }
    await anna.say('hello')
    await anna.until(() => anna.texts.length === 1)
    await expect.poll(() => door.chat.figures().sockets, { timeout: 10_000 }).toBe(1)
  })
})
