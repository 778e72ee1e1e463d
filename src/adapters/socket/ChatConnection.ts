/** One socket after another to the chat server: hello, pings, and trying again. Knows nothing of rooms. */
import type { Connect, Socket } from './Socket'
import type { Incoming } from './wire'
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { ClientMessage } from '@/shared/protocol/ws'
import type { Clock } from '@/src/ports/Clock'
import type { ImState } from '@/src/ports/ImClient'
import { backoffMs, SOCKET_BACKOFF } from '@/shared/domain/backoff'
import { CloseCode, isFinalCloseCode, PROTOCOL_VERSION } from '@/shared/protocol/ws'
import { readFrame } from './wire'

/** From the first step to the welcome. */
export const WELCOME_TIMEOUT_MS = 10_000
export const PONG_TIMEOUT_MS = 10_000

const HELLO_ID = 'hello'

type Link
  = | { readonly status: 'offline' }
    | { readonly status: 'waiting', readonly attempt: number, readonly cancel: () => void }
    | { readonly status: 'connecting', readonly attempt: number, readonly socket: Socket, readonly cancel: () => void }
    | { readonly status: 'online', readonly socket: Socket, readonly stopPings: () => void }
    | { readonly status: 'refused', readonly code: ErrorCode }

export interface ChatConnectionOptions {
  readonly connect: Connect
  /** ws(s)://…/ws, without the token */
  readonly url: string
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly onState: (state: ImState) => void
  /** Welcomed: rooms may be joined. */
  readonly onReady: () => void
  readonly onFrame: (frame: Incoming) => void
  /** The last seq seen of the room, for pings. */
  readonly lastSeq: () => number | undefined
}

export class ChatConnection {
  private link: Link = { status: 'offline' }
  private token = ''
  private cancelPongTimeout?: () => void

  constructor(private readonly options: ChatConnectionOptions) {}

  get state(): ImState {
    const { link } = this
    switch (link.status) {
      case 'waiting':
      case 'connecting': return { status: 'connecting', attempt: link.attempt }
      case 'refused': return { status: 'refused', code: link.code }
      case 'online': return { status: 'online' }
      case 'offline': return { status: 'offline' }
    }
  }

  /** Connects, and stays connected. With another token than before, anew. */
  open(token: string): void {
    const isSame = token === this.token && this.link.status !== 'offline' && this.link.status !== 'refused'
    if (isSame)
      return
    this.token = token
    this.start(0)
  }

  close(): void {
    this.enter({ status: 'offline' })
  }

  /** Tries at once instead of waiting; doubts a socket that looks open. */
  retryNow(): void {
    if (this.link.status === 'waiting')
      this.start(0)
    else if (this.link.status === 'online')
      this.ping()
  }

  /** Gives this socket up and comes back after a pause. */
  restart(): void {
    if (this.link.status === 'online')
      this.lost(CloseCode.goingAway)
  }

  refuse(code: ErrorCode): void {
    this.enter({ status: 'refused', code })
  }

  /** What cannot be sent is dropped: who asks again after a new welcome is who knows what still matters. */
  send(...messages: ClientMessage[]): void {
    if (this.link.status === 'online')
      this.link.socket.send(JSON.stringify(messages))
  }

  private start(attempt: number): void {
    const { connect, url, clock } = this.options
    const isCurrent = (): boolean => 'socket' in this.link && this.link.socket === socket
    const socket: Socket = connect(`${url}?token=${encodeURIComponent(this.token)}`, {
      opened: () => isCurrent() && socket.send(JSON.stringify([{ type: 'hello', id: HELLO_ID, version: PROTOCOL_VERSION }])),
      received: text => isCurrent() && this.receive(text),
      closed: code => isCurrent() && this.lost(code),
    })
    this.enter({ status: 'connecting', attempt, socket, cancel: clock.after(WELCOME_TIMEOUT_MS, () => this.lost(CloseCode.silent)) })
  }

  private receive(text: string): void {
    this.heard()
    const frame = readFrame(text)
    const welcome = frame.answers.find(answer => answer.type === 'welcome')
    if (welcome && this.link.status === 'connecting') {
      this.enter({ status: 'online', socket: this.link.socket, stopPings: this.options.clock.every(welcome.pingIntervalMs, () => this.ping()) })
      this.options.onReady()
    }
    this.options.onFrame(frame)
  }

  private heard(): void {
    this.cancelPongTimeout?.()
    this.cancelPongTimeout = undefined
  }

  private ping(): void {
    this.send({ type: 'ping', seq: this.options.lastSeq() })
    this.cancelPongTimeout ??= this.options.clock.after(PONG_TIMEOUT_MS, () => this.lost(CloseCode.silent))
  }

  private lost(code: number): void {
    const attempt = this.link.status === 'connecting' ? this.link.attempt + 1 : 1
    if (isFinalCloseCode(code))
      return this.refuse(refusalOf(code))
    const { clock, random } = this.options
    this.enter({ status: 'waiting', attempt, cancel: clock.after(backoffMs(SOCKET_BACKOFF, attempt - 1, random()), () => this.start(attempt)) })
  }

  private enter(next: Link): void {
    const before = this.link
    this.link = next
    if ('cancel' in before)
      before.cancel()
    if (before.status === 'online')
      before.stopPings()
    if ('socket' in before && !('socket' in next && next.socket === before.socket))
      before.socket.close()
    if (next.status !== 'online')
      this.heard()
    if (next.status !== before.status || attemptOf(next) !== attemptOf(before))
      this.options.onState(this.state)
  }
}

function attemptOf(link: Link): number | undefined {
  return 'attempt' in link ? link.attempt : undefined
}

function refusalOf(code: number): ErrorCode {
  switch (code) {
    case CloseCode.unauthorized: return 'UNAUTHORIZED'
    case CloseCode.protocolVersion: return 'PROTOCOL_VERSION'
    case CloseCode.replaced: return 'REPLACED'
    default: return 'BAD_REQUEST'
  }
}
