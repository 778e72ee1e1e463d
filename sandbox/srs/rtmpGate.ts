/**
 * SRS's RTMP port: hears along until a client wants to publish or to play, asks the hook, and lets the connection through to
 * our own RTMP server behind it, or hangs up without a word.
 */
import type { Socket } from 'node:net'
import type { Client, Clients, ClientType } from './Clients'
import type { HookCaller } from './hookCaller'
import net from 'node:net'
import { decodeAmf0 } from '../../server/media/embedded/rtmp/amf0'
import { ChunkReader } from '../../server/media/embedded/rtmp/chunkReader'
import { MessageType } from '../../server/media/embedded/rtmp/message'

const HANDSHAKE_BYTES = 1 + 2 * 1536
const COMMAND_BYTES = 64 << 10

export interface RtmpGateOptions {
  readonly clients: Clients
  readonly hooks: HookCaller
  /** Port of the RTMP server behind the gate. */
  readonly behind: number
  /** Resolves when the stream is there, and with false when the player gave up first. */
  readonly whenLive: (stream: string, gone: Promise<unknown>) => Promise<boolean>
}

export function createRtmpGate(options: RtmpGateOptions): net.Server {
  return net.createServer(socket => new GatedConnection(socket, options))
}

class GatedConnection {
  private readonly inner: Socket
  private readonly chunks = new ChunkReader({ chunkStreams: 32, chunkBytes: 1 << 20 }, COMMAND_BYTES)
  private readonly closed: Promise<void>
  private handshake = HANDSHAKE_BYTES
  private tcUrl = ''
  private app = ''
  private isThrough = false
  private work = Promise.resolve()

  constructor(private readonly socket: Socket, private readonly options: RtmpGateOptions) {
    this.inner = net.connect(options.behind, '127.0.0.1')
    this.closed = new Promise((resolve) => {
      for (const [one, other] of [[socket, this.inner], [this.inner, socket]]) {
        one.on('error', () => {}) // 'close' follows
        one.on('close', () => {
          other.destroy()
          resolve()
        })
      }
    })
    this.inner.pipe(socket)
    socket.on('data', bytes => void (this.work = this.work.then(() => this.pass(bytes)).catch(() => void socket.destroy())))
    socket.on('end', () => void this.work.then(() => this.inner.end()))
  }

  /** Nothing goes on to the server behind while a hook is unanswered. */
  private async pass(bytes: Buffer): Promise<void> {
    if (!this.isThrough) {
      const heard = bytes.subarray(this.handshake)
      this.handshake = Math.max(0, this.handshake - bytes.length)
      for (const message of this.chunks.read(heard)) {
        if (message.type === MessageType.SetChunkSize)
          this.chunks.setChunkSize(message.payload.readUInt32BE(0))
        else if (message.type === MessageType.CommandAmf0)
          await this.command(decodeAmf0(message.payload))
        if (this.isThrough)
          break
      }
    }
    this.inner.write(bytes)
  }

  private async command([name, , object, argument]: ReturnType<typeof decodeAmf0>): Promise<void> {
    if (name === 'connect' && typeof object === 'object' && object !== null && !Array.isArray(object)) {
      this.tcUrl = String(object.tcUrl)
      this.app = String(object.app).split('?')[0]
    }
    if (name === 'publish')
      await this.publish(this.client('fmle-publish', String(argument)))
    if (name === 'play')
      await this.play(this.client('rtmp-play', String(argument)))
  }

  /** The order of SrsRtmpConn::publishing: the hook, then whether the stream is busy; the end is told in both cases. */
  private async publish(client: Client): Promise<void> {
    const { clients, hooks } = this.options
    if (!await hooks.ask('publish', client)) {
      clients.remove(client)
      throw new Error('refused')
    }
    const isFree = clients.acquire(client)
    void this.closed.then(() => {
      if (isFree)
        clients.release(client)
      clients.remove(client)
      return hooks.tell('unpublish', client)
    })
    if (!isFree || this.socket.destroyed)
      throw new Error('busy')
    this.isThrough = true
  }

  private async play(client: Client): Promise<void> {
    const { clients, hooks } = this.options
    void this.closed.then(() => clients.remove(client))
    if (!await hooks.ask('play', client))
      throw new Error('refused')
    void this.closed.then(() => hooks.tell('stop', client))
    this.isThrough = await this.options.whenLive(client.stream, this.closed)
  }

  private client(type: ClientType, argument: string): Client {
    const [stream, query] = argument.split('?')
    return this.options.clients.add({
      type,
      ip: this.socket.remoteAddress ?? '',
      tcUrl: this.tcUrl,
      app: this.app,
      stream,
      param: query === undefined ? '' : `?${query}`,
      close: () => this.socket.destroy(),
    })
  }
}
