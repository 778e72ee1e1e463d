/**
 * SRS's WHIP and WHEP: https://ossrs.net/lts/en-us/docs/v6/doc/webrtc and srs_app_rtc_api.cpp. Our own WebRTC stands behind them.
 * A stream is published when its first packet is there.
 */
import type { Request, Response } from 'express'
import type { Client, Clients } from './Clients'
import type { HookCaller } from './hookCaller'
import express from 'express'
import { newId } from './Clients'

const OFFER_MAX_BYTES = 64 << 10

export interface RtcDoorsOptions {
  readonly clients: Clients
  readonly hooks: HookCaller
  /** Origin of the WebRTC behind the doors: `/whip/<stream>`, `/whep/<stream>`, DELETE of what they answer. */
  readonly behind: string
  /** Who publishes with the next packet. */
  readonly expect: (client: Client) => void
}

export function rtcDoors({ clients, hooks, behind, expect }: RtcDoorsOptions): express.Router {
  /** By SRS's session: token and what ends it. */
  const sessions = new Map<string, { readonly token: string, readonly end: () => Promise<void> }>()
  const router = express.Router()

  async function open(kind: 'whip' | 'whep', request: Request, response: Response): Promise<void> {
    const url = new URL(request.originalUrl, 'http://srs')
    const { app = 'live', stream = 'livestream' } = Object.fromEntries(url.searchParams)
    const session = newId()
    const token = newId()
    const client = clients.add({
      type: kind === 'whip' ? 'rtc-publish' : 'rtc-play',
      ip: request.ip ?? '',
      tcUrl: `webrtc://${request.headers.host}/${app}`,
      app,
      stream,
      param: url.search.slice(1), // the whole query, app and stream with it
      close: () => void end(),
    })
    let location: string | null = null
    const end = async () => {
      sessions.delete(session)
      clients.remove(client)
      if (location !== null)
        await fetch(behind + location, { method: 'DELETE', headers: { Connection: 'close' } }).catch(() => {})
    }
    // Whoever is refused, and whoever finds the stream busy, is hung up on.
    if (!await hooks.ask(kind === 'whip' ? 'publish' : 'play', client) || (kind === 'whip' && clients.isBusy(stream))) {
      clients.remove(client)
      return void request.socket.destroy()
    }
    const answer = await fetch(`${behind}/${kind}/${stream}`, { method: 'POST', headers: { 'Content-Type': 'application/sdp', 'Connection': 'close' }, body: request.body as string })
    const sdp = await answer.text()
    if (answer.status !== 201) {
      clients.remove(client)
      return void response.status(500).end()
    }
    location = answer.headers.get('location')
    sessions.set(session, { token, end })
    if (kind === 'whip')
      expect(client)
    response.status(201)
      .set({ 'Content-Type': 'application/sdp', 'Location': `/rtc/v1/whip/?action=delete&token=${token}&app=${app}&stream=${stream}&session=${session}` })
      .send(sdp)
  }

  async function close(request: Request, response: Response): Promise<void> {
    const { action, token, session } = request.query
    const known = sessions.get(String(session))
    if (action !== 'delete' || (known && known.token !== token))
      return void request.socket.destroy()
    await known?.end()
    response.status(200).end()
  }

  // srs_app_http_conn.cpp: Location is not among the headers that another origin may read.
  router.use('/rtc/v1', (request, response, next) => {
    response.set({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, POST, HEAD, PUT, DELETE, OPTIONS',
      'Access-Control-Expose-Headers': 'Server,range,Content-Length,Content-Range',
      'Access-Control-Allow-Headers': 'origin,range,accept-encoding,referer,Cache-Control,X-Proxy-Authorization,X-Requested-With,Content-Type',
    })
    if (request.method === 'OPTIONS')
      return void response.status(200).end()
    next()
  })
  const sdp = express.text({ type: () => true, limit: OFFER_MAX_BYTES })
  for (const kind of ['whip', 'whep'] as const) {
    router.route(`/rtc/v1/${kind}`)
      .post(sdp, (request, response) => open(kind, request, response))
      .delete(close)
      .all((_request, response) => void response.status(405).end())
  }
  return router
}
