/** A provider, its callback door, and a cloud that a test plays by hand: it writes down calls of the API and answers them. */
import type { AddressInfo } from 'node:net'
import type { Media } from '../../Media'
import type { CanPublish, MediaEvent } from '../../MediaProvider'
import http from 'node:http'
import express from 'express'
import { errorHandler } from '../../../http/errorHandler'
import { createLog } from '../../../log'
import { settled, VirtualClock } from '../../../testing/VirtualClock'
import { plainKey } from '../../urlAuth'
import { signCallback } from '../callbackSign'
import { streamNameOf } from '../streamName'
import { createTencentMedia } from '../tencentMedia'

export const CALLBACK_KEY = 'callbackkeyofthetest'

interface Refused { readonly code: string }

export interface LiveWorldOptions {
  readonly canPublish?: CanPublish
  /** Streams that were there before. */
  readonly online?: readonly string[]
  readonly isMixing?: boolean
}

export class LiveWorld {
  readonly clock = new VirtualClock()
  readonly logLines: string[] = []
  readonly events: MediaEvent[] = []
  readonly calls: { readonly action: string, readonly parameters: Record<string, any> }[] = []
  /** What the API says is published, by stream id. */
  readonly online: Set<string>
  /** Refuses an action, or all; `down` breaks connections. */
  readonly faults = new Map<string, Refused | 'down'>()
  readonly refused = new Set<string>()
  readonly media: Media
  private readonly server: http.Server
  private stopListening = () => {}

  constructor({ canPublish = streamId => !this.refused.has(streamId), online = [], isMixing }: LiveWorldOptions = {}) {
    this.online = new Set(online)
    const log = createLog({ level: 'trace', isProduction: true, destination: { write: line => void this.logLines.push(line) } })
    this.media = createTencentMedia({
      settings: {
        kind: 'tencent',
        pushDomain: 'push.example.com',
        playDomain: 'play.example.com',
        isPlayHttps: true,
        appName: 'live',
        callbackKey: CALLBACK_KEY,
        secretId: 'AKIDEXAMPLEEXAMPLE',
        secretKey: 'secretkeyofthetest',
        apiUrl: 'https://live.tencentcloudapi.com',
        whipUrl: 'https://whip.example.com/webrtc/v2/whip',
        lebUrl: 'https://leb.example.com/webrtc/v1',
      },
      pushKey: plainKey('push key of the test'),
      playKey: plainKey('play key of the test'),
      clock: this.clock,
      log,
      canPublish,
      isMixing,
      fetch: this.answer as typeof fetch,
    })
    this.server = http.createServer(express().use(this.media.router).use(errorHandler(log)))
  }

  get provider() {
    return this.media.provider
  }

  /** Rooms begin to listen, unless they shall not yet. */
  async open({ isListening = true } = {}): Promise<this> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve))
    if (isListening)
      await this.listen()
    return this
  }

  async listen(): Promise<void> {
    this.stopListening = this.provider.onEvent(event => void this.events.push(event))
    await this.pass(0)
  }

  async close(): Promise<void> {
    this.stopListening()
    await this.media.close()
    this.server.closeAllConnections()
    await new Promise(resolve => this.server.close(resolve))
  }

  async pass(ms: number): Promise<void> {
    await settled()
    await this.clock.advance(ms)
    await settled()
  }

  /** POSTs a body to the callback door. */
  async post(body: unknown): Promise<{ readonly status: number, readonly body: any }> {
    const { port } = this.server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/callbacks/live`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) })
    const answer = { status: response.status, body: await response.json() }
    await this.pass(0)
    return answer
  }

  /** The cloud tells something, signed. */
  tell(message: object, { key = CALLBACK_KEY, t = Math.floor(this.clock.now() / 1000) + 600 } = {}) {
    return this.post({ appid: 1, ...message, t, sign: signCallback(key, t) })
  }

  /** A publication begins, `ago` ms before now by the cloud's clock. */
  begin(streamId: string, sequence: string, { ago = 0, width = 0, height = 0 } = {}) {
    return this.tell({ event_type: 1, ...this.publication(streamId, sequence, ago), errcode: 0, errmsg: 'ok', width, height })
  }

  end(streamId: string, sequence: string) {
    return this.tell({ event_type: 0, ...this.publication(streamId, sequence, 0), errcode: 1, errmsg: 'recv rtmp deleteStream', push_duration: '1000' })
  }

  /** What was told of a stream: `publish 7`, `unpublish 7`. */
  told(streamId: string): string[] {
    return this.events.filter(event => event.streamId === streamId).map(({ type, sessionId }) => `${type} ${sessionId}`)
  }

  /** Parameters of the calls of one action. */
  asked(action: string): Record<string, any>[] {
    return this.calls.filter(call => call.action === action).map(({ parameters }) => parameters)
  }

  private publication(streamId: string, sequence: string, ago: number) {
    return { app: 'push.example.com', appname: 'live', stream_id: streamNameOf(streamId), channel_id: streamNameOf(streamId), sequence, event_time: Math.floor((this.clock.now() - ago) / 1000), stream_param: 'txSecret=0123456789abcdef0123456789abcdef&txTime=6A000000' }
  }

  private readonly answer = async (_url: string, { headers, body }: RequestInit): Promise<Response> => {
    const action = (headers as Record<string, string>)['X-TC-Action']
    const parameters = JSON.parse(String(body)) as Record<string, any>
    const fault = this.faults.get(action) ?? this.faults.get('*')
    if (fault === 'down')
      throw new TypeError('fetch failed')
    this.calls.push({ action, parameters })
    return Response.json({ Response: { RequestId: 'request-1', ...(fault ? { Error: { Code: fault.code, Message: 'told to' } } : this.result(action, parameters)) } })
  }

  private result(action: string, { StreamName }: Record<string, any>): object {
    const names = [...this.online].map(streamNameOf)
    switch (action) {
      case 'DescribeLiveStreamState': return { StreamState: names.includes(StreamName) ? 'active' : 'inactive' }
      case 'DescribeLiveStreamOnlineList': return { TotalNum: names.length, TotalPage: 1, PageNum: 1, PageSize: 100, OnlineInfo: names.map(name => ({ StreamName: name })) }
      default: return {}
    }
  }
}
