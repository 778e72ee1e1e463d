/** SRS's HTTP server (http_server, http_remux): HTTP-FLV. A player of a stream that is not there yet waits for it. */
import type { RequestHandler } from 'express'
import type { Clients } from './Clients'
import type { HookCaller } from './hookCaller'
import type { RtmpGateOptions } from './rtmpGate'

export interface FlvDoorOptions {
  readonly clients: Clients
  readonly hooks: HookCaller
  readonly whenLive: RtmpGateOptions['whenLive']
}

/** In front of what serves the stream. */
export function flvDoor({ clients, hooks, whenLive }: FlvDoorOptions): RequestHandler {
  return async (request, response, next) => {
    const [, app, stream] = /^\/([^/]+)\/([^/]+)\.flv$/.exec(request.path) ?? []
    if (request.method !== 'GET' || stream === undefined)
      return void response.status(404).end()
    const { search } = new URL(request.originalUrl, 'http://srs')
    const { socket } = request
    const closed = new Promise(resolve => socket.once('close', resolve))
    const client = clients.add({
      type: 'flv-play',
      ip: socket.remoteAddress ?? '',
      tcUrl: `http://${request.headers.host}/${app}`,
      app: app!,
      stream,
      param: search,
      close: () => socket.destroy(),
    })
    void closed.then(() => clients.remove(client))
    if (!await hooks.ask('play', client))
      return void socket.destroy() // SrsLiveStream::serve_http returns an error, and the connection ends without an answer
    void closed.then(() => hooks.tell('stop', client))
    if (await whenLive(stream, closed))
      next()
  }
}
