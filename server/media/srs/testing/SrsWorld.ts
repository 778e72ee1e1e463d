/** SRS in the hands of a test: what its API says, and hooks one by one. The provider's doors are real. */
import type { AddressInfo } from 'node:net'
import type { SrsSettings, StreamKey } from '../../../settings'
import type { Media } from '../../Media'
import type { MediaEvent, MediaProvider } from '../../MediaProvider'
import http from 'node:http'
import express from 'express'
import { errorHandler } from '../../../http/errorHandler'
import { createLog } from '../../../log'
import { settled, VirtualClock } from '../../../testing/VirtualClock'
import { plainKey, signStream } from '../../urlAuth'
import { createSrsMedia } from '../srsMedia'

export const SETTINGS: SrsSettings = {
  kind: 'srs',
  rtmpUrl: 'rtmp://srs.example.com:1935',
  httpUrl: 'https://srs.example.com',
  rtcUrl: 'https://rtc.example.com:1990',
  apiUrl: 'http://srs.internal:1985',
  hookSecret: 'the secret of the hooks',
}
export const PUSH_KEY = plainKey('push key')
export const PLAY_KEY = plainKey('play key')
export const STREAM = 'r23456-u23456'

interface Listed {
  readonly cid: string
  readonly app?: string
  readonly active?: boolean
}

export class SrsWorld {
  readonly clock = new VirtualClock()
  /** What the API lists, by name. */
  readonly listed = new Map<string, Listed>()
  readonly refused = new Set<string>()
  readonly kicked: string[] = []
  readonly asked: string[] = []
  readonly events: MediaEvent[] = []
  readonly logLines: string[] = []
  fault: 'down' | 'silent' | 'broken' | null = null
  /** What happens when a client is hung up on; its hook, unless a test says otherwise. */
  onKick: (clientId: string, streamId: string) => void = (clientId, streamId) => void this.onTheirWay.push(this.hook('unpublish', { client_id: clientId, stream: streamId }))
  readonly media: Media
  private readonly server: http.Server
  private readonly onTheirWay: Promise<unknown>[] = []

  constructor(settings: Partial<SrsSettings> = {}) {
    const log = createLog({ level: 'trace', isProduction: true, destination: { write: line => void this.logLines.push(line) } })
    this.media = createSrsMedia({
      settings: { ...SETTINGS, ...settings },
      pushKey: PUSH_KEY,
      playKey: PLAY_KEY,
      clock: this.clock,
      log,
      canPublish: streamId => !this.refused.has(streamId),
      fetch: this.fetch,
    })
    this.server = http.createServer(express().use(this.media.router).use(errorHandler(log)))
  }

  get provider(): MediaProvider {
    return this.media.provider
  }

  async open({ isListening = true } = {}): Promise<this> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve))
    if (isListening)
      await this.listen()
    return this
  }

  async listen(): Promise<void> {
    this.provider.onEvent(event => this.events.push(event))
    await settled()
  }

  async close(): Promise<void> {
    await this.media.close()
    await Promise.all(this.onTheirWay)
    this.server.closeAllConnections()
    await new Promise(resolve => this.server.close(resolve))
  }

  /** `publish A`, in order. */
  told(): string[] {
    return this.events.map(({ type, sessionId }) => `${type} ${sessionId}`)
  }

  /** What the hook is answered: SRS's code, or the HTTP status when it is not 200. */
  async hook(name: string, fields: object = {}, { secret = SETTINGS.hookSecret, body }: { readonly secret?: string, readonly body?: string } = {}): Promise<number> {
    const { port } = this.server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/callbacks/srs/${name}?secret=${encodeURIComponent(secret)}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: body ?? JSON.stringify({ ...HOOK, action: `on_${name}`, param: this.signed(name === 'play' ? PLAY_KEY : PUSH_KEY), ...fields }),
    })
    const answer = await response.json() as { code: number }
    return response.status === 200 ? answer.code : response.status
  }

  signed(key: StreamKey, streamId = STREAM, ttlMs = 60_000): string {
    return `?${signStream(key, streamId, this.clock.now() + ttlMs)}`
  }

  private readonly fetch: typeof fetch = async (input, { method = 'GET', signal } = {}) => {
    const { pathname, searchParams } = new URL(String(input))
    this.asked.push(`${method} ${pathname}`)
    if (this.fault === 'down')
      throw new TypeError('fetch failed')
    if (this.fault === 'silent')
      return new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)))
    if (this.fault === 'broken')
      return Response.json({ code: 100 })
    if (method === 'DELETE')
      return Response.json({ code: this.hangUp(pathname.split('/').at(-1)!) ? 0 : 2049 })
    const start = Number(searchParams.get('start'))
    const streams = [...this.listed].map(([name, { cid, app = 'live', active = true }]) => ({ id: `vid-${name}`, name, app, publish: { active, cid } }))
    return Response.json({ code: 0, server: 'vid-1', streams: streams.slice(start, start + Number(searchParams.get('count'))) })
  }

  private hangUp(clientId: string): boolean {
    const [streamId] = [...this.listed].find(([, { cid }]) => cid === clientId) ?? []
    if (streamId === undefined)
      return false
    this.kicked.push(clientId)
    this.listed.delete(streamId)
    this.onKick(clientId, streamId)
    return true
  }
}

/** As SRS 6 says it. */
const HOOK = {
  server_id: 'vid-0xk989d',
  service_id: '382k546r',
  client_id: 'a341w361',
  ip: '192.0.2.7',
  vhost: '__defaultVhost__',
  app: 'live',
  tcUrl: 'rtmp://srs.example.com/live',
  stream: STREAM,
  stream_url: `/live/${STREAM}`,
  stream_id: 'vid-124q9y3',
}
