/** A chat behind a real HTTP server on a free port, and people who come to it over real sockets. The token is the name. */
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Room } from '../../../shared/protocol/rest'
import type { ServerMessage } from '../../../shared/protocol/ws'
import type { ChatOptions } from '../createChat'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { WebSocket } from 'ws'
import { PROTOCOL_VERSION } from '../../../shared/protocol/ws'
import { systemClock } from '../../clock'
import { createChat } from '../createChat'
import { person, roomNamed, silentLog } from './ChatWorld'
import { MemoryMessageStore } from './MemoryMessageStore'

const NEVER = { perSecond: 1e6, burst: 1e6 }
export const NO_LIMITS = { saysPerUser: NEVER, saysPerRoom: NEVER, requestsPerSocket: NEVER, connectsPerAddress: NEVER, socketsPerUser: 1e6, socketsPerAddress: 1e6 }

export async function openChatDoor(options: Partial<ChatOptions> = {}) {
  const rooms = new Map<string, Room>([['rone', roomNamed('rone')]])
  const chat = createChat({
    store: new MemoryMessageStore(),
    clock: systemClock,
    log: silentLog,
    verifyToken: async token => /^[a-z]+$/.test(token) ? person(token) : undefined,
    roomFor: async roomId => rooms.get(roomId),
    judgeText: async () => 'fine',
    limits: NO_LIMITS,
    ...options,
  })
  const server = createServer((_, response) => response.end())
  server.on('upgrade', (request: IncomingMessage, socket, head: Buffer) => chat.handleUpgrade(request, socket, head) || socket.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const peers = new Set<Peer>()
  return {
    chat,
    rooms,
    port,
    url: `ws://127.0.0.1:${port}/ws`,
    /** An open socket that has said nothing. */
    async connect(name: string): Promise<Peer> {
      const peer = new Peer(`ws://127.0.0.1:${port}/ws?token=${name}`)
      peers.add(peer)
      await once(peer.ws, 'open')
      return peer
    },
    /** Somebody who has joined. */
    async member(name: string, since?: number): Promise<Peer> {
      const peer = await this.connect(name)
      await peer.join(since)
      return peer
    },
    async close(): Promise<void> {
      chat.close()
      for (const peer of peers)
        peer.ws.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export class Peer {
  readonly ws: WebSocket
  readonly received: ServerMessage[] = []
  closedWith?: number
  private requests = 0
  private readonly waiting = new Set<() => void>()

  constructor(url: string) {
    this.ws = new WebSocket(url, { perMessageDeflate: false })
    this.ws.on('message', (data) => {
      this.received.push(...JSON.parse(data.toString()) as ServerMessage[])
      this.wake()
    })
    this.ws.on('error', () => {}) // 'close' follows
    this.ws.on('close', (code) => {
      this.closedWith = code
      this.wake()
    })
  }

  /** Resolves with the first truthy answer of `find`, asked again whenever something has come. */
  async until<Found>(find: () => Found | undefined | false, what = String(find), timeoutMs = 10_000): Promise<Found> {
    const timeout = Date.now() + timeoutMs
    for (;;) {
      const found = find()
      if (found)
        return found
      if (Date.now() > timeout)
        throw new Error(`Waited in vain: ${what}; closed with ${this.closedWith}, received ${JSON.stringify(this.received.slice(-3))}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200)
        this.waiting.add(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  send(message: Record<string, unknown>): string {
    const id = `q${++this.requests}-${Math.random()}`
    this.ws.send(JSON.stringify([{ id, ...message }]))
    return id
  }

  answerTo = (id: string) => this.until(() => this.received.find(message => 're' in message && message.re === id), `an answer to ${id}`)

  async join(since?: number, roomId = 'rone'): Promise<Extract<ServerMessage, { type: 'joined' }>> {
    this.send({ type: 'hello', version: PROTOCOL_VERSION })
    const joined = await this.answerTo(this.send({ type: 'join', roomId, since }))
    if (joined.type !== 'joined')
      throw new Error(`Refused: ${JSON.stringify(joined)}`)
    return joined
  }

  say = (text: string, roomId = 'rone') => this.answerTo(this.send({ type: 'say', roomId, text }))
  closed = () => this.until(() => this.closedWith, 'the end of the socket')

  /** Of the texts heard, live and on joining. */
  get texts(): { readonly seq: number, readonly text: string }[] {
    return this.received.flatMap(message => message.type === 'joined' ? message.messages : [message]).filter(message => message.type === 'chat')
  }

  private wake(): void {
    for (const wake of this.waiting)
      wake()
    this.waiting.clear()
  }
}
