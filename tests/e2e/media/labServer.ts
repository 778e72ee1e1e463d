/** The lab page beside the embedded media engine, on one port as in the product. */
import type { AddressInfo } from 'node:net'
import type { LabTask } from './lab'
import { once } from 'node:events'
import http from 'node:http'
import path from 'node:path'
import { build } from 'esbuild'
import express from 'express'
import pino from 'pino'
import { errorHandler } from '../../../server/http/errorHandler'
import { createEmbeddedMedia } from '../../../server/media/embedded/embeddedMedia'
import { plainKey } from '../../../server/media/urlAuth'

const root = path.resolve(import.meta.dirname, '../../..')

export type LabServer = Awaited<ReturnType<typeof startLabServer>>

export async function startLabServer() {
  const files = await bundle()
  const media = createEmbeddedMedia({ pushKey: plainKey('push key'), playKey: plainKey('play key'), rtmpPort: 0, host: '127.0.0.1' })
  const news: string[] = []
  media.provider.onEvent(({ type }) => void news.push(type))
  /** While false, WebSocket readers are refused. */
  const doors = { webSocket: true }
  const app = express()
  app.use(media.router)
  app.get('/', (_, response) => void response.type('html').send('<!doctype html><meta charset="utf-8"><title>lab</title><body><script type="module" src="/lab.js"></script>'))
  app.get('/:file', (request, response) => void response.type('js').send(files.get(request.params.file)))
  app.use(errorHandler(pino({ enabled: false })))
  const server = http.createServer(app)
  server.on('upgrade', (request, socket, head) => {
    if (!doors.webSocket || !media.handleUpgrade(request, socket, head))
      socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = { http: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, rtmp: `rtmp://127.0.0.1:${await media.listen()}` }
  return {
    doors,
    hub: media.hub,
    /** `publish` and `unpublish`, as the rooms hear them. */
    news,
    files,
    readers: () => media.hub.streams.reduce((sum, { readerCount }) => sum + readerCount, 0),
    pageUrl: (task: LabTask) => `${origin.http}/#${encodeURIComponent(JSON.stringify(task))}`,
    whip: (streamId: string, ttlMs = 60_000) => media.provider.issuePushUrls(streamId, ttlMs, origin).whip!,
    rtmp: (streamId: string) => media.provider.issuePushUrls(streamId, 60_000, origin).rtmp,
    play: (streamId: string) => media.provider.playUrls(streamId, 60_000, origin),
    async close() {
      await media.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function bundle(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'lab.ts')],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    outdir: root,
    write: false,
    alias: { '@': root },
  })
  return new Map(outputFiles.map(file => [path.basename(file.path), file.text]))
}
