/** SRS's HTTP API: https://ossrs.net/lts/en-us/docs/v6/doc/http-api and srs_app_http_api.cpp. */
import type { RequestHandler } from 'express'
import type { Client, Clients, StreamEntry } from './Clients'
import express from 'express'
import { newId } from './Clients'

const VERSION = { major: 6, minor: 0, revision: 155, version: '6.0.155' }
/** srs_kernel_error.hpp: ERROR_RTMP_CLIENT_NOT_FOUND */
const CLIENT_NOT_FOUND = 2049
const PAGE_DEFAULT = 10

export interface ApiFaults {
  /** Every call fails with this HTTP status; null: none does. */
  status: number | null
  /** Answers nothing. */
  isSilent: boolean
}

export function apiDoors(clients: Clients, faults: ApiFaults): express.Router {
  const server = { code: 0, server: newId('vid-'), service: newId(), pid: '1' }
  const router = express.Router()

  const troubled: RequestHandler = (_request, response, next) => {
    if (faults.isSilent)
      return
    if (faults.status !== null)
      return void response.status(faults.status).end()
    next()
  }
  router.use('/api/v1', troubled)

  router.get('/api/v1/versions', (_request, response) => void response.json({ ...server, data: VERSION }))
  router.get('/api/v1/streams', (request, response) => void response.json({ ...server, streams: page([...clients.streams.values()], request.query).map(stream => presentStream(stream, clients)) }))
  router.get('/api/v1/clients', (request, response) => void response.json({ ...server, clients: page([...clients.clients.values()], request.query).map(client => presentClient(client, clients)) }))
  router.route('/api/v1/clients/:id')
    .get((request, response) => {
      const client = clients.clients.get(request.params.id)
      response.json(client ? { ...server, client: presentClient(client, clients) } : { code: CLIENT_NOT_FOUND })
    })
    .delete((request, response) => {
      const client = clients.clients.get(request.params.id)
      response.json(client ? server : { code: CLIENT_NOT_FOUND })
      client?.close()
    })
    .all((_request, response) => void response.status(405).end())
  return router
}

function page<Item>(items: readonly Item[], { start, count }: Readonly<Record<string, unknown>>): Item[] {
  const from = Math.max(0, Number(start ?? 0))
  return items.slice(from, from + Math.max(1, Number(count ?? PAGE_DEFAULT)))
}

function presentStream({ id, app, name, isActive, publisherId }: StreamEntry, { clients }: Clients) {
  return {
    id,
    name,
    vhost: 'vid-default',
    app,
    tcUrl: `rtmp://__defaultVhost__/${app}`,
    url: `/${app}/${name}`,
    live_ms: Date.now(),
    clients: [...clients.values()].filter(({ stream }) => stream === name).length,
    frames: 0,
    send_bytes: 0,
    recv_bytes: 0,
    kbps: { recv_30s: 0, send_30s: 0 },
    publish: { active: isActive, cid: publisherId },
    video: null,
    audio: null,
  }
}

function presentClient(client: Client, clients: Clients) {
  return {
    id: client.id,
    vhost: 'vid-default',
    stream: clients.streams.get(client.stream)?.id ?? '',
    ip: client.ip,
    pageUrl: '',
    swfUrl: '',
    tcUrl: client.tcUrl,
    url: `/${client.app}/${client.stream}`,
    name: client.stream,
    type: client.type,
    publish: clients.isPublisher(client),
    alive: (Date.now() - client.since) / 1000,
    send_bytes: 0,
    recv_bytes: 0,
    kbps: { recv_30s: 0, send_30s: 0 },
  }
}
