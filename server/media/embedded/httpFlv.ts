import type { RequestHandler } from 'express'
import type { Socket } from 'node:net'
import type { StreamHub } from './streamHub'
import { farewell } from './farewell'
import { parseFlvUrl, readFlv } from './flvReader'
import { isRefusal, REFUSAL_HTTP_STATUS } from './streamHub'

const CORS = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS', 'Access-Control-Allow-Headers': '*', 'Access-Control-Max-Age': '86400' }
const HEADERS = { ...CORS, 'Content-Type': 'video/x-flv', 'Cache-Control': 'no-store', 'Connection': 'close' }
const STATUS_AND_HEADERS = ['HTTP/1.1 200 OK', ...Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n')

/** Mount before compression, body parsers and whatever else would hold a stream back. Other addresses pass through. */
export function httpFlv(hub: StreamHub): RequestHandler {
  return (request, response, next) => {
    const wanted = parseFlvUrl(request.originalUrl)
    if (!wanted)
      return next()
    if (request.method === 'OPTIONS')
      return void response.writeHead(204, CORS).end()
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return void response.writeHead(405, { ...CORS, Allow: CORS['Access-Control-Allow-Methods'] }).end()
    const stream = hub.playable(wanted.streamId, wanted.query)
    if (isRefusal(stream))
      return void response.writeHead(REFUSAL_HTTP_STATUS[stream], { ...CORS, 'Cache-Control': 'no-store' }).end()
    if (request.method === 'HEAD')
      return void response.writeHead(200, HEADERS).end()

    if (!response.socket) // pipelined behind an unfinished answer, perhaps an endless one
      return void response.writeHead(400, CORS).end()
    const socket = takeOver(response.socket)
    socket.cork() // head, headers and backlog in one system call
    socket.write(STATUS_AND_HEADERS)
    const stop = readFlv(hub, stream, wanted.query, {
      write: bytes => void socket.write(bytes),
      bufferedBytes: () => socket.writableLength,
      close: () => farewell(hub.clock, () => socket.end(), () => socket.destroy()),
    })
    socket.uncork()
    socket.on('close', stop)
  }
}

/**
 * The socket without HTTP around it: `response.write` costs three times as much, for chunk framing that a body which
 * ends with its connection does not need. The response stays unfinished, so that Node puts no other behind it.
 */
function takeOver(socket: Socket): Socket {
  socket.setNoDelay(true)
  socket.on('error', () => {})
  // Nothing that the reader says from now on is a request: the parser lets go of the socket.
  socket.removeAllListeners('data')
  socket.on('data', () => {})
  return socket
}
