import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { FlvRequest } from './flvReader'
import type { StreamHub } from './streamHub'
import { WebSocketServer } from 'ws'
import { farewell } from './farewell'
import { parseFlvUrl, readFlv } from './flvReader'
import { isRefusal, REFUSAL_HTTP_STATUS } from './streamHub'

/** A viewer has nothing to say but pings. */
const INCOMING_BYTES = 1024
/** Application codes begin at 4000: 4403 is HTTP's 403. */
const CLOSE_CODE_BASE = 4000

/** Takes an upgrade to `/live/<streamId>.flv` and returns true, or leaves it alone and returns false. */
export type HandleUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean

export function wsFlv(hub: StreamHub): HandleUpgrade {
  const server = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: INCOMING_BYTES })
  return (request, socket, head) => {
    const wanted = parseFlvUrl(request.url)
    if (!wanted)
      return false
    server.handleUpgrade(request, socket, head, webSocket => play(hub, wanted, webSocket))
    return true
  }
}

function play(hub: StreamHub, { streamId, query }: FlvRequest, webSocket: WebSocket) {
  webSocket.on('error', () => {}) // trap: one invalid frame, even after a refusal, and an unheard 'error' ends the process
  const stream = hub.playable(streamId, query)
  if (isRefusal(stream))
    return webSocket.close(CLOSE_CODE_BASE + REFUSAL_HTTP_STATUS[stream], stream)
  const stop = readFlv(hub, stream, query, {
    write: bytes => webSocket.send(bytes),
    bufferedBytes: () => webSocket.bufferedAmount,
    close: () => farewell(hub.clock, () => webSocket.close(1000), () => webSocket.terminate()),
  })
  webSocket.on('close', stop)
}
