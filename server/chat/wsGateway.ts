/** The door for chat sockets: `GET /ws?token=…` upgraded to a WebSocket. Pages of any origin may come: a token is not a cookie. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import type { User } from '../../shared/protocol/rest'
import type { Clock } from '../clock'
import type { ChatHub } from './ChatHub'
import type { ChatLimits } from './limits'
import type { ChatLog } from './log'
import type { ChatSocket } from './Outbox'
import { WebSocketServer } from 'ws'
import { CLIENT_FRAME_MAX_BYTES, CloseCode } from '../../shared/protocol/ws'
import { clientOf } from '../client'
import { Unauthorized, Unavailable } from '../errors'
import { refuseUpgrade } from '../http/refuseUpgrade'
import { Admission } from './Admission'
import { CLOSE_TIMEOUT_MS, TICK_MS } from './limits'
import { PASSING } from './priority'

export interface WsGatewayOptions {
  readonly hub: ChatHub
  readonly clock: Clock
  readonly limits: ChatLimits
  readonly log: ChatLog
  /** The person a session token stands for; undefined when it is wrong or expired. */
  readonly verifyToken: (token: string) => Promise<User | undefined>
  /** The client's address; behind a proxy, what the proxy says. */
  readonly addressOf: (request: IncomingMessage) => string
}

export interface WsGateway {
  /** @returns false when the path is somebody else's */
  handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean
  close: () => void
}

export function createWsGateway({ hub, clock, limits, log, verifyToken, addressOf }: WsGatewayOptions): WsGateway {
  const server = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: CLIENT_FRAME_MAX_BYTES, autoPong: false })
  const admission = new Admission(limits)
  let isClosed = false
  const stopSweeping = clock.every(TICK_MS * 10, () => admission.sweep(clock.now()))

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, token: string): Promise<void> {
    const client = clientOf(addressOf(request))
    const refusal = admission.take(client, clock.now())
    if (refusal)
      return refuseUpgrade(socket, refusal)
    socket.once('close', () => admission.release(client))
    const user = await verifyToken(token)
    if (isClosed)
      return refuseUpgrade(socket, Unavailable('The server is stopping.'))
    // A page is not shown the status of a failed upgrade, only a close code; everyone else reads the status.
    if (!user && request.headers.origin === undefined)
      return refuseUpgrade(socket, Unauthorized())
    server.handleUpgrade(request, socket, head, ws => user ? serve(ws, user) : ws.close(CloseCode.unauthorized, 'no valid session'))
  }

  function serve(ws: WebSocket, user: User): void {
    const session = hub.connect(user, chatSocketOf(ws, clock))
    ws.on('message', (data: RawData, isBinary: boolean) => isBinary ? session.close(CloseCode.badFrame, 'text frames only') : session.receive(data.toString()))
    ws.on('ping', data => ws.bufferedAmount <= PASSING[0].untilBytes && ws.pong(data)) // who does not read is not answered either
    ws.on('close', () => session.closed())
    ws.on('error', error => log.info({ userId: user.id, reason: error.message }, 'a chat socket broke')) // 'close' follows
  }

  return {
    handleUpgrade(request, socket, head) {
      const [path, query] = (request.url ?? '').split('?', 2)
      if (path !== '/ws')
        return false
      socket.on('error', () => socket.destroy()) // until ws takes over
      upgrade(request, socket, head, new URLSearchParams(query).get('token') ?? '').catch((error) => {
        log.error({ err: error }, 'a chat socket could not be opened')
        socket.destroy()
      })
      return true
    },
    close() {
      isClosed = true
      stopSweeping()
    },
  }
}

function chatSocketOf(ws: WebSocket, clock: Clock): ChatSocket {
  return {
    get bufferedAmount() {
      return ws.bufferedAmount
    },
    send(frame) {
      if (ws.readyState === ws.OPEN)
        ws.send(frame, { binary: false })
    },
    close(code, reason) {
      if (ws.readyState !== ws.OPEN)
        return
      ws.close(code, reason)
      const stopWaiting = clock.after(CLOSE_TIMEOUT_MS, () => ws.terminate())
      ws.once('close', stopWaiting)
    },
  }
}
