/** HTTP hooks as SRS calls them: https://ossrs.net/lts/en-us/docs/v6/doc/http-callback and srs_app_http_hooks.cpp. */
import type { Client } from './Clients'
import { newId } from './Clients'

export type HookName = 'publish' | 'unpublish' | 'play' | 'stop'
/** Of an address that does not answer. */
const HOOK_TIMEOUT_MS = 30_000

export interface HookCaller {
  /** Resolves with whether the client is let in. Without an address for a hook everybody is. */
  ask: (name: 'publish' | 'play', client: Client) => Promise<boolean>
  /** Nobody minds what is answered. */
  tell: (name: 'unpublish' | 'stop', client: Client) => Promise<void>
  /** From now on; null: there are no hooks. */
  setAddresses: (addresses: Readonly<Record<HookName, string>> | null) => void
  /** Hooks of this name do not arrive, until it is taken out. */
  readonly lost: Set<HookName>
  close: () => void
}

export function createHookCaller(): HookCaller {
  const [serverId, serviceId] = [newId('vid-'), newId()]
  const closing = new AbortController()
  const lost = new Set<HookName>()
  let addresses: Readonly<Record<HookName, string>> | null = null

  async function post(name: HookName, client: Client): Promise<boolean> {
    if (!addresses)
      return true
    if (lost.has(name))
      return false
    const response = await fetch(addresses[name], {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Connection': 'close' },
      body: JSON.stringify({
        server_id: serverId,
        service_id: serviceId,
        action: `on_${name}`,
        client_id: client.id,
        ip: client.ip,
        vhost: '__defaultVhost__',
        app: client.app,
        tcUrl: client.tcUrl,
        stream: client.stream,
        param: client.param,
        stream_url: `/${client.app}/${client.stream}`,
        stream_id: `vid-of-${client.stream}`,
        ...name === 'play' && { pageUrl: '' },
      }),
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(HOOK_TIMEOUT_MS)]),
    })
    const text = await response.text()
    // do_post: 200 or 201, and a number, or an object with a code, that is 0.
    if (response.status !== 200 && response.status !== 201)
      return false
    const answer: unknown = JSON.parse(text)
    return answer === 0 || (typeof answer === 'object' && answer !== null && 'code' in answer && answer.code === 0)
  }

  return {
    ask: (name, client) => post(name, client).catch(() => false),
    tell: (name, client) => post(name, client).then(() => {}, () => {}),
    setAddresses: given => void (addresses = given),
    lost,
    close: () => closing.abort(),
  }
}
