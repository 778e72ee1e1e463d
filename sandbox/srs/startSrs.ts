/**
 * A double of SRS 6 on free ports of this machine, with real media: RTMP and WHIP in; RTMP, HTTP-FLV and WHEP out; its hooks, its
 * API. Made after its documentation (https://ossrs.net/lts/en-us/docs/v6) and its sources; it is no proof of what a real SRS
 * does. It has one vhost, serves no HLS, and ends players with the publication that they watch, where SRS keeps them for the next.
 *
 * ```ts
 * const srs = await startSrs()
 * const server = await startTestServer({ env: srs.env })
 * srs.sendHooksTo(server.url)
 * ```
 */
import type { AddressInfo } from 'node:net'
import type { MediaEvent } from '../../server/media/MediaProvider'
import type { SrsSettings } from '../../server/settings'
import type { ApiFaults } from './apiDoors'
import type { Client } from './Clients'
import type { HookCaller } from './hookCaller'
import { randomBytes } from 'node:crypto'
import express from 'express'
import { httpFlv } from '../../server/media/embedded/httpFlv'
import { createRtc } from '../../server/media/embedded/rtc/createRtc'
import { createRtmpServer } from '../../server/media/embedded/rtmp/rtmpServer'
import { StreamHub } from '../../server/media/embedded/streamHub'
import { serve } from '../../server/testing/serve'
import { apiDoors } from './apiDoors'
import { Clients } from './Clients'
import { flvDoor } from './flvDoor'
import { createHookCaller } from './hookCaller'
import { rtcDoors } from './rtcDoors'
import { createRtmpGate } from './rtmpGate'

const LOOPBACK = '127.0.0.1'
/** What streams may be called. */
const NAMES = /^[\w-]{1,80}$/

export interface SrsOptions {
  /** What stands in the addresses of the hooks. */
  readonly hookSecret?: string
  readonly udpPorts?: readonly [first: number, last: number]
}

export interface SrsDouble {
  readonly settings: SrsSettings
  /** What a server that shall use this SRS is started with. */
  readonly env: Readonly<Record<string, string>>
  /** The origin of that server; null: there are no hooks, and everybody is let in. */
  sendHooksTo: (origin: string | null) => void
  /** Hooks that shall not arrive. */
  readonly lostHooks: HookCaller['lost']
  readonly apiFaults: ApiFaults
  readonly clients: () => readonly Client[]
  close: () => Promise<void>
}

export async function startSrs({ hookSecret = randomBytes(16).toString('hex'), udpPorts }: SrsOptions = {}): Promise<SrsDouble> {
  const hub = new StreamHub({ names: NAMES })
  const clients = new Clients()
  const hooks = createHookCaller()
  const apiFaults: ApiFaults = { status: null, isSilent: false }
  const expected = new Map<string, Client>()
  /** By session of the hub. */
  const onAir = new Map<string, Client>()
  const rtmp = createRtmpServer(hub)
  const rtc = createRtc({ hub, udpPorts })

  function follow({ type, streamId, sessionId }: MediaEvent): void {
    if (type === 'publish') {
      const client = expected.get(streamId) ?? clients.publisherOf(streamId)
      expected.delete(streamId)
      if (!client || (client.type === 'rtc-publish' && !clients.acquire(client)))
        return hub.kick(streamId)
      return void onAir.set(sessionId, client)
    }
    const client = onAir.get(sessionId)
    onAir.delete(sessionId)
    client?.close() // who says goodbye and stays connected is hung up on
    if (client?.type !== 'rtc-publish')
      return
    clients.release(client)
    void hooks.tell('unpublish', client)
  }
  const stopFollowing = hub.onEvent(follow)

  const whenLive = (stream: string, gone: Promise<unknown>) => new Promise<boolean>((resolve) => {
    if (hub.find(stream))
      return resolve(true)
    const stop = hub.onEvent(({ type, streamId }) => type === 'publish' && streamId === stream && settle(true))
    const settle = (isLive: boolean) => {
      stop()
      resolve(isLive)
    }
    void gone.then(() => settle(false))
  })

  const rtmpPort = await rtmp.listen(0, LOOPBACK)
  const gate = createRtmpGate({ clients, hooks, behind: rtmpPort, whenLive })
  const inner = await serve(express().use(rtc.router))
  const streams = await serve(express().set('etag', false).use(flvDoor({ clients, hooks, whenLive }), httpFlv(hub)))
  const api = await serve(express().set('etag', false).set('query parser', 'simple').use(
    apiDoors(clients, apiFaults),
    rtcDoors({ clients, hooks, behind: inner.url, expect: client => void expected.set(client.stream, client) }),
  ))
  await new Promise<void>(resolve => gate.listen(0, LOOPBACK, resolve))

  const settings: SrsSettings = {
    kind: 'srs',
    rtmpUrl: `rtmp://${LOOPBACK}:${(gate.address() as AddressInfo).port}`,
    httpUrl: streams.url,
    rtcUrl: api.url,
    apiUrl: api.url,
    hookSecret,
  }
  let closing: Promise<void> | undefined

  async function close(): Promise<void> {
    stopFollowing()
    hooks.close()
    rtc.close()
    hub.close()
    for (const client of clients.clients.values())
      client.close()
    await Promise.all([rtmp.close(), inner.close(), streams.close(), api.close(), new Promise(resolve => gate.close(resolve))])
  }

  return {
    settings,
    env: { MEDIA: 'srs', SRS_RTMP_URL: settings.rtmpUrl, SRS_HTTP_URL: settings.httpUrl, SRS_RTC_URL: settings.rtcUrl!, SRS_API_URL: settings.apiUrl, SRS_HOOK_SECRET: hookSecret },
    sendHooksTo(origin) {
      const address = (name: string) => `${origin}/callbacks/srs/${name}?secret=${hookSecret}`
      hooks.setAddresses(origin === null ? null : { publish: address('publish'), unpublish: address('unpublish'), play: address('play'), stop: address('stop') })
    },
    lostHooks: hooks.lost,
    apiFaults,
    clients: () => [...clients.clients.values()],
    close: () => closing ??= close(),
  }
}
