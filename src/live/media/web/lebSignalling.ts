/**
 * The signalling of Tencent's low-latency playback (快直播), as its own players speak it: JSON with the stream's address and the
 * offer to `pullstream`, and to `stopstream` at the end. An offer without candidates is enough.
 */
import type { Browser } from './browser'
import type { Signalling } from './signalling'
import { httpFailure } from './problems'

interface PullAnswer {
  readonly errcode?: unknown
  readonly remotesdp?: { readonly sdp?: unknown }
  readonly svrsig?: unknown
}

export interface LebSignallingOptions {
  readonly browser: Pick<Browser, 'fetch' | 'random'>
  /** Of `pullstream`, with the stream's address as `streamurl`. */
  readonly url: string
  readonly note: (text: string) => void
}

export function lebSignalling({ browser, url, note }: LebSignallingOptions): Signalling {
  const [endpoint, query = ''] = url.split('?')
  const streamurl = new URLSearchParams(query).get('streamurl') ?? ''
  const post = (address: string, body: object, options: RequestInit = {}) =>
    browser.fetch(address, { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body), ...options })

  return {
    needsCandidates: false,
    async ask(offer) {
      const sessionid = browser.random().toString(36).slice(2)
      const response = await post(endpoint, { streamurl, sessionid, clientinfo: 'web', localsdp: { type: 'offer', sdp: offer } })
      if (response.status !== 200) {
        note(`HTTP ${response.status}`)
        return { failure: httpFailure(response.status) }
      }
      const { errcode, remotesdp, svrsig } = await response.json() as PullAnswer
      note(`pullstream ${String(errcode)}`)
      // Their codes are not documented: what another try may do, or another way, is not told apart.
      if (errcode !== 0 || typeof remotesdp?.sdp !== 'string')
        return { failure: 'lost' }
      return {
        sdp: remotesdp.sdp,
        end: () => void post(endpoint.replace(/pullstream$/, 'stopstream'), { streamurl, svrsig }, { keepalive: true }).catch(() => {}),
      }
    },
  }
}
